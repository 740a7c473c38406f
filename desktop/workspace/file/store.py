"""The workspace file: opened, created, brought up to date, refused, backed up.

A workspace is one SQLite file, ``workspace.db``, in a folder of its own. Acknowledged means on disk: a
rollback journal with ``synchronous=EXTRA`` (see docs/decisions/workspace-on-disk.md). A file that is
damaged, not ours or newer than this program is refused and left as it is.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from desktop import disk, paths
from desktop.errors import DamagedError, KnownError, LockedError, UnwritableError
from desktop.workspace.file import backup, lock, migrations, replacement, seal
from desktop.workspace.file.connection import (
    JOURNALS,
    connect,
    copy_in_memory,
    copy_with_journal,
    memory,
    settle,
)
from desktop.workspace.file.inspection import inspect, lacking, readable
from desktop.workspace.file.transaction import adrift, closed, damaged, gone, not_a_folder, rotten, translated

DATABASE = backup.DATABASE
_ONE_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace. ``db`` is in autocommit mode; write to it inside ``transaction(db)`` only."""

    folder: Path
    db: sqlite3.Connection
    read_only: bool
    lock: lock.Lock | None = None

    def close(self) -> None:
        """Close the file, seal it and let go of the lock. Closing twice does no harm."""
        self.db.close()
        if self.lock is not None:
            if self.lock.is_held:
                seal.keep(self.folder / DATABASE)
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
    program holds it, UnwritableError when it cannot be written, DamagedError when it is damaged, no workspace
    or gone while its backups are there, KnownError when it is newer than this program.
    """
    with translated():
        folder.mkdir(paths.OWN_FOLDER, parents=True, exist_ok=True)
    held = lock.acquire(folder)
    try:
        with translated():
            replacement.finish(folder)
            for place in (folder, folder / backup.FOLDER, folder / FOLDER):
                disk.sweep(place)
        path = folder / DATABASE
        if not _exists(path):
            _create(path, steps)
        elif any(path.with_name(f"{DATABASE}{part}").exists() for part in JOURNALS):
            _foresee_damage(path, steps)
        elif seal.is_broken(path):
            raise rotten()
        db = connect(path)
        try:
            inspect(db, steps)
            with translated():
                settle(db)
                _try_writing(db, folder)
                missing = lacking(db, steps)
            if missing:
                backup.save(db, folder, f"before-{missing[0]}")
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

    Where there is no workspace yet, an empty one in memory is returned; one that lacks migrations, or that
    was left half written on a disk that cannot be written, is read through a settled copy in memory. Raises
    DamagedError when the file is damaged, no workspace or gone while its backups are there, KnownError when
    it is newer than this program.
    """
    with _readable_place():
        path = replacement.pending(folder) or folder / DATABASE
        there = _exists(path)
    if not there:
        db = memory()
        migrations.found(db, steps)
    else:
        db = _reader(path)
        try:
            if not readable(db):
                db.close()
                db = _settled_copy(path)
            elif seal.is_broken_within(db):
                raise rotten()
            inspect(db, steps)
            if lacking(db, steps):
                with closing(db) as older, translated():
                    db = copy_in_memory(older)
                migrations.apply(db, steps)
        except BaseException:
            db.close()
            raise
    db.execute("PRAGMA query_only = ON")
    return Workspace(folder, db, read_only=True)


def open_as_possible(folder: Path) -> tuple[Workspace, str]:
    """Open the workspace for writing, or for reading where that is all that can be had.

    Returns it with the sentence that says why it is read-only, empty when it is not. Raises as
    :func:`open_for_reading` does.
    """
    try:
        return open_for_writing(folder), ""
    except LockedError as held:
        reason = held.message
    except UnwritableError as refused:
        reason = refused.why
    return open_for_reading(folder), reason


def second_connection(workspace: Workspace) -> sqlite3.Connection:
    """Return one more connection to a workspace that is open for writing: for a worker thread."""
    db = connect(workspace.folder / DATABASE)
    try:
        with translated():
            settle(db)
    except BaseException:
        db.close()
        raise
    return db


def _reader(path: Path) -> sqlite3.Connection:
    """Open a file to read it; on a disk without locks, on which nobody can write, without taking one."""
    db = connect(path, "mode=ro")
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:  # all else is for others to say
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        if busy and not lock.lockable(path.parent):
            db.close()
            return connect(path, "mode=ro&nolock=1")
    except UnicodeDecodeError:
        pass
    return db


@contextmanager
def _readable_place() -> Iterator[None]:
    """Say of a folder that may not even be looked into that it is closed, not that it is write-protected."""
    try:
        with translated():
            yield
    except UnwritableError as refused:
        raise closed() from refused


def _exists(path: Path) -> bool:
    """Tell whether there is a workspace file. Half a one, or one gone from beside its backups, is refused."""
    with translated():
        if path.parent.is_file():
            raise not_a_folder()
        if path.exists():
            return True
        if path.is_symlink():
            raise adrift()
        if path.with_name(f"{path.name}-journal").exists():
            raise damaged()
    if backup.every(path.parent):
        raise gone()
    return False


def _foresee_damage(path: Path, steps: Sequence[migrations.Step]) -> None:
    """Raise DamagedError if the file is damaged, before SQLite settles its journal on it.

    Where there is no room for the copy that this takes, it is left to SQLite.
    """
    try:
        with closing(_settled_copy(path)) as settled:
            inspect(settled, steps)
    except DamagedError:
        raise
    except KnownError:
        return
    except sqlite3.Error as error:  # not a failing disk: that has its words already
        raise damaged() from error


def _settled_copy(path: Path) -> sqlite3.Connection:
    """Return a copy in memory of a file with a journal, settled there; the file stays as it is."""
    with translated(), tempfile.TemporaryDirectory() as place:
        target = Path(place) / DATABASE
        copy_with_journal(path, target)
        with closing(connect(target)) as settled:
            return copy_in_memory(settled)


def _try_writing(db: sqlite3.Connection, folder: Path) -> None:
    """Let a file or folder that cannot be written say so now, not at the first edit; nothing is changed."""
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("PRAGMA user_version = 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN:  # no journal can be made: why not?
            with disk.draft_in(folder) as draft:
                draft.write_bytes(bytes(_ONE_PAGE))
        raise
    finally:
        if db.in_transaction:  # a full disk may have rolled back already
            db.execute("ROLLBACK")


def found(path: Path, steps: Sequence[migrations.Step] = migrations.STEPS) -> None:
    """Make an empty workspace in the new file ``path``."""
    with translated():
        path.touch(paths.OWN_FILE)
    with translated(), closing(sqlite3.connect(path, isolation_level=None)) as db:
        settle(db)
        migrations.found(db, steps)


def _create(path: Path, steps: Sequence[migrations.Step]) -> None:
    """Make an empty workspace beside ``path`` and move it into place: no half file is ever left."""
    with translated(), disk.folder_in(path.parent) as place:
        draft = place / path.name
        found(draft, steps)
        disk.place(draft, path)


FOLDER = "evidence"
