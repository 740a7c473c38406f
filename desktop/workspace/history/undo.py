"""What was changed, by whom and when, and taking it back.

Taking back is a change like any other: it is recorded, and it can be taken back in turn.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.evidence import attached
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import changes, checklist, confirmation, entries, notes, rules
from desktop.workspace.items.model import CHANGE_NAMES, EVIDENCE, Change, ItemKey, Status

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def last_of_each(db: sqlite3.Connection) -> dict[ItemKey, Change]:
    """Return the newest change of each item that has one."""
    newest_of_each = (
        "SELECT (SELECT id FROM changes WHERE changes.unit_key = entries.unit_key"
        " AND changes.measure_key = entries.measure_key AND adopted AND before <> after"
        " ORDER BY id DESC LIMIT 1) FROM entries"
    )
    return {change.key: change for change in changes.select(db, f"id IN ({newest_of_each})")}


def since(db: sqlite3.Connection, day: date) -> list[Change]:
    """Return the changes of items made on ``day`` or later, by the clock of then, newest first."""
    return changes.select(db, "unit_key <> ? AND substr(at, 1, 10) >= ?", notes.NO_UNIT, day.isoformat())


def last_undoable(db: sqlite3.Connection, *, after: int = 0) -> Change | None:
    """Return the newest change later than id ``after`` that can be taken back and has not been, or None.

    Changes that take back others are passed over: one goes back step by step, not to and fro. So are those
    of an import, which goes back as a whole (see :mod:`desktop.workspace.returns.intake`).
    """
    where = (
        "id > ? AND id < ? AND undoes IS NULL AND intake_file IS NULL"
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
        for change in batch:
            if not holds(db, change):
                raise RuleError(
                    f"“{CHANGE_NAMES[change.field]}”在这之后又改过，不能直接撤销，没有改动任何内容。",
                    "请先撤销后来的改动，或直接重新填写。",
                )
        number = changes.next_batch(db)
        back: list[Change] = []
        for key in dict.fromkeys(change.key for change in reversed(batch)):
            taken = [change for change in batch if change.key == key]
            back += _take_back(db, catalogue, key, taken, changes.Origin(by, changes.UNDO, at, batch=number))
        return tuple(back)


def _take_back(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    taken: Sequence[Change],
    origin: changes.Origin,
) -> list[Change]:
    """Take back what was changed of one item, newest first, inside a transaction."""
    back: list[Change] = []
    for change in (change for change in taken if change.field == EVIDENCE):
        of_files = replace(origin, undoes={EVIDENCE: change.id})
        back += attached.take_back(db, catalogue, change, of_files)
    before = {change.field: change.before for change in taken if change.field != EVIDENCE}
    if before:
        undoes = {change.field: change.id for change in taken}
        back += restore(db, catalogue, key, before, replace(origin, undoes=undoes))
    return back


def restore(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    before: Mapping[str, str],
    origin: changes.Origin,
) -> tuple[Change, ...]:
    """Let the fields of ``key`` be as they were ``before``, inside a transaction; files are none of them.

    Raises RuleError when that would break a rule.
    """
    if key.unit_key == notes.NO_UNIT:
        return notes.write(db, catalogue, key.measure_key, before[notes.FIELD], origin)
    measure = checklist.measure_of(catalogue, key)
    now = entries.values(db, key)
    then = {**now, **before}
    _may_return(db, key, now, then, origin)
    return entries.write(db, key, measure, then, origin)


def _batch(db: sqlite3.Connection, change_id: int) -> list[Change]:
    return changes.select(db, "batch = (SELECT batch FROM changes WHERE id = ? AND adopted)", change_id)


def _whole(db: sqlite3.Connection, change_id: int) -> bool:
    """Tell whether all fields of that edit still hold what it put there."""
    return all(holds(db, change) for change in _batch(db, change_id))


def holds(db: sqlite3.Connection, change: Change) -> bool:
    """Tell whether the field still holds what ``change`` put there."""
    if change.field == EVIDENCE:
        return attached.holds(db, change)
    return now_in(db, change.key, change.field) == change.after


def now_in(db: sqlite3.Connection, key: ItemKey, field: str) -> str:
    """Return what stands in a field of an item, or in the note on a measure."""
    if key.unit_key == notes.NO_UNIT:
        return notes.note(db, key.measure_key)
    return entries.values(db, key)[field]


def _may_return(
    db: sqlite3.Connection,
    key: ItemKey,
    now: Mapping[str, str],
    then: Mapping[str, str],
    origin: changes.Origin,
) -> None:
    """Raise RuleError when ``then`` breaks a rule.

    已销号 comes back only by taking back the very step that left it, or as a confirmation of 已完成.
    """
    rules.agree(then)
    if "status" in origin.undoes and then["status"] == Status.CLOSED:
        where = "unit_key = ? AND measure_key = ? AND field = 'status'"
        (newest_step,) = changes.select(db, where, key.unit_key, key.measure_key, limit=1)
        if newest_step.id != origin.undoes["status"]:
            confirmation.check(db, key, now, then, origin.by)
