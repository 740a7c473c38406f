"""Conflicts: what machines said of a field. All of it stays until somebody decides, and all learn of that."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import RuleError
from desktop.workspace import words
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import journalled, rules
from desktop.workspace.items.changes import Origin
from desktop.workspace.items.model import FIELD_NAMES
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Record, Stamp, Write, WriteId
from desktop.workspace.merging import arrived, naming
from desktop.workspace.merging.outcome import Conflict

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def open_conflicts(db: sqlite3.Connection, catalogue: Catalogue) -> tuple[Conflict, ...]:
    """Return every field about which machines disagree, by noun, record and field."""
    return tuple(
        of_field(db, catalogue, record.noun, record.key, name)
        for record in state.in_conflict(db)
        for name in record.conflicts
    )


def of_field(db: sqlite3.Connection, catalogue: Catalogue, noun: str, key: str, name: str) -> Conflict:
    """Return one conflict; its values are all that stands of the field."""
    stands = state.standing(db, noun, key, name)
    called = naming.record(db, catalogue, noun, key)
    return Conflict(noun, key, name, called, naming.field(noun, name), stands)


def brought(
    db: sqlite3.Connection, catalogue: Catalogue, touched: Collection[tuple[str, str]], arrival: int
) -> tuple[Conflict, ...]:
    """Return the conflicts of the records ``touched`` (noun, key) in which a write of ``arrival`` stands."""
    return tuple(
        of_field(db, catalogue, record.noun, record.key, name)
        for record in state.in_conflict(db)
        if (record.noun, record.key) in touched
        for name in record.conflicts
        if _stands_of(db, record, name, arrival)
    )


def _stands_of(db: sqlite3.Connection, record: Record, name: str, arrival: int) -> bool:
    row = db.execute(
        "SELECT 1 FROM standing JOIN journal USING (machine, counter) WHERE standing.noun = ?"
        " AND standing.record = ? AND standing.field = ? AND arrival = ? LIMIT 1",
        (record.noun, record.key, name, arrival),
    ).fetchone()
    return row is not None


def decide(
    db: sqlite3.Connection,
    folder: Path,
    catalogue: Catalogue,
    noun: str,
    key: str,
    field: str,
    value: Any,
    stamp: Stamp,
) -> WriteId | None:
    """Let ``value`` stand of a field, one of those that stand or another; checklists and notes follow.

    Returns the batch, None when all agree on it already. Raises RuleError, and changes nothing, for a record
    that is not there and for a value that the field cannot have.
    """
    if noun == journalled.ITEM and field in FIELD_NAMES:
        value = rules.clean(field, str(value))
    with transaction(db):
        if state.record(db, noun, key) is None:
            raise RuleError(
                "工作库中没有这条记录，没有改动任何内容。",
                "它可能已按保留期限删除，请重新打开“待决定的内容”。",
            )
        batch = writing.write(db, [Edit(noun, key, field, value)], stamp, grow=False)
        origin = Origin(stamp.by, stamp.source, stamp.at, arrived=True)
        follower = arrived.Follower(db, folder, catalogue, origin, arrived.NO_TITLES)
        follower.follow([(noun, key)], as_written=False)
        return batch


def told(db: sqlite3.Connection, catalogue: Catalogue, write: Write) -> str:
    """Return a standing value with who and when, as people read it."""
    return f"{naming.value(db, catalogue, write)}（{write.by}，{words.moment(write.at)}）"
