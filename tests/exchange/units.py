"""Workbooks as they go out to a unit, and what units and bad luck make of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.exchange.checklists.columns import COLUMNS, HIDDEN
from desktop.exchange.returned import book as returned_book
from desktop.workspace.items import deadline
from desktop.workspace.items.model import Entry, Item, Status
from desktop.workspace.returns.returned import Returned, ReturnedRow
from desktop.workspace.returns.rounds import Round

SENT_ON = date(2026, 11, 23)
ROUND = Round("a1b2c3", "2026年第四季度", SENT_ON, date(2026, 12, 10), ("finance",), "", "王主任")
ENTRIES = (
    Entry(Status.UNDER_WAY, deadline.on(date(2026, 12, 1)), "张建国", "拨付12笔。\n第二批在审。", revision=3),
    Entry(Status.DONE, deadline.span(date(2026, 1, 1), date(2026, 12, 31)), " 李梅 ", "=1+1", revision=1),
    Entry(Status.NOT_APPLICABLE, deadline.LONG_TERM, reason="本单位无对应职能。", revision=2),
    Entry(),
    Entry(Status.UNDER_WAY, deadline.on(date(1890, 1, 1)), "00123", "_x0041_ 2026-3-1", revision=9),
)
FIRST_ROW = 6
"""The row of the first item."""
COLUMN = {title: at for at, title in enumerate((*(each.title for each in COLUMNS), *HIDDEN), 1)}
"""Where each column of the checklist stands, by its heading."""

Change = Callable[[Any], None]


def finance(items: Sequence[Item]) -> list[Item]:
    """Return the items of 区财政局 with :data:`ENTRIES` in turn."""
    own = [item for item in items if item.key.unit_key == "finance"]
    return [replace(item, entry=ENTRIES[number % len(ENTRIES)]) for number, item in enumerate(own)]


def send(path: Path, catalogue: Catalogue, today: date, items: Sequence[Item]) -> Path:
    """Write the workbook of 区财政局 as it goes out in :data:`ROUND`."""
    unit = catalogue.unit("finance")
    return book.write_unit(path, book.Sending(catalogue, today, in_round=ROUND), finance(items), unit)


def edit(path: Path, change: Change) -> Path:
    """Let ``change`` edit the first sheet with openpyxl; return the new workbook beside it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    return save(book, path)


def save(book: Any, path: Path) -> Path:
    """Save a workbook beside ``path`` under a name of its own."""
    new = path.with_name(f"{path.stem}-{len(list(path.parent.iterdir()))}.xlsx")
    book.save(new)
    return new


def put(heading: str, value: object, item: int = 0) -> Change:
    """Return a change that types ``value`` under ``heading`` for an item, counted from 0."""

    def change(sheet: Any) -> None:
        sheet.cell(FIRST_ROW + item, COLUMN[heading]).value = value

    return change


def read(path: Path) -> Returned:
    """Read a workbook of one unit."""
    (found,) = returned_book.read(path)
    return found


def row_of(found: Returned, number: int) -> ReturnedRow:
    """Return the row of the measure with this number."""
    (row,) = [row for row in found.rows if row.number == number]
    return row


def differing(found: Returned) -> dict[tuple[int, str], str | None]:
    """Return what is not as it was sent out: measure number and field, and the value now."""
    return {
        (row.number, name): cell.value
        for row in found.rows
        for name, cell in row.values.items()
        if cell.value != row.base[name]
    }


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(path: Path, changed: Mapping[str, bytes | None]) -> Path:
    """Write a copy of a workbook with parts replaced, added, or (None) left out; return it."""
    content = {**parts(path), **changed}
    digest = hashlib.sha256(repr(sorted(changed.items())).encode()).hexdigest()[:12]
    new = path.with_name(f"{path.stem}-{digest}.xlsx")
    with ZipFile(new, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return new
