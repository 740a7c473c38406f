"""How the rows of an import look, how high they need to be, and where the choices on them stand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop.ui.intake import outcomes, rows
from desktop.ui.intake.rows import SPANNING, Option, Row, Sort
from desktop.ui.kit import cells
from desktop.ui.kit.cells import PAD_X, Piece
from desktop.ui.kit.look import Tokens
from desktop.workspace import words

PAD_Y = 7
PILL, GAP = 24, 5
BAR = 3


def pieces(row: Row, column: int, continued: bool, look: Tokens) -> list[Piece]:
    """Return the words in a cell; those of the last column stand under the choices."""
    if row.sort in SPANNING:
        return _spanning(row, look)
    text = row.cells[column]
    if column == rows.MEASURE:
        return (
            [Piece(text, look.faint if continued else look.text, bold=not continued)] if not continued else []
        )
    if column == rows.VERDICT:
        return _verdict(row, look)
    quiet = text in (words.EMPTY, outcomes.UNKNOWN, outcomes.SAME)
    told = column == rows.FIELD or (column == rows.THEIRS and row.sort in (Sort.OPEN, Sort.TAKEN, Sort.ADDED))
    told = told or (column == rows.OURS and row.sort in (Sort.OPEN, Sort.KEPT))
    return [Piece(text, look.faint if quiet else look.text if told else look.muted)] if text else []


def height(row: Row, column: int, continued: bool, width: int, look: Tokens) -> int:
    """Return how high a cell of ``width`` pixels must be."""
    tall = cells.height(pieces(row, column, continued, look), width, look, PAD_Y)
    if column == rows.VERDICT and row.options:
        tall += round(_pills_height(row, width, look))
    return tall


def paint(
    painter: QPainter,
    rect: QRect,
    row: Row,
    column: int,
    continued: bool,
    look: Tokens,
    hovered: Option | None,
) -> None:
    """Draw a cell."""
    made = pieces(row, column, continued, look)
    if column == rows.VERDICT and row.options:
        for option, box in pills(row, rect, look):
            _paint_pill(painter, box, option, look, option is hovered)
        rect = rect.adjusted(0, round(_pills_height(row, rect.width(), look)), 0, 0)
    cells.paint(painter, rect, made, look, PAD_Y)
    colour = bar(row, look)
    if column == rows.MEASURE and colour:
        painter.fillRect(QRect(rect.left(), rect.top(), look.px(BAR), rect.height()), QColor(colour))


def bar(row: Row, look: Tokens) -> str:
    """Return the colour at the left edge of a row, "" for none."""
    if row.sort is Sort.OPEN:
        return look.amber
    if row.sort is Sort.REFUSED or (row.sort is Sort.REMARK and row.note):
        return look.red
    return ""


def ground(row: Row, selected: bool, look: Tokens) -> str:
    """Return the colour behind a row."""
    if selected:
        return look.accent_soft
    if row.sort is Sort.OPEN:
        return look.warn_soft
    return look.raised if row.sort in SPANNING else look.surface


def pills(row: Row, rect: QRect, look: Tokens) -> list[tuple[Option, QRectF]]:
    """Return where each choice stands in the last column's cell, line by line."""
    metrics = QFontMetricsF(_font(look))
    left, top = rect.left() + look.px(PAD_X), rect.top() + look.px(PAD_Y - 1)
    edge = rect.right() - look.px(PAD_X)
    found: list[tuple[Option, QRectF]] = []
    at = QPointF(left, top)
    for option in row.options:
        wide = min(metrics.horizontalAdvance(option.words) + look.px(18), float(edge - left))
        if at.x() > left and at.x() + wide > edge:
            at = QPointF(left, at.y() + look.px(PILL + GAP))
        found.append((option, QRectF(at.x() + 0.5, at.y() + 0.5, wide, look.px(PILL) - 1)))
        at.setX(at.x() + wide + look.px(GAP))
    return found


def option_at(row: Row, rect: QRect, look: Tokens, point: QPointF) -> Option | None:
    """Return the choice under a point, or None."""
    return next((option for option, box in pills(row, rect, look) if box.contains(point)), None)


def _pills_height(row: Row, width: int, look: Tokens) -> float:
    placed = pills(row, QRect(0, 0, width, 0), look)
    under = 0 if _verdict(row, look) else look.px(PAD_Y)
    return placed[-1][1].bottom() - under + look.px(1)


def _paint_pill(painter: QPainter, box: QRectF, option: Option, look: Tokens, hovered: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look.accent if option.on else look.text
    painter.setPen(QPen(QColor(look.accent if option.on or hovered else look.border), 1))
    painter.setBrush(QColor(look.accent_soft if option.on else look.hover if hovered else look.surface))
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(_font(look, bold=option.on))
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(option.words, Qt.TextElideMode.ElideRight, box.width() - look.px(6))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _verdict(row: Row, look: Tokens) -> list[Piece]:
    colour = look.red if row.sort is Sort.REFUSED else look.near if row.sort is Sort.OPEN else look.muted
    if row.options:
        return [Piece(row.note, look.warn if row.sort is Sort.OPEN else look.muted, 0.92)] if row.note else []
    head = [Piece(row.cells[rows.VERDICT], colour, bold=row.sort in (Sort.REFUSED, Sort.OPEN))]
    return [*head, *([Piece(row.note, look.muted, 0.92)] if row.note else [])]


def _spanning(row: Row, look: Tokens) -> list[Piece]:
    if row.sort is Sort.FILE:
        return [Piece(row.cells[0], look.text, bold=True), Piece(row.under, look.muted, 0.92)]
    if row.sort is Sort.FOLD:
        return [
            Piece(
                f"{row.cells[0]}    {row.under} ▾", look.accent if row.under == "展开" else look.muted, 0.95
            )
        ]
    under = [Piece(row.under, look.muted, 0.92)] if row.under else []
    return [Piece(row.cells[0], look.red if row.note else look.muted), *under]


def _font(look: Tokens, *, bold: bool = False) -> QFont:
    return look.font(0.95, bold=bold)
