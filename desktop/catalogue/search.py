"""The search over the measures: any text in, ranked hits with snippets and highlights out.

See docs/search.md for what is found and in which order. Everything is read from the tables that
:mod:`desktop.catalogue.index` made; nothing is kept between two searches.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.catalogue import advice, pinyin, terms, tokens
from desktop.catalogue.matches import Filters, ids, match
from desktop.catalogue.ranking import Row, ranked, rows
from desktop.catalogue.readings import Name, Reading, all_of, any_of, literal, numbered, read
from desktop.catalogue.snippets import snippet
from desktop.catalogue.spans import Span, find, merge

__all__ = ["Filters", "Hit", "Results", "search"]

_POOL = 300  # so many measures are compared with each other; more are taken in catalogue order


@dataclass(frozen=True, slots=True)
class Hit:
    """One measure found.

    ``category`` is its heading. ``snippet`` is a piece of the text after the title, verbatim but for … at
    cut ends; ``spans`` and ``title_spans`` are code-point ranges to highlight in ``snippet`` and ``title``.
    ``reason`` says why a measure was found that does not contain the words themselves, e.g.
    责任单位：区财政局; else it is empty.
    """

    key: str
    number: int
    title: str
    category: str
    snippet: str
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    ``total`` is None when there are more measures than were counted. ``terms`` are the folded terms that were
    looked for; ``advice`` holds sentences on what to change, only when nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int | None
    terms: tuple[str, ...]
    advice: tuple[str, ...] = ()


def search(db: sqlite3.Connection, text: str, filters: Filters = Filters(), limit: int = 50) -> Results:  # noqa: B008
    """Return the best ``limit`` measures for ``text`` that pass the filters; all of them when ``limit`` is 0.

    Text without any term finds every measure that passes the filters, in order. No text is an error.
    """
    words = terms.split(text)
    readings = [literal(word) for word in words]
    wanted = limit if limit > 0 else None
    everything = wanted is None or wanted > _POOL
    found = ids(db, match(readings, filters), None if everything else _POOL + 1)
    if not found and words:
        understood = [read(db, word) for word in words]
        readings = [reading for reading in understood if reading]
        if len(readings) == len(words):
            found = ids(db, match(readings, filters), None if everything else _POOL + 1)
    if not found:
        return Results((), 0, words, advice.suggest(db, words, filters))
    total = len(found) if everything or len(found) <= _POOL else None
    best = _best(db, readings, filters, found, wanted)
    return Results(_hits(db, best, readings), total, words)


def _best(
    db: sqlite3.Connection,
    readings: Sequence[Reading],
    filters: Filters,
    found: list[int],
    wanted: int | None,
) -> list[Row]:
    """Return the best ``wanted`` rows of those ``found``, which are in catalogue order."""
    if not readings:
        order = {row: at for at, row in enumerate(found[:wanted])}
        return sorted(rows(db, list(order)), key=lambda row: order[row.row])
    if len(found) <= _POOL:
        return ranked(rows(db, found), readings)[:wanted]
    pool = _pool(db, readings, filters, found, min(wanted or _POOL, _POOL))
    best = ranked(rows(db, pool), readings)
    if wanted is None or wanted > _POOL:
        chosen = set(pool)
        best += ranked(rows(db, [row for row in found if row not in chosen]), readings)
    return best[:wanted]


def _pool(
    db: sqlite3.Connection, readings: Sequence[Reading], filters: Filters, found: list[int], wanted: int
) -> list[int]:
    """Return the rows worth comparing when there are too many: what ranks first by its number or title."""
    everywhere = match(readings, filters)
    numbers = [numbered(reading.number) for reading in readings if reading.number is not None]
    titles = [reading.title for reading in readings if reading.title]
    pool: dict[int, None] = {}
    if numbers:
        pool |= dict.fromkeys(ids(db, all_of([any_of(numbers), everywhere]), _POOL))
    if titles and len(titles) == len(readings):
        pool |= dict.fromkeys(ids(db, all_of([*titles, everywhere]), _POOL))
    if len(pool) < wanted and titles and len(readings) > 1:
        pool |= dict.fromkeys(ids(db, all_of([any_of(titles), everywhere]), _POOL))
    if len(pool) < wanted:
        pool |= dict.fromkeys(found[:_POOL])
    return list(pool)


def _hits(db: sqlite3.Connection, best: Sequence[Row], readings: Sequence[Reading]) -> tuple[Hit, ...]:
    words = [reading.term for reading in readings if reading.literal]
    names = [name for reading in readings for name in reading.names]
    named = _named(db, names, best)
    return tuple(_hit(row, words, readings, named.get(row.row, ())) for row in best)


def _hit(row: Row, words: Sequence[str], readings: Sequence[Reading], names: Sequence[Name]) -> Hit:
    spelled = [
        span
        for reading in readings
        if reading.letters and reading.title
        if (span := pinyin.place(row.title, row.syllables.split(" "), reading.letters))
    ]
    shown = [*words, *(terms.fold(name.label) for name in names)]
    piece, spans = snippet(row.text[row.body_start :], shown)
    reasons = [name.reason for name in names]
    if not reasons and not spelled:
        reasons = [
            f"第{row.number}条"
            for reading in readings
            if not reading.literal and reading.number == row.number
        ]
    return Hit(
        key=row.key,
        number=row.number,
        title=row.title,
        category=row.category,
        snippet=piece,
        spans=spans,
        title_spans=merge([*find(row.title, words), *spelled]),
        reason="；".join(dict.fromkeys(reasons)),
    )


def _named(db: sqlite3.Connection, names: Iterable[Name], best: Sequence[Row]) -> dict[int, list[Name]]:
    """Return which of the names each row has."""
    found: dict[int, list[Name]] = {}
    order = sorted(row.row for row in best)
    for name in dict.fromkeys(names):
        having = db.execute(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ?",
            (tokens.quoted(name.token), order[0], order[-1]),
        )
        for (row,) in having:
            found.setdefault(row, []).append(name)
    return found
