"""计划走访: who else goes there about then is shown first, and one may go along instead (无事不扰)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.ui.demands.form import titled
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.visits import visit_rows
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import people, visits
from desktop.workspace.visits.model import VisitKind, VisitState

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.visits.model import Visit

NEAR_DAYS = "visit_near_days"
UNIT = "visit_unit"
"""Settings: within how many days other visits are shown; the unit that was planned for last."""
WIDE, MOST, MOST_DAYS = 560, 400, 365


class PlanDialog(Dialog):
    """Plans a visit, or lets a unit go along on one that is there.

    Signals:
        planned(str): the key of the visit that was planned, or that one goes along on
        told(str): what was just done, for the status line
    """

    planned = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, enterprise: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._enterprise = desk, enterprise
        self.near: tuple[Visit, ...] = ()
        self.setWindowTitle("计划走访")
        self._build()
        self._connect()
        self._show_near()

    def _build(self) -> None:
        px, look = self._desk.look.tokens.px, self._desk.look
        box = widgets.column(spacing=px(8), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        name = enterprises.one(self._desk.workspace.db, self._enterprise).name
        head = widgets.label(name, "strong")
        head.setWordWrap(True)
        box.addWidget(head)
        self.day = QDateEdit(_qdate(self._desk.today()))
        calendar.pop_up(self.day, look.tokens)
        self.day.setAccessibleName("日期")
        self.kind = ChoiceRow(look, "方式", list(VisitKind))
        self.kind.choose(VisitKind.ON_SITE)
        self.unit, self.visitors = QLineEdit(self._desk.setting(UNIT)), QLineEdit(self._desk.user_name)
        for field, words in ((self.unit, "走访单位"), (self.visitors, "走访人")):
            field.setAccessibleName(words)
            field.setMaxLength(MOST)
        for part in (self.day, self.unit, self.visitors):
            part.setMinimumHeight(px(TOUCH))
        for pair in (
            (titled("日期", self.day), titled("方式", self.kind)),
            (titled("走访单位", self.unit), titled("走访人", self.visitors)),
        ):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for each in pair:
                row.addLayout(each, 1)
            box.addLayout(row)
        box.addWidget(self._near_card())
        box.addStretch(1)
        foot = DialogFoot(self, "安排走访")
        self.ok_button = foot.ok_button
        self.ok_button.setEnabled(not self._desk.read_only)
        box.addLayout(foot)
        self.setMinimumWidth(px(WIDE))

    def _near_card(self) -> QWidget:
        px = self._desk.look.tokens.px
        self.card = widgets.frame("ask")
        inside = widgets.column(spacing=px(6), margins=(px(12), px(10), px(12), px(10)))
        self.card.setLayout(inside)
        head = QHBoxLayout()
        self.about = widgets.label("")
        self.about.setWordWrap(True)
        head.addWidget(self.about, 1)
        head.addWidget(widgets.label("前后", "muted"))
        self.days = QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.setSuffix(" 天")
        self.days.setAccessibleName("前后多少天")
        self.days.setMinimumSize(px(112), px(TOUCH))
        kept = self._desk.setting(NEAR_DAYS)
        self.days.setValue(int(kept) if kept.isascii() and kept.isdigit() else visits.NEAR_DAYS)
        head.addWidget(self.days)
        inside.addLayout(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(px(4))
        inside.addLayout(self.rows)
        return self.card

    def _connect(self) -> None:
        self.day.dateChanged.connect(lambda _day: self._show_near())
        self.days.valueChanged.connect(self._take_days)

    @property
    def date(self) -> date:
        """Return the day that is chosen."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def accept(self) -> None:
        key = self._desk.visits.begin(
            self._enterprise,
            self.date,
            VisitState.PLANNED,
            kind=self.kind.word,
            unit=self.unit.text(),
            visitors=people.names(self.visitors.text()),
        )
        if key is not None:
            self._desk.set_setting(UNIT, self.unit.text())
            super().accept()
            self.told.emit("走访已列入计划")
            self.planned.emit(key)

    def join(self, visit: Visit) -> None:
        """Go along on a visit instead."""
        unit = self.unit.text().strip()
        who = people.names_line(people.names(self.visitors.text()))
        if not unit and not who:
            self.unit.setFocus()
            return
        if self._desk.visits.join(visit.key, unit, who):
            self._desk.set_setting(UNIT, self.unit.text())
            super().accept()
            self.told.emit(f"已加入 {visit.number} 一并走访")
            self.planned.emit(visit.key)

    def _take_days(self, days: int) -> None:
        if not self._desk.read_only:
            self._desk.set_setting(NEAR_DAYS, str(days))
        self._show_near()

    def _show_near(self) -> None:
        db = self._desk.workspace.db
        keys = enterprises.keys_of(db, self._enterprise)
        self.near = visits.near(db, keys, self.date, self.days.value())
        widgets.clear(self.rows)
        count = len(self.near)
        said = f"这段时间已有 {count} 次走访，可以一并走访，不必另去一次（无事不扰）。"
        self.about.setText(said if count else "这段时间没有其他走访。")
        for visit in self.near:
            row = QHBoxLayout()
            words = widgets.label(visit_rows.about(visit))
            words.setWordWrap(True)
            row.addWidget(words, 1)
            joined = widgets.button("一并走访", does=partial(self.join, visit))
            joined.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
            joined.setEnabled(not visit.is_final and not self._desk.read_only)
            row.addWidget(joined)
            self.rows.addLayout(row)
        self.ok_button.setText("仍要另行安排" if count else "安排走访")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
