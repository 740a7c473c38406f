"""The history as it is kept: one row per field changed, never deleted, in the order in which it happened.

Order is by id, not by time: the clock of a laptop may be wrong. ``batch`` is the id of the first change of
one edit; what was changed together is undone together. A note on a measure is kept under the empty unit
key. What a workbook said and was not taken is kept here too, as a row that is not ``adopted``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.workspace.file.transaction import translated
from desktop.workspace.items.model import EVIDENCE, Change, ItemKey
from desktop.workspace.journal.model import Stamp

TYPED, COMMAND, UNDO, REDO, IMPORT, PACKAGE = "录入", "命令行", "撤销", "重做", "导入", "数据包"
SOURCES = (TYPED, COMMAND, UNDO, REDO, IMPORT, PACKAGE)
UNADOPTED = "未采用的回填值"
ONE_STEP = frozenset({"status", "deadline"})  # each choice is a change of its own, also within one session
_COLUMNS = (
    "id, at, person, source, unit_key, measure_key, field, before, after, undoes, adopted,"
    " (SELECT intake_id FROM intake_files WHERE intake_files.id = changes.intake_file),"
    " (SELECT path_name FROM intake_files WHERE intake_files.id = changes.intake_file)"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an edit comes from. ``undoes`` maps a field to the id of the change that it takes back.

    ``batch`` joins it to an edit that was begun (see :func:`next_batch`), 0 is one of its own; ``file`` is
    the id of the workbook that it was imported from, or 0. ``arrived`` says that it came from another machine
    and that the journal has it.
    """

    by: str
    source: str
    at: datetime
    session: str = ""
    undoes: Mapping[str, int] = field(default_factory=dict)
    batch: int = 0
    file: int = 0
    arrived: bool = False

    @property
    def moment(self) -> str:
        """Return ``at`` as it is kept: local time with offset, to the second."""
        return self.stamp.moment

    @property
    def stamp(self) -> Stamp:
        """Return who, what and when for the journal."""
        return Stamp(self.by, self.source, self.at, self.session)


def next_batch(db: sqlite3.Connection) -> int:
    """Return the batch of an edit that begins now; to be called inside the transaction of that edit."""
    (batch,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM changes").fetchone()
    return int(batch)


def record(
    db: sqlite3.Connection,
    key: ItemKey,
    fields: Sequence[tuple[str, str, str]],
    origin: Origin,
    text_sha256: str,
    revision: int = 0,
) -> tuple[Change, ...]:
    """Keep one edit of ``key``, as (field, before, after) each; to be called inside a transaction.

    While one person goes on typing in one field within a session, the newest change of that field grows
    instead.
    """
    if len(fields) == 1:
        grown = _grow(db, key, fields[0][0], fields[0][2], origin, revision)
        if grown is not None:
            _note_down(db, key, fields, origin)
            return (grown,)
    _note_down(db, key, fields, origin)
    return _insert(db, key, fields, origin, text_sha256, revision, adopted=True)


def set_aside(
    db: sqlite3.Connection,
    key: ItemKey,
    fields: Sequence[tuple[str, str, str]],
    origin: Origin,
    text_sha256: str,
    revision: int,
) -> tuple[Change, ...]:
    """Keep what a workbook said and was not taken, as (field, what stays, what it said) each."""
    return _insert(db, key, fields, origin, text_sha256, revision, adopted=False)


def _note_down(
    db: sqlite3.Connection, key: ItemKey, fields: Sequence[tuple[str, str, str]], origin: Origin
) -> None:
    """Let the journal know; files of 佐证材料 are noted by content, where they are attached."""
    after = [(name, after) for name, _, after in fields if name != EVIDENCE]
    if after and not origin.arrived:
        from desktop.workspace.items import journalled  # no start needs it

        grow = not ONE_STEP.intersection(name for name, _ in after)
        journalled.note_down(db, key, after, origin.stamp, grow=grow)


def _insert(
    db: sqlite3.Connection,
    key: ItemKey,
    fields: Sequence[tuple[str, str, str]],
    origin: Origin,
    text_sha256: str,
    revision: int,
    adopted: bool,
) -> tuple[Change, ...]:
    batch = origin.batch or next_batch(db)
    ids = [
        db.execute(
            "INSERT INTO changes (batch, at, person, source, session, unit_key, measure_key, field, before,"
            " after, undoes, revision, text_sha256, intake_file, adopted)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                batch,
                origin.moment,
                origin.by,
                origin.source,
                origin.session,
                key.unit_key,
                key.measure_key,
                name,
                before,
                after,
                origin.undoes.get(name),
                revision,
                text_sha256,
                origin.file or None,
                adopted,
            ),
        ).lastrowid
        for name, before, after in fields
    ]
    return tuple(_only(db, "id = ?", number) for number in ids)


def _grow(
    db: sqlite3.Connection, key: ItemKey, name: str, after: str, origin: Origin, revision: int
) -> Change | None:
    """Let the newest change of the field end in ``after``; None when this edit is no going on with it.

    A change that grows back to what stood before stays as a row that changed nothing; :func:`select` passes
    over it.
    """
    if not origin.session or name in ONE_STEP:
        return None
    row = db.execute(
        "SELECT id, session, person, source FROM changes WHERE unit_key = ? AND measure_key = ? AND field = ?"
        " ORDER BY id DESC LIMIT 1",
        (key.unit_key, key.measure_key, name),
    ).fetchone()
    if row is None or row[1:] != (origin.session, origin.by, origin.source):
        return None
    db.execute(
        "UPDATE changes SET after = ?, at = ?, revision = ? WHERE id = ?",
        (after, origin.moment, revision, row[0]),
    )
    return _only(db, "id = ?", row[0])


def select(
    db: sqlite3.Connection, where: str, *values: object, limit: int = -1, set_aside: bool = False
) -> list[Change]:
    """Return the changes with an effect for which the SQL condition ``where`` holds, newest first.

    At most ``limit`` of them; -1 is all. With ``set_aside`` also what workbooks said and was not taken.
    """
    adopted = "" if set_aside else "adopted AND "
    with translated():
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM changes WHERE before <> after AND {adopted}{where}"
            " ORDER BY id DESC LIMIT ?",
            (*values, limit),
        ).fetchall()
    return [_change(row) for row in rows]


def files(change: Change) -> tuple[list[str], list[str]]:
    """Return the names of the files that a change of the field ``evidence`` took off, and of those attached.

    Earlier changes have all names of the item on both sides; what differs is the change.
    """
    before, after = change.before.splitlines(), change.after.splitlines()
    stayed = {*before} & {*after}
    return [name for name in before if name not in stayed], [name for name in after if name not in stayed]


def newest(db: sqlite3.Connection) -> int:
    """Return the id of the newest change, 0 when there is none."""
    found = select(db, "true", limit=1)
    return found[0].id if found else 0


def _only(db: sqlite3.Connection, where: str, *values: object) -> Change:
    return _change(db.execute(f"SELECT {_COLUMNS} FROM changes WHERE {where}", values).fetchone())


def _change(row: tuple[Any, ...]) -> Change:
    number, at, person, source, unit_key, measure_key, name, before, after, *rest = row
    undoes, adopted, intake, file_name = rest
    return Change(
        number,
        at,
        person,
        source,
        ItemKey(unit_key, measure_key),
        name,
        before,
        after,
        undoes=undoes or 0,
        intake=intake or 0,
        file_name=file_name or "",
        adopted=bool(adopted),
    )
