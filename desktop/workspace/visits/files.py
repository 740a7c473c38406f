"""Photos and files of a visit: kept among the workspace's 佐证材料, once per content."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.errors import RuleError
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.file.store import FOLDER
from desktop.workspace.file.transaction import read_only, transaction
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Edit, Stamp
from desktop.workspace.visits import recording, visits
from desktop.workspace.visits.model import FILE, NOUN, VisitFile


def attach(
    db: sqlite3.Connection, folder: Path, key: str, path: Path, stamp: Stamp, *, reason: str = ""
) -> VisitFile:
    """Attach a copy of the file at ``path`` to a visit; ``path`` itself is only read.

    Raises RuleError for what is no file, empty or too large, and for a final visit without a ``reason``;
    KnownError when the file cannot be read or stored; nothing is changed then.
    """
    if db.execute("PRAGMA query_only").fetchone() == (1,):
        raise read_only()
    visits.one(db, key)
    stored = evidence_files.take_in(folder, path)
    one = VisitFile(stored.sha256, evidence_files.shown_name(path.name), stored.size)
    _write(db, key, one.sha256, {"name": one.name, "size": one.size}, stamp, reason)
    return one


def remove(db: sqlite3.Connection, key: str, sha256: str, stamp: Stamp, *, reason: str = "") -> None:
    """Take a file off a visit; the file itself stays, for the history. Raises RuleError as attach does."""
    if all(one.sha256 != sha256 for one in visits.one(db, key).files):
        raise RuleError("这次走访没有这份附件，没有改动任何内容。", "它可能已被移除，可以重新添加。")
    _write(db, key, sha256, None, stamp, reason)


def path_of(folder: Path, one: VisitFile) -> Path | None:
    """Return where a file lies in the workspace in ``folder``; None where it is missing or was altered."""
    place = evidence_files.stored_place(folder, one.sha256)
    return folder / FOLDER / place if place else None


def _write(
    db: sqlite3.Connection, key: str, sha256: str, value: dict[str, object] | None, stamp: Stamp, reason: str
) -> None:
    with transaction(db):
        edits = [Edit(NOUN, key, f"{FILE}/{sha256}", value)]
        if visits.one(db, key).is_final:
            edits.append(recording.correction(key, (FILE,), reason, stamp))
        writing.write(db, edits, stamp, grow=False)
