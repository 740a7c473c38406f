"""Asking the index: what is looked for and the filters in, measures out, in catalogue order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.catalogue import tokens
from desktop.catalogue.readings import Reading, all_of, any_of

_ROWS = (
    "SELECT r.id, m.key, m.number, m.title, m.text, m.body_start, r.heading, r.initials,"
    " m.document_key"
    " FROM {source} JOIN measures m ON m.key = r.measure_key"
)
_ALL = _ROWS.format(source="search_rows r") + " ORDER BY r.id LIMIT ?"
_MATCHING = (
    _ROWS.format(source="search_index JOIN search_rows r ON r.id = search_index.rowid")
    + " WHERE search_index MATCH ? ORDER BY search_index.rowid LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must belong to, by key; empty means anything. ``unit`` may be ``UNASSIGNED``."""

    category: str = ""
    unit: str = ""
    beneficiary: str = ""
    support: str = ""
    notice: str = ""

    def tokens(self) -> list[str]:
        """Return the index tokens that every hit must have."""
        chosen = (
            (tokens.CATEGORY, self.category),
            (tokens.UNIT, self.unit),
            (tokens.TAG, self.beneficiary),
            (tokens.TAG, self.support),
            (tokens.NOTICE, self.notice),
        )
        return [tokens.word(tag, key) for tag, key in chosen if key]


class MeasureRow(NamedTuple):
    """A measure as the search shows it; ``row`` is its place in the catalogue's order.

    ``initials`` are those of its title, in pinyin.
    """

    row: int
    key: str
    number: int
    title: str
    text: str
    body_start: int
    heading: str
    initials: str
    document_key: str


def match(readings: Iterable[Reading], filters: Filters, scope: str = "") -> str:
    """Return the FTS5 expression for what fits all readings and filters; empty when anything does.

    ``scope`` is an expression that everything must fit, or empty.
    """
    wanted = [*(reading.whole for reading in readings), *map(tokens.quoted, filters.tokens())]
    return all_of([*wanted, scope] if scope else wanted)


def scope_of(filters: Filters, document_keys: Sequence[str]) -> str:
    """Return the FTS5 expression for what stands in one of these documents, and in the notice asked for.

    It is empty where neither is named.
    """
    of_notice = [tokens.quoted(tokens.word(tokens.NOTICE, filters.notice))] if filters.notice else []
    words = [tokens.quoted(tokens.word(tokens.DOCUMENT, key)) for key in document_keys]
    return all_of([*of_notice, any_of(words)] if words else of_notice)


def ids(db: sqlite3.Connection, expression: str, limit: int = -1) -> list[int]:
    """Return the first ``limit`` rows that match; all of them when it is negative."""
    if expression:
        sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid LIMIT ?"
        found = db.execute(sql, (expression, limit))
    else:
        found = db.execute("SELECT id FROM search_rows ORDER BY id LIMIT ?", (limit,))
    return [row for (row,) in found]


def counted(db: sqlite3.Connection, expression: str) -> int:
    """Return how many rows match; how many there are where the expression is empty."""
    if not expression:
        found = db.execute("SELECT count(*) FROM search_rows")
    else:
        sql = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"
        found = db.execute(sql, (expression,))
    return int(found.fetchone()[0])


def rows(db: sqlite3.Connection, expression: str, limit: int = -1) -> list[MeasureRow]:
    """Return the first ``limit`` measures that match; all of them when it is negative."""
    found = db.execute(_MATCHING, (expression, limit)) if expression else db.execute(_ALL, (limit,))
    return list(map(MeasureRow._make, found))


def rows_of(db: sqlite3.Connection, numbers: Sequence[int]) -> list[MeasureRow]:
    """Return the measures in these rows of the index, in no particular order."""
    chosen = ",".join(map(str, numbers))
    found = db.execute(f"{_ROWS.format(source='search_rows r')} WHERE r.id IN ({chosen})")
    return list(map(MeasureRow._make, found))
