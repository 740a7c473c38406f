"""Connections to workspace files, and whole copies from one to another."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from urllib.parse import quote

from desktop.errors import KnownError
from desktop.workspace.file import cipher
from desktop.workspace.file.cipher import FileKey
from desktop.workspace.file.transaction import Connection as Connection
from desktop.workspace.file.transaction import busy, translated

JOURNALS = ("-journal", "-wal")  # what may lie beside a database file after a kill, and belongs to it
LONGEST = 64 * 1024**2  # bytes of a value or row; a receipt of an import is the longest that we write
_PATIENCE = 5.0  # seconds to wait for a reader or a copying tool to finish


def uri(path: Path, query: str) -> str:
    """Return the address by which SQLite opens ``path``, whatever characters or bytes it is made of."""
    posix = path.absolute().as_posix()
    place = quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"), safe="/:")
    return f"file://{place}?{query}"


def connect(path: Path, query: str = "mode=rw") -> Connection:
    """Open an existing file; ``mode=rw`` lets SQLite roll back what a killed program left half done.

    For a file that this program has open already there is :func:`connect_with`: whether this one is sealed is
    read in it, and closing what was read drops the locks on it. Raises PassphraseError.
    """
    return connect_with(path, cipher.key_of(path), query)


def connect_with(path: Path, key: FileKey | None, query: str = "mode=rw") -> Connection:
    """Open an existing file that is sealed with ``key``, or with none."""
    if key is not None:
        from desktop.workspace.file.sealed import SealedConnection

        with translated():
            sealed = SealedConnection(uri(path, query), key, patience=_PATIENCE, longest=LONGEST)
        _be_wary(sealed)
        return sealed
    with translated():
        db: Connection = sqlite3.connect(
            uri(path, query), uri=True, timeout=_PATIENCE, isolation_level=None, factory=Connection
        )
    _be_wary(db)
    return db


def key_of(db: sqlite3.Connection) -> FileKey | None:
    """Return the key with which the file behind ``db`` is sealed; None when it is not."""
    return db.key if isinstance(db, Connection) else None


def create(path: Path, like: sqlite3.Connection) -> sqlite3.Connection:
    """Open the empty file ``path``, to be sealed as the file behind ``like`` is.

    Raises KnownError where ``like`` is only a copy in memory of what is sealed: it would get out unsealed.
    """
    key = key_of(like)
    if key is None:
        return sqlite3.connect(path, isolation_level=None)
    if not like.sealed:  # type: ignore[attr-defined]
        raise KnownError(
            "工作库设有口令，又是以前版本的程序建立的（或者没有正常关闭），现在不能备份，没有改动任何内容。",
            "请先打开窗口录入一次（自动升级），再备份。",
        )
    return connect_with(path, key)


def reseal(path: Path, old: FileKey | None, new: FileKey | None) -> None:
    """Let the draft ``path``, which nobody has open, be sealed with ``new`` instead of ``old``; None is none.

    Killed or refused in the midst of it, the draft is of no worth. Raises sqlite3.Error as it comes.
    """
    from desktop.workspace.file.sealed import rewrite

    rewrite(uri(path, "mode=rw"), old, new)


def memory() -> Connection:
    """Open an empty database in memory."""
    db: Connection = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    _be_wary(db)
    return db


def _be_wary(db: sqlite3.Connection) -> None:
    """Let nothing that a file's own schema says call functions, and no value be longer than any of ours.

    ``SQLITE_DBCONFIG_DEFENSIVE`` would do more; Python's module can set it from 3.12 on only.
    """
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    if not getattr(db, "sealed", False):  # that one has set it
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


def copy_in_memory(source: sqlite3.Connection) -> Connection:
    """Return a database in memory that holds what ``source`` holds. Raises as :func:`copy` does."""
    db = memory()
    db.key = key_of(source)
    try:
        if getattr(source, "sealed", False):
            db.deserialize(source.content())  # type: ignore[attr-defined]
        else:
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
