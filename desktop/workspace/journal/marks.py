"""How far each machine has written, beside the workspace's file: so an older one that was put back is seen.

A mark is an empty file whose name says it all, ``marks/<machine>.<counter>``. So it is never half written,
costs one renaming, and a whole older folder copied over the present one does not take it away: of several
the highest counts. A file alone cannot keep that, since it is the file that was put back.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from desktop import paths

FOLDER = "marks"
_DIGITS = 15  # of a counter


def highest(folder: Path, machine: str) -> int:
    """Return the highest counter that ``machine`` is known to have written in this workspace; 0 for none."""
    return max((counter for _, counter in _marks(folder / FOLDER, machine)), default=0)


def last(db: sqlite3.Connection, machine: str) -> int:
    """Return the highest counter of ``machine`` in the journal; 0 for none."""
    row = db.execute("SELECT coalesce(max(counter), 0) FROM journal WHERE machine = ?", (machine,))
    return int(row.fetchone()[0])


def keep(folder: Path, machine: str, db: sqlite3.Connection) -> None:
    """Mark how far ``machine`` has written, once that is on disk; no mark where the disk refuses it."""
    marks = folder / FOLDER
    with contextlib.suppress(OSError, sqlite3.Error):
        counter = last(db, machine)
        before = max(_marks(marks, machine), key=lambda mark: mark[1], default=None)
        if before is None:
            marks.mkdir(paths.OWN_FOLDER, exist_ok=True)
            (marks / f"{machine}.{counter}").touch(paths.OWN_FILE)
        elif before[1] < counter:
            before[0].rename(marks / f"{machine}.{counter}")


def _marks(marks: Path, machine: str) -> list[tuple[Path, int]]:
    """Return the marks of one machine, each with its counter; whatever else lies there is none."""
    found = []
    with contextlib.suppress(OSError):
        for path in marks.glob(f"{machine}.*"):
            number = path.name[len(machine) + 1 :]
            if number.isascii() and number.isdecimal() and len(number) <= _DIGITS:
                found.append((path, int(number)))
    return found
