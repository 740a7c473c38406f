"""Which of the matching measures come first.

A measure whose number was typed; then by how many of the terms stand in the title, earlier in it and in
shorter titles first; then by how often the terms stand in the text; then in catalogue order. When very many
match, only a pool of them is compared like this: by number and by title from among all, the others in
catalogue order. The same query always gives the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Sequence

from desktop.catalogue.matches import Filters, MeasureRow, ids, match, rows, rows_of
from desktop.catalogue.readings import Reading, all_of, any_of, numbered
from desktop.catalogue.terms import fold

FEW = 64  # so many are fetched with the first question
POOL = 300  # so many are compared in each respect


def best(
    db: sqlite3.Connection, readings: Sequence[Reading], filters: Filters, limit: int, scope: str = ""
) -> tuple[list[MeasureRow], int | None]:
    """Return the best ``limit`` measures (0: all) and how many match, None when that was not counted."""
    everywhere = match(readings, filters, scope)
    found = rows(db, everywhere, FEW + 1)
    if len(found) <= FEW:
        return _cut(ranked(found, readings), limit), len(found)
    everything = limit <= 0 or limit > POOL
    matching = ids(db, everywhere, -1 if everything else POOL + 1)
    if len(matching) <= POOL or not readings:
        chosen, others = matching if everything else matching[:POOL], []
    else:
        chosen = _pool(db, readings, everywhere, matching, min(limit, POOL) if limit > 0 else POOL)
        others = sorted(set(matching).difference(chosen)) if everything else []
    total = len(matching) if everything or len(matching) <= POOL else None
    ordered = ranked(rows_of(db, chosen), readings)
    if others:
        ordered += ranked(rows_of(db, others), readings)
    return _cut(ordered, limit), total


def ranked(found: Iterable[MeasureRow], readings: Sequence[Reading]) -> list[MeasureRow]:
    """Return the rows, best first."""
    words = [reading.term for reading in readings if reading.literal]
    others = [reading for reading in readings if not reading.literal]
    numbers = {reading.number for reading in readings if reading.number is not None}
    return sorted(found, key=lambda row: _rank(row, words, others, numbers))


def _rank(
    row: MeasureRow, words: Sequence[str], others: Sequence[Reading], numbers: Container[int]
) -> tuple[bool, int, int, int, int, int]:
    """Return what rows are sorted by: number typed, terms not in the title, their places, length, count."""
    title, text = fold(row.title), fold(row.text)
    missing = places = count = 0
    for word in words:
        place = title.find(word)
        if place < 0:
            missing += 1
        else:
            places += place
        count += text.count(word)
    for reading in others:
        spelled = reading.spelled_in_title(title, row.initials)
        if not spelled:
            missing += 1
        else:
            places += min(map(title.find, spelled))
        count += reading.words.count(text) if reading.words else 0
    length = len(title) if missing < len(words) + len(others) else 0
    return row.number not in numbers, missing, places, length, -count, row.row


def _pool(
    db: sqlite3.Connection,
    readings: Sequence[Reading],
    everywhere: str,
    matching: Sequence[int],
    wanted: int,
) -> list[int]:
    """Return the rows worth comparing when there are too many: what ranks first by its number or title."""
    numbers = [numbered(reading.number) for reading in readings if reading.number is not None]
    titles = [title for reading in readings if (title := reading.title)]
    pool: dict[int, None] = {}
    if numbers:
        pool |= dict.fromkeys(ids(db, all_of([any_of(numbers), everywhere]), POOL))
    if titles and len(titles) == len(readings):
        pool |= dict.fromkeys(ids(db, all_of([*titles, everywhere]), POOL))
    if len(pool) < wanted and titles and len(readings) > 1:
        pool |= dict.fromkeys(ids(db, all_of([any_of(titles), everywhere]), POOL))
    if len(pool) < wanted:
        pool |= dict.fromkeys(matching[:POOL])
    return list(pool)


def _cut(ordered: list[MeasureRow], limit: int) -> list[MeasureRow]:
    return ordered[:limit] if limit > 0 else ordered
