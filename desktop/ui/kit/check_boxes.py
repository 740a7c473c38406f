"""Boxes to tick, in a list or alone, in the colours of the look: in the dark one the style's are not seen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.kit import fields
from desktop.ui.kit.look import Look, Tokens
from desktop.ui.kit.style_sheet import TARGET

TICK = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.30))  # points of the tick, in parts of the box


class TickDelegate(QStyledItemDelegate):
    """Draws an item as the style does, and its box over the style's."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        option = fields.of_option(option)
        super().paint(painter, option, index)
        whole = fields.of_option(QStyleOptionViewItem(option))
        self.initStyleOption(whole, index)
        place = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = QRectF(option.widget.style().subElementRect(place, whole, option.widget))
        if box.isEmpty():
            return
        draw(painter, box, self._look.tokens, ticked=whole.checkState == Qt.CheckState.Checked)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(TARGET, TARGET))


class TickBox(QCheckBox):
    """A box to tick by itself, with its words."""

    def __init__(self, text: str, look: Look) -> None:
        super().__init__(text)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        draw(painter, QRectF(box), self._look.tokens, ticked=self.isChecked())
        painter.end()


def draw(painter: QPainter, box: QRectF, look: Tokens, *, ticked: bool) -> None:
    """Draw a box, with its tick."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(box, QColor(look.surface))
    painter.setPen(QPen(QColor(look.accent if ticked else look.muted), 1))
    painter.setBrush(QColor(look.accent if ticked else look.surface))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if ticked:
        pen = QPen(QColor(look.accent_text), max(box.width() / 8, 1.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in TICK]
        painter.drawPolyline(points)
    painter.restore()
