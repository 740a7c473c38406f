"""What was changed, by whom and when, and taking it back.

Taking back is a change like any other: it is recorded, and it can be taken back in turn.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace import changes, checklist, entries, notes, rules
from desktop.workspace.model import FIELD_NAMES, Change, Entry, ItemKey, Status
from desktop.workspace.transaction import transaction

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def of_item(db: sqlite3.Connection, key: ItemKey) -> list[Change]:
    """Return the changes of one item, newest first."""
    return changes.select(db, "unit_key = ? AND measure_key = ?", key.unit_key, key.measure_key)


def of_unit(db: sqlite3.Connection, unit_key: str) -> list[Change]:
    """Return the changes of all items of one unit, newest first."""
    return changes.select(db, "unit_key = ?", unit_key)


def of_note(db: sqlite3.Connection, measure_key: str) -> list[Change]:
    """Return the changes of the note on one measure, newest first."""
    return changes.select(db, "unit_key = ? AND measure_key = ?", notes.NO_UNIT, measure_key)


def newest(db: sqlite3.Connection) -> int:
    """Return the id of the newest change, 0 when there is none."""
    found = changes.select(db, "true", limit=1)
    return found[0].id if found else 0


def last_undoable(db: sqlite3.Connection, *, after: int = 0) -> Change | None:
    """Return the newest change later than id ``after`` that can be taken back and has not been, or None.

    Changes that take back others are passed over: one goes back step by step, not to and fro.
    """
    where = (
        "id > ? AND id < ? AND undoes IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.undoes = changes.id)"
    )
    before = sys.maxsize
    while found := changes.select(db, where, after, before, limit=1):
        if _whole(db, found[0].id):
            return found[0]
        before = found[0].id
    return None


def undo(
    db: sqlite3.Connection, catalogue: Catalogue, change_id: int, *, by: str, at: datetime
) -> tuple[Change, ...]:
    """Take back the edit that ``change_id`` was part of, all its fields together, as a new change.

    Raises RuleError, and changes nothing, when a field no longer holds what that edit put there, or when
    what stood before would now break a rule.
    """
    with transaction(db):
        batch = _batch(db, change_id)
        if not batch:
            raise RuleError("没有可撤销的改动，没有改动任何内容。")
        key = batch[0].key
        for change in batch:
            if not _holds(db, change):
                name = FIELD_NAMES.get(change.field, notes.NAME)
                raise RuleError(
                    f"“{name}”在这之后又改过，不能直接撤销，没有改动任何内容。",
                    "请先撤销后来的改动，或直接重新填写。",
                )
        origin = changes.Origin(by, changes.UNDO, at, undoes={change.field: change.id for change in batch})
        if key.unit_key == notes.NO_UNIT:
            return notes.write(db, catalogue, key.measure_key, batch[0].before, origin)
        measure = checklist.measure_of(catalogue, key)
        then = {**_values(db, key), **{change.field: change.before for change in batch}}
        _may_return(db, key, then, origin.undoes)
        return entries.write(db, key, measure, then, origin)


def _values(db: sqlite3.Connection, key: ItemKey) -> dict[str, str]:
    kept = entries.load_one(db, key)
    return entries.values_of(kept.entry if kept else Entry())


def _batch(db: sqlite3.Connection, change_id: int) -> list[Change]:
    return changes.select(db, "batch = (SELECT batch FROM changes WHERE id = ?)", change_id)


def _whole(db: sqlite3.Connection, change_id: int) -> bool:
    """Tell whether all fields of that edit still hold what it put there."""
    return all(_holds(db, change) for change in _batch(db, change_id))


def _holds(db: sqlite3.Connection, change: Change) -> bool:
    """Tell whether the field still holds what ``change`` put there."""
    if change.key.unit_key == notes.NO_UNIT:
        return notes.note(db, change.key.measure_key) == change.after
    return _values(db, change.key)[change.field] == change.after


def _may_return(
    db: sqlite3.Connection, key: ItemKey, then: Mapping[str, str], undoes: Mapping[str, int]
) -> None:
    """Raise RuleError when ``then`` breaks a rule.

    已销号 comes back only by taking back the very step that left it: any other way there leads through
    已完成.
    """
    rules.agree(then)
    if "status" in undoes and then["status"] == Status.CLOSED:
        where = "unit_key = ? AND measure_key = ? AND field = 'status'"
        (newest_step,) = changes.select(db, where, key.unit_key, key.measure_key, limit=1)
        if newest_step.id != undoes["status"] and newest_step.after != Status.DONE:
            raise RuleError(
                "撤销后会直接回到“已销号”，但状态在这之后又改过，没有改动任何内容。",
                "请先填“已完成”，核实后再填“已销号”。",
            )
