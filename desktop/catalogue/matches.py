"""Asking the index: what is looked for and the filters in, measures out, in catalogue order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple, Protocol, TypeVar

from desktop.catalogue import tokens
from desktop.catalogue.readings import Name, Reading, all_of, any_of

_ROWS = (
    "SELECT r.id, m.key, m.number, m.title, m.text, m.body_start, r.initials, m.document_key, m.category_key"
    " FROM search_rows r JOIN measures m ON m.key = r.measure_key WHERE r.id IN ({}) ORDER BY r.id"
)
_TITLES = (
    "SELECT r.id, m.number, m.title, r.initials"
    " FROM search_rows r JOIN measures m ON m.key = r.measure_key WHERE r.id IN ({}) ORDER BY r.id"
)
_AT_ONCE = 300


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


class Titled(Protocol):
    """What is looked at to compare measures by their titles.

    ``row`` is the place in the catalogue's order; ``initials`` are those of the title, in pinyin.
    """

    @property
    def row(self) -> int:
        """Return the place."""

    @property
    def number(self) -> int:
        """Return the number in the paper."""

    @property
    def title(self) -> str:
        """Return the title as printed."""

    @property
    def initials(self) -> str:
        """Return the title's initials."""


class TitleRow(NamedTuple):
    """No more of a measure than its title is compared with: reading a text takes most of a search's time."""

    row: int
    number: int
    title: str
    initials: str


class MeasureRow(NamedTuple):
    """A measure as the search shows it."""

    row: int
    key: str
    number: int
    title: str
    text: str
    body_start: int
    initials: str
    document_key: str
    category_key: str | None


_Row = TypeVar("_Row", bound=Titled)


def match(readings: Iterable[Reading], filters: Filters, scope: str = "") -> str:
    """Return the FTS5 expression for what may fit all readings and has the filters; empty for anything.

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


def rows_of(db: sqlite3.Connection, numbers: Iterable[int]) -> list[MeasureRow]:
    """Return the measures in these rows of the index, in catalogue order."""
    return list(map(MeasureRow._make, db.execute(_ROWS.format(",".join(map(str, numbers))))))


def titles_of(db: sqlite3.Connection, numbers: Iterable[int]) -> list[TitleRow]:
    """Return the titles of the measures in these rows of the index, in catalogue order."""
    return list(map(TitleRow._make, db.execute(_TITLES.format(",".join(map(str, numbers))))))


def matching(db: sqlite3.Connection, readings: Sequence[Reading], filters: Filters) -> list[int]:
    """Return the rows of all measures that fit all readings and filters."""
    expression = match(readings, filters)
    if all(reading.exact for reading in readings):
        return ids(db, expression)
    return [row.row for row in first(db, expression, readings)]


def first(
    db: sqlite3.Connection, expression: str, readings: Sequence[Reading], limit: int | None = None
) -> list[MeasureRow]:
    """Return the first ``limit`` measures that match and fit all readings; all of them when it is None."""
    unsure = [reading for reading in readings if not reading.exact]
    return _first(
        db, expression, limit, rows_of, (lambda rows: fitting(db, rows, unsure)) if unsure else None
    )


def first_titles(
    db: sqlite3.Connection, expression: str, limit: int, fits: Callable[[Titled], bool] | None = None
) -> list[TitleRow]:
    """Return the titles of the first ``limit`` measures that match, and ``fits`` if there is one."""
    return _first(db, expression, limit, titles_of, (lambda rows: list(filter(fits, rows))) if fits else None)


def _first(
    db: sqlite3.Connection,
    expression: str,
    limit: int | None,
    read: Callable[[sqlite3.Connection, Iterable[int]], list[_Row]],
    keep: Callable[[list[_Row]], Sequence[_Row]] | None,
) -> list[_Row]:
    """Return the first ``limit`` rows that match, those only that ``keep`` keeps if there is one."""
    candidates = _ids(db, expression) if keep else iter(ids(db, expression, limit or -1))
    found: list[_Row] = []
    size = limit or _AT_ONCE
    while limit is None or len(found) < limit:
        taken = list(islice(candidates, size))
        if not taken:
            break
        rows = read(db, taken)
        found += keep(rows) if keep else rows
        size = _AT_ONCE
    return found[:limit]


def fitting(
    db: sqlite3.Connection, rows: Sequence[MeasureRow], readings: Iterable[Reading]
) -> Sequence[MeasureRow]:
    """Return those of the rows found for the readings that fit them all."""
    for reading in readings:
        if not reading.exact:
            named = names_of(db, rows, [reading])
            rows = [row for row in rows if row.row in named or reading.fit(row.title, row.text, row.initials)]
    return rows


def exists(db: sqlite3.Connection, reading: Reading, scope: str = "") -> bool:
    """Return whether any measure fits, within the scope if there is one."""
    if reading.exact:
        return matches_any(db, reading.whole, scope)
    return bool(first(db, match([reading], Filters(), scope), [reading], 1))


def matches_any(db: sqlite3.Connection, expression: str, scope: str = "") -> bool:
    """Return whether anything matches, within the scope if there is one."""
    return bool(ids(db, all_of([expression, scope]) if scope else expression, 1))


def names_of(
    db: sqlite3.Connection, rows: Sequence[MeasureRow], readings: Iterable[Reading]
) -> dict[int, list[Name]]:
    """Return which of the names that the readings stand for each row has; rows without any are left out."""
    named = [reading for reading in readings if reading.names or reading.name]
    if not named:
        return {}
    from desktop.catalogue.belonging import names_with, tokens_of

    having = tokens_of(db, [row.key for row in rows])
    wanted: dict[str, list[tuple[int, Name]]] = {}
    listed = (reading.names or names_with(db, reading.name, having) for reading in named)
    for at, name in enumerate(dict.fromkeys(chain.from_iterable(listed))):
        wanted.setdefault(name.token, []).append((at, name))
    found = {row.row: {pair for token in having[row.key] for pair in wanted.get(token, ())} for row in rows}
    return {row: [name for _, name in sorted(pairs)] for row, pairs in found.items() if pairs}


def _ids(db: sqlite3.Connection, expression: str) -> Iterator[int]:
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid"
    return (row for (row,) in db.execute(sql, (expression,)))
