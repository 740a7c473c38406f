"""The checklist as a table edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QMenu,
    QWidget,
)

from desktop.catalogue import quotation
from desktop.ui import verbs
from desktop.ui.checklist import columns, status_menu
from desktop.ui.checklist.columns import COLUMNS
from desktop.ui.checklist.delegate import ChecklistDelegate
from desktop.ui.checklist.model import ChecklistModel, reason
from desktop.ui.checklist.row_drop import RowDrop
from desktop.ui.desk import Desk
from desktop.ui.history import steps
from desktop.ui.kit.table_view import RowsView
from desktop.workspace import words
from desktop.workspace.history.steps import Kind
from desktop.workspace.items.model import Item

Hint = QAbstractItemDelegate.EndEditHint
CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
TAB_STOPS = (
    columns.STATUS,
    columns.DEADLINE,
    columns.OWNER,
    columns.PROGRESS,
    columns.PROBLEMS,
    columns.NEXT_STEP,
)


class ChecklistTable(RowsView):
    """Shows a :class:`ChecklistModel` and edits it in place.

    Signals:
        opened(str): this measure is to be opened in the reader
        status_chosen(ItemKey, Status): the user chose a status for an item
        history_wanted(), evidence_wanted(): the history or the files of the current row
        undo_wanted(): the last edit is to be taken back
        deadlines_wanted(): a deadline for the selected rows
        files_dropped(object, tuple): the ``ItemKey`` of the row on which files were dropped, their paths
        user_wanted(): another person is at the machine now
        wording_wanted(object): how the measure of this ``ItemKey`` was worded when its entry was made
        row_changed(): another row is current, or none
        selection_changed(): other rows are selected
    """

    opened = Signal(str)
    status_chosen = Signal(object, object)
    history_wanted = Signal()
    evidence_wanted = Signal()
    undo_wanted = Signal()
    deadlines_wanted = Signal()
    files_dropped = Signal(object, tuple)
    user_wanted = Signal()
    wording_wanted = Signal(object)
    row_changed = Signal()
    selection_changed = Signal()

    def __init__(self, desk: Desk, model: ChecklistModel) -> None:
        super().__init__("责任清单")
        self._desk = desk
        self._checklist = model
        self.delegate = ChecklistDelegate(desk, self)
        self._fitted = (0, False)  # for which width, and whether for low rows
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setModel(self._checklist)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.SelectedClicked | triggers.AnyKeyPressed)
        self.setWordWrap(True)

    def _connect(self) -> None:
        self._checklist.modelReset.connect(self.fit)
        self._checklist.dataChanged.connect(self._fit_changed)
        self.doubleClicked.connect(self._on_double_click)
        self.clicked.connect(self._on_click)
        self.selectionModel().currentRowChanged.connect(self.row_changed)
        self.selectionModel().selectionChanged.connect(lambda: self.selection_changed.emit())
        self.drop = RowDrop(self, self._checklist, self.delegate)
        self.drop.dropped_on.connect(self.files_dropped)

    # ---- rows

    def item(self, row: int) -> Item:
        """Return the item in a row."""
        return self._checklist.item(row)

    def selected_items(self) -> list[Item]:
        """Return the items of the selected rows that can be edited, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [item for item in map(self._checklist.item, rows) if not item.orphaned]

    def current_item(self) -> Item | None:
        """Return the item in the selected row."""
        index = self.currentIndex()
        return self._checklist.item(index.row()) if index.isValid() else None

    def select_measure(self, measure_key: str) -> bool:
        """Select a measure's row and scroll to it; return whether it is shown."""
        row = self._checklist.row_of(measure_key)
        if row < 0:
            return False
        self._select_alone(self._checklist.index(row, max(self.currentIndex().column(), columns.TITLE)))
        return True

    def selects(self, measure_keys: Sequence[str]) -> bool:
        """Return whether the rows of all these measures are selected."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return {self._checklist.row_of(key) for key in measure_keys} <= rows

    def select_also(self, measure_keys: Sequence[str]) -> None:
        """Select the rows of these measures beside those that are selected."""
        add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in map(self._checklist.row_of, measure_keys):
            self.selectionModel().select(self._checklist.index(row, 0), add)

    def select_first(self) -> None:
        """Select the first row, if there is one."""
        if self._checklist.rowCount():
            self._select_alone(self._checklist.index(0, columns.STATUS))

    def _select_alone(self, index: QModelIndex) -> None:
        """Select one row, also while Ctrl or Shift is still held of the keys that led here."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def flush(self) -> None:
        """Write what stands in an open editor."""
        self.delegate.save()

    def leave(self) -> None:
        """Write what stands in an open editor and close it."""
        self.delegate.leave()

    # ---- status

    def status_menu(self, item: Item) -> QMenu:
        """Return a menu of the five values; those that the rules do not allow now are disabled."""
        chosen = partial(self.status_chosen.emit, item.key)
        return status_menu.made(self, self._desk, item, chosen, self.user_wanted.emit)

    def open_status_menu(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Open the menu of statuses below a row's pill."""
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        menu = self.status_menu(self._checklist.item(index.row()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.visualRect(index).topLeft() + QPoint(
            self._desk.look.tokens.px(6), self._desk.look.tokens.px(34)
        )
        menu.popup(self.viewport().mapToGlobal(corner))
        menu.setActiveAction(next(a for a in menu.actions() if a.isChecked()))

    # ---- sizes

    def fit(self) -> None:
        """Share the width among the columns, make each row as high as its text; once it is seen."""
        self._fitted = (0, False)
        if not self.isVisible():
            return
        self._fitted = (self.viewport().width(), self.delegate.low)
        self._checklist.short = self.delegate.low
        widths = columns.widths(self.viewport().width(), self._desk.look.tokens.px)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for row in range(self._checklist.rowCount()):
            self._fit_row(row)

    def _fit_row(self, row: int) -> None:
        heights = [
            self.delegate.height(self._checklist.index(row, column), self.columnWidth(column))
            for column in range(len(COLUMNS))
        ]
        self.setRowHeight(row, max(heights))

    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self._fit_row(row)

    # ---- mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the band above a paper's rows a click does no more than choose the first of them."""
        index = self._band_at(event)
        if not index.isValid():
            super().mousePressEvent(event)
            return
        self.leave()
        self._select_alone(index.siblingAtColumn(columns.TITLE))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._band_at(event).isValid():
            super().mouseDoubleClickEvent(event)

    def _band_at(self, event: QMouseEvent) -> QModelIndex:
        """Return a cell of the row whose band lies under the mouse; an invalid one where there is none."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        within = place.y() - self.visualRect(index).y()
        return index if index.isValid() and within < self.delegate.above(index) else QModelIndex()

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() <= columns.TITLE:
            self._open(index.row())

    def _on_click(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() & CHOOSING:
            return
        if index.column() == columns.STATUS:
            self.open_status_menu(index)
        elif index.column() == columns.EVIDENCE:
            self.evidence_wanted.emit()

    def _open(self, row: int) -> None:
        item = self._checklist.item(row)
        if not item.orphaned:
            self.opened.emit(item.key.measure_key)

    def _edit_beside(self, index: QPersistentModelIndex, step: int) -> None:
        """Go to the next field that can be filled in; the status is selected, every other field opened."""
        at = TAB_STOPS.index(index.column()) + step
        row = index.row() + at // len(TAB_STOPS)
        target = self._checklist.index(row, TAB_STOPS[at % len(TAB_STOPS)])
        if not target.isValid():
            return
        self.setCurrentIndex(target)
        if target.column() != columns.STATUS and target.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and plain and event.key() in (*EDIT_KEYS, Qt.Key.Key_Space):
            if index.column() == columns.STATUS:
                self.open_status_menu(index)
                return
            if index.column() == columns.EVIDENCE:
                self.evidence_wanted.emit()
                return
            if event.key() in EDIT_KEYS:
                if index.flags() & Qt.ItemFlag.ItemIsEditable:
                    self.edit(index)
                elif event.key() != Qt.Key.Key_F2:
                    self._open(index.row())
                return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index = QPersistentModelIndex(self.currentIndex())
        super().closeEditor(editor, Hint.NoHint)
        if hint in (Hint.EditNextItem, Hint.EditPreviousItem) and index.isValid():
            self._edit_beside(index, 1 if hint is Hint.EditNextItem else -1)

    def row_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a row; what is said of several rows is done to those that are selected."""
        menu, item, writes = QMenu(self), self.item(index.row()), not self._desk.read_only
        known = not item.orphaned
        read = menu.addAction("在查阅中打开", lambda: self._open(index.row()))
        read.setEnabled(known)
        if item.text_changed:
            menu.addAction("看录入时的措施文字……", lambda: self.wording_wanted.emit(item.key))
        menu.addSeparator()
        self.add_copying(menu, index)
        quote = verbs.line(menu, verbs.COPY_WITH_SOURCE, lambda: self._quote(item))
        quote.setEnabled(known)
        menu.addSeparator()
        fill = verbs.line(menu, verbs.EDIT_CELL, lambda: self.edit(index), "填写这一格")
        fill.setEnabled(bool(index.flags() & Qt.ItemFlag.ItemIsEditable) and index.column() != columns.STATUS)
        status = menu.addMenu(self.status_menu(item))
        status.setEnabled(known and writes)
        many = len(self.selected_items())
        words = f"批量设置时限（已选 {many} 项）" if many > 1 else "设置时限"
        deadlines = verbs.line(menu, verbs.DEADLINES, self.deadlines_wanted.emit, words, asks=True)
        deadlines.setEnabled(many > 0 and writes)
        menu.addSeparator()
        verbs.line(menu, verbs.EVIDENCE, self.evidence_wanted.emit)
        verbs.line(menu, verbs.HISTORY, self.history_wanted.emit)
        undo = verbs.line(menu, verbs.UNDO, self.undo_wanted.emit)
        undo.setEnabled(writes and steps.can_undo(self._desk, Kind.ITEMS))
        return menu

    def _quote(self, item: Item) -> None:
        """Copy the words and the source of an item's measure."""
        measure = self._desk.catalogue.measure(item.key.measure_key)
        words = quotation.with_source(self._desk.catalogue, (measure,), self._desk.today())
        QGuiApplication.clipboard().setText(words)
        self.copied.emit(f"已复制{measure.cited}原文和出处")

    def copied_words(self, index: QModelIndex) -> str:
        item, own = self._checklist.item(index.row()), super().copied_words(index)
        told = reason(item) if index.column() == columns.PROBLEMS else ""
        if index.column() == columns.TITLE:
            told = words.paper(self._desk.catalogue, item.key.measure_key)
        return "\n".join(filter(None, (told, own)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_to_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_to_room()

    def _fit_to_room(self) -> None:
        """Fit again if there is another width, or rows are to be low now: many rows take their time."""
        if self._fitted != (self.viewport().width(), self.delegate.low):
            self.fit()
