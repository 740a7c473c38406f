"""A plain table of rows to choose from, one run of text a cell, and the titled model behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.kit import cells, fields
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.look import Look
from desktop.ui.kit.table_view import RowsView

Index = QModelIndex | QPersistentModelIndex

PAD_Y = 6
LEAST = 120  # pixels at zoom 1 of a column that shares what is left


class RowDelegate(QStyledItemDelegate):
    """Paints cells; ``pieces`` says what stands in one."""

    def __init__(self, look: Look, parent: QWidget, pieces: Callable[[Index], list[Piece]]) -> None:
        super().__init__(parent)
        self._look = look
        self._pieces = pieces

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self._look.tokens
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, QColor(look.accent_soft if selected else look.surface))
        cells.paint(painter, option.rect, self._pieces(index), look, PAD_Y)
        painter.save()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        wide = option.rect.width()
        return QSize(wide, self.height(index, wide))

    def height(self, index: Index, width: int) -> int:
        """Return how high a cell of ``width`` pixels must be to show all of its text."""
        return cells.height(self._pieces(index), width, self._look.tokens, PAD_Y) + 1


class RowTable(RowsView):
    """Shows a model of texts; its columns fill the width and its rows are as high as their text.

    ``widths`` are in pixels at zoom 1; columns without one share what is left. Only ``wrapped`` columns may
    need more than one line.
    """

    def __init__(
        self,
        look: Look,
        model: QAbstractTableModel,
        name: str,
        pieces: Callable[[Index], list[Piece]],
        widths: Mapping[int, int],
        wrapped: Sequence[int],
    ) -> None:
        super().__init__(name)
        self._look, self._widths, self._wrapped = look, widths, wrapped
        self._delegate = RowDelegate(look, self, pieces)
        self._build(model)
        self._connect()
        self.fit()

    def _build(self, model: QAbstractTableModel) -> None:
        self.setModel(model)
        self.setItemDelegate(self._delegate)

    def _connect(self) -> None:
        self.model().modelReset.connect(self.fit)
        self.model().rowsInserted.connect(lambda _parent, first, last: self._fit_rows(first, last))
        self.model().dataChanged.connect(lambda first, last: self._fit_rows(first.row(), last.row()))
        self._look.changed.connect(self.fit)

    def chosen(self) -> int:
        """Return the selected row, or -1."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def fit(self) -> None:
        """Share the width among the columns, make each row as high as its text."""
        px = self._look.tokens.px
        shown = [at for at in range(self.model().columnCount()) if not self.isColumnHidden(at)]
        sharing = [at for at in shown if at not in self._widths]
        left = self.viewport().width() - sum(px(self._widths[at]) for at in shown if at in self._widths)
        for place, at in enumerate(sharing):
            share = max(left // (len(sharing) - place), px(LEAST))
            self.setColumnWidth(at, share)
            left -= share
        for at in shown:
            if at in self._widths:
                self.setColumnWidth(at, px(self._widths[at]))
        self._fit_rows(0, self.model().rowCount() - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        model = self.model()
        for row in range(first, last + 1):
            cells = ((model.index(row, at), self.columnWidth(at)) for at in self._wrapped)
            self.setRowHeight(row, max(self._delegate.height(index, width) for index, width in cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


ROOT = QModelIndex()


class TitledModel(QAbstractTableModel):
    """A table model whose columns are ``titles``, set to the left like what stands under them."""

    titles: tuple[str, ...] = ()

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.titles):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
