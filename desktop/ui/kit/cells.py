"""How the cells of a checklist look and how high they need to be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from desktop.ui.kit.look import Tokens

PAD_X = 8
PAD_Y = 10
MOST_LINES = 12
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one look, set below the piece before it.

    ``boxed`` draws it as a pill; ``single`` keeps it in one line, its middle left out where it is too long.
    """

    text: str
    colour: str
    factor: float = 1.0
    bold: bool = False
    boxed: bool = False
    dot: str = ""
    right: bool = False
    single: bool = False


def height(made: list[Piece], width: int, look: Tokens, pad: int = PAD_Y, most: int = MOST_LINES) -> int:
    """Return how high a cell of ``width`` pixels must be for ``made``, each of ``most`` lines at most."""
    inner = width - 2 * look.px(PAD_X)
    return round(sum(_height_of(piece, inner, look, most) for piece in made)) + 2 * look.px(pad)


def paint(
    painter: QPainter,
    rect: QRect,
    made: list[Piece],
    look: Tokens,
    pad: int = PAD_Y,
    most: int = MOST_LINES,
) -> None:
    """Draw ``made`` into ``rect``."""
    inner = QRectF(rect).adjusted(look.px(PAD_X), look.px(pad), -look.px(PAD_X), 0)
    top = inner.top()
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for piece in made:
        tall = _height_of(piece, inner.width(), look, most)
        _paint_piece(painter, QRectF(inner.left(), top, inner.width(), tall), piece, look, most)
        top += tall
    painter.restore()


def _paint_piece(painter: QPainter, rect: QRectF, piece: Piece, look: Tokens, most: int) -> None:
    painter.setPen(QColor(piece.colour))
    font = _font(piece, look)
    if piece.boxed:
        painter.setFont(font)
        _paint_pill(painter, rect, piece, look)
        return
    if piece.dot:
        side = look.px(9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(piece.dot))
        painter.drawEllipse(QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side))
        painter.setPen(QColor(piece.colour))
        rect = rect.adjusted(side + look.px(4), 0, 0, 0)
    side = Qt.AlignmentFlag.AlignRight if piece.right else Qt.AlignmentFlag.AlignLeft
    layout, _tall = _set(_fitting(piece, font, rect.width()), font, rect.width(), most, side)
    layout.draw(painter, rect.topLeft())


def _paint_pill(painter: QPainter, rect: QRectF, piece: Piece, look: Tokens) -> None:
    metrics = QFontMetricsF(painter.font())
    wide = min(metrics.horizontalAdvance(piece.text) + look.px(18), rect.width() + look.px(6))
    box = QRectF(rect.left() + 0.5, rect.top() - look.px(1) + 0.5, wide, metrics.height() + look.px(2))
    tint = QColor(piece.colour)
    painter.setPen(QPen(tint, 1))
    painter.setBrush(QColor(look.surface))  # on a selected row too the words stand on it
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    tint.setAlpha(26 if not look.dark else 40)
    painter.setBrush(tint)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, piece.text)


def _height_of(piece: Piece, width: float, look: Tokens, most: int) -> float:
    font = _font(piece, look)
    if piece.boxed or piece.dot or piece.single:
        return QFontMetricsF(font).height()
    return _set(piece.text, font, width, most)[1]


def _fitting(piece: Piece, font: QFont, width: float) -> str:
    if not piece.single:
        return piece.text
    return QFontMetricsF(font).elidedText(piece.text, Qt.TextElideMode.ElideMiddle, width)


def _font(piece: Piece, look: Tokens) -> QFont:
    return look.font(piece.factor, bold=piece.bold)


def _set(
    text: str, font: QFont, width: float, most: int, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> tuple[QTextLayout, float]:
    """Set ``text`` in lines of ``width``; what is longer than a cell may be ends in an ellipsis."""
    option = QTextOption(side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    while True:
        layout = QTextLayout(text.replace("\n", "\u2028"), font)
        layout.setTextOption(option)
        layout.setCacheEnabled(False)
        layout.beginLayout()
        tall, lines, cut = 0.0, 0, 0
        while (line := layout.createLine()).isValid():
            if lines == most:
                cut = line.textStart()
                break
            line.setLineWidth(max(width, 1.0))
            line.setPosition(QPointF(0, tall))
            tall += line.height()
            lines += 1
        layout.endLayout()
        if not cut:
            return layout, tall
        text = text[: max(cut - 2, 1)].rstrip() + ELLIPSIS
