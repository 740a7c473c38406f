"""What units do to their workbooks, in a program of their own: plain openpyxl, no room of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl


class Sheet:
    """A checklist as a person sees it: rows by the number of the measure, columns by their headings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        (heads,) = [row for row in self.sheet.iter_rows() if any(cell.value == "状态" for cell in row)]
        self._columns = {str(cell.value): cell.column for cell in heads if cell.value}
        self._first = heads[0].row + 1

    def numbers(self) -> list[int]:
        """Return the numbers of the measures, from top to bottom."""
        return [int(str(row[2].value).partition(".")[0]) for row in self._rows()]

    def put(self, number: int, heading: str, value: Any) -> None:
        """Type ``value`` into a row."""
        (row,) = [row for row in self._rows() if str(row[2].value).startswith(f"{number}.")]
        self.sheet.cell(row[0].row, self._columns[heading]).value = value

    def add(self, **values: Any) -> None:
        """Write a row of one's own below the others."""
        last = [row[0].row for row in self._rows()][-1]
        for merged in [each for each in self.sheet.merged_cells.ranges if each.min_row == last + 1]:
            self.sheet.unmerge_cells(merged.coord)
        self.sheet.cell(last + 1, 1).value = None
        for heading, value in values.items():
            self.sheet.cell(last + 1, self._columns[heading]).value = value

    def save(self) -> None:
        """Save the workbook where it was."""
        self.book.save(self.path)

    def _rows(self) -> list[Any]:
        rows = list(self.sheet.iter_rows(min_row=self._first))
        return [
            row for row in rows if isinstance(row[2].value, str) and row[2].value.partition(".")[0].isdigit()
        ]


def answer(path: Path, *deeds: Callable[[Sheet], object]) -> None:
    """Open a workbook, do something with it, save it."""
    sheet = Sheet(path)
    for deed in deeds:
        deed(sheet)
    sheet.save()
