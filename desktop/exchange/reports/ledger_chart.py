"""The pictures of the ledger: stacked bars of how the items of each unit or category stand.

The figures stand on a hidden sheet, as formulas over the ledger and its summary, in parts that do not
overlap: what is past its deadline is late, whatever its status, unless it is finished. The pictures carry
what they show, for viewers that do not compute. Colours and parts are those of the window's overview.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never, cast

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.sheets.styles import BODY_FONT, COUNT_FORMAT
from desktop.workspace.items.model import Part

SHEET = "图表数据"


_INK, _LINES, _HATCH = "404040", "D9D9D9", "808080"
_THIN = 6350  # EMU: half a point
_LABELS = 1100  # hundredths of a point: as the text of the sheet, so that they are read on paper
_LABELLED_IN_BLACK = frozenset({Part.NOT_STARTED, Part.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of the hidden sheet: names, counts of each part, number of the first row."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    first: int

    def area(self, column: int) -> str:
        """Return where a column of the figures stands; 1 holds the names."""
        letter = get_column_letter(column)
        return f"'{SHEET}'!${letter}${self.first}:${letter}${self.first + len(self.names) - 1}"


def add(sheet: Worksheet, bars: Bars, title: str, rows: tuple[int, int], columns: int, gap: int) -> None:
    """Lay stacked bars over whole rows and the first ``columns`` of ``sheet``, the first bar on top.

    ``rows`` are the first and the last; ``gap`` is the space between bars in percent of theirs.
    """
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, gap
    begin, end = AnchorMarker(col=0, row=rows[0] - 1), AnchorMarker(col=columns, row=rows[1])
    chart.anchor = TwoCellAnchor(_from=begin, to=end)  # as wide as the columns, however a program draws them
    chart.style = None
    chart.roundedCorners = False
    chart.visible_cells_only = False  # the figures stand on a hidden sheet
    chart.title = title
    chart.title.tx.rich.p[0].pPr = _letters(1400, bold=True)
    chart.title.overlay = False
    for index, part in enumerate(Part):
        chart.series.append(_series(bars, index, part))
    chart.legend.position = "b"
    chart.legend.txPr = _text(_LABELS)
    _set_axes(chart)
    sheet.add_chart(chart)


def _series(bars: Bars, index: int, part: Part) -> Series:
    """Return one part of all bars, with what it shows now."""
    values = [NumVal(idx=at, v=str(counts[index])) for at, counts in enumerate(bars.counts)]
    names = [StrVal(idx=at, v=name) for at, name in enumerate(bars.names)]
    size = len(names)
    made: Any = Series(
        idx=index,
        order=index,
        tx=SeriesLabel(v=part.value),
        cat=AxDataSource(strRef=StrRef(f=bars.area(1), strCache=StrData(ptCount=size, pt=names))),
        val=NumDataSource(
            numRef=NumRef(
                f=bars.area(index + 2), numCache=NumData(formatCode=COUNT_FORMAT, ptCount=size, pt=values)
            )
        ),
    )
    made.spPr = _fill(part)
    made.invertIfNegative = False
    labels: Any = DataLabelList(numFmt=COUNT_FORMAT, showVal=True)
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _text(_LABELS, "000000" if part in _LABELLED_IN_BLACK else "FFFFFF")
    made.dLbls = labels
    return cast(Series, made)


def _fill(part: Part) -> GraphicalProperties:
    """Return how a part is filled; 不适用 is hatched, so that it reads as left out."""
    match part:
        case Part.FINISHED:
            colour = "1A7F37"
        case Part.UNDER_WAY:
            colour = "1D5CC0"
        case Part.LATE:
            colour = "C81E2C"
        case Part.NOT_STARTED:
            colour = "C9CED6"
        case Part.NOT_APPLICABLE:
            choice: Any = ColorChoice
            hatch = PatternFillProperties("ltUpDiag", choice(srgbClr=_HATCH), choice(srgbClr="FFFFFF"))
            return GraphicalProperties(pattFill=hatch, ln=_line(_HATCH))
        case _:
            assert_never(part)
    return GraphicalProperties(solidFill=colour, ln=_line("FFFFFF"))


def _line(colour: str) -> LineProperties:
    return LineProperties(solidFill=colour, w=_THIN)


def _set_axes(chart: Any) -> None:
    """Set names on the left, read from above, and counts below, in whole numbers."""
    names, counts = chart.x_axis, chart.y_axis
    names.delete = counts.delete = False
    names.scaling.orientation = "maxMin"
    names.tickLblPos, names.majorTickMark = "low", "none"
    names.tickLblSkip = 1  # every name
    names.txPr = counts.txPr = _text(_LABELS)
    names.spPr = GraphicalProperties(ln=_line(_INK))
    counts.majorGridlines.spPr = GraphicalProperties(ln=_line(_LINES))
    counts.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    counts.number_format = "0"
    counts.scaling.min = 0
    counts.majorTickMark = "none"
    counts.crosses = "max"


def _letters(size: int, colour: str = _INK, *, bold: bool = False) -> ParagraphProperties:
    """Return letters of a size in hundredths of a point."""
    face = Font(typeface=BODY_FONT)
    return ParagraphProperties(
        defRPr=CharacterProperties(sz=size, b=bold, solidFill=colour, latin=face, ea=face)
    )


def _text(size: int, colour: str = _INK) -> RichText:
    letters = _letters(size, colour)
    return RichText(
        bodyPr=RichTextProperties(), p=[Paragraph(pPr=letters, endParaRPr=CharacterProperties(sz=size))]
    )
