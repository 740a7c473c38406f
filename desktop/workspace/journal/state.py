"""The state, as a function of the set of writes: what stands of each field, and records as they are by it.

    standing(field) = the writes of that field that no other write of it has seen

Neither the order in which writes came nor any clock has a part in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from desktop.workspace.file.transaction import translated
from desktop.workspace.journal.model import PURGED, Record, Write, WriteId, dumped

COLUMNS = "machine, counter, noun, record, field, value, seen, batch, at, person, source, session, blank"


def written(row: tuple[Any, ...]) -> Write:
    """Return the write of a row of COLUMNS."""
    machine, counter, noun, key, field, value, seen, batch, at, by, source, session, blank = row
    return Write(
        WriteId(machine, counter),
        noun,
        key,
        field,
        json.loads(value),
        tuple(WriteId.parse(one) for one in json.loads(seen)),
        WriteId.parse(batch),
        at,
        by,
        source,
        session,
        bool(blank),
    )


def record(db: sqlite3.Connection, noun: str, key: str) -> Record | None:
    """Return what stands of one record; None where nothing was written of it, or it was deleted for good."""
    with translated():
        row = db.execute(
            "SELECT noun, key, data, conflicts FROM records WHERE noun = ? AND key = ?", (noun, key)
        ).fetchone()
    return None if row is None else _record(*row)


def records(db: sqlite3.Connection, noun: str) -> tuple[Record, ...]:
    """Return all records of one noun, in the order of their keys, in one query."""
    with translated():
        rows = db.execute(
            "SELECT noun, key, data, conflicts FROM records WHERE noun = ? ORDER BY key", (noun,)
        ).fetchall()
    return tuple(_record(*row) for row in rows)


def in_conflict(db: sqlite3.Connection) -> tuple[Record, ...]:
    """Return the records about which machines disagree, of every noun."""
    with translated():
        rows = db.execute(
            "SELECT noun, key, data, conflicts FROM records WHERE conflicts <> '[]' ORDER BY noun, key"
        ).fetchall()
    return tuple(_record(*row) for row in rows)


def standing(db: sqlite3.Connection, noun: str, key: str, field: str) -> tuple[Write, ...]:
    """Return the writes of a field that stand, by machine and counter; several that differ are a conflict."""
    columns = ", ".join(f"journal.{name}" for name in COLUMNS.split(", "))
    with translated():
        rows = db.execute(
            f"SELECT {columns} FROM standing JOIN journal USING (machine, counter)"
            " WHERE standing.noun = ? AND standing.record = ? AND standing.field = ?"
            " ORDER BY machine, counter",
            (noun, key, field),
        ).fetchall()
    return tuple(written(row) for row in rows)


def is_purged(db: sqlite3.Connection, noun: str, key: str) -> bool:
    """Tell whether the contents of a record were deleted for good."""
    return any(write.value is True for write in standing(db, noun, key, PURGED))


def history(db: sqlite3.Connection, noun: str, key: str, field: str | None = None) -> tuple[Write, ...]:
    """Return every write of a record, or of one field of it, in the order in which they came here."""
    where, values = ("AND field = ?", (field,)) if field is not None else ("", ())
    with translated():
        rows = db.execute(
            f"SELECT {COLUMNS} FROM journal WHERE noun = ? AND record = ? {where} ORDER BY seq",
            (noun, key, *values),
        ).fetchall()
    return tuple(written(row) for row in rows)


def compute(db: sqlite3.Connection, touched: Iterable[tuple[str, str]]) -> None:
    """Compute what stands of the records ``touched`` (noun, key) from their writes; inside a transaction."""
    for noun, key in touched:
        stands = _standing_of(history(db, noun, key))
        db.execute("DELETE FROM standing WHERE noun = ? AND record = ?", (noun, key))
        db.executemany(
            "INSERT INTO standing (noun, record, field, machine, counter) VALUES (?, ?, ?, ?, ?)",
            ((noun, key, field, *write.id) for field, writes in stands.items() for write in writes),
        )
        keep(db, noun, key, stands)


def compute_all(db: sqlite3.Connection) -> None:
    """Compute ``standing`` and ``records`` from the journal alone; inside a transaction."""
    db.execute("DELETE FROM standing")
    db.execute("DELETE FROM records")
    compute(db, db.execute("SELECT DISTINCT noun, record FROM journal").fetchall())


def keep(db: sqlite3.Connection, noun: str, key: str, stands: dict[str, tuple[Write, ...]]) -> None:
    """Keep the row of ``records`` of one record of which ``stands`` are all fields."""
    gone = any(write.value is True for write in stands.get(PURGED, ()))
    if gone or not stands:
        db.execute("DELETE FROM records WHERE noun = ? AND key = ?", (noun, key))
        return
    values = {field: writes[0].value for field, writes in stands.items() if writes[0].value is not None}
    conflicts = sorted(
        field for field, writes in stands.items() if len({dumped(write.value) for write in writes}) > 1
    )
    _put(db, noun, key, dumped(values), dumped(conflicts))


def alter(db: sqlite3.Connection, noun: str, key: str, fields: dict[str, Any]) -> None:
    """Let ``fields`` of a record be as they are here, agreed on; inside a transaction."""
    found = record(db, noun, key)
    values = {**found.values, **fields} if found else fields
    conflicts = [name for name in found.conflicts if name not in fields] if found else []
    if values.get(PURGED) is True:
        db.execute("DELETE FROM records WHERE noun = ? AND key = ?", (noun, key))
        return
    data = dumped({name: value for name, value in values.items() if value is not None})
    _put(db, noun, key, data, dumped(conflicts))


def _put(db: sqlite3.Connection, noun: str, key: str, data: str, conflicts: str) -> None:
    db.execute(
        "INSERT INTO records (noun, key, data, conflicts) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (noun, key) DO UPDATE SET data = excluded.data, conflicts = excluded.conflicts",
        (noun, key, data, conflicts),
    )


def _standing_of(writes: Iterable[Write]) -> dict[str, tuple[Write, ...]]:
    """Return what stands of each field of a record of which ``writes`` are all writes."""
    by_field: dict[str, list[Write]] = {}
    for write in writes:
        by_field.setdefault(write.field, []).append(write)
    return {field: unseen(of_field) for field, of_field in by_field.items()}


def unseen(writes: Iterable[Write]) -> tuple[Write, ...]:
    """Return those of the ``writes`` to one field that no other has seen, by machine and counter."""
    of_field = tuple(writes)
    known = all_known(of_field)
    for one in of_field:  # each machine knows what it wrote before
        known[one.id.machine] = max(known.get(one.id.machine, 0), one.id.counter - 1)
    return tuple(sorted((one for one in of_field if one.id.counter > known[one.id.machine]), key=_name))


def all_known(writes: Iterable[Write]) -> dict[str, int]:
    """Return the highest counter of each machine that ``writes`` have seen."""
    known: dict[str, int] = {}
    for write in writes:
        for machine, counter in write.seen:
            known[machine] = max(known.get(machine, 0), counter)
    return known


def _name(write: Write) -> WriteId:
    return write.id


def _record(noun: str, key: str, data: str, conflicts: str) -> Record:
    return Record(noun, key, json.loads(data), tuple(json.loads(conflicts)))
