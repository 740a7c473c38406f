"""Rows of a plain table, painted in the look of the checklist: one run of text a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import checklist_paint
from desktop.ui.checklist_paint import Piece
from desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
PAD_Y = 6


class RowDelegate(QStyledItemDelegate):
    """Paints cells; ``pieces`` says what stands in one."""

    def __init__(self, desk: Desk, parent: QWidget, pieces: Callable[[Index], list[Piece]]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pieces = pieces

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
        return QSize(wide, self.height(index, wide))

    def height(self, index: Index, width: int) -> int:
        """Return how high a cell of ``width`` pixels must be to show all of its text."""
        return checklist_paint.height(self._pieces(index), width, self._desk.look, PAD_Y) + 1

    def fit(self, view: QTableView, columns: Sequence[int], first: int, last: int) -> None:
        """Make the rows from ``first`` to ``last`` as high as what stands in ``columns``."""
        model = view.model()
        for row in range(first, last + 1):
            heights = (self.height(model.index(row, at), view.columnWidth(at)) for at in columns)
            view.setRowHeight(row, max(heights))


def set_up(view: QTableView, name: str) -> None:
    """Let a table be a list of rows to choose from, without grid and editors."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setAccessibleName(name)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionsClickable(False)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
