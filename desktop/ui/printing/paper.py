"""A document on A4 paper: the area that text may fill, and each page drawn with its foot.

Lengths are points (1/72 inch), whatever printer or file it is drawn on: the text is laid out once, at 72 dots
an inch with unrounded glyph widths, and only scaled when drawn.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextDocument,
    QTextOption,
    QTextTable,
)

from desktop.ui.kit import fields, look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPagedPaintDevice

POINTS_PER_INCH = 72
MM = POINTS_PER_INCH / 25.4
INK = "#000000"
FOOT_GAP, FOOT_SIZE, FOOT_SPACE = 9 * MM, 10, 10


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


# The text area of official papers, 156 × 225 mm (GB/T 9704-2012, 5.2.1), and the same turned by a quarter.
PORTRAIT = Margins(top=37, right=26, bottom=35, left=28)
LANDSCAPE = Margins(top=28, right=37, bottom=26, left=35)


class Paper(QTextDocument):
    """A text laid out for A4.

    Attributes: ``title``; ``landscape``; ``foot``, the words at the left and the right of each page's foot.
    """

    def __init__(self, title: str, foot: tuple[str, str], *, landscape: bool = False) -> None:
        super().__init__()
        self.title = title
        self.foot = foot
        self.landscape = landscape
        self._margins = LANDSCAPE if landscape else PORTRAIT
        self._dots = QImage(1, 1, QImage.Format.Format_RGB32)
        self._dots.setDotsPerMeterX(round(MM * 1000))
        self._dots.setDotsPerMeterY(round(MM * 1000))
        self.documentLayout().setPaintDevice(self._dots)
        self.setUseDesignMetrics(True)
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(
            typeface(look.BODY_FAMILIES, FOOT_SIZE)
        )  # of a run, its own format knows no features
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        self.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, title)
        self.setPageSize(self.area)

    @property
    def area(self) -> QSizeF:
        """Return the size of what text may fill on one page."""
        across, down = (297, 210) if self.landscape else (210, 297)
        margins = self._margins
        return QSizeF(
            (across - margins.left - margins.right) * MM, (down - margins.top - margins.bottom) * MM
        )

    def words(self) -> str:
        """Return every character that stands on the pages, in whatever order."""
        return f"{self.toPlainText()}{''.join(self.foot)}{_page_words(0, 0)}0123456789"

    def fonts(self) -> list[QFont]:
        """Return the typefaces of the pages."""
        found = [_foot_font()]
        for each in self.allFormats():
            if each.isCharFormat() and (font := each.toCharFormat().font()) not in found:
                found.append(font)
        return found

    def length(self, points: float) -> float:
        """Return a length as block, frame and table formats need it: Qt takes theirs to be screen dots."""
        return points * QGuiApplication.primaryScreen().logicalDotsPerInchY() / POINTS_PER_INCH

    @property
    def layout(self) -> QPageLayout:
        """Return the page layout for a printer or a file: the whole sheet, margins being drawn here."""
        turned = QPageLayout.Orientation.Landscape if self.landscape else QPageLayout.Orientation.Portrait
        return QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point
        )

    def draw(self, device: QPagedPaintDevice, dots_per_inch: int, pages: Iterable[int] = ()) -> bool:
        """Draw ``pages`` (numbers from 0; none means all) on a printer or a PDF; return whether it could."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # no JPEG of a window's picture
        painter.scale(dots_per_inch / POINTS_PER_INCH, dots_per_inch / POINTS_PER_INCH)
        for turn, page in enumerate(pages or range(self.pageCount())):
            if turn:
                device.newPage()
            self.draw_page(painter, page)
        return painter.end()

    def draw_page(self, painter: QPainter, page: int) -> None:
        """Draw one page, its paper's upper left corner at the origin."""
        area = self.area
        painter.save()
        painter.translate(self._margins.left * MM, self._margins.top * MM)
        self._draw_foot(painter, page)
        painter.translate(0, -page * area.height())
        part = QRectF(0, page * area.height(), area.width(), area.height())
        painter.setClipRect(part.adjusted(-2, 0, 2, 2))
        if any(isinstance(frame, QTextTable) for frame in self.rootFrame().childFrames()):
            context = fields.clipped(part)
            self.documentLayout().draw(painter, context)
        else:
            self._draw_frames(painter)
            self._draw_lines(painter, part)
        painter.restore()

    def _draw_frames(self, painter: QPainter) -> None:
        """Draw the rules and boxes."""
        scale = self.length(1)
        for frame in self.rootFrame().childFrames():
            form = frame.frameFormat()
            above, below = form.topMargin() / scale, form.bottomMargin() / scale
            place = self.documentLayout().frameBoundingRect(frame).adjusted(0, above, 0, -below)
            painter.fillRect(place, form.background())
            if form.border():
                painter.setPen(QPen(form.borderBrush().color(), form.border() / scale))
                painter.drawRect(place)

    def _draw_lines(self, painter: QPainter, part: QRectF) -> None:
        """Draw the lines within ``part``, and no other.

        Qt would draw a paragraph's last line above it as well, where it is not seen but copied from a PDF.
        """
        block = self.begin()
        while block.isValid():
            origin, lines = self.documentLayout().blockBoundingRect(block).topLeft(), block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                if part.top() <= line.rect().translated(origin).center().y() < part.bottom():
                    line.draw(painter, origin)
            block = block.next()

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        area = self.area
        painter.setFont(_foot_font())
        painter.setPen(QPen(QColor(INK), 0.4))
        line = area.height() + FOOT_GAP - 3
        painter.drawLine(QPointF(0, line), QPointF(area.width(), line))
        box = QRectF(0, line + 3, area.width(), FOOT_SIZE * 1.6)
        words = (self.foot[0], _page_words(page + 1, self.pageCount()), self.foot[1])
        left, middle, right = (painter.fontMetrics().horizontalAdvance(each) for each in words)
        places = foot_places(left, middle, right, area.width())
        for text, place in zip(words, places, strict=True):
            painter.drawText(box.translated(place, 0), int(Qt.AlignmentFlag.AlignVCenter), text)


def typeface(families: Iterable[str], points: float, *, bold: bool = False) -> QFont:
    """Return a typeface without the forms of a language.

    After Latin letters they draw figures that are no characters, and that nobody can copy from a PDF.
    """
    made = look.font(families, points, bold=bold)
    try:
        made.setFeature(QFont.Tag("locl"), 0)
    except TypeError:  # PySide6 6.8.0, the last for ARM that runs on Kylin V10, makes no tag
        return without_local_forms(made)
    return made


def without_local_forms(font: QFont) -> QFont:
    """Return the font as Qt reads one in which they are turned off.

    A font that is written ends with the number of its features, these, and the number of its axes.
    """
    written = QByteArray()
    QDataStream(written, QIODevice.OpenModeFlag.WriteOnly) << font
    ends = struct.pack(">I4siI", 1, b"locl", 0, 0)
    made = QFont()
    QDataStream(QByteArray(bytes(written.data())[:-8] + ends)) >> made
    return made


def foot_places(left: float, middle: float, right: float, room: float) -> tuple[float, float, float]:
    """Return where the three parts of a foot begin, which have these widths.

    The middle one stands in the middle of the page, or, where a side reaches too far, in what is left.
    """
    last, centred = room - right, (room - middle) / 2
    free = left + FOOT_SPACE <= centred <= last - FOOT_SPACE - middle
    return 0, centred if free else (left + last - middle) / 2, last


def _page_words(page: int, pages: int) -> str:
    return f"第{page}页 共{pages}页"


def _foot_font() -> QFont:
    """Return the foot's typeface, sized in the points that the painter is scaled to."""
    font = typeface(look.BODY_FAMILIES, FOOT_SIZE)
    font.setPixelSize(FOOT_SIZE)
    return font
