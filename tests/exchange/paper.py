"""How large the text of a sheet is on A4, computed from what the file says, for two programs."""

from __future__ import annotations

from math import floor

from openpyxl.utils import column_index_from_string

from tests.exchange.second_reader import Book, Sheet, column

PIXELS = {"Excel": 7.0, "LibreOffice": 7.41}  # of a character of the standard font, Arial 10
ACROSS = 297 - 35 - 37  # millimetres


def least_printed(sheet: Sheet) -> float:
    """Return the points of the smallest text of a sheet when it is printed as it is set up."""
    shown = [number for number in sheet.widths if number not in sheet.hidden_columns]
    sizes = [
        cell.look.size
        for at, cell in sheet.cells.items()
        if cell.value is not None and column_index_from_string(column(at)) in shown
    ]
    wide = sum(sheet.widths[number] for number in shown) * max(PIXELS.values()) * 72 / 96
    scale = min(1, floor(100 * ACROSS / 25.4 * 72 / wide) / 100)
    return min(sizes) * scale


def assert_readable(book: Book) -> None:
    """Fail when text of any sheet would be printed smaller than 8 points."""
    assert book.visible
    found = {sheet.title: least_printed(sheet) for sheet in book.visible}
    assert {title: size for title, size in found.items() if size < 8} == {}
