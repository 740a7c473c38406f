"""Writes that come from elsewhere: added to the set, or taken out of it again; the state follows.

This is the whole of merging; what it is about is docs/decisions/merging.md.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import PURGED, WriteId, dumped
from desktop.workspace.journal.state import RecordName, WriteRow

_COLUMNS = f"{state.COLUMNS}, sealed, arrival"
_INSERT = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * (_COLUMNS.count(',') + 1))})"


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: how many writes are new, how many were here, those refused for other content.

    ``touched`` are the records (noun, key) that new writes are about, ``purged`` those of them whose contents
    were deleted for good.
    """

    new: int = 0
    same: int = 0
    refused: tuple[WriteId, ...] = ()
    touched: frozenset[RecordName] = field(default_factory=frozenset)
    purged: tuple[RecordName, ...] = ()


def add(db: sqlite3.Connection, writes: Iterable[Sequence[WriteRow]], arrival: int) -> Added:
    """Add writes that came with ``arrival``, inside a transaction, and compute what stands by them.

    They come some at a time, and are looked up and put in so. A write that is here stays as it is; one of the
    same name and other content is refused, alone. What belongs to a record whose contents were deleted for
    good comes in blank. That they were is said for good, too: it is no part of what came with ``arrival``.
    """
    refused: list[WriteId] = []
    same = new = 0
    touched, grown, purged = set[RecordName](), set[RecordName](), set[RecordName]()
    for some in writes:
        names = [one[:2] for one in some]
        there = _there(db, names)
        rows: list[WriteRow] = []
        for name, one in zip(names, some, strict=True):
            here = there.setdefault(name, one)
            if here is one:
                rows.append(one)
            elif _is_same(here, one):
                same += 1
            else:
                refused.append(WriteId(*name))
        new += len(rows)
        about = {row[2:4] for row in rows}
        fresh = state.unwritten(db, about)
        db.executemany(_INSERT, [(*row, 1, None if row[4] == PURGED else arrival) for row in rows])
        purged.update(state.begin(db, [row for row in rows if row[2:4] in fresh]))
        touched |= about
        grown |= about - fresh
    purged -= grown
    purged.update(state.compute(db, sorted(grown)))  # in the order of the tables' keys, which is quicker
    for noun, key in purged:
        writing.blank(db, noun, key)
    return Added(new, same, tuple(refused), frozenset(touched), tuple(sorted(purged)))


def remove(db: sqlite3.Connection, arrival: int) -> frozenset[RecordName]:
    """Take out what came with ``arrival``, inside a transaction; returns the records that it was about.

    What was written here since stays, on top of what the rest of the writes say.
    """
    rows = db.execute("SELECT DISTINCT noun, record FROM journal WHERE arrival = ?", (arrival,)).fetchall()
    db.execute("DELETE FROM journal WHERE arrival = ?", (arrival,))
    touched = frozenset((noun, key) for noun, key in rows)
    state.compute(db, touched)
    return touched


def _there(db: sqlite3.Connection, names: Sequence[tuple[str, int]]) -> dict[tuple[str, int], WriteRow]:
    """Return those writes that are here under these names."""
    if not any(_any_there(db, machine, names) for machine in {machine for machine, _ in names}):
        return {}
    columns = ", ".join(f"journal.{name}" for name in state.COLUMNS.split(", "))
    rows = db.execute(
        f"SELECT {columns} FROM json_each(?) AS wanted"
        " JOIN journal ON machine = wanted.value ->> 0 AND counter = wanted.value ->> 1",
        (dumped(names),),
    ).fetchall()
    return {row[:2]: row for row in rows}


def _any_there(db: sqlite3.Connection, machine: str, names: Sequence[tuple[str, int]]) -> bool:
    """Tell whether any write between these of one machine is here: mostly none is, and that is soon told."""
    counters = [counter for whose, counter in names if whose == machine]
    row = db.execute(
        "SELECT 1 FROM journal WHERE machine = ? AND counter BETWEEN ? AND ? LIMIT 1",
        (machine, min(counters), max(counters)),
    ).fetchone()
    return row is not None


def _is_same(here: WriteRow, other: WriteRow) -> bool:
    """Tell whether two writes of one name say the same; a blank one says what the other says."""
    if here[2:5] != other[2:5] or here[6] != other[6]:
        return False
    return bool(here[12] or other[12]) or _value(here) == _value(other)


def _value(row: WriteRow) -> str:
    return dumped(json.loads(row[5]))
