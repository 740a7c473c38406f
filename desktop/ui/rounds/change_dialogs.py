"""改名 and 改反馈时限 of a round: each says what will happen before it does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.catalogue.validity import date_words
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.rounds import round_name
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.returns.rounds import Round

WIDTH = 460
PROPOSED = timedelta(days=7)
RENAMING = "只改名称。已发出的工作簿仍然认得，其中“填写说明”上写的是原来的名称。"


class RenameDialog(Dialog):
    """Asks for another name.

    Signals:
        asked(str): the name
    """

    asked = Signal(str)

    def __init__(self, desk: Desk, one: Round, parent: QWidget) -> None:
        super().__init__(parent)
        self._round = one
        self._taken = {other.name for other in rounds.every(desk.workspace.db)} - {one.name}
        self.setWindowTitle("轮次改名")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(desk)
        self._connect()
        self._check()

    def _build(self, desk: Desk) -> None:
        px = desk.look.tokens.px
        self.name = QLineEdit(self._round.name)
        self.name.setMaxLength(rounds.NAME_LIMIT)
        self.name.selectAll()
        self.name.setAccessibleName("轮次名称")
        self.problem = widgets.label("", "small")
        self.problem.setProperty("warn", True)
        box = _begin(self, px(WIDTH), px(14), (px(24), px(20), px(24), px(16)))
        box.addWidget(_about(RENAMING))
        box.addWidget(self.name)
        box.addWidget(self.problem)
        foot = DialogFoot(self, "改名")
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check)

    def _check(self) -> None:
        name = round_name.typed_name(self.name.text())
        problem = round_name.problem(name, self._taken)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.ok_button.setEnabled(not problem and name != self._round.name)

    def accept(self) -> None:
        super().accept()
        self.asked.emit(round_name.typed_name(self.name.text()))


class ExtendDialog(Dialog):
    """Asks for another reply-by day.

    Signals:
        asked(object): the ``date``
    """

    asked = Signal(object)

    def __init__(self, desk: Desk, one: Round, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._round = one
        self.setWindowTitle("改反馈时限")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._connect()
        self._check()

    @property
    def reply_by(self) -> date:
        """Return the day by which the units are to answer."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _build(self) -> None:
        px, today = self._desk.look.tokens.px, self._desk.today()
        proposed = max(self._round.reply_by, today) + PROPOSED
        self.day = QDateEdit(QDate(proposed.year, proposed.month, proposed.day))
        calendar.pop_up(self.day, self._desk.look.tokens)
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.day.setMinimumHeight(px(30))
        self.day.setAccessibleName("新的反馈时限")
        self._told = _about("")
        box = _begin(self, px(WIDTH), px(14), (px(24), px(20), px(24), px(16)))
        name = widgets.label(f"“{self._round.name}”")
        name.setWordWrap(True)
        box.addWidget(name)
        form = QFormLayout()
        form.setHorizontalSpacing(px(14))
        form.addRow("现在的时限", widgets.label(date_words(self._round.reply_by)))
        form.addRow("新的时限", self.day)
        box.addLayout(form)
        box.addWidget(self._told)
        foot = DialogFoot(self, "改时限")
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _connect(self) -> None:
        self.day.dateChanged.connect(self._check)

    def _check(self) -> None:
        days = (self.reply_by - self._round.reply_by).days
        moved = f"延长 {days} 天。" if days > 0 else f"提前 {-days} 天。" if days < 0 else "时限没有变化。"
        sent = bool(rounds.times_sent(self._desk.workspace.db, self._round.key))
        then = "已发出的工作簿上写的仍是原来的时限，请告知各单位：催报文字会写明新的和原定的时限。"
        self._told.setText(moved + (then if sent and days else ""))
        self.ok_button.setEnabled(bool(days))

    def accept(self) -> None:
        super().accept()
        self.asked.emit(self.reply_by)


def _begin(dialog: Dialog, width: int, spacing: int, margins: tuple[int, int, int, int]) -> QVBoxLayout:
    box = widgets.column(spacing=spacing, margins=margins)
    dialog.setLayout(box)
    dialog.setMinimumWidth(width)
    return box


def _about(words: str) -> QLabel:
    made = widgets.label(words, "muted")
    made.setWordWrap(True)
    return made
