"""What was changed, by whom and when, and taking it back.

Taking back is a change like any other: it is recorded, and it can be taken back in turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.evidence import attached
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.history.search import Found, Sought
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


def since(db: sqlite3.Connection, day: date) -> Found:
    """Return the changes of items made on ``day`` or later, by the clock of then, newest first.

    They are read from ``db`` whenever one goes through them.
    """
    return Found(db, sought=Sought(first=day), set_aside=False)


def undo(
    db: sqlite3.Connection, catalogue: Catalogue, change_id: int, *, by: str, at: datetime
) -> tuple[Change, ...]:
    """Take back the edit that ``change_id`` was part of, all its fields together, as a new change.

    Where that edit was taken back and put again since, its last putting again is what is taken back. Taking
    back what took something back is putting it again, and is recorded as 重做. Raises RuleError, and changes
    nothing, when a field no longer holds what that edit put there, or when what stood before would now break
    a rule.
    """
    with transaction(db):
        batch = batch_of(db, standing(db, change_id))
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
            back += _take_back(
                db, catalogue, key, taken, changes.Origin(by, _source(taken), at, batch=number)
            )
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


def batch_of(db: sqlite3.Connection, change_id: int) -> list[Change]:
    """Return the changes of the edit that ``change_id`` was part of, newest first; [] for none."""
    return changes.select(db, "batch = (SELECT batch FROM changes WHERE id = ? AND adopted)", change_id)


def line(db: sqlite3.Connection, change_id: int) -> list[int]:
    """Return the ids of a change, of what took it back, of what put it again, and so on, oldest first."""
    with translated():
        rows = db.execute(
            "WITH RECURSIVE line (id) AS (VALUES (?) UNION ALL SELECT"
            " (SELECT max(later.id) FROM changes AS later WHERE later.undoes = line.id) FROM line"
            " WHERE line.id IS NOT NULL) SELECT id FROM line WHERE id IS NOT NULL",
            (change_id,),
        ).fetchall()
    return [number for (number,) in rows]


def holds(db: sqlite3.Connection, change: Change) -> bool:
    """Tell whether the field still holds what ``change`` put there."""
    if change.field == EVIDENCE:
        return attached.holds(db, change)
    return now_in(db, change.key, change.field) == change.after


def standing(db: sqlite3.Connection, change_id: int) -> int:
    """Return what put in last what a change put in: itself, or its last putting again.

    A change that is taken back now stands for itself.
    """
    told = line(db, change_id)
    return told[-1] if len(told) % 2 else change_id


def _source(taken: list[Change]) -> str:
    return changes.REDO if all(change.source == changes.UNDO for change in taken) else changes.UNDO


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
