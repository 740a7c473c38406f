"""A checklist filled in as a unit would, by another writer than the one that wrote it: for checks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from desktop.exchange.checklists.columns import HIDDEN
from desktop.exchange.sheets.saving import Archive

Answers = Mapping[int, Mapping[str, str]] | Mapping[str, Mapping[str, str]]
"""By the measure's number as it is printed, or by its key: what is written under each heading."""


def fill_in(path: Path, answers: Answers, to: Path) -> Path:
    """Write ``answers`` into the checklists at ``path``, save the workbook at ``to`` and return ``to``.

    A measure that is not there is passed over. Raises KeyError for a heading that is not there, OSError.
    """
    with closing(load_workbook(path)) as book:
        for sheet in book.worksheets:
            _fill_sheet(sheet, answers)
        to.parent.mkdir(parents=True, exist_ok=True)
        stream, at = BytesIO(), datetime.now(UTC)
        book.properties.modified = at.replace(tzinfo=None)
        ExcelWriter(book, Archive(stream, at)).save()  # what book.save() does, by whatever clock
        to.write_bytes(stream.getvalue())
    return to


def _fill_sheet(sheet: Worksheet, answers: Answers) -> None:
    heads: dict[str, int] = {}
    for row in sheet.iter_rows():
        if not heads:
            found = {str(cell.value): cell.column for cell in row if cell.value}
            heads = found if {"措施", "状态"} <= found.keys() else {}
            continue
        number = str(row[heads["措施"] - 1].value).partition(".")[0]
        key = str(row[heads[HIDDEN[0]] - 1].value).rpartition("/")[2]
        wanted = {key, int(number)} if number.isdigit() else {key}
        written = next((told for name, told in answers.items() if name in wanted), {})
        for head, words in written.items():
            row[heads[head] - 1].value = words
