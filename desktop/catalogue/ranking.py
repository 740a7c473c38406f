"""Which of the matching measures come first.

A measure whose number was typed; then by how many of the terms stand in the title, earlier in it and in
shorter titles first; then by how often the terms stand in the text; then in catalogue order. When very many
match, only a pool of them is compared, by number and by title from among all, and the others come in
catalogue order: no text is read but of those that are shown. The same query always gives the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from desktop.catalogue.matches import (
    Filters,
    MeasureRow,
    Titled,
    TitleRow,
    first,
    first_titles,
    fitting,
    ids,
    match,
    rows_of,
)
from desktop.catalogue.readings import Reading, all_of, any_of, numbered
from desktop.catalogue.terms import fold

_Row = TypeVar("_Row", bound=Titled)

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
    titles = _titles(db, readings, everywhere, match([], filters, scope), wanted)
    order = _by_title(titles.values(), readings)
    if everything:
        every = {row.row: row for row in first(db, everywhere, readings)}
        order = [row for row in order if row in every]
        order += _by_title((row for row in every.values() if row.row not in titles), readings)
        return _cut([every[row] for row in order], limit), len(every)
    best_rows = _fitting(db, order, readings, wanted)
    if len(best_rows) == wanted:
        return best_rows, None
    # all that have anything in a title are among them: the others are as good as each other
    enough = wanted + len(titles)
    others = first(db, everywhere, readings, enough)
    known = {row.row for row in best_rows}
    best_rows += [row for row in others if row.row not in known]
    return best_rows[:wanted], len(others) if len(others) < enough else None


def _fitting(
    db: sqlite3.Connection, order: Sequence[int], readings: Sequence[Reading], wanted: int
) -> list[MeasureRow]:
    """Return the first ``wanted`` of these rows, in their order, that fit all readings."""
    found: list[MeasureRow] = []
    for at in range(0, len(order), wanted):
        some = order[at : at + wanted]
        rows = {row.row: row for row in fitting(db, rows_of(db, some), readings)}
        found += [rows[row] for row in some if row in rows]
        if len(found) >= wanted:
            break
    return found[:wanted]


def ranked(found: Iterable[MeasureRow], readings: Sequence[Reading], limit: int = 0) -> list[MeasureRow]:
    """Return the best ``limit`` rows (0: all), best first.

    How often the terms stand in a text is only counted of those that are as good otherwise.
    """
    words, others = _divided(readings)
    ordered: list[MeasureRow] = []
    for _, same in groupby(_keyed(found, readings), key=itemgetter(0)):
        tied = [row for _, _, row in same]
        if len(tied) > 1:
            tied.sort(key=lambda row: _count(fold(row.text), words, others), reverse=True)
        ordered += tied
        if 0 < limit <= len(ordered):
            break
    return _cut(ordered, limit)


def _by_title(found: Iterable[Titled], readings: Sequence[Reading]) -> list[int]:
    """Return the places of the rows, best first, whose texts nobody looks at."""
    return [at for _, at, _ in _keyed(found, readings)]


def _keyed(
    found: Iterable[_Row], readings: Sequence[Reading]
) -> list[tuple[tuple[bool, int, int, int], int, _Row]]:
    """Return each row behind what it is sorted by, sorted."""
    words, others = _divided(readings)
    numbers = {reading.number for reading in readings if reading.number is not None}
    return sorted((_rank(row, words, others, numbers), row.row, row) for row in found)


def _divided(readings: Sequence[Reading]) -> tuple[list[str], list[Reading]]:
    """Return the terms that are meant literally, and the readings of the others."""
    words = [reading.term for reading in readings if reading.literal]
    return words, [reading for reading in readings if not reading.literal]


def _rank(
    row: Titled, words: Sequence[str], others: Sequence[Reading], numbers: Container[int]
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


def _titles(
    db: sqlite3.Connection, readings: Sequence[Reading], everywhere: str, inside: str, wanted: int
) -> dict[int, TitleRow]:
    """Return the titles worth comparing when there are too many: what ranks first by its number or title.

    Whether their texts fit is not looked at. ``everywhere`` is the expression for all that match, ``inside``
    the part of it that says nothing of the readings.
    """
    numbers = [numbered(reading.number) for reading in readings if reading.number is not None]
    titles = [title for reading in readings if (title := reading.title)]
    exact = all(reading.exact for reading in readings)
    found: dict[int, TitleRow] = {}

    def add(expression: str, fits: Callable[[Titled], bool] | None = None) -> None:
        found.update((row.row, row) for row in first_titles(db, expression, POOL, fits))

    if numbers:
        add(all_of([any_of(numbers), everywhere]))
    if titles and len(titles) == len(readings):
        # what stands in a title stands in the text: nothing else need be asked
        add(all_of([*titles, *filter(None, [inside])]), None if exact else _titled(readings, all))
    if len(found) < wanted and titles and len(readings) > 1:
        add(all_of([any_of(titles), everywhere]), None if exact else _titled(readings, any))
    return found


def _titled(readings: Sequence[Reading], how: Callable[[Iterable[bool]], bool]) -> Callable[[Titled], bool]:
    """Return what tells whether all, or any, of the readings fit a title."""
    return lambda row: how(reading.fit_title(fold(row.title), row.initials) for reading in readings)


def _cut(ordered: list[MeasureRow], limit: int) -> list[MeasureRow]:
    return ordered[:limit] if limit > 0 else ordered
