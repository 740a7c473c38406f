"""Connections to workspace files, and whole copies from one to another."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from desktop.workspace.file.transaction import busy, translated


class Connection(sqlite3.Connection):
    """A connection to a workspace file.

    ``before_writing`` is called by each transaction before it begins, ``after_writing`` with the connection
    once what it wrote is on disk.
    """

    before_writing: Callable[[], None] | None = None
    after_writing: Callable[[sqlite3.Connection], None] | None = None


JOURNALS = ("-journal", "-wal")  # what may lie beside a database file after a kill, and belongs to it
LONGEST = 64 * 1024**2  # bytes of a value or row; a receipt of an import is the longest that we write
_PATIENCE = 5.0  # seconds to wait for a reader or a copying tool to finish


def uri(path: Path, query: str) -> str:
    """Return the address by which SQLite opens ``path``, whatever characters or bytes it is made of."""
    posix = path.absolute().as_posix()
    place = quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"), safe="/:")
    return f"file://{place}?{query}"


def connect(path: Path, query: str = "mode=rw") -> Connection:
    """Open an existing file; ``mode=rw`` lets SQLite roll back what a killed program left half done."""
    with translated():
        db: Connection = sqlite3.connect(
            uri(path, query), uri=True, timeout=_PATIENCE, isolation_level=None, factory=Connection
        )
    _be_wary(db)
    return db


def memory() -> sqlite3.Connection:
    """Open an empty database in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    _be_wary(db)
    return db


def _be_wary(db: sqlite3.Connection) -> None:
    """Let nothing that a file's own schema says call functions, and no value be longer than any of ours.

    ``SQLITE_DBCONFIG_DEFENSIVE`` would do more; Python's module can set it from 3.12 on only.
    """
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)


def settle(db: sqlite3.Connection) -> None:
    """Let a commit be on disk when it returns (see docs/decisions/workspace-on-disk.md)."""
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA foreign_keys = ON")


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Let ``target`` hold what ``source`` holds, all of it in one transaction on ``target``.

    Whoever reads ``target``, also after a kill in the midst of it, finds what it held before or all that it
    holds now: SQLite writes the pages under the target's rollback journal. Raises KnownError, and changes
    nothing, when either is held by another program for longer than a moment; sqlite3.Error as it comes.
    """

    def wait_no_longer(status: int, remaining: int, total: int) -> None:  # noqa: ARG001
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # else Python would try again for ever
            raise busy()

    source.backup(target, progress=wait_no_longer)


def copy_in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """Return a database in memory that holds what ``source`` holds. Raises as :func:`copy` does."""
    db = memory()
    try:
        copy(source, db)
    except BaseException:
        db.close()
        raise
    return db


def copy_with_journal(path: Path, target: Path) -> None:
    """Copy a database file to ``target``, with the journal that belongs to it.

    SQLite settles the journal on the copy when that is opened, and ``path`` is only read. Not for a file that
    this program has open: closing what it reads would drop the locks on it. Raises OSError.
    """
    for part in ("", *JOURNALS):
        whole = path.with_name(f"{path.name}{part}")
        if part == "" or whole.exists():
            shutil.copyfile(whole, target.with_name(f"{target.name}{part}"))
