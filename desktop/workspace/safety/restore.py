"""恢复: the workspace becomes what a backup holds, after the present one was backed up.

The backup is only read: a copy of it is checked, brought up to this program's schema and then taken over in
one step (see docs/decisions/workspace-backups.md). Killed at any moment, the workspace is as it was
before or as it is after.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop import disk
from desktop.errors import DamagedError, KnownError
from desktop.workspace.file import backup, cipher, lock, packed, replacement, store
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.file.cipher import FileKey, PassphraseError
from desktop.workspace.file.connection import connect, copy, key_of
from desktop.workspace.file.inspection import inspect
from desktop.workspace.file.migrations import STEPS, Step
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import changes
from desktop.workspace.journal import identity
from desktop.workspace.safety import candidate


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    ``backup`` is the copy of what was there before; ``set_aside`` instead the folder to which a damaged file
    was moved, as it was. ``evidence_added`` counts the files of 佐证材料 that came with the backup,
    ``evidence_absent`` names those that it lists and that are not there. ``notices`` are the keys of the
    user's notices that came with it and were not there.
    """

    file: Path
    backup: BackupFile | None
    set_aside: Path | None
    evidence_added: int
    evidence_absent: tuple[str, ...]
    notices: tuple[str, ...] = ()


def into(
    db: sqlite3.Connection,
    folder: Path,
    file: Path,
    *,
    by: str,
    at: datetime,
    steps: Sequence[Step] = STEPS,
) -> Restored:
    """Let the open workspace ``db`` in ``folder`` hold what ``file`` holds: a backup or a package.

    The present content is backed up first. All connections to the workspace stay good; whoever shows it must
    read it anew. Raises KnownError, and changes nothing, when ``file`` is no whole backup or is newer than
    this program, or when the disk refuses.
    """
    with candidate.opened(folder, file, steps, key_of(db)) as found, translated():
        added, absent = candidate.bring_evidence(found, folder)
        saved = backup.save(db, folder, backup.RESTORE)
        _record(found.db, file, saved.path, by, at)
        _take_over(found.db, db, saved, steps)
        _save_again(db, folder)
        return Restored(file, saved, None, added, absent, candidate.bring_notices(found, folder))


def at_rest(
    folder: Path,
    file: Path,
    *,
    by: str,
    at: datetime,
    steps: Sequence[Step] = STEPS,
    forgotten: bool = False,
) -> Restored:
    """Restore the workspace in ``folder`` from ``file`` while nobody has it open; it may be damaged or gone.

    What is damaged is moved to ``folder/damaged`` as it is, and what is sealed with a ``forgotten``
    passphrase. Raises as :func:`into` does, LockedError, and PassphraseError unless it is forgotten.
    """
    try:
        with store.open_for_writing(folder, steps) as workspace:
            return into(workspace.db, folder, file, by=by, at=at, steps=steps)
    except DamagedError:
        pass
    except PassphraseError as shut:
        if not forgotten or shut.path != folder / store.DATABASE:
            raise
    with (
        lock.acquire(folder),
        candidate.opened(folder, file, steps, *_sealing(folder)) as found,
        translated(),
    ):
        must_be_damaged(folder, steps, forgotten=forgotten)
        added, absent = candidate.bring_evidence(found, folder)
        home = replacement.new_home(folder)
        _record(found.db, file, home, by, at)
        found.db.close()
        replacement.exchange(folder, home, found.path)
        with closing(connect(folder / store.DATABASE)) as db:
            _save_again(db, folder)
        return Restored(file, None, home, added, absent, candidate.bring_notices(found, folder))


def start_anew(folder: Path, steps: Sequence[Step] = STEPS, *, forgotten: bool = False) -> Path:
    """Begin with an empty workspace where there is a damaged one and no backup to restore.

    So also where the passphrase was ``forgotten``. The one that was there is moved to the folder that is
    returned. Raises KnownError when the workspace is not
    damaged or the disk refuses, LockedError when another program holds it.
    """
    with lock.acquire(folder), translated(), disk.folder_in(folder) as place:
        must_be_damaged(folder, steps, forgotten=forgotten)
        draft = place / store.DATABASE
        store.found(draft, steps)
        home = replacement.new_home(folder)
        replacement.exchange(folder, home, draft)
        return home


def must_be_damaged(folder: Path, steps: Sequence[Step] = STEPS, *, forgotten: bool = False) -> None:
    """Raise KnownError unless the workspace in ``folder`` cannot be opened because it is damaged or gone.

    A passphrase that was ``forgotten`` is as good a reason.
    """
    with contextlib.suppress(DamagedError, *((PassphraseError,) if forgotten else ())):
        store.open_for_reading(folder, steps).close()
        raise KnownError("工作库现在是完好的，没有恢复，没有改动任何内容。", "请重新打开程序。")


def _sealing(folder: Path) -> tuple[FileKey, ...]:
    """Return the key of the damaged workspace, which its successor keeps; nothing when it shows none."""
    with contextlib.suppress(PassphraseError):
        key = cipher.key_of(folder / store.DATABASE)
        return () if key is None else (key,)
    return ()


def _take_over(
    found: sqlite3.Connection, db: sqlite3.Connection, saved: BackupFile, steps: Sequence[Step]
) -> None:
    """Let ``db`` hold what ``found`` holds, or, where it then is no workspace, again what was ``saved``."""
    copy(found, db)
    try:
        inspect(db, steps)
    except BaseException:
        with packed.opened(saved.path) as before:
            copy(before, db)
        raise


def _save_again(db: sqlite3.Connection, folder: Path) -> None:
    """Let the newest backup be of what is now: else it would be of what was just given up.

    Everything is done by now; a disk that is full stops nothing.
    """
    with contextlib.suppress(KnownError):
        backup.save(db, folder, backup.RESTORED)
        backup.prune(folder)


def _record(db: sqlite3.Connection, file: Path, kept_as: Path, by: str, at: datetime) -> None:
    """Write into what is about to be taken over where it came from, and where the former content is kept.

    From here on it writes as another machine: what it wrote since may be known elsewhere.
    """
    db.execute(
        "INSERT INTO restores (at, person, file_name, kept_as) VALUES (?, ?, ?, ?)",
        (
            changes.Origin(by, "", at).moment,
            by,
            os.fsencode(file.name).decode(errors="replace"),
            kept_as.name,
        ),
    )
    identity.renew(db)
