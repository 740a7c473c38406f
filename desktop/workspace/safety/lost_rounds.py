"""What of the rounds a workspace has that a backup of it has not: begun, sent, or changed since."""

from __future__ import annotations

import sqlite3

from desktop.workspace.file.transaction import translated

_DEEDS = """
    SELECT 'begun', key, created_at, '', '' FROM rounds
    UNION ALL SELECT 'sent', round_key, at, unit_key, file_name FROM round_exports
    UNION ALL SELECT field, round_key, at, before, after FROM round_changes
"""


def count(present: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """Return how many deeds in rounds ``present`` has that ``other`` has not; both have today's tables."""
    with translated():
        kept = set(other.execute(_DEEDS))
        return sum(deed not in kept for deed in present.execute(_DEEDS))
