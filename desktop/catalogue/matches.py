"""Asking the index: readings and filters in, rows of the index out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.catalogue import tokens
from desktop.catalogue.readings import Reading, all_of


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must belong to, by key; empty means anything. ``unit`` may be ``UNASSIGNED``."""

    category: str = ""
    unit: str = ""
    beneficiary: str = ""
    support: str = ""

    def tokens(self) -> list[str]:
        """Return the index tokens that every hit must have."""
        chosen = (
            (tokens.CATEGORY, self.category),
            (tokens.UNIT, self.unit),
            (tokens.TAG, self.beneficiary),
            (tokens.TAG, self.support),
        )
        return [tokens.word(tag, key) for tag, key in chosen if key]


def match(readings: Sequence[Reading], filters: Filters) -> str:
    """Return the FTS5 expression for what fits all readings and filters; empty when anything does."""
    return all_of([*(reading.whole for reading in readings), *map(tokens.quoted, filters.tokens())])


def ids(db: sqlite3.Connection, expression: str, limit: int | None) -> list[int]:
    """Return the first ``limit`` rows that match, in catalogue order; all of them when ``limit`` is None."""
    count = -1 if limit is None else limit
    if not expression:
        return [row[0] for row in db.execute("SELECT id FROM search_rows ORDER BY id LIMIT ?", (count,))]
    return [
        row[0]
        for row in db.execute(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid LIMIT ?",
            (expression, count),
        )
    ]
