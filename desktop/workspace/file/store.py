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
from desktop.workspace.file.cipher import FileKey
from desktop.workspace.file.connection import (
    JOURNALS,
    connect,
    connect_with,
    copy_in_memory,
    copy_with_journal,
    key_of,
    memory,
    settle,
)
from desktop.workspace.file.examination import Examination
from desktop.workspace.file.inspection import inspect, lacking, readable, recognise
from desktop.workspace.file.transaction import adrift, closed, damaged, gone, not_a_folder, translated

DATABASE = backup.DATABASE
_ONE_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace. ``db`` is in autocommit mode; write to it inside ``transaction(db)`` only."""

    folder: Path
    db: sqlite3.Connection
    read_only: bool
    lock: lock.Lock | None = None
    examination: Examination | None = None

    def close(self) -> None:
        """Close the file, seal it and let go of the lock. Closing twice does no harm.

        A file that was not examined, or that is damaged, keeps the seal that it has.
        """
        self.db.close()
        if self.examination is not None:
            self.examination.close()
        if self.lock is not None:
            if self.lock.is_held and self.examination is not None and self.examination.passed:
                seal.keep(self.folder / DATABASE)
            self.lock.release()

    def examine(self) -> None:
        """Read the whole file, if that was put off and is still to be done; in any thread.

        Raises DamagedError when it is damaged, KnownError when it cannot be read just now.
        """
        if self.examination is not None:
            self.examination.run()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_for_writing(
    folder: Path, steps: Sequence[migrations.Step] = migrations.STEPS, *, put_off: int | None = None
) -> Workspace:
    """Open the workspace in ``folder``, creating folder and file when there are none.

    Missing migrations are applied after a backup into ``folder/backups``. A file of more than ``put_off``
    bytes is not read whole now: that is left to :meth:`Workspace.examine`, or else the first write does it.
    Raises LockedError when another
    program holds it, PassphraseError when it is sealed and no passphrase was offered that opens it,
    UnwritableError when it cannot be written, DamagedError when it is damaged, no workspace
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
        examination = Examination(path, steps)
        db = connect_with(path, examination.key)
        try:
            readable(db)  # settles a journal
            _recognise_or_examine(db, examination, steps, put_off)
            with translated():
                settle(db)
                _try_writing(db, folder)
                missing = lacking(db, steps)
            if missing:
                examination.run()
                backup.save(db, folder, f"before-{missing[0]}", bare=True)
                migrations.apply(db, steps)
        except BaseException:
            db.close()
            examination.close()
            raise
    except BaseException:
        held.release()
        raise
    db.before_writing = examination.run
    return Workspace(folder, db, read_only=False, lock=held, examination=examination)


def open_for_reading(
    folder: Path, steps: Sequence[migrations.Step] = migrations.STEPS, *, put_off: int | None = None
) -> Workspace:
    """Open the workspace in ``folder`` without the lock, creating nothing.

    Where there is no workspace yet, an empty one in memory is returned; one that lacks migrations, or that
    was left half written on a disk that cannot be written, is read through a settled copy in memory.
    ``put_off`` is as in :func:`open_for_writing`. Raises
    DamagedError when the file is damaged, no workspace or gone while its backups are there, KnownError when
    it is newer than this program.
    """
    with _readable_place():
        path = replacement.pending(folder) or folder / DATABASE
        there = _exists(path)
    if not there:
        nothing = memory()
        migrations.found(nothing, steps)
        nothing.execute("PRAGMA query_only = ON")
        return Workspace(folder, nothing, read_only=True)
    examination = Examination(path, steps)
    db: sqlite3.Connection
    db, examination.query = _reader(path, examination.key)
    try:
        if readable(db):
            _recognise_or_examine(db, examination, steps, put_off)
            own_copy = bool(lacking(db, steps))
            if own_copy:
                examination.run()
                with closing(db) as older, translated():
                    db = copy_in_memory(older)
        else:
            own_copy = True
            db.close()
            db = _settled_copy(path)
            inspect(db, steps)
        if own_copy and lacking(db, steps):
            migrations.apply(db, steps)
    except BaseException:
        db.close()
        examination.close()
        raise
    db.execute("PRAGMA query_only = ON")
    if own_copy:
        examination.close()
    return Workspace(folder, db, read_only=True, examination=None if own_copy else examination)


def opened_in_memory(folder: Path) -> Workspace:
    """Return a copy in memory of the workspace: what is written there is gone with it."""
    with open_for_reading(folder) as there:
        return Workspace(folder, copy_in_memory(there.db), read_only=False)


def open_as_possible(folder: Path, *, put_off: int | None = None) -> tuple[Workspace, str]:
    """Open the workspace for writing, or for reading where that is all that can be had.

    Returns it with the sentence that says why it is read-only, empty when it is not. Raises as
    :func:`open_for_reading` does, and ``put_off`` is as there.
    """
    try:
        return open_for_writing(folder, put_off=put_off), ""
    except LockedError as held:
        reason = held.message
    except UnwritableError as refused:
        reason = refused.why
    return open_for_reading(folder, put_off=put_off), reason


def second_connection(workspace: Workspace) -> sqlite3.Connection:
    """Return one more connection to a workspace that is open for writing: for a worker thread.

    Examines the file if that is still to be done; raises as :meth:`Workspace.examine` does.
    """
    workspace.examine()
    db = connect_with(workspace.folder / DATABASE, key_of(workspace.db))
    try:
        with translated():
            settle(db)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def read_again(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """Yield one more connection that reads what ``workspace`` reads: for a worker thread.

    The file is not examined again. Raises as :func:`open_for_reading` does.
    """
    path = replacement.pending(workspace.folder) or workspace.folder / DATABASE
    if workspace.examination is None or not path.exists():  # read through a copy in memory
        with open_for_reading(workspace.folder) as other:
            yield other.db
        return
    workspace.examine()
    db, _query = _reader(path, key_of(workspace.db))
    with closing(db):
        db.execute("PRAGMA query_only = ON")
        yield db


def _recognise_or_examine(
    db: sqlite3.Connection, examination: Examination, steps: Sequence[migrations.Step], put_off: int | None
) -> None:
    """Look at the whole file, or only at what it says of itself where that would take too long."""
    if put_off is not None and examination.size > put_off:
        recognise(db, steps)
    else:
        examination.run()


def _reader(path: Path, key: FileKey | None) -> tuple[sqlite3.Connection, str]:
    """Open a file to read it; on a disk without locks, on which nobody can write, without taking one.

    Also returns how it was opened.
    """
    query = "mode=ro"
    db = connect_with(path, key, query)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:  # all else is for others to say
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        if busy and not lock.lockable(path.parent):
            db.close()
            query = "mode=ro&nolock=1"
            db = connect_with(path, key, query)
    except UnicodeDecodeError:
        pass
    return db, query


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
            with disk.draft_in(folder) as draft, disk.new_own(draft) as file:
                file.write(bytes(_ONE_PAGE))
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
