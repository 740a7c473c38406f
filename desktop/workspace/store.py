"""The workspace file: opened, created, brought up to date, refused, backed up.

A workspace is one SQLite file, ``workspace.db``, in a folder of its own. Acknowledged means on disk: a
rollback journal with ``synchronous=EXTRA`` (see docs/decisions/workspace-on-disk.md). A file that is
damaged, not ours or newer than this program is refused and left as it is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from desktop.errors import KnownError
from desktop.workspace import backup, lock, migrations
from desktop.workspace.transaction import damaged, not_a_folder, translated

DATABASE = "workspace.db"
_PATIENCE = 5.0  # seconds to wait for a reader or a copying tool to finish


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace. ``db`` is in autocommit mode; write to it inside ``transaction(db)`` only."""

    folder: Path
    db: sqlite3.Connection
    read_only: bool
    lock: lock.Lock | None = None

    def close(self) -> None:
        """Close the file and let go of the lock. Closing twice does no harm."""
        self.db.close()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_for_writing(folder: Path, steps: Sequence[migrations.Step] = migrations.STEPS) -> Workspace:
    """Open the workspace in ``folder``, creating folder and file when there are none.

    Missing migrations are applied after a backup into ``folder/backups``. Raises LockedError when another
    program holds it; KnownError when it cannot be written, is damaged, is no workspace or is newer than
    this program.
    """
    with translated():
        folder.mkdir(parents=True, exist_ok=True)
    held = lock.acquire(folder)
    try:
        path = folder / DATABASE
        if not _exists(path):
            _create(path, steps)
        db = _connect(path)
        try:
            _inspect(db, steps)
            with translated():
                _settle(db)
                _try_writing(db)
                missing = _missing(db, steps)
            if missing:
                backup.save(db, folder, before=missing[0])
                migrations.apply(db, steps)
        except BaseException:
            db.close()
            raise
    except BaseException:
        held.release()
        raise
    return Workspace(folder, db, read_only=False, lock=held)


def open_for_reading(folder: Path, steps: Sequence[migrations.Step] = migrations.STEPS) -> Workspace:
    """Open the workspace in ``folder`` without the lock, creating nothing.

    Where there is no workspace yet, an empty one in memory is returned; one that lacks migrations is read
    through a migrated copy in memory. Raises KnownError when the file is damaged, no workspace or newer
    than this program.
    """
    path = folder / DATABASE
    if not _exists(path):
        db = _memory()
        migrations.found(db, steps)
    else:
        db = _connect(path)
        try:
            _inspect(db, steps)
            if _missing(db, steps):
                old, db = db, _memory()
                with closing(old), translated():
                    old.backup(db)
                migrations.apply(db, steps)
        except BaseException:
            db.close()
            raise
    db.execute("PRAGMA query_only = ON")
    return Workspace(folder, db, read_only=True)


def _exists(path: Path) -> bool:
    """Tell whether there is a workspace file; a journal without its file is half a workspace and refused."""
    with translated():
        if path.parent.is_file():
            raise not_a_folder()
        if path.exists():
            return True
        if path.with_name(f"{path.name}-journal").exists():
            raise damaged()
    return False


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _connect(path: Path) -> sqlite3.Connection:
    """Open an existing file; ``mode=rw`` lets SQLite roll back what a killed program left half done."""
    posix = path.absolute().as_posix()
    place = quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"), safe="/:")
    uri = f"file://{place}?mode=rw"
    with translated():
        return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


def _settle(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA foreign_keys = ON")


def _try_writing(db: sqlite3.Connection) -> None:
    """Let a file or folder that cannot be written say so now, not at the first edit; nothing is changed."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("PRAGMA user_version = 0")
    finally:
        db.execute("ROLLBACK")


def _missing(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> tuple[str, ...]:
    had = migrations.applied(db)
    return tuple(name for name in migrations.names(steps) if name not in had)


def _inspect(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> None:
    """Refuse a file that is not a whole workspace that this program knows; nothing is written."""
    with translated():
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        unknown = set(migrations.applied(db)) - set(migrations.names(steps))
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if application_id != migrations.APPLICATION_ID or verdict != "ok":
        raise damaged()
    if unknown:
        raise KnownError(
            "这个工作库由更新版本的惠企措施手册建立，本版本没有打开它，文件原样保留。",
            "请使用更新版本的程序打开；或用 --workspace 指定另一个文件夹。",
        )


def _create(path: Path, steps: Sequence[migrations.Step]) -> None:
    """Make an empty workspace beside ``path`` and move it into place: no half file is ever left."""
    draft = path.with_name(f"{path.name}.new")
    with translated():
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)
        db = sqlite3.connect(draft, isolation_level=None)
        try:
            _settle(db)
            migrations.found(db, steps)
        finally:
            db.close()
        draft.replace(path)
        backup.sync_folder(path.parent)
