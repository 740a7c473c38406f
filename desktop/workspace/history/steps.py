"""What was entered since a moment, a step at a time: which edit is the next to be taken back, or put again.

A step back never goes to and fro: what took something back is no step of its own. Imports are none either,
they go back as a whole (see :mod:`desktop.workspace.returns.reversal`). Entries of checklists and notes on
measures are two kinds of steps; who takes back one kind never touches the other.
"""

from __future__ import annotations

import sqlite3
import sys
from enum import Enum
from typing import TYPE_CHECKING

from desktop.workspace.history import undo
from desktop.workspace.items import changes

if TYPE_CHECKING:
    from desktop.workspace.items.model import Change


class Kind(Enum):
    """What was entered; the value is the SQL condition that tells it."""

    ITEMS = "unit_key <> ''"
    NOTES = "unit_key = ''"


def last_undoable(db: sqlite3.Connection, kind: Kind, *, after: int = 0) -> Change | None:
    """Return a change of the newest edit later than id ``after`` that can be taken back, or None.

    An edit of which a field was changed otherwise since is passed over.
    """
    where = f"{kind.value} AND id > ? AND id < ? AND undoes IS NULL AND intake_file IS NULL"
    before = sys.maxsize
    while found := changes.select(db, where, after, before, limit=1):
        told = undo.line(db, found[0].id)
        if len(told) % 2 and _holds(db, told[-1]):
            return found[0]
        before = found[0].id
    return None


def next_redoable(db: sqlite3.Connection, kind: Kind, *, after: int = 0) -> Change | None:
    """Return a change of the newest taking back later than id ``after`` that can be put again, or None.

    Whatever is entered anew ends that: what was taken back before it is no step any more.
    """
    newest = changes.select(db, f"{kind.value} AND id > ? AND undoes IS NULL", after, limit=1)
    where = (
        f"{kind.value} AND id > ? AND id < ? AND source = ? AND undoes > ? AND NOT EXISTS ("
        "SELECT 1 FROM changes AS former WHERE former.id = changes.undoes AND former.intake_file IS NOT NULL)"
    )
    since, before = newest[0].id if newest else after, sys.maxsize
    while found := changes.select(db, where, since, before, changes.UNDO, after, limit=1):
        if len(undo.line(db, found[0].id)) % 2 and _holds(db, found[0].id):
            return found[0]
        before = found[0].id
    return None


def _holds(db: sqlite3.Connection, change_id: int) -> bool:
    """Tell whether all fields of that edit still hold what it put there."""
    return all(undo.holds(db, change) for change in undo.batch_of(db, change_id))
