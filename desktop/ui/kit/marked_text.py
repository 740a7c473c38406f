"""Text with highlighted matches, laid out in a few lines: what list rows paint with."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop.ui.kit import fields
from desktop.ui.kit.look import Tokens

LEADING = 1.3
ELLIPSIS = "…"


def line_height(font: QFont) -> int:
    """Return the distance between two base lines in pixels."""
    return math.ceil(QFontMetricsF(font).height() * LEADING)


def line_count(text: str, font: QFont, width: int, most: int) -> int:
    """Return how many lines ``text`` takes at ``width`` pixels, at most ``most``."""
    return min(len(_break(text, font, width)[1]), most)


def draw(
    painter: QPainter,
    area: QRect,
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    font: QFont,
    colour: str,
    look: Tokens,
    most_lines: int,
) -> int:
    """Draw ``text`` from the top of ``area``, ``spans`` (UTF-16) highlighted; return the y below it.

    What does not fit into ``most_lines`` is cut with an ellipsis.
    """
    layout, lines = _break(text, font, area.width())
    if len(lines) > most_lines:
        cut = lines[most_lines - 1][0]
        rest = text[cut:].replace("\n", " ")
        kept = QFontMetricsF(font).elidedText(
            f"{rest}{ELLIPSIS * 2}", Qt.TextElideMode.ElideRight, area.width()
        )
        text = text[:cut] + kept.rstrip(ELLIPSIS) + ELLIPSIS
        layout, lines = _break(text, font, area.width())
    layout.setFormats([_highlight(start, end, look) for start, end in spans if start < len(text)])
    step = line_height(font)
    layout.beginLayout()
    y = 0.0
    for _ in lines[:most_lines]:
        line = layout.createLine()
        line.setLineWidth(area.width())
        line.setPosition(QPointF(0, y))
        y += step
    layout.endLayout()
    painter.setPen(QColor(colour))
    layout.draw(painter, QPointF(area.x(), area.y()))
    return area.y() + round(y)


def _break(text: str, font: QFont, width: int) -> tuple[QTextLayout, list[tuple[int, int]]]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        lines.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return layout, lines


def _highlight(start: int, end: int, look: Tokens) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setBackground(QColor(look.mark))
    style.setForeground(QColor(look.mark_text))
    return fields.format_range(start, end - start, style)
