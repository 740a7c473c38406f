"""What the sheets have in common: paper, margins, header and footer, protection, the lines above a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop.catalogue.validity import date_words
from desktop.exchange.sheets.basis import Basis
from desktop.exchange.sheets.cells import clean, escaped, text_cell
from desktop.exchange.sheets.layout import BODY_SIZE, SheetColumn, height, lines, usual
from desktop.exchange.sheets.names import SAMPLE
from desktop.exchange.sheets.styles import TITLE_SIZE, CellLook, Styles

_MM = 1 / 25.4  # Excel's margins are in inches
TOP, BOTTOM, LEFT, RIGHT, EDGE = 28 * _MM, 26 * _MM, 35 * _MM, 37 * _MM, 15 * _MM


class GrowingRow(RowDimension):
    """A row with a height to begin with that still grows when more is typed: not marked as set by hand."""

    @property
    def customHeight(self) -> bool:  # noqa: N802
        """Say that the height is computed, so that the spreadsheet program goes on fitting it."""
        return False


class Form:
    """A sheet that is filled from top to bottom.

    ``columns`` is how many visible columns it has, ``width`` how wide they are together at least; ``at``
    is the number of the row written last.
    """

    def __init__(
        self, sheet: Worksheet, styles: Styles, columns: Sequence[SheetColumn], *, sample: bool = False
    ) -> None:
        self.sheet = sheet
        self.styles = styles
        self.columns = len(columns)
        self._widths = usual(columns)
        self.width = sum(self._widths)
        self.at = 0
        self.mark = f"（{SAMPLE}，内容为虚构）" if sample else ""

    def row(self, cells: Sequence[Cell | None], points: float, grows: bool = False) -> int:
        """Append a row of cells from the left and return its number.

        ``points`` is its height; a row that ``grows`` is fitted again by the spreadsheet program.
        """
        self.sheet.append(list(cells))
        self.at += 1
        kind = GrowingRow if grows else RowDimension
        self.sheet.row_dimensions[self.at] = kind(self.sheet, index=self.at, ht=points)
        return self.at

    def room(self, text: str, column: int, points: float) -> float:
        """Return how high a row must be for ``text`` in a column, from 1: ``points`` if one line will do."""
        width = self._widths[column - 1]
        return points if lines(text, width) < 2 else max(points, height(text, width))

    def pass_over(self, rows: int) -> None:
        """Leave room for ``rows`` that are kept elsewhere; what is appended next comes after them."""
        self.at += rows
        sheet: Any = self.sheet
        sheet._current_row = self.at

    def retell(self, row: int, text: str) -> None:
        """Let the first cell of a row say something else: what was not known when the row was written."""
        self.sheet.cell(row, 1).value = escaped(clean(text))

    def line(self, text: str, look: str, least: float = 0, size: int = BODY_SIZE) -> int:
        """Append one text of a font size across the whole width, at ``least`` so many points high."""
        points = max(least, height(text, self.width, size))
        return self.texts([(1, self.columns, text, look)], points)

    def texts(self, texts: Sequence[tuple[int, int, str, str]], points: float) -> int:
        """Append a row of texts, each across some columns: first and last column, text, look."""
        cells: list[Cell | None] = [None] * texts[-1][0]
        for first, _, text, look in texts:
            cells[first - 1] = text_cell(self.sheet, text, self.styles[look])
        at = self.row(cells, points)
        # Not merge_cells(): it gives each covered cell the borders of the first, of which these have none,
        # and takes as long as all else together.
        for first, last, _, _ in texts:
            if last > first:
                area = CellRange(min_col=first, max_col=last, min_row=at, max_row=at)
                self.sheet.merged_cells.ranges.add(area)
        return at

    def head(self, basis: Basis, title: str, unit: str) -> None:
        """Append the three lines above a table: title, notice, and one line with unit, validity and date."""
        third = (unit, basis.sentence, f"制表日期：{date_words(basis.today)}")
        left, middle, points = self._parts(third)
        alert = CellLook.FACT_ALERT if basis.expired else CellLook.FACT_MIDDLE
        self.line(f"{title}{self.mark}", CellLook.TITLE, 40, TITLE_SIZE)
        self.line(basis.ground, CellLook.SUBTITLE)
        looks = (CellLook.FACT_LEFT, alert, CellLook.FACT_RIGHT)
        columns = ((1, left), (left + 1, middle), (middle + 1, self.columns))
        self.texts([(*at, text, look) for at, text, look in zip(columns, third, looks, strict=True)], points)

    def _parts(self, texts: tuple[str, str, str]) -> tuple[int, int, float]:
        """Return the last columns of the left and the middle of three parts of a line, and its height.

        They are the parts in which these texts take the fewest lines, and of those the most even ones.
        """
        found: list[tuple[float, float, int, int]] = []
        ends = [0.0, *accumulate(self._widths)]
        for left, middle in combinations(range(1, self.columns), 2):
            parts = (ends[left], ends[middle] - ends[left], ends[-1] - ends[middle])
            high = max(height(text, part) for text, part in zip(texts, parts, strict=True))
            found.append((high, max(parts) - min(parts), left, middle))
        points, _, left, middle = min(found)
        return left, middle, points


def set_up(form: Form, head_row: int, running_head: str) -> None:
    """Set the sheet for A4 landscape, one page wide; protect all but the unlocked cells, without a password.

    ``head_row`` is frozen with all above it and repeated on every page, unless it is 0; ``running_head``
    stands above each printed page on the right.
    """
    sheet = form.sheet
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.top, margins.bottom, margins.left, margins.right = TOP, BOTTOM, LEFT, RIGHT
    margins.header = margins.footer = EDGE
    sheet.print_options.horizontalCentered = True
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    sheet.HeaderFooter.scaleWithDoc = False
    header.right.size = footer.center.size = BODY_SIZE  # read also where a program scales them all the same
    header.right.text = clean(f"{form.mark}{running_head}").replace("&", "&&")
    footer.center.text = "第&P页 共&N页"
    if head_row:
        sheet.print_title_rows = f"{head_row}:{head_row}"
        sheet.freeze_panes = f"A{head_row + 1}"
    sheet.print_area = f"A1:{get_column_letter(form.columns)}{form.at}"
    sheet.sheet_view.showGridLines = False
    _protect(sheet)


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be typed over; fitting columns and rows and filtering stay allowed.

    Sorting does not: the answers alone would move, each to another measure, and nobody would see it.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.sort = True  # as the format has it: what is true is locked
    protection.autoFilter = False
