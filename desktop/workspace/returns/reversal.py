"""A whole import taken back, and taken in again after that: each as one edit, recorded like any other.

What someone changed in the meantime stays as it is and is reported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import undo as undoing
from desktop.workspace.items import changes
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.returns import records

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

STATUS_AND_REASON = frozenset({"status", "reason"})  # the two go together or not at all


@dataclass(frozen=True, slots=True)
class Undone:
    """An import taken back, or taken in again.

    ``changes`` were made by that; ``kept`` are those of the import that could not follow, as the field holds
    something else by now. ``older`` are changes of other imports that stand taken back: what they had put in
    stood before this import and stands there again.
    """

    intake_id: int
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    older: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Reversed:
    """A field to be put back to what stood before ``since``, if it still holds what ``made`` put there."""

    since: Change
    made: Change


class _OnlyLookingError(Exception):
    """Ends a transaction of which nothing is to be kept."""


def undo(
    db: sqlite3.Connection, catalogue: Catalogue, intake_id: int = 0, *, by: str, at: datetime
) -> Undone:
    """Take a whole import back, the newest that holds when ``intake_id`` is 0, as one edit.

    Taking back what was taken back already does nothing. Raises RuleError when there is no such import,
    KnownError when it cannot be written.
    """
    with transaction(db):
        number, undone_at = _chosen(db, intake_id)
        if undone_at:
            return Undone(number, (), ())
        origin = changes.Origin(by, changes.UNDO, at, batch=changes.next_batch(db))
        steps = {
            key: {field: Reversed(made[0], _last(db, made[-1])) for field, made in fields.items()}
            for key, fields in _by_item(records.changes_of(db, number)).items()
        }
        done = _put_back(db, catalogue, number, steps, origin)
        records.mark_undone(db, number, origin.moment, by)
        stood = (_stood_before(db, steps[change.key][change.field].since) for change in done.changes)
        gone = tuple(given for given in stood if given and records.is_undone(db, given.intake))
    return replace(done, older=gone)


def redo(db: sqlite3.Connection, catalogue: Catalogue, intake_id: int, *, by: str, at: datetime) -> Undone:
    """Take an import in again that was taken back, as one edit; one that holds is left alone.

    Raises RuleError when one of its workbooks was imported anew since, or when there is no such import.
    """
    with transaction(db):
        number, undone_at = _chosen(db, intake_id)
        if not undone_at:
            return Undone(number, (), ())
        if again := records.imported_again(db, number):
            raise RuleError(
                f"“{again}”在撤销之后又导入过，没有改动任何内容。", "请在导入记录中查看后来的那次导入。"
            )
        origin = changes.Origin(by, changes.REDO, at, batch=changes.next_batch(db))
        steps: dict[ItemKey, dict[str, Reversed]] = {}
        for key, fields in _by_item(records.changes_of(db, number)).items():
            for field, made in fields.items():
                last = _last(db, made[-1])
                if last.source == changes.UNDO and last.at == undone_at:
                    steps.setdefault(key, {})[field] = Reversed(last, last)
        done = _put_back(db, catalogue, number, steps, origin)
        records.mark_undone(db, number, "", "")
    return done


def foreseen(db: sqlite3.Connection, act: Callable[[], Undone]) -> Undone:
    """Return what ``act``, an :func:`undo` or :func:`redo`, would do now; nothing of it stays.

    Raises what ``act`` raises.
    """
    done: list[Undone] = []
    try:
        with transaction(db):
            done.append(act())
            raise _OnlyLookingError
    except _OnlyLookingError:
        return done[0]


def _chosen(db: sqlite3.Connection, intake_id: int) -> tuple[int, str]:
    chosen = records.holding(db, intake_id)
    if chosen is None:
        raise RuleError("没有可撤销的导入，没有改动任何内容。")
    return chosen


def _last(db: sqlite3.Connection, change: Change) -> Change:
    """Return the last of what took a change back, put it again, and so on."""
    (last,) = changes.select(db, "id = ?", undoing.line(db, change.id)[-1])
    return last


def _stood_before(db: sqlite3.Connection, change: Change) -> Change | None:
    """Return the change that had put in what stood in the field before ``change``, if any."""
    where = "unit_key = ? AND measure_key = ? AND field = ? AND id < ?"
    found = changes.select(
        db, where, change.key.unit_key, change.key.measure_key, change.field, change.id, limit=1
    )
    return found[0] if found and not found[0].undoes else None


def _by_item(made: Sequence[Change]) -> dict[ItemKey, dict[str, list[Change]]]:
    """Return the changes by item and field, oldest first."""
    found: dict[ItemKey, dict[str, list[Change]]] = {}
    for change in sorted(made, key=lambda change: change.id):
        found.setdefault(change.key, {}).setdefault(change.field, []).append(change)
    return found


def _put_back(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    number: int,
    steps: dict[ItemKey, dict[str, Reversed]],
    origin: changes.Origin,
) -> Undone:
    back: list[Change] = []
    kept: list[Change] = []
    for key, fields in steps.items():
        done, left = _put_item_back(db, catalogue, key, fields, origin)
        back += done
        kept += left
    return Undone(number, tuple(back), tuple(kept))


def _put_item_back(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    steps: dict[str, Reversed],
    origin: changes.Origin,
) -> tuple[tuple[Change, ...], list[Change]]:
    """Put back what still holds of one item; return the changes made, and those that stay."""
    now = {field: undoing.now_in(db, key, field) for field in steps}
    kept = [
        step.made for field, step in steps.items() if now[field] not in (step.made.after, step.since.before)
    ]
    holding = {
        field: step for field, step in steps.items() if now[field] == step.made.after != step.since.before
    }
    for left_out in (frozenset[str](), STATUS_AND_REASON):
        taken = {field: step for field, step in holding.items() if field not in left_out}
        undoes = {field: step.made.id for field, step in taken.items()}
        before = {field: step.since.before for field, step in taken.items()}
        try:
            done = (
                undoing.restore(db, catalogue, key, before, replace(origin, undoes=undoes)) if taken else ()
            )
        except RuleError:
            continue
        return done, kept + [step.made for field, step in holding.items() if field not in taken]
    return (), kept + [step.made for step in holding.values()]
