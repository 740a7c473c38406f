"""One page on which all is placed by hand: words, rules, boxes and rings, in points from its upper left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPen, QTextLayout, QTextOption

from desktop.ui.printing.paper import MM, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from desktop.ui.printing.typesetting import Run

LEFT = Qt.AlignmentFlag.AlignLeft
WIDTH, HEIGHT = 210 * MM, 297 * MM


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, or an ellipse in it; a line is a rectangle without a height."""

    place: QRectF
    ink: str = ""
    fill: str = ""
    width: float = 0.6
    round: bool = False


class PlacedPaper(Paper):
    """A paper of one page, A4 upright."""

    def __init__(self, title: str) -> None:
        super().__init__(title, ("", ""))
        self._texts: list[tuple[QTextLayout, QPointF]] = []
        self._shapes: list[Shape] = []
        self._words: list[str] = []
        self._fonts: list[QFont] = []
        self._measured = QImage(1, 1, QImage.Format.Format_RGB32)  # as large as it has to be: 72 dots an inch
        self._measured.setDotsPerMeterX(round(MM * 1000))
        self._measured.setDotsPerMeterY(round(MM * 1000))

    def text(
        self,
        runs: Sequence[Run],
        left: float,
        top: float,
        width: float,
        pitch: float,
        align: Qt.AlignmentFlag = LEFT,
    ) -> float:
        """Set words in a column, each line ``pitch`` points high; returns where they end."""
        layout, bottom = self._laid(runs, width, pitch, align)
        self._texts.append((layout, QPointF(left, top)))
        self._words += [run.text for run in runs]
        self._fonts += [run.letters.font() for run in runs]
        return top + bottom

    def high(self, runs: Sequence[Run], width: float, pitch: float) -> float:
        """Return how high words would be in a column."""
        return self._laid(runs, width, pitch, LEFT)[1]

    def line(self, left: float, top: float, right: float, ink: str, width: float = 0.6) -> None:
        """Draw a rule."""
        self._shapes.append(Shape(QRectF(left, top, right - left, 0), ink, width=width))

    def box(
        self, place: QRectF, ink: str, fill: str = "", *, round: bool = False, width: float = 0.6
    ) -> None:
        """Draw a box, or a ring."""
        self._shapes.append(Shape(place, ink, fill, width, round))

    @property
    def lowest(self) -> float:
        """Return where the lowest words end."""
        return max((place.y() + _bottom(layout) for layout, place in self._texts), default=0)

    def _laid(
        self, runs: Sequence[Run], width: float, pitch: float, align: Qt.AlignmentFlag
    ) -> tuple[QTextLayout, float]:
        text = "".join(run.text for run in runs)
        layout = QTextLayout(text, runs[0].face.font(runs[0].size, bold=runs[0].bold), self._measured)
        option = QTextOption(align)
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats, at = [], 0
        for run in runs:
            made = QTextLayout.FormatRange()
            made.start = at  # type: ignore[attr-defined]
            made.length = len(run.text)  # type: ignore[attr-defined]
            made.format = run.letters  # type: ignore[attr-defined]
            formats.append(made)
            at += len(run.text)
        layout.setFormats(formats)
        layout.beginLayout()
        down = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, down + (pitch - line.height()) / 2))
            down += pitch
        layout.endLayout()
        return layout, down

    # ---- the paper

    def words(self) -> str:
        """Return every character that stands on the page."""
        return "".join(self._words)

    def fonts(self) -> list[QFont]:
        """Return the typefaces of the page."""
        found: list[QFont] = []
        for font in self._fonts:
            if font not in found:
                found.append(font)
        return found

    def draw_page(self, painter: QPainter, page: int) -> None:  # noqa: ARG002
        """Draw the page, its paper's upper left corner at the origin."""
        painter.save()
        for shape in self._shapes:
            painter.setPen(QPen(QColor(shape.ink), shape.width) if shape.ink else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
            if shape.round:
                painter.drawEllipse(shape.place)
            elif not shape.place.height():
                painter.drawLine(shape.place.topLeft(), shape.place.topRight())
            else:
                painter.drawRect(shape.place)
        for layout, place in self._texts:
            layout.draw(painter, place)
        painter.restore()


def _bottom(layout: QTextLayout) -> float:
    last = layout.lineAt(layout.lineCount() - 1)
    return last.y() + last.height()
