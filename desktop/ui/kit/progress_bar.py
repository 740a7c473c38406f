"""Progress as bars: one row per unit or category, as long as it has items, in parts by how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from desktop.workspace.items.model import Part

if TYPE_CHECKING:
    from desktop.ui.kit.look import Tokens
    from desktop.workspace.items.progress import Bar


def brush(part: Part, look: Tokens) -> QBrush:
    """Return how a part is filled; 不适用 is hatched, so that it reads as left out."""
    match part:
        case Part.FINISHED:
            return QBrush(QColor(look.green))
        case Part.UNDER_WAY:
            return QBrush(QColor(look.blue))
        case Part.LATE:
            return QBrush(QColor(look.red))
        case Part.NOT_STARTED:
            return QBrush(QColor(look.track))
        case Part.NOT_APPLICABLE:
            return QBrush(QColor(look.faint), Qt.BrushStyle.BDiagPattern)
    assert_never(part)


def paint_bar(painter: QPainter, area: QRectF, bar: Bar, look: Tokens) -> None:
    """Fill ``area`` with the parts of a bar, each as long as its share."""
    if not bar.total or area.width() <= 0:
        return
    outline = QPainterPath()
    outline.addRoundedRect(area, 3, 3)
    painter.save()
    painter.setClipPath(outline)
    left = area.left()
    for part, count in bar.parts:
        width = area.width() * count / bar.total
        paint_part(painter, QRectF(left, area.top(), width, area.height()), part, look)
        left += width
    painter.restore()


def paint_part(painter: QPainter, area: QRectF, part: Part, look: Tokens) -> None:
    """Fill a part's box."""
    painter.fillRect(area, brush(part, look))
    if part in (Part.NOT_APPLICABLE, Part.NOT_STARTED) and area.width() > 2:
        painter.setPen(QPen(QColor(look.faint if part is Part.NOT_APPLICABLE else look.field), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
