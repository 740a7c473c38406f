"""A unit fills in its workbook with another program than the one that wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

Answers = Mapping[int, Mapping[str, object]]
"""By the measure's number: what is written under each heading."""


def fill_in(path: Path, answers: Answers, to: Path) -> Path:
    """Write ``answers`` into the checklist at ``path``, save it at ``to`` and return ``to``."""
    with closing(load_workbook(path)) as book:
        for number, values in answers.items():
            for sheet in book.worksheets:
                heads: dict[str, int] = {}
                for row in sheet.iter_rows():
                    if not heads:
                        found = {str(cell.value): cell.column for cell in row if cell.value}
                        heads = found if {"措施", "状态"} <= found.keys() else {}
                    elif str(row[heads["措施"] - 1].value).startswith(f"{number}."):
                        for head, value in values.items():
                            sheet.cell(row[0].row, heads[head]).value = value  # type: ignore[assignment]
        to.parent.mkdir(parents=True, exist_ok=True)
        book.save(to)
    return to
