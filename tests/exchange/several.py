"""A library of two notices, the invented one first, and workbooks of it as units fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from desktop.catalogue.query import Catalogue, load
from desktop.exchange.checklists import sending
from desktop.exchange.checklists.book import Sending
from desktop.exchange.checklists.columns import HIDDEN
from desktop.exchange.returned import book as returned_book
from desktop.workspace.file.store import Workspace
from desktop.workspace.items import checklist
from desktop.workspace.items.model import FIELD_NAMES, ItemKey
from desktop.workspace.returns import intake, plans, rounds
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import Receipt
from desktop.workspace.returns.rounds import Round
from tests import two_notices
from tests.workspace.sample import BEIJING

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=BEIJING)
TODAY = NOW.date()
BUNDLED = f"{two_notices.BUNDLED}.1"
FIRST, SECOND = f"{two_notices.KEY}.1", f"{two_notices.KEY}.2"
FINANCE_OURS = ItemKey("finance", f"{BUNDLED}.m01")
FINANCE_FIRST = ItemKey("finance", f"{FIRST}.m01")
FINANCE_SECOND = ItemKey("finance", f"{SECOND}.m01")
Answers = Mapping[ItemKey, Mapping[str, str]]


def catalogue(folder: Path) -> Catalogue:
    """Build the library in ``folder`` and return its catalogue, all in use."""
    with closing(two_notices.opened(two_notices.built(folder))) as db:
        return load(db)


@dataclass
class Desk:
    """A workspace over such a library: what is sent from it and taken in."""

    workspace: Workspace
    catalogue: Catalogue
    folder: Path
    asked: Round = field(init=False)

    def enter(self, key: ItemKey, **values: str) -> None:
        """Enter values for an item."""
        db = self.workspace.db
        checklist.edit(db, self.catalogue, key, values, by="甲", source="录入", at=NOW)

    def ask(self, *document_keys: str, name: str = "一季") -> Round:
        """Begin a round about some documents, by default about all."""
        self.asked = rounds.new(
            self.workspace.db, self.catalogue, name, TODAY, document_keys=document_keys, by="甲", at=NOW
        )
        return self.asked

    def send(self, unit_key: str = "finance") -> Path:
        """Write the workbook of a unit in the round."""
        unit, wanted = self.catalogue.unit(unit_key), Sending(self.catalogue, TODAY)
        path = self.folder / f"{unit.name}.xlsx"
        return sending.send_unit(path, self.workspace.db, self.asked, wanted, unit, by="甲", at=NOW)

    def plan(self, *paths: Path) -> tuple[Plan, ...]:
        """Plan what these workbooks would do."""
        found = [one for path in paths for one in returned_book.read(path)]
        return plans.plan_all(self.workspace.db, self.catalogue, found, TODAY, by="乙")

    def take(self, *paths: Path) -> Receipt:
        """Take these workbooks in."""
        return intake.apply(self.workspace.db, self.catalogue, self.plan(*paths), by="乙", at=NOW)


def head(sheet: Any) -> tuple[int, dict[str, int]]:
    """Return the row of a checklist's headings and the column of each; (0, {}) for another sheet."""
    for line in sheet.iter_rows():
        heads = {str(cell.value): cell.column for cell in line}
        if {"措施", HIDDEN[0]} <= heads.keys():
            return line[0].row, heads
    return 0, {}


def rows(sheet: Any) -> dict[ItemKey, int]:
    """Return the row of each item of a sheet, by the hidden keys."""
    at, heads = head(sheet)
    keys = {row: sheet.cell(row, heads[HIDDEN[0]]).value for row in range(at + 1, sheet.max_row) if at}
    return {ItemKey(*str(key).split("/")): row for row, key in keys.items() if key}


def fill(path: Path, answers: Answers) -> Path:
    """Write answers, by item and field, into whichever sheet has the item; return the new workbook."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        _, heads = head(sheet)
        for key, row in rows(sheet).items():
            for name, words in answers.get(key, {}).items():
                sheet.cell(row, heads[FIELD_NAMES[name]]).value = words
    return save(book, path)


def save(book: Any, path: Path) -> Path:
    """Save a workbook beside ``path`` under a name of its own."""
    new = path.with_name(f"{path.stem}-{len(list(path.parent.iterdir()))}.xlsx")
    book.save(new)
    return new


def checklists(path: Path) -> Sequence[str]:
    """Return the titles of the sheets that hold items, in their order."""
    return [sheet.title for sheet in openpyxl.load_workbook(path).worksheets if rows(sheet)]
