"""What a cell may hold, and how it gets there: text is always text, a date is a date.

Excel's published limit is 32,767 UTF-16 units in a cell. XML 1.0 forbids most control characters, lone
surrogates, U+FFFE and U+FFFF; ECMA-376 (ST_Xstring) reads ``_xHHHH_`` as an escaped character.
"""

from __future__ import annotations

import re
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
FIRST_YEAR = 1901  # 1900 has a day in Excel that never was
CUT_MARK = "……（内容过长，此处截断，全文见手册）"

_BREAKS = re.compile("\r\n|[\r\v\f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

_ESCAPE_LENGTH = len("_x005F")


def clean(text: str) -> str:
    """Return ``text`` as a cell can hold it.

    Every kind of line break becomes a line feed, control characters (which nobody sees) go, what XML cannot
    carry becomes U+FFFD, and a text over Excel's limit is cut with a mark that says so. Any other text comes
    back unchanged.
    """
    if len(text) * 2 <= LONGEST and not _SUSPECT.search(text):
        return text
    text = _BREAKS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _UNWRITABLE.sub("\ufffd", text)
    return _cut(text)


def escaped(text: str) -> str:
    """Return ``text`` as a reader of ST_Xstring expects it: it would take a plain ``_x0041_`` for ``A``."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def text_cell(sheet: Worksheet, text: str, style: StyleArray) -> Cell:
    """Return a cell that holds ``text``, never a formula, an error value or a number; or nothing."""
    cell = Cell(sheet, 1, 1, style_array=style)
    if text:
        cell.value = escaped(clean(text))
        cell.data_type = "s"
    return cell


def headed_cell(sheet: Worksheet, head: str, rest: str, font: InlineFont, style: StyleArray) -> Cell:
    """Return a text cell that shows ``head`` in ``font`` and ``rest`` in the cell's own font, as one text."""
    if not head:
        return text_cell(sheet, rest, style)
    cell = Cell(sheet, 1, 1, style_array=style)
    cell.value = CellRichText(TextBlock(font, escaped(clean(head))), escaped(clean(rest)))
    return cell


def number_cell(sheet: Worksheet, number: float, style: StyleArray) -> Cell:
    """Return a cell that holds a number."""
    return Cell(sheet, 1, 1, value=number, style_array=style)


def date_cell(sheet: Worksheet, day: date | None, style: StyleArray) -> Cell:
    """Return a cell that holds a real date, or nothing; a day before Excel's years is written as text."""
    if day is not None and day.year < FIRST_YEAR:
        return text_cell(sheet, day.isoformat(), style)
    return Cell(sheet, 1, 1, value=day, style_array=style)


def formula_cell(sheet: Worksheet, formula: str, style: StyleArray) -> Cell:
    """Return a cell that computes ``formula``, which begins with ``=`` and holds nothing typed by a user."""
    return Cell(sheet, 1, 1, value=formula, style_array=style)


def _cut(text: str) -> str:
    """Return ``text`` within :data:`LONGEST` UTF-16 units, escapes counted, no character cut in two."""
    escapes = _ESCAPE_LENGTH * len(_LOOKS_ESCAPED.findall(text))
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 + escapes <= LONGEST:
        return text
    room = LONGEST - len(CUT_MARK)
    if escapes:
        room = room * 7 // 13  # at worst every seven units are written as thirteen
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore") + CUT_MARK
