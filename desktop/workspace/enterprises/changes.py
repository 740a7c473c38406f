"""What was written down about an enterprise, by whom and when: each field before and after."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import MERGED, NOUN, field_words, value_words
from desktop.workspace.journal import state
from desktop.workspace.journal.model import PURGED, Write
from desktop.workspace.words import EMPTY

DELETED = "（已按保留期限删除）"


@dataclass(frozen=True, slots=True)
class FirmChange:
    """One field of an enterprise became another value, both in words; ``at`` is a moment with its offset."""

    at: str
    by: str
    field: str
    before: str
    after: str
    source: str


def changes(db: sqlite3.Connection, key: str) -> tuple[FirmChange, ...]:
    """Return the changes of an enterprise, of records that were merged into it too, the newest first.

    ``before`` is what was known when it was written: the newest value that the write replaces.
    """
    found: list[FirmChange] = []
    for record in enterprises.keys_of(db, key):
        said: dict[str, list[Write]] = {}
        for write in state.history(db, NOUN, record):
            if write.field == PURGED:
                continue
            earlier = said.setdefault(write.field, [])
            found.append(_change(db, write, _replaced(write, earlier)))
            earlier.append(write)
    found.sort(key=lambda one: one.at)
    return tuple(reversed(found))


def _replaced(write: Write, earlier: list[Write]) -> Write | None:
    """Return the newest of the writes to the same field that ``write`` knew of."""
    known = dict(write.seen)
    own = (one for one in reversed(earlier) if one.id.machine == write.id.machine)
    others = (one for one in reversed(earlier) if one.id.counter <= known.get(one.id.machine, 0))
    return max(filter(None, (next(own, None), next(others, None))), key=lambda one: one.at, default=None)


def _change(db: sqlite3.Connection, write: Write, before: Write | None) -> FirmChange:
    return FirmChange(
        write.at,
        write.by,
        field_words(write.field),
        _said(db, before) if before else EMPTY,
        _said(db, write),
        write.source,
    )


def _said(db: sqlite3.Connection, write: Write) -> str:
    if write.blank:
        return DELETED
    value: Any = write.value
    if value is None:
        return EMPTY
    if write.field == MERGED:
        record = state.record(db, NOUN, str(value))
        return str(record.values.get("name", value)) if record else str(value)
    return value_words(write.field, value)
