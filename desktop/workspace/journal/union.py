"""Writes that come from elsewhere: added to the set, or taken out of it again; the state follows.

This is the whole of merging; what it is about is docs/decisions/merging.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Write, WriteId, dumped


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: writes that are new, how many were there already, those refused for other content.

    ``touched`` are the records (noun, key) that new writes are about.
    """

    new: tuple[Write, ...] = ()
    same: int = 0
    refused: tuple[WriteId, ...] = ()
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def add(db: sqlite3.Connection, writes: Iterable[Write], arrival: int) -> Added:
    """Add writes that came with ``arrival``, inside a transaction, and compute what stands by them.

    A write that is here stays as it is; one of the same name and other content is refused, alone. What
    belongs to a record whose contents were deleted for good comes in blank.
    """
    new: list[Write] = []
    refused: list[WriteId] = []
    same = 0
    for one in writes:
        there = _there(db, one.id)
        if there is None:
            _insert(db, one, arrival)
            new.append(one)
        elif _is_same(there, one):
            same += 1
        else:
            refused.append(one.id)
    touched = frozenset((one.noun, one.record) for one in new)
    state.compute(db, touched)
    for noun, key in touched:
        if state.is_purged(db, noun, key):
            writing.blank(db, noun, key)
    return Added(tuple(new), same, tuple(refused), touched)


def remove(db: sqlite3.Connection, arrival: int) -> frozenset[tuple[str, str]]:
    """Take out what came with ``arrival``, inside a transaction; returns the records that it was about.

    What was written here since stays, on top of what the rest of the writes say.
    """
    rows = db.execute("SELECT DISTINCT noun, record FROM journal WHERE arrival = ?", (arrival,)).fetchall()
    db.execute("DELETE FROM journal WHERE arrival = ?", (arrival,))
    touched = frozenset((noun, key) for noun, key in rows)
    state.compute(db, touched)
    return touched


def _there(db: sqlite3.Connection, name: WriteId) -> Write | None:
    row = db.execute(
        f"SELECT {state.COLUMNS} FROM journal WHERE machine = ? AND counter = ?", name
    ).fetchone()
    return None if row is None else state.written(row)


def _is_same(here: Write, other: Write) -> bool:
    if (here.noun, here.record, here.field, here.seen) != (other.noun, other.record, other.field, other.seen):
        return False
    return here.blank or other.blank or dumped(here.value) == dumped(other.value)


def _insert(db: sqlite3.Connection, one: Write, arrival: int) -> None:
    db.execute(
        "INSERT INTO journal (machine, counter, noun, record, field, value, seen, batch, at, person, source,"
        " session, sealed, blank, arrival) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        (
            *one.id,
            one.noun,
            one.record,
            one.field,
            dumped(one.value),
            dumped([str(seen) for seen in one.seen]),
            str(one.batch),
            one.at,
            one.by,
            one.source,
            one.session,
            one.blank,
            arrival,
        ),
    )
