"""Which of the found measures comes first.

A measure whose number was typed; then by how many of the terms stand in the title, earlier in it and in
shorter titles first; then by how often the terms stand in the text; then in catalogue order. The same query
always gives the same order.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.catalogue import pinyin
from desktop.catalogue.readings import Reading
from desktop.catalogue.terms import fold


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as the search shows it; ``row`` is its place in the catalogue's order."""

    row: int
    key: str
    number: int
    title: str
    text: str
    body_start: int
    category: str
    syllables: str


def rows(db: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """Return the measures of these rows of the index, in no particular order."""
    found = db.execute(
        "SELECT r.id, m.key, m.number, m.title, m.text, m.body_start, c.label || '、' || c.title, r.syllables"
        " FROM search_rows r JOIN measures m ON m.key = r.measure_key"
        " JOIN categories c ON c.key = m.category_key"
        " WHERE r.id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return [Row(*row) for row in found]


def ranked(found: Iterable[Row], readings: Sequence[Reading]) -> list[Row]:
    """Return the rows, best first."""
    return sorted(found, key=lambda row: _rank(row, readings))


def _rank(row: Row, readings: Sequence[Reading]) -> tuple[int, int, int, int, int, int]:
    title, text = fold(row.title), fold(row.text)
    unnumbered = not any(reading.number == row.number for reading in readings)
    missing = places = occurrences = 0
    for reading in readings:
        place = _place_in_title(row, title, reading)
        if place < 0:
            missing += 1
        else:
            places += place
        if reading.literal:
            occurrences += text.count(reading.term)
    length = len(title) if missing < len(readings) else 0
    return unnumbered, missing, places, length, -occurrences, row.row


def _place_in_title(row: Row, title: str, reading: Reading) -> int:
    if reading.literal:
        return title.find(reading.term)
    if reading.title:
        span = pinyin.place(row.title, row.syllables.split(" "), reading.letters)
        return span[0] if span else -1
    return -1
