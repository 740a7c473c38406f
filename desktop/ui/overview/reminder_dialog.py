"""The rows that turned red, each leading to its place in the checklist."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from desktop.catalogue.typeset import typeset
from desktop.ui.checklist.cells import Piece
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.kit.titled_model import TitledModel
from desktop.ui.overview.figures import due_words
from desktop.workspace.items.model import Item, ItemKey

UNIT, MEASURE, DUE, LATE, OWNER, STATUS = range(6)
TITLES = ("责任单位", "措施", "完成时限", "逾期", "责任人", "状态")
WIDTHS = {UNIT: 150, DUE: 110, LATE: 92, OWNER: 84, STATUS: 76}


class ReminderRows(TitledModel):
    """Shows items of any unit."""

    titles = TITLES

    def __init__(self, desk: Desk, items: Sequence[Item], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items = tuple(items)
        self._units = {unit.key: unit.name for unit in desk.catalogue.checklist_units()}

    def item(self, row: int) -> Item:
        """Return the item in a row."""
        return self._items[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        item = self._items[index.row()]
        entry = item.entry
        due = entry.deadline.due
        return (
            self._units.get(item.key.unit_key, "—"),
            f"第{item.number}条 {typeset(item.title)}",
            due.isoformat() if due else "",
            due_words(due, self._desk.today()) if due else "",
            entry.owner,
            str(entry.status),
        )[index.column()]


class ReminderDialog(QDialog):
    """Lists what turned red.

    Signals:
        item_chosen(object): the ``ItemKey`` of the row that was chosen; the dialog is closed by then
    """

    item_chosen = Signal(object)

    def __init__(self, desk: Desk, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("新转为逾期的事项")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = desk.look
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        box.addWidget(widgets.label(f"有 {len(items)} 项新转为逾期", "heading"))
        self.model = ReminderRows(desk, items, self)
        self.view = RowTable(desk, self.model, "新转为逾期的事项", self._pieces, WIDTHS, (UNIT, MEASURE))
        self.view.activated.connect(lambda _index: self._go())
        self.view.doubleClicked.connect(lambda _index: self._go())
        frame = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        inside.addWidget(self.view)
        frame.setLayout(inside)
        box.addWidget(frame, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widgets.button("关闭", does=self.reject))
        self.go_button = widgets.button("转到所选事项", "primary", does=self._go)
        self.go_button.setDefault(True)
        row.addWidget(self.go_button)
        box.addLayout(row)
        widgets.resize_within(self, look.px(820), look.px(min(200 + 40 * len(items), 460)))
        self.view.selectRow(0)
        self.view.setFocus()

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look
        colours = {LATE: look.red, UNIT: look.text, MEASURE: look.text}
        return [Piece(index.data(), colours.get(index.column(), look.muted))]

    def _go(self) -> None:
        row = self.view.chosen()
        if row < 0:
            return
        key: ItemKey = self.model.item(row).key
        self.accept()
        self.item_chosen.emit(key)
