"""Names of workbooks and of their sheets, and the endings by which a workbook is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop import disk
from desktop.exchange.sheets import basis

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from desktop.catalogue.query import Catalogue

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ett", ".ods"})
"""Endings of what spreadsheet programs save; only .xlsx is read, of the others the reason is told."""

SAMPLE = "示例"
"""What a workbook, its sheets and a picture are marked with when what they show is invented."""

_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_TITLE = 31
_LONGEST_MARK = 40


def file_name(catalogue: Catalogue, what: str, today: date) -> str:
    """Return a workbook's name, e.g. 台账-城政办发〔2023〕3号-20261123.xlsx; ``what`` says what it is."""
    mark = basis.in_use(catalogue, today).mark[:_LONGEST_MARK]
    return disk.allowed_name(f"{what}-{mark}-{today:%Y%m%d}").strip(" .") + ".xlsx"


def checklist_name(catalogue: Catalogue, whose: str, today: date) -> str:
    """Return a checklist's name, e.g. 区财政局-责任清单-城政办发〔2023〕3号-20261123.xlsx."""
    return file_name(catalogue, f"{whose}-责任清单", today)


def sheet_title(words: str) -> str:
    """Return ``words`` as far as Excel takes them for the title of a sheet."""
    return _FORBIDDEN_IN_SHEETS.sub("_", words)[:_LONGEST_SHEET_TITLE].strip("'") or "清单"


def free_title(words: str, taken: Collection[str]) -> str:
    """Return a title for a sheet that none of those ``taken`` is, with a number where it is one of them."""
    title, number, used = sheet_title(words), 2, {each.casefold() for each in taken}
    while title.casefold() in used:
        end = f"（{number}）"
        title, number = f"{sheet_title(words)[: _LONGEST_SHEET_TITLE - len(end)]}{end}", number + 1
    return title
