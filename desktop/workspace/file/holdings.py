"""What a workspace file holds, in figures, and a mark of all its rows by which two states are told apart."""

from __future__ import annotations

import marshal
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from desktop.workspace.file.connection import key_of
from desktop.workspace.file.transaction import translated

_UNTOLD = frozenset({"settings"})  # a window's size is no reason for a backup
_LAST_CHANGE = "SELECT at, person FROM changes WHERE before <> after ORDER BY id DESC LIMIT 1"
_LAST_WRITE = "SELECT at, person FROM journal WHERE noun NOT IN ('item', 'note') ORDER BY seq DESC LIMIT 1"
_FIRMS = (
    "records WHERE noun = 'enterprise' AND coalesce(data ->> 'name', '') <> ''"
    " AND coalesce(data ->> 'merged_into', '') = ''"
)
_MARK = 16  # bytes
_STEADY = 2  # the last version of marshal in which equal values always give equal bytes


@dataclass(frozen=True, slots=True)
class Holdings:
    """Entries with something in them, changes with an effect, attached files, rounds; what visits brought.

    ``last_at`` and ``last_by`` are time and person of the newest change, or "". An older file has none of
    what it does not know.
    """

    entries: int
    changes: int
    files: int
    rounds: int
    last_at: str
    last_by: str
    firms: int
    visits: int
    demands: int


def of(db: sqlite3.Connection) -> Holdings:
    """Return what the open ``db`` holds. Raises DamagedError when it cannot be read."""
    with translated():
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        has_records = "records" in tables
        lasts = [_LAST_CHANGE, _LAST_WRITE] if has_records else [_LAST_CHANGE]
        found = [row for sql in lasts for row in db.execute(sql)]
        last = max(found, key=lambda row: datetime.fromisoformat(row[0]).astimezone(), default=None)
        return Holdings(
            entries=_count(db, "entries WHERE revision > 0"),
            changes=_count(db, "changes WHERE before <> after"),
            files=_count(db, "evidence WHERE attached") if "evidence" in tables else 0,
            rounds=_count(db, "rounds") if "rounds" in tables else 0,
            last_at=str(last[0]) if last else "",
            last_by=str(last[1]) if last else "",
            firms=_count(db, _FIRMS) if has_records else 0,
            visits=_count(db, "records WHERE noun = 'visit'") if has_records else 0,
            demands=_count(db, "records WHERE noun = 'demand'") if has_records else 0,
        )


def told(db: sqlite3.Connection) -> Holdings:
    """Return what a backup of ``db`` says of itself: of a sealed one no person, for all can read it."""
    found = of(db)
    return found if key_of(db) is None else replace(found, last_by="")


def mark(db: sqlite3.Connection) -> str:
    """Return a mark of schema and rows, settings left out: the same for the same, whatever their order.

    A sum of a hash of each row, read one at a time (about a second for 300,000 changes). Raises DamagedError
    when it cannot be read.
    """
    words, total = db.text_factory, 0
    with translated():
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        db.text_factory = bytes  # nobody reads them as words
        try:
            for name in ("sqlite_master", *(name for (name,) in names if name not in _UNTOLD)):
                what = "name, sql" if name == "sqlite_master" else "*"
                for row in db.execute(f'SELECT {what} FROM "{name}"'):
                    content = marshal.dumps((name, row), _STEADY)
                    total += int.from_bytes(blake2b(content, digest_size=_MARK).digest(), "big")
        finally:
            db.text_factory = words
    return f"{total % (1 << 8 * _MARK):0{2 * _MARK}x}"


def _count(db: sqlite3.Connection, what: str) -> int:
    (found,) = db.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(found)
