"""修改记录: who changed what and when, below the checklist, each change to be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.desk import Desk
from desktop.ui.history import change_table
from desktop.ui.history.change_table import CHANGE_ROLE, HistoryModel
from desktop.ui.history.filter import HistoryFilter
from desktop.ui.kit import widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.panel_head import PanelHead
from desktop.ui.kit.row_table import Index, RowTable
from desktop.workspace import words
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.model import Item

WIDTHS = {
    change_table.NUMBER: 46,
    change_table.AT: 132,
    change_table.BY: 84,
    change_table.SOURCE: 112,
    change_table.FIELD: 90,
}
WRAPPED = (
    change_table.NUMBER,
    change_table.BY,
    change_table.SOURCE,
    change_table.BEFORE,
    change_table.AFTER,
)  # what may need more than one line
WITH_PAPER = 150  # pixels of the number's column where papers are named
EMPTY_ITEM = "这一条还没有修改记录。填写后，每一次改动都会记在这里，可以逐项撤销。"
EMPTY_UNIT = "本单位还没有修改记录。填写后，每一次改动都会记在这里，可以逐项撤销。"
NONE_SOUGHT = "没有符合筛选条件的修改记录。"


class HistoryPanel(QFrame):
    """Shows the changes of the selected item, or of the whole unit.

    Signals:
        undo_wanted(int): this change is to be taken back
        export_wanted(object, object, str): the ``Scope`` and what is ``Sought`` in it, to Excel; whose it is
        closed(): the user closed the panel
    """

    undo_wanted = Signal(int)
    export_wanted = Signal(object, object, str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit_key = ""
        self._item: Item | None = None
        self.setProperty("surface", True)
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        box = widgets.column()
        self.setLayout(box)
        self.whole_unit = widgets.button("本单位全部", "chip", tip="显示本单位全部事项的修改记录")
        self.filter_button = widgets.button("筛选", "chip", tip="按时间、使用人、来源、栏目筛选")
        self.export_button = widgets.button(
            "导出……", does=self._export, tip="把显示范围内的修改记录导出为 Excel"
        )
        self.undo_button = widgets.button("撤销此项", tip="把选中的这一次改动恢复为改前的内容")
        for chip in (self.whole_unit, self.filter_button):
            chip.setCheckable(True)
        self.head = PanelHead(
            "修改记录", (self.whole_unit, self.filter_button, self.export_button, self.undo_button)
        )
        box.addWidget(self.head)
        self.filter = HistoryFilter(self._desk)
        self.filter.hide()
        box.addWidget(self.filter)
        self.model = HistoryModel(self._desk, self)
        self._widths = dict(WIDTHS)
        self.view = RowTable(self._desk.look, self.model, "修改记录", self._pieces, self._widths, WRAPPED)
        self._take_catalogue()
        self.empty = widgets.label(EMPTY_ITEM, "muted")
        self._stack = widgets.rows_or_words(self.view, self.empty)
        box.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.whole_unit.toggled.connect(self.refresh)
        self.filter_button.toggled.connect(self._show_filter)
        self.filter.changed.connect(self.refresh)
        self.undo_button.clicked.connect(self._undo)
        self.head.closed.connect(self.closed)
        self.view.selectionModel().selectionChanged.connect(self._update_buttons)
        self._desk.look.changed.connect(self._take_look)
        self._desk.catalogue_changed.connect(self._take_catalogue)

    # ---- what is shown

    @property
    def scope(self) -> Scope:
        """Return whose changes are shown."""
        if self.whole_unit.isChecked() or self._item is None:
            return Scope(self._unit_key)
        return Scope.item(self._item.key)

    def show_item(self, unit_key: str, item: Item | None) -> None:
        """Show the history of an item; without one, that of the unit."""
        self._unit_key = unit_key
        self._item = item
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Take the history from the workspace again."""
        if not self._unit_key:
            return
        scope, sought = self.scope, self.filter.sought
        self.filter.show_people(search.people(self._desk.workspace.db, scope))
        if self.view.isColumnHidden(change_table.NUMBER) != bool(scope.measure_key):
            self.view.setColumnHidden(change_table.NUMBER, bool(scope.measure_key))
            self.view.fit()
        self.model.show(scope, sought)
        found = self.model.found
        many = f"{found} 次改动" if not self.filter.active else f"符合条件的 {found} 次改动"
        self.head.about.setText(f"{self._whose()} · {many}")
        widgets.set_look(self.filter_button, "chosen", self.filter.active)
        nothing = EMPTY_ITEM if scope.measure_key else EMPTY_UNIT
        self.empty.setText(NONE_SOUGHT if self.filter.active else nothing)
        self._stack.setCurrentIndex(0 if found else 1)
        self._update_buttons()

    def focus_list(self) -> None:
        """Give the list of changes the keyboard."""
        self.view.setFocus()

    def _whose(self) -> str:
        if not self.scope.measure_key or self._item is None:
            return "本单位"
        paper = words.paper(self._desk.catalogue, self._item.key.measure_key)
        return " ".join(filter(None, (paper, self._item.cited, typeset(self._item.title))))

    def _pieces(self, index: Index) -> list[Piece]:
        look, column = self._desk.look.tokens, index.column()
        text, change = index.data(), index.data(CHANGE_ROLE)
        if column == change_table.NUMBER:
            number, _, paper = text.partition("\n")
            below = [Piece(paper, look.faint, 0.92, single=True)] if paper else []
            return [Piece(number, look.muted), *below]
        if column == change_table.SOURCE and not change.adopted:
            return [Piece(text, look.near)]
        told = column in (change_table.FIELD, change_table.AFTER) and change.adopted
        nothing = column in (change_table.BEFORE, change_table.AFTER) and text == words.EMPTY
        return [Piece(text, look.faint if nothing else look.text if told else look.muted)]

    # ---- what is done

    def _show_filter(self, on: bool) -> None:
        self.filter.setVisible(on)
        if not on:
            self.filter.clear()

    def _undo(self) -> None:
        if (row := self.view.chosen()) >= 0:
            self.undo_wanted.emit(self.model.change(row).id)

    def _export(self) -> None:
        scope = self.scope
        name = words.unit(self._desk.catalogue, scope.unit_key) if self._item is None else ""
        whose = name or (self._item.cited if scope.measure_key and self._item else "")
        self.export_wanted.emit(scope, self.filter.sought, whose)

    def _update_buttons(self) -> None:
        row = self.view.chosen()
        taken = row >= 0 and self.model.change(row).adopted
        self.undo_button.setEnabled(taken and not self._desk.read_only)
        self.export_button.setEnabled(self.model.found > 0)

    def _take_catalogue(self) -> None:
        """Leave room for the names of papers where several are in use."""
        several = origin.several(self._desk.catalogue)
        self._widths[change_table.NUMBER] = WITH_PAPER if several else WIDTHS[change_table.NUMBER]
        self.view.fit()

    # ---- look

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self.head.take_look(look)
        self.filter.take_look()
        self.empty.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
