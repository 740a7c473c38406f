"""A painted list in which each row leads somewhere: one tab stop, arrows, Enter or one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui.kit import fields

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractListModel, QPersistentModelIndex
    from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent

    from desktop.ui.kit.look import Look, Tokens

    Index = QModelIndex | QPersistentModelIndex

ROUND = 6


class ChoiceDelegate(QStyledItemDelegate):
    """Paints rows ``height`` pixels high on hover, focus and choice; subclasses paint what stands on them.

    Attributes: ``height`` in device-independent pixels, ``chosen`` the row drawn as chosen, or -1.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.height = 0
        self.chosen = -1

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the interface font at a factor of the base size."""
        return self.look.tokens.font(factor, bold=bold)

    def metrics(self, factor: float = 1.0, *, bold: bool = False) -> QFontMetrics:
        """Return the measures of that font."""
        return QFontMetrics(self.font(factor, bold=bold))

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        """Paint a row's contents inside ``area``."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self.look.tokens
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        if index.row() == self.chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft if index.row() == self.chosen else look.hover))
            painter.drawRoundedRect(area, ROUND, ROUND)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        margin = look.px(8)
        self.paint_row(painter, area.adjusted(margin, 0, -margin, 0), index, look)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self.height)


class ChoiceList(QListView):
    """The view of such a list.

    Signals:
        chosen(QModelIndex): the row was clicked, or Enter or the space bar pressed on it
    """

    chosen = Signal(QModelIndex)

    def __init__(self, look: Look, model: QAbstractListModel, delegate: ChoiceDelegate, name: str) -> None:
        super().__init__()
        self._look = look
        self._delegate = delegate
        delegate.setParent(self)
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self._build(name)
        self._connect()

    def choose(self, row: int) -> None:
        """Draw a row as the chosen one; -1 for none."""
        self._delegate.chosen = row
        self.viewport().update()

    def fit(self) -> None:
        """Take sizes from the look again."""
        self._delegate.height = self.row_height()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def row_height(self) -> int:
        """Return the height that a row should have now."""
        raise NotImplementedError

    def _build(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def _connect(self) -> None:
        self.clicked.connect(self.chosen)
        self._look.changed.connect(self.fit)
        self.model().modelReset.connect(self.fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
