"""A file that someone wants to restore: read as foreign, copied, checked, brought up to date.

It may be a backup from ``backups/``, a copy made by hand, another machine's workspace with its ``evidence/``
beside it, or a package (see :mod:`~desktop.workspace.safety.bundle`). It is only read.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop import disk, paths
from desktop.errors import DamagedError, KnownError
from desktop.library import carried
from desktop.workspace.evidence import attached, files
from desktop.workspace.evidence.files import State, Stored
from desktop.workspace.file import migrations, packed, seal, store
from desktop.workspace.file import store as workspaces
from desktop.workspace.file.cipher import FileKey, PassphraseError
from desktop.workspace.file.connection import (
    LONGEST,
    connect,
    copy,
    copy_with_journal,
    create,
    key_of,
    reseal,
    settle,
)
from desktop.workspace.file.inspection import foreign, inspect, lacking, newer, readable
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import rules

NOTHING = "没有恢复，现有工作库没有改动。"
_LONGEST = {"entries": max(rules.LIMITS.values()), "changes": 1_000_000, "intake_lines": 1_000_000}
_LONGEST |= {"intake_files": LONGEST, "round_rows": LONGEST}
_LONGEST_ELSEWHERE = 100_000  # characters of a name, a setting, a note
_NOTICES = "notices/"
_Beside = tuple[Callable[[str], IO[bytes]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A checked copy of what is to be restored: the file ``path``, open as ``db``.

    ``beside`` opens what came with the file, by its name in the workspace's folder; it raises OSError, or
    what a broken package raises, when that is not there. ``notices`` are the names of the user's notices
    among it.
    """

    path: Path
    db: sqlite3.Connection
    beside: Callable[[str], IO[bytes]]
    notices: tuple[str, ...]


@contextmanager
def opened(
    folder: Path, file: Path, steps: Sequence[migrations.Step], *sealing: FileKey | None
) -> Iterator[Candidate]:
    """Yield a copy of ``file``, made in ``folder`` and removed at the end, that this program can take over.

    It is sealed with the key ``sealing`` (None: with none), where that is not given, as ``file`` is. Raises
    PassphraseError when ``file`` is sealed and no passphrase was offered that opens it,
    KnownError when ``file`` is no whole workspace, is newer than this program or cannot be read.
    """
    with ExitStack() as stack:
        with disk.reading(file):
            head = _head(folder, file)
        with translated():
            place = stack.enter_context(disk.folder_in(folder))
        path = place / store.DATABASE
        try:
            if head.startswith(b"PK"):
                beside, notices = _unpacked(stack, file, path)
            else:
                beside, notices = _copied(file, path, in_wal=head[18:20] == b"\x02\x02")
            path.chmod(paths.OWN_FILE)
            with closing(_keyed(path, file)) as copied:
                _bring_up_to_date(copied, file, steps)
                own = key_of(copied)
            if sealing and sealing[0] != own:
                with translated():
                    reseal(path, own, sealing[0])
            db = stack.enter_context(closing(connect(path)))
            with translated():
                settle(db)
        except (DamagedError, sqlite3.Error) as error:  # not a failing disk: that has its words already
            raise KnownError(
                f"“{file.name}”不是完整的工作库备份（已损坏，或者是别的文件），{NOTHING}", "请另选一个备份。"
            ) from error
        yield Candidate(path, db, beside, notices)


def bring_evidence(found: Candidate, folder: Path) -> tuple[int, tuple[str, ...]]:
    """Store the 佐证材料 that came with a candidate in ``folder``, where they are not there already.

    Nothing that is there is changed. Returns how many were stored, and the names of those that are listed and
    neither there nor with the candidate. Raises KnownError when the disk refuses.
    """
    added, absent = 0, []
    for one in attached.every(found.db, removed=True):
        if files.state(folder, one.stored) is State.OK:
            continue
        if _bring(found, folder, one.stored):
            added += 1
        else:
            absent.append(one.name)
    return added, tuple(absent)


def _bring(found: Candidate, folder: Path, stored: Stored) -> bool:
    home = folder / workspaces.FOLDER
    with ExitStack() as stack, translated():
        try:
            source = stack.enter_context(found.beside(f"{workspaces.FOLDER}/{stored.place}"))
        except (OSError, *packed.BROKEN):
            return False
        home.mkdir(paths.OWN_FOLDER, exist_ok=True)
        draft = stack.enter_context(disk.draft_in(home))
        try:
            with disk.new_own(draft) as target:
                pieces = disk.pieces(source, Path(stored.place))
                digest, _ = disk.pour(pieces, target, stored.size)
        except (KnownError, disk.TooLargeError, *packed.BROKEN):
            return False
        if digest != stored.sha256:
            return False
        with suppress(OSError):  # not every disk keeps every time
            os.utime(draft, (stored.written, stored.written))
        files.put(draft, home / stored.place, digest)
    return True


def _head(folder: Path, file: Path) -> bytes:
    """Return the first bytes of ``file``. Raises KnownError for what cannot be a backup, OSError."""
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        raise KnownError(f"“{file.name}”不是文件，{NOTHING}", "请选择备份文件。")
    own = folder / store.DATABASE
    if own.exists() and os.path.samestat(found, own.stat()):
        raise KnownError(f"“{file.name}”就是现在的工作库，{NOTHING}", "请选择一个备份文件。")
    with file.open("rb") as source:
        return source.read(20)


def bring_notices(found: Candidate, folder: Path) -> tuple[str, ...]:
    """Put the user's notices that came with a candidate into the library of ``folder``.

    Nothing that is there is changed. Returns their keys. Raises KnownError when the disk refuses.
    """
    return carried.bring(folder, found.notices, found.beside, (OSError, KnownError, *packed.BROKEN))


def _unpacked(stack: ExitStack, file: Path, path: Path) -> _Beside:
    """Unpack the database of a package to ``path``; return what opens the rest while ``stack`` lasts."""
    try:
        with disk.reading(file):
            package = stack.enter_context(zipfile.ZipFile(file))
    except packed.BROKEN as error:
        raise DamagedError(file.name) from error
    packed.unpack(package, file, path)
    if seal.is_broken(path):
        raise DamagedError(file.name)
    return package.open, tuple(name for name in package.namelist() if name.startswith(_NOTICES))


def _copied(file: Path, path: Path, *, in_wal: bool) -> _Beside:
    """Copy a database to ``path``: by SQLite, or with its journal where SQLite cannot read it as it lies."""
    if seal.is_broken(file):
        raise DamagedError(file.name)
    with closing(_keyed(file, file, "mode=ro")) as source:
        if not in_wal and readable(source):
            with translated(), closing(create(path, source)) as target:
                copy(source, target)
        else:
            source.close()
            with disk.reading(file):
                copy_with_journal(file, path)
    notices = tuple(name for name, _ in carried.held(file.parent))
    return lambda name: (file.parent / name).open("rb"), notices


def _keyed(path: Path, file: Path, query: str = "mode=rw") -> sqlite3.Connection:
    """Open ``path``, which came from ``file``. Raises PassphraseError, which names the latter."""
    try:
        return connect(path, query)
    except PassphraseError as shut:
        raise shut.of(file) from shut


def _bring_up_to_date(db: sqlite3.Connection, file: Path, steps: Sequence[migrations.Step]) -> None:
    """Check the copy and let it have all ``steps``. Raises DamagedError, KnownError when it is newer."""
    with translated():
        settle(db)
        db.execute("PRAGMA user_version = 0")  # what is done with it from here on breaks its seal
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        if application_id == migrations.APPLICATION_ID and newer(db, steps):
            raise KnownError(
                f"“{file.name}”由更新版本的惠企措施手册建立，本版本读不了，{NOTHING}",
                "请用更新版本的程序恢复。",
            )
        inspect(db, steps)
        if db.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise DamagedError(file.name)
        if lacking(db, steps):
            migrations.apply(db, steps)
        if foreign(db, steps) or db.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedError(file.name)
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):  # to read is to find text that is none
                if any(isinstance(value, str) and len(value) > _longest(table) for value in row):
                    raise DamagedError(file.name)
        places = db.execute("SELECT place, sha256 FROM evidence").fetchall()
    for place, digest in places:
        if not files.is_place(place, digest):
            raise DamagedError(file.name)


def _longest(table: str) -> int:
    """Return how many characters a text in ``table`` may have at most: more is none of ours."""
    return _LONGEST.get(table, _LONGEST_ELSEWHERE)
