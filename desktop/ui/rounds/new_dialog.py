"""新建填报轮次: its name, the day by which to answer, who is asked, and where the workbooks go."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop import disk
from desktop.catalogue.model import UNASSIGNED
from desktop.ui.export.paper_list import PaperList
from desktop.ui.kit import asking, calendar, plain, widgets
from desktop.ui.kit.check_boxes import TickDelegate
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.fields import there
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.rounds import figures, round_name
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk

KEY = Qt.ItemDataRole.UserRole
WIDTH, COLUMN, ROW = 640, 236, 26
ROWS, LEAST_ROWS = 10, 3
AROUND = 300  # what stands above and below the list of units
ABOUT = "为每个单位写一个工作簿，存进文件夹。请把它们分别发给各单位填写，收回后拖到本窗口上即可并入。"


class RoundDialog(Dialog):
    """Asks for all that a round needs.

    Signals:
        asked(str, object, object, object, object): name, reply-by ``date``, tuple of unit keys, folder
            ``Path``, tuple of the keys of the papers asked about
    """

    asked = Signal(str, object, object, object, object)

    def __init__(self, desk: Desk, parent: QWidget, unit_keys: Sequence[str] = ()) -> None:
        """``unit_keys`` are the units that are ticked at first, all of them for ()."""
        super().__init__(parent)
        self._desk = desk
        self._ticked = frozenset(unit_keys)
        self._taken = frozenset(one.name for one in rounds.every(desk.workspace.db))
        self._chosen_folder: Path | None = None
        self.setWindowTitle("新建填报轮次")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._connect()
        self._check()

    @property
    def unit_keys(self) -> tuple[str, ...]:
        """Return the keys of the units that are ticked, of those that have something to do."""
        items = (self.units.item(row) for row in range(self.units.count()))
        ticked = (item for item in items if item.checkState() is Qt.CheckState.Checked)
        return tuple(item.data(KEY) for item in ticked if not item.isHidden())

    @property
    def reply_by(self) -> date:
        """Return the day by which the units are to answer."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def folder(self) -> Path:
        """Return where the workbooks go: what was chosen, else a folder of the round's name."""
        name = disk.allowed_name(self.name.text()).strip(" .")
        return self._chosen_folder or Path(asking.folder(self._desk.setting("ui.export_folder"))) / (
            name or "填报轮次"
        )

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        today = self._desk.today()
        self.name = QLineEdit(figures.proposed_name(today, self._taken))
        self.name.setAccessibleName("轮次名称")
        self.name.setMaxLength(rounds.NAME_LIMIT)
        self.name.selectAll()
        self.problem = widgets.label("", "small")
        self.problem.setProperty("warn", True)
        self.day = QDateEdit(_qdate(figures.proposed_day(today)))
        calendar.pop_up(self.day, self._desk.look.tokens)
        self.day.setAccessibleName("反馈时限")
        self.day.setMinimumDate(_qdate(today))
        self.day.setMinimumHeight(px(30))
        self._left = widgets.label("", "muted")
        days = QHBoxLayout()
        days.setSpacing(px(12))
        days.addWidget(self.day)
        days.addWidget(self._left, 1)
        self.papers = PaperList(self._desk)
        self._make_units()
        self._place = ElidedLabel("muted")
        place = QHBoxLayout()
        place.setSpacing(px(8))
        place.addWidget(self._place, 1)
        place.addWidget(widgets.button("选择……", does=self._ask_folder))
        form = QFormLayout()
        form.setHorizontalSpacing(px(14))
        form.setVerticalSpacing(px(10))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        names = widgets.column(spacing=px(3))
        names.addWidget(self.name)
        names.addWidget(self.problem)
        form.addRow("轮次名称", names)
        form.addRow("反馈时限", days)
        if self.papers.is_choice:
            form.addRow(_top("填报哪些发文"), self.papers)
        form.addRow(_top("请哪些单位"), self._unit_box())
        form.addRow("存放在", place)
        box = widgets.column(spacing=px(14), margins=(px(24), px(20), px(24), px(16)))
        self.setLayout(box)
        about = widgets.label(ABOUT, "muted")
        about.setWordWrap(True)
        box.addWidget(about)
        box.addLayout(form, 1)
        foot = DialogFoot(self, "新建并写出工作簿")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.setMinimumWidth(px(WIDTH))

    def _make_units(self) -> None:
        px = self._desk.look.tokens.px
        self.units = QListWidget()
        self.units.setAccessibleName("请哪些单位")
        self.units.setItemDelegate(TickDelegate(self._desk.look, self.units))
        self.units.setFlow(QListView.Flow.LeftToRight)
        self.units.setWrapping(True)
        self.units.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.units.setResizeMode(QListView.ResizeMode.Adjust)
        self.units.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        around = px(AROUND) + (self.papers.height() + px(10) if self.papers.is_choice else 0)
        room = (there(self.parentWidget()).window().height() - around) // px(ROW)
        self.units.setFixedHeight(max(LEAST_ROWS, min(ROWS, room)) * px(ROW) + 4)
        for unit in self._desk.catalogue.checklist_units():
            if unit.key == UNASSIGNED:
                continue
            item = QListWidgetItem(unit.name, self.units)
            item.setData(KEY, unit.key)
            item.setToolTip(plain.tip(unit.name))
            item.setSizeHint(QSize(px(COLUMN), px(ROW)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = not self._ticked or unit.key in self._ticked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _unit_box(self) -> QWidget:
        inside = widgets.column(spacing=self._desk.look.tokens.px(4))
        row = QHBoxLayout()
        self.count = widgets.label("")
        row.addWidget(self.count, 1)
        row.addWidget(widgets.button("全选", "quiet", does=lambda: self.check_all(True)))
        row.addWidget(widgets.button("全不选", "quiet", does=lambda: self.check_all(False)))
        inside.addLayout(row)
        inside.addWidget(self.units)
        made = QWidget()
        made.setLayout(inside)
        return made

    def check_all(self, on: bool) -> None:
        """Tick all units, or none."""
        for row in range(self.units.count()):
            self.units.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check)
        self.day.dateChanged.connect(self._check)
        self.units.itemChanged.connect(self._check)
        self.papers.changed.connect(self._follow_papers)

    def _follow_papers(self) -> None:
        """Show the units that have something to do in the papers ticked."""
        busy = {unit.key for unit in self.papers.catalogue.checklist_units()} if self.papers.keys else set()
        for row in range(self.units.count()):
            item = self.units.item(row)
            item.setHidden(item.data(KEY) not in busy)
        self._check()

    def _check(self) -> None:
        problem = round_name.problem(round_name.typed_name(self.name.text()), self._taken)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        count = len(self.unit_keys)
        lacking = "请至少选择一份发文" if not self.papers.keys else "请至少选择一家"
        self.count.setText(f"已选 {count} 家" if count else lacking)
        days = (self.reply_by - self._desk.today()).days
        self._left.setText(f"还有 {days} 天" if days else "就是今天")
        self._place.setText(str(self.folder))
        self.ok_button.setEnabled(not problem and bool(count))

    def _ask_folder(self) -> None:
        asking.ask_folder(
            self,
            "选择存放各单位工作簿的文件夹",
            asking.folder(self._desk.setting("ui.export_folder")),
            self.choose_folder,
        )

    def choose_folder(self, chosen: Path) -> None:
        """Let the workbooks go into the folder ``chosen``."""
        self._chosen_folder = chosen
        self._check()

    def accept(self) -> None:
        super().accept()
        name = round_name.typed_name(self.name.text())
        self.asked.emit(name, self.reply_by, self.unit_keys, self.folder, self.papers.keys)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _top(text: str) -> QLabel:
    made = widgets.label(text)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return made
