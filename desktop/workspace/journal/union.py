"""Writes that come from elsewhere: added to the set, or taken out of it again; the state follows.

This is the whole of merging; what it is about is docs/decisions/merging.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import PURGED, Write, WriteId, dumped

_AT_ONCE = 500  # writes looked up and put in with one statement
_COLUMNS = f"{state.COLUMNS}, sealed, arrival"
_INSERT = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * (_COLUMNS.count(',') + 1))})"


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: how many writes are new, how many were here, those refused for other content.

    ``touched`` are the records (noun, key) that new writes are about.
    """

    new: int = 0
    same: int = 0
    refused: tuple[WriteId, ...] = ()
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def add(db: sqlite3.Connection, writes: Iterable[Write], arrival: int) -> Added:
    """Add writes that came with ``arrival``, inside a transaction, and compute what stands by them.

    A write that is here stays as it is; one of the same name and other content is refused, alone. What
    belongs to a record whose contents were deleted for good comes in blank. That they were is said for good,
    too: it is no part of what came with ``arrival``.
    """
    refused: list[WriteId] = []
    same = new = 0
    touched: set[tuple[str, str]] = set()
    coming = iter(writes)
    while some := list(islice(coming, _AT_ONCE)):
        there = _there(db, some)
        rows = []
        for one in some:
            here = there.setdefault(one.id, one)
            if here is one:
                rows.append(_row(one, arrival))
                touched.add((one.noun, one.record))
            elif _is_same(here, one):
                same += 1
            else:
                refused.append(one.id)
        new += len(rows)
        db.executemany(_INSERT, rows)
    state.compute(db, sorted(touched))  # in the order of the tables' keys, which is quicker
    for noun, key in state.purged(db, touched):
        writing.blank(db, noun, key)
    return Added(new, same, tuple(refused), frozenset(touched))


def remove(db: sqlite3.Connection, arrival: int) -> frozenset[tuple[str, str]]:
    """Take out what came with ``arrival``, inside a transaction; returns the records that it was about.

    What was written here since stays, on top of what the rest of the writes say.
    """
    rows = db.execute("SELECT DISTINCT noun, record FROM journal WHERE arrival = ?", (arrival,)).fetchall()
    db.execute("DELETE FROM journal WHERE arrival = ?", (arrival,))
    touched = frozenset((noun, key) for noun, key in rows)
    state.compute(db, touched)
    return touched


def _there(db: sqlite3.Connection, some: list[Write]) -> dict[WriteId, Write]:
    """Return those writes that are here under the names of ``some``."""
    if not any(_any_there(db, machine, some) for machine in {one.id.machine for one in some}):
        return {}
    columns = ", ".join(f"journal.{name}" for name in state.COLUMNS.split(", "))
    rows = db.execute(
        f"SELECT {columns} FROM json_each(?) AS wanted"
        " JOIN journal ON machine = wanted.value ->> 0 AND counter = wanted.value ->> 1",
        (dumped([one.id for one in some]),),
    ).fetchall()
    return {one.id: one for one in map(state.written, rows)}


def _any_there(db: sqlite3.Connection, machine: str, some: list[Write]) -> bool:
    """Tell whether any write between these of one machine is here: mostly none is, and that is soon told."""
    counters = [one.id.counter for one in some if one.id.machine == machine]
    row = db.execute(
        "SELECT 1 FROM journal WHERE machine = ? AND counter BETWEEN ? AND ? LIMIT 1",
        (machine, min(counters), max(counters)),
    ).fetchone()
    return row is not None


def _is_same(here: Write, other: Write) -> bool:
    if (here.noun, here.record, here.field, here.seen) != (other.noun, other.record, other.field, other.seen):
        return False
    return here.blank or other.blank or dumped(here.value) == dumped(other.value)


def _row(one: Write, arrival: int) -> tuple[object, ...]:
    return (
        *one.id,
        one.noun,
        one.record,
        one.field,
        dumped(one.value),
        dumped([str(seen) for seen in one.seen]) if one.seen else "[]",
        str(one.batch),
        one.at,
        one.by,
        one.source,
        one.session,
        one.blank,
        1,
        None if one.field == PURGED else arrival,
    )
