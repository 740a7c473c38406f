"""The state, as a function of the set of writes: what stands of each field, and records as they are by it.

    standing(field) = the writes of that field that no other write of it has seen

Neither the order in which writes came nor any clock has a part in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, TypeAlias

from desktop.workspace.file.transaction import translated
from desktop.workspace.journal.model import PURGED, Record, Write, WriteId, dumped, quoted

COLUMNS = "machine, counter, noun, record, field, value, seen, batch, at, person, source, session, blank"
WriteRow: TypeAlias = tuple[str, int, str, str, str, str, str, str, str, str, str, str, int]
"""A write as the journal keeps it, in the order of COLUMNS: value and seen are JSON, seen and batch names."""
RecordName: TypeAlias = tuple[str, str]
"""The noun and the key of a record."""
_PARTS = "noun, record, field, machine, counter, journal.value, seen"
_parts_of = itemgetter(2, 3, 4, 0, 1, 5, 6)
_AT_ONCE = 500  # records computed with one statement
_PUT = (
    "INSERT INTO records (noun, key, data, conflicts) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (noun, key) DO UPDATE SET data = excluded.data, conflicts = excluded.conflicts"
)


def written(row: WriteRow) -> Write:
    """Return the write of a row."""
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


def unwritten(db: sqlite3.Connection, names: set[RecordName]) -> set[RecordName]:
    """Return those of the records ``names`` of which nothing was written yet."""
    found = db.execute(
        "SELECT DISTINCT noun, record FROM json_each(?) AS wanted"
        " JOIN standing ON noun = wanted.value ->> 0 AND record = wanted.value ->> 1",
        (dumped(list(names)),),
    )
    return names.difference(found)


def begin(db: sqlite3.Connection, writes: Iterable[WriteRow]) -> list[RecordName]:
    """Compute what stands of records of which these are all ``writes``, as :func:`compute` does."""
    return _keep(db, sorted(map(_parts_of, writes)))


def compute(db: sqlite3.Connection, touched: Iterable[RecordName]) -> list[RecordName]:
    """Compute what stands of the records ``touched`` from their writes; inside a transaction.

    Returns those of them whose contents were deleted for good.
    """
    purged, wanted = [], iter(touched)
    while some := list(islice(wanted, _AT_ONCE)):  # a statement per record would cost most of it
        rows = db.execute(
            f"SELECT {_PARTS} FROM json_each(?) AS wanted"
            " JOIN journal ON noun = wanted.value ->> 0 AND record = wanted.value ->> 1"
            " ORDER BY wanted.key, field",
            (dumped(some),),
        ).fetchall()
        db.executemany("DELETE FROM standing WHERE noun = ? AND record = ?", some)
        db.executemany("DELETE FROM records WHERE noun = ? AND key = ?", some)
        purged += _keep(db, rows)
    return purged


def _keep(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> list[RecordName]:
    """Keep what stands by ``rows`` of _PARTS, all writes of records, in order; return those purged."""
    standing_rows: list[tuple[Any, ...]] = []
    kept: list[tuple[str, str, str, str]] = []
    purged: list[RecordName] = []
    for (noun, key), of_record in groupby(rows, key=itemgetter(0, 1)):
        values, conflicts, gone = [], [], False
        for field, of_field in groupby(of_record, key=itemgetter(2)):
            stands = _standing_of(list(of_field))
            value = stands[0][5]
            if value != "null":
                values.append(f"{quoted(field)}:{value}")
            if len(stands) > 1 and any(row[5] != value for row in stands):
                conflicts.append(field)
            standing_rows += [row[:5] for row in stands]
            gone = gone or (field == PURGED and any(row[5] == "true" for row in stands))
        if gone:
            purged.append((noun, key))
        else:
            kept.append((noun, key, f"{{{','.join(values)}}}", dumped(conflicts) if conflicts else "[]"))
    db.executemany(
        "INSERT INTO standing (noun, record, field, machine, counter) VALUES (?, ?, ?, ?, ?)", standing_rows
    )
    db.executemany(_PUT, kept)
    return purged


def _standing_of(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return those rows of _PARTS, all writes of a field, that stand, by machine and counter.

    Where each was seen by another, which no machine writes, all of them do.
    """
    if len(rows) == 1:
        return rows
    known = _known_of(
        [
            (WriteId(machine, counter), [WriteId.parse(one) for one in json.loads(seen)])
            for _, _, _, machine, counter, _, seen in rows
        ]
    )
    return sorted(row for row in rows if row[4] > known[row[3]]) or sorted(rows)


def compute_all(db: sqlite3.Connection) -> None:
    """Compute ``standing`` and ``records`` from the journal alone; inside a transaction."""
    db.execute("DELETE FROM standing")
    db.execute("DELETE FROM records")
    compute(db, db.execute("SELECT DISTINCT noun, record FROM journal").fetchall())


def alter(db: sqlite3.Connection, noun: str, key: str, fields: dict[str, Any]) -> None:
    """Let ``fields`` of a record be as they are here, agreed on; inside a transaction."""
    found = record(db, noun, key)
    values = {**found.values, **fields} if found else fields
    conflicts = [name for name in found.conflicts if name not in fields] if found else []
    if values.get(PURGED) is True:
        db.execute("DELETE FROM records WHERE noun = ? AND key = ?", (noun, key))
        return
    data = dumped({name: value for name, value in values.items() if value is not None})
    db.execute(_PUT, (noun, key, data, dumped(conflicts)))


def unseen(writes: Iterable[Write]) -> tuple[Write, ...]:
    """Return those of the ``writes`` to one field that no other has seen, by machine and counter."""
    of_field = tuple(writes)
    known = _known_of([(one.id, one.seen) for one in of_field])
    return tuple(sorted((one for one in of_field if one.id.counter > known[one.id.machine]), key=_name))


def all_known(writes: Iterable[Write]) -> dict[str, int]:
    """Return the highest counter of each machine that ``writes`` have seen."""
    return _highest(name for write in writes for name in write.seen)


def _known_of(writes: Sequence[tuple[WriteId, Sequence[WriteId]]]) -> dict[str, int]:
    """Return what all ``writes`` of a field know, as (name, seen): each machine what it wrote before."""
    before = (WriteId(name.machine, name.counter - 1) for name, _ in writes)
    return _highest(chain(before, *(seen for _, seen in writes)))


def _highest(names: Iterable[WriteId]) -> dict[str, int]:
    known: dict[str, int] = {}
    for machine, counter in names:
        known[machine] = max(known.get(machine, 0), counter)
    return known


def _name(write: Write) -> WriteId:
    return write.id


def _record(noun: str, key: str, data: str, conflicts: str) -> Record:
    return Record(noun, key, json.loads(data), tuple(json.loads(conflicts)))
