"""Which of the matching measures come first.

A measure whose number was typed; then by how many of the terms stand in the title, earlier in it and in
shorter titles first; then by how often the terms stand in the text; then in catalogue order. When very many
match, only a pool of them is compared like this: by number and by title from among all, the others in
catalogue order. The same query always gives the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from desktop.catalogue.matches import Filters, MeasureRow, first, fitting, ids, match, rows_of
from desktop.catalogue.readings import Reading, all_of, any_of, numbered
from desktop.catalogue.terms import fold

POOL = 300  # so many are compared in each respect


def best(
    db: sqlite3.Connection, readings: Sequence[Reading], filters: Filters, limit: int, scope: str = ""
) -> tuple[list[MeasureRow], int | None]:
    """Return the best ``limit`` measures (0: all) and how many match, None when that was not counted."""
    everywhere = match(readings, filters, scope)
    candidates = ids(db, everywhere, POOL + 1)
    if len(candidates) <= POOL:
        found = fitting(db, rows_of(db, candidates), readings)
        return ranked(found, readings, limit), len(found)
    everything = limit <= 0 or limit > POOL
    if not readings:
        shown = first(db, everywhere, readings) if everything else rows_of(db, candidates[:limit])
        return _cut(shown, limit), len(shown) if everything else None
    wanted = POOL if everything else limit
    pool, total = _pool(db, readings, everywhere, match([], filters, scope), candidates, wanted)
    ordered = ranked(pool.values(), readings, 0 if everything else limit)
    if everything:
        found = first(db, everywhere, readings)
        ordered += ranked((row for row in found if row.row not in pool), readings)
        total = len(found)
    return _cut(ordered, limit), total


def ranked(found: Iterable[MeasureRow], readings: Sequence[Reading], limit: int = 0) -> list[MeasureRow]:
    """Return the best ``limit`` rows (0: all), best first.

    How often the terms stand in a text is only counted of those that are as good otherwise.
    """
    words = [reading.term for reading in readings if reading.literal]
    others = [reading for reading in readings if not reading.literal]
    numbers = {reading.number for reading in readings if reading.number is not None}
    keyed = sorted((_rank(row, words, others, numbers), row.row, row) for row in found)
    ordered: list[MeasureRow] = []
    for _, same in groupby(keyed, key=itemgetter(0)):
        tied = [row for _, _, row in same]
        if len(tied) > 1:
            tied.sort(key=lambda row: _count(fold(row.text), words, others), reverse=True)
        ordered += tied
        if 0 < limit <= len(ordered):
            break
    return _cut(ordered, limit)


def _rank(
    row: MeasureRow, words: Sequence[str], others: Sequence[Reading], numbers: Container[int]
) -> tuple[bool, int, int, int]:
    """Return what rows are sorted by first: number typed, terms missing in the title, places, length."""
    title = fold(row.title)
    missing = places = 0
    for word in words:
        place = title.find(word)
        if place < 0:
            missing += 1
        else:
            places += place
    for reading in others:
        spelled = reading.spelled_in_title(title, row.initials)
        if not spelled:
            missing += 1
        else:
            places += min(map(title.find, spelled))
    length = len(title) if missing < len(words) + len(others) else 0
    return row.number not in numbers, missing, places, length


def _count(text: str, words: Sequence[str], others: Sequence[Reading]) -> int:
    """Return how often the terms, or what they spell, stand in a folded text."""
    count = sum(map(text.count, words))
    return count + sum(reading.words.count(text) for reading in others if reading.words) if others else count


def _pool(
    db: sqlite3.Connection,
    readings: Sequence[Reading],
    everywhere: str,
    inside: str,
    candidates: Sequence[int],
    wanted: int,
) -> tuple[dict[int, MeasureRow], int | None]:
    """Return the measures worth comparing when there are too many: what ranks first by its number or title.

    With them, how many match when all were looked at. ``everywhere`` is the expression for all that match,
    ``inside`` the part of it that says nothing of the readings.
    """
    numbers = [numbered(reading.number) for reading in readings if reading.number is not None]
    titles = [title for reading in readings if (title := reading.title)]
    pool: dict[int, MeasureRow] = {}

    def add(
        expression: str,
        fits: Callable[[MeasureRow], bool] | None = None,
        unsure: Sequence[Reading] = readings,
    ) -> int:
        found = first(db, expression, unsure, POOL, fits)
        pool.update((row.row, row) for row in found)
        return len(found)

    if numbers:
        add(all_of([any_of(numbers), everywhere]))
    if titles and len(titles) == len(readings):
        # what stands in a title stands in the text: nothing else need be asked
        add(all_of([*titles, *filter(None, [inside])]), _titled(readings, all), ())
    if len(pool) < wanted and titles and len(readings) > 1:
        add(all_of([any_of(titles), everywhere]), _titled(readings, any))
    if len(pool) < wanted:
        if all(reading.exact for reading in readings):
            pool.update((row.row, row) for row in rows_of(db, candidates[:POOL]))
        elif (count := add(everywhere)) < POOL:
            return pool, count
    return pool, None


def _titled(
    readings: Sequence[Reading], how: Callable[[Iterable[bool]], bool]
) -> Callable[[MeasureRow], bool] | None:
    """Return what tells whether all, or any, of the readings fit a title; None when the index knows it."""
    if all(reading.exact for reading in readings):
        return None
    return lambda row: how(reading.fit_title(fold(row.title), row.initials) for reading in readings)


def _cut(ordered: list[MeasureRow], limit: int) -> list[MeasureRow]:
    return ordered[:limit] if limit > 0 else ordered
