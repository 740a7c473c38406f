"""修改记录: who changed what and when, below the checklist, each change to be taken back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.catalogue.typeset import typeset
from desktop.ui import checklist_paint, icons, parts
from desktop.ui import history_model as columns
from desktop.ui.checklist_paint import Piece
from desktop.ui.checklist_parts import ElidedLabel
from desktop.ui.desk import Desk
from desktop.ui.history_model import HistoryModel
from desktop.workspace.model import Item

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {columns.NUMBER: 46, columns.AT: 132, columns.BY: 84, columns.SOURCE: 112, columns.FIELD: 90}
PAD_Y = 6
EMPTY_ITEM = "这一条还没有修改记录。填写后，每一次改动都会记在这里，可以逐项撤销。"
EMPTY_UNIT = "本单位还没有修改记录。填写后，每一次改动都会记在这里，可以逐项撤销。"


class HistoryRow(QStyledItemDelegate):
    """Paints one cell of the history."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._desk.look
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, QColor(look.accent_soft if selected else look.surface))
        checklist_paint.paint(painter, option.rect, self._pieces(index), look, PAD_Y)
        painter.save()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = option.rect.width()
        return QSize(wide, checklist_paint.height(self._pieces(index), wide, self._desk.look, PAD_Y) + 1)

    def _pieces(self, index: Index) -> list[Piece]:
        look, column = self._desk.look, index.column()
        words = index.data()
        colour = look.text if column in (columns.FIELD, columns.AFTER) else look.muted
        return [Piece(words, look.faint if words == columns.NOTHING else colour)]


class HistoryPanel(QFrame):
    """Shows the changes of the selected item, or of the whole unit.

    Signals:
        undo_wanted(int): this change is to be taken back
        closed(): the user closed the panel
    """

    undo_wanted = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit_key = ""
        self._item: Item | None = None
        self.setProperty("surface", True)
        self._build()
        self._connect()
        self._apply_look()

    def _build(self) -> None:
        box = parts.column()
        self.setLayout(box)
        self._head = QHBoxLayout()
        self._title = parts.label("修改记录", "section")
        self._about = ElidedLabel("muted", "small")
        self.whole_unit = parts.button("本单位全部", "chip", tip="显示本单位全部事项的修改记录")
        self.whole_unit.setCheckable(True)
        self.undo_button = parts.button("撤销此项", tip="把选中的这一次改动恢复为改动前的内容")
        self.close_button = parts.button("", "quiet", tip="关闭修改记录")
        self.close_button.setAccessibleName("关闭修改记录")
        for widget, stretch in (
            (self._title, 0),
            (self._about, 1),
            (self.whole_unit, 0),
            (self.undo_button, 0),
            (self.close_button, 0),
        ):
            self._head.addWidget(widget, stretch)
        box.addLayout(self._head)
        self.model = HistoryModel({m.key: m.number for m in self._desk.catalogue.measures}, self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HistoryRow(self._desk, self.view))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.setAccessibleName("修改记录")
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setSectionsClickable(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.empty = parts.label(EMPTY_ITEM, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        box.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.whole_unit.toggled.connect(self.refresh)
        self.undo_button.clicked.connect(self._undo)
        self.close_button.clicked.connect(self.closed)
        self.view.selectionModel().selectionChanged.connect(self._update_button)
        self.model.modelReset.connect(self._fit)
        self._desk.look_changed.connect(self._apply_look)

    def show_item(self, unit_key: str, item: Item | None) -> None:
        """Show the history of an item; without one, that of the unit."""
        self._unit_key = unit_key
        self._item = item
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Take the history from the workspace again."""
        whole = self.whole_unit.isChecked() or self._item is None
        if whole:
            changes = self._desk.history_of_unit(self._unit_key) if self._unit_key else []
            self._about.setText(f"本单位 · {len(changes)} 次改动")
        else:
            changes = self._desk.history_of_item(self._item.key)
            number = f"第{self._item.number}条 " if self._item.number else ""
            self._about.setText(f"{number}{typeset(self._item.title)} · {len(changes)} 次改动")
        self.view.setColumnHidden(columns.NUMBER, not whole)
        self.model.show(changes)
        self.empty.setText(EMPTY_UNIT if whole else EMPTY_ITEM)
        self._stack.setCurrentIndex(0 if changes else 1)
        self._fit()
        self._update_button()

    def _undo(self) -> None:
        rows = self.view.selectionModel().selectedRows()
        if rows:
            self.undo_wanted.emit(self.model.change(rows[0].row()).id)

    def _update_button(self) -> None:
        chosen = self.view.selectionModel().hasSelection()
        self.undo_button.setEnabled(chosen and not self._desk.read_only)

    def _apply_look(self) -> None:
        look = self._desk.look
        self._head.setContentsMargins(look.px(8), look.px(6), look.px(10), look.px(6))
        self._head.setSpacing(look.px(8))
        self.close_button.setIcon(icons.icon("close", look.muted, look.px(16)))
        self.close_button.setIconSize(QSize(look.px(16), look.px(16)))
        self.empty.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(20))
        self._fit()

    def _fit(self) -> None:
        px = self._desk.look.px
        fixed = {column: px(width) for column, width in WIDTHS.items()}
        taken = sum(width for column, width in fixed.items() if not self.view.isColumnHidden(column))
        spare = max(self.view.viewport().width() - taken, 2 * px(120))
        for column, width in {**fixed, columns.BEFORE: spare // 2, columns.AFTER: spare - spare // 2}.items():
            self.view.setColumnWidth(column, width)
        self.view.resizeRowsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
