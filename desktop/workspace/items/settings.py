"""Settings of this workspace, by name: ``user_name`` (本机使用人), ``near_days``, ``theme``, ``ui.*``.

Settings are about the program, not about the work: they have no history.
"""

from __future__ import annotations

import sqlite3

from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import rules

NEAR_DAYS = 15


def get(db: sqlite3.Connection, name: str, default: str = "") -> str:
    """Return the setting ``name``, or ``default`` when it was never put."""
    with translated():
        row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return default if row is None else str(row[0])


def put(db: sqlite3.Connection, name: str, value: str) -> None:
    """Keep ``value`` as the setting ``name``. Raises KnownError when it cannot be written."""
    kept = rules.visible(value)  # a folder's name may be bytes that are no text
    with transaction(db):
        db.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, kept),
        )


def near_days(db: sqlite3.Connection) -> int:
    """Return within how many days a deadline counts as near (yellow)."""
    value = get(db, "near_days")
    return int(value) if value.isascii() and value.isdigit() else NEAR_DAYS
