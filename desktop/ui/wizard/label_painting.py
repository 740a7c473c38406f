"""How the label beside a piece is drawn, and the ground of a piece that is asked about or has the caret."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from desktop.reading.model import Label
from desktop.ui.kit.look import Tokens
from desktop.ui.wizard import colours

GUTTER = 96  # pixels at zoom 1 at the left of the text


def ground(painter: QPainter, look: Tokens, area: QRectF, wide: int, *, asked: bool, current: bool) -> None:
    """Paint behind a piece whose block takes ``area``, as wide as the view."""
    if not asked and not current:
        return
    whole = QRectF(0, area.top() - look.px(4), wide, area.height() + look.px(8))
    painter.fillRect(whole, QColor(look.warn_soft if asked else look.hover))
    bar = QRectF(0, whole.top(), look.px(3), whole.height())
    painter.fillRect(bar, QColor(look.accent if current else look.amber))


def pill(painter: QPainter, look: Tokens, area: QRectF, label: Label, words: str, *, asked: bool) -> None:
    """Paint a label beside the first line of a piece."""
    font = look.font(0.86)
    metrics = QFontMetricsF(font)
    wide = min(metrics.horizontalAdvance(words) + look.px(16), look.px(GUTTER - 16))
    place = QRectF(look.px(10), area.top() + look.px(2), wide, metrics.height() + look.px(2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.mark if asked else colours.ground(look, label)))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setPen(QColor(look.mark_text if asked else colours.ink(look, label)))
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
