"""A table of rows: whole rows are chosen and copied, rows as high as their text, scrolled by the pixel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop.ui.kit import context_menu, table_copy


class RowsView(QTableView):
    """Set up as all tables of the window are; nothing is edited in it unless a subclass allows that.

    Signals:
        copied(str): what was put on the clipboard, in words
    """

    copied = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(name)
        rows, titles = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setHighlightSections(False)
        titles.setSectionsClickable(False)

    # ---- copying

    def copied_words(self, index: QModelIndex) -> str:
        """Return what is copied of a cell: what it says."""
        return str(index.data() or "")

    def chosen_rows(self) -> list[int]:
        """Return the selected rows from top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def copy_rows(self, rows: Sequence[int]) -> None:
        """Copy whole rows under their headings, as a table."""
        model = self.model()
        shown = [at for at in range(model.columnCount()) if not self.isColumnHidden(at)]
        titles = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in shown]
        words = [[self.copied_words(model.index(row, at)) for at in shown] for row in rows]
        if words:
            QGuiApplication.clipboard().setMimeData(table_copy.mime(titles, words))
            self.copied.emit(f"已复制 {len(words)} 行，可以贴进表格或文档")

    def copy_cell(self, index: QModelIndex) -> None:
        """Copy what one cell says, as text."""
        QGuiApplication.clipboard().setText(self.copied_words(index))
        self.copied.emit(f"已复制“{self.model().headerData(index.column(), Qt.Orientation.Horizontal)}”")

    def add_copying(self, menu: QMenu, index: QModelIndex) -> None:
        """Add to a menu what can be copied: the selected rows, one cell, all rows."""
        chosen, every = self.chosen_rows(), range(self.model().rowCount())
        words = f"复制选中的 {len(chosen)} 行" if len(chosen) > 1 else "复制这一行"
        keys = QKeySequence(QKeySequence.StandardKey.Copy).toString()
        menu.addAction(f"{words}\t{keys}", lambda: self.copy_rows(chosen))
        cell = menu.addAction("复制这一格", lambda: self.copy_cell(index))
        cell.setEnabled(bool(self.copied_words(index)))
        if len(every) > len(chosen):
            some = self.model().canFetchMore(QModelIndex())
            listed = f"复制已列出的 {len(every)} 行" if some else f"复制全部 {len(every)} 行"
            menu.addAction(listed, lambda: self.copy_rows(every))

    def row_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a row; ``index`` is the cell that it was asked for on."""
        menu = QMenu(self)
        self.add_copying(menu, index)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows(self.chosen_rows())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = context_menu.row_meant(self, event)
        if not index.isValid():
            return
        flag = QItemSelectionModel.SelectionFlag
        chosen = self.selectionModel().isRowSelected(index.row())
        anew = flag.ClearAndSelect | flag.Rows
        self.selectionModel().setCurrentIndex(index, flag.NoUpdate if chosen else anew)
        context_menu.open_at(self.row_menu(index), place)
