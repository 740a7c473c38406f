"""Counters of machines as spans: few numbers for very many writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Spans: TypeAlias = Mapping[str, tuple[tuple[int, int], ...]]
"""For each machine its counters as (first, last), in order, without overlap."""


def held(db: sqlite3.Connection, where: str = "true", *values: object) -> Spans:
    """Return the writes of the journal for which the SQL condition ``where`` holds."""
    whole = db.execute(
        f"SELECT machine, min(counter), max(counter), count(*) FROM journal WHERE {where} GROUP BY machine",
        values,
    ).fetchall()
    if all(last - first + 1 == count for _, first, last, count in whole):  # no holes, as nearly always
        return together(row[:3] for row in whole)
    rows = db.execute(
        "SELECT machine, min(counter), max(counter) FROM ("
        " SELECT machine, counter, counter - row_number() OVER (PARTITION BY machine ORDER BY counter) AS run"
        f" FROM journal WHERE {where}) GROUP BY machine, run",
        values,
    ).fetchall()
    return together(rows)


def together(rows: Iterable[tuple[str, int, int]]) -> Spans:
    """Return spans, as (machine, first, last) in any order, by machine; what overlaps becomes one."""
    found: dict[str, list[tuple[int, int]]] = {}
    for machine, first, last in sorted(rows):
        mine = found.setdefault(machine, [])
        if mine and first <= mine[-1][1] + 1:
            mine[-1] = (mine[-1][0], max(mine[-1][1], last))
        else:
            mine.append((first, last))
    return {machine: tuple(mine) for machine, mine in found.items()}


def rows(spans: Spans) -> list[tuple[str, int, int]]:
    """Return spans as (machine, first, last)."""
    return [(machine, first, last) for machine, mine in spans.items() for first, last in mine]


def without(spans: Spans, others: Spans) -> Spans:
    """Return what is in ``spans`` and not in ``others``."""
    left = []
    for machine, first, last in rows(spans):
        at = first
        for low, high in others.get(machine, ()):
            if high < at:
                continue
            if low > last:
                break
            if at < low:
                left.append((machine, at, low - 1))
            at = high + 1
        if at <= last:
            left.append((machine, at, last))
    return together(left)
