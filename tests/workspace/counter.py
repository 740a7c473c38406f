"""The counter where workbooks come in, for tests: rounds, workbooks and imports of one workspace."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime

from desktop.catalogue.query import Catalogue
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import intake, plans, receipts, reversal
from desktop.workspace.returns.returned import Cell, Returned
from desktop.workspace.returns.rounds import Round

from . import books
from .sample import NOON, TODAY

Answers = Mapping[ItemKey, Mapping[str, str | Cell]]


class Counter:
    """``by`` takes workbooks in; workbooks are of the round ``asked`` when there is one."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue, by: str = "张三") -> None:
        self.db = db
        self.catalogue = catalogue
        self.by = by
        self.asked: Round | None = None

    def ask(self, name: str = "第一季度") -> Round:
        """Begin a round and send everyone their workbook."""
        self.asked = books.ask(self.db, self.catalogue, name)
        return self.asked

    def blank(self, unit_key: str = "finance") -> Returned:
        """Return a unit's workbook as it goes out now."""
        return books.blank(self.db, self.catalogue, unit_key, self.asked)

    def plan(self, *files: Returned, today: date = TODAY) -> tuple[plans.Plan, ...]:
        """Return the plans of ``files``."""
        return plans.plan_all(self.db, self.catalogue, files, today, by=self.by)

    def apply(self, *planned: plans.Plan, at: datetime = NOON) -> receipts.Receipt:
        """Take ``planned`` in."""
        return intake.apply(self.db, self.catalogue, planned, by=self.by, at=at)

    def take(self, *files: Returned) -> receipts.Receipt:
        """Plan and take in ``files``, nothing chosen."""
        return self.apply(*self.plan(*files))

    def undo(self, intake_id: int = 0) -> reversal.Undone:
        """Take an import back."""
        return reversal.undo(self.db, self.catalogue, intake_id, by="李四", at=NOON)

    def values(self, key: ItemKey) -> dict[str, str]:
        """Return what stands in an item."""
        return entries.values(self.db, key)

    def all_values(self) -> dict[ItemKey, dict[str, str]]:
        """Return what stands in every item."""
        items = checklist.every_item(self.db, self.catalogue, TODAY)
        return {item.key: entries.values_of(item.entry) for item in items}

    def aside(self) -> list[tuple[ItemKey, str, str, str]]:
        """Return what workbooks said and was not taken, oldest first: item, field, what stayed, theirs."""
        return [
            (change.key, change.field, change.before, change.after)
            for change in reversed(search.page(self.db, Scope()))
            if not change.adopted
        ]


def row(book: Returned, key: ItemKey) -> int:
    """Return where an item stands in a workbook."""
    return next(index for index, each in enumerate(book.rows) if each.key == key)
