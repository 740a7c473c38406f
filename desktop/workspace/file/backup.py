"""Whole, verified copies of the workspace in ``backups/`` beside it, packed, numbered, dated and thinned out.

The number orders them: a clock that was set back misleads no one, and thinning looks at the order and at
which backups share a day, never at how long ago a day is. How one lies on the disk is :mod:`packed`'s affair,
which is loaded when one is made or read: opening a workspace needs none of it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from desktop import disk, paths
from desktop.errors import KnownError
from desktop.workspace.file import seal
from desktop.workspace.file.connection import copy, create
from desktop.workspace.file.transaction import damaged, translated

DATABASE = "workspace.db"
FOLDER = "backups"

START = "start"
IMPORT = "before-import"
RESTORE = "before-restore"
RESTORED = "after-restore"
PASSPHRASE = "after-passphrase"
BY_HAND = "by-hand"
_WORDS = {
    START: "启动时",
    IMPORT: "导入前",
    RESTORE: "恢复前",
    RESTORED: "恢复后",
    PASSPHRASE: "口令更改后",
    BY_HAND: "手动",
}

NEWEST = 10  # kept of those made on start, and as many of those made before something
DAYS = 14  # the newest of each of so many days
WEEKS = 8  # the newest of each of so many weeks

ROOM = 2.5  # times the size of the workspace: as much may those take that nobody made by hand
LEAST_ROOM = 200_000_000  # bytes; below this nothing is removed for its size
LEAST_TURNS = 2  # kept of each kind whatever their size
PACKED_TO = 0.25  # of its size, about: what one from before they were packed is to be

_NAME = re.compile(r"workspace-(?:(\d{5,})-)?(\d{8}-\d{6})-([\w-]+)\.(?:zip|db)", re.ASCII)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One backup. ``at`` is local time as the machine's clock had it; ``number`` is what orders them."""

    path: Path
    number: int
    at: datetime
    reason: str
    size: int

    @property
    def words(self) -> str:
        """Return why it was made, in words."""
        return _WORDS.get(self.reason, "升级前")

    @property
    def by_hand(self) -> bool:
        """Tell whether someone asked for it; such a backup is never removed by the program."""
        return self.reason == BY_HAND


def save(db: sqlite3.Connection, folder: Path, reason: str, *, bare: bool = False) -> BackupFile:
    """Copy ``db`` into ``folder/backups``; it is checked, packed, read back and on disk when this returns.

    ``reason`` is one of the above, or ``before-`` and the name of a migration. A ``bare`` one is left to
    :func:`pack_one`, for nobody to wait. Raises KnownError, and leaves no file, when it cannot be written or
    there is no workspace yet.
    """
    must_exist(folder)
    backups = folder / FOLDER
    number = max((kept.number for kept in every(folder)), default=0) + 1
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = backups / f"workspace-{number:05}-{stamp}-{reason}{'.db' if bare else '.zip'}"
    with translated(), disk.writing(target):
        backups.mkdir(paths.OWN_FOLDER, exist_ok=True)
        with disk.draft_in(backups) as copied:
            write_copy(db, copied)
            if bare:
                disk.place(copied, target)
            else:
                _pack(copied, target)
        return _file(target)


def _pack(copied: Path, target: Path) -> None:
    """Pack the checked database ``copied`` into ``target``. Raises KnownError, or errors as they come."""
    from desktop.workspace.file import holdings, packed

    with packed.opened(copied) as db:
        told = packed.About(holdings.told(db), holdings.mark(db))
    with disk.written(target) as draft:
        packed.pack(copied, draft, told)


def must_exist(folder: Path) -> None:
    """Raise KnownError when there is no workspace in ``folder`` yet: backups of nothing look like a loss."""
    if not (folder / DATABASE).exists():
        raise KnownError("还没有工作库，没有可备份的内容。", "填写内容之后再备份。")


def write_copy(db: sqlite3.Connection, path: Path, mode: int = paths.OWN_FILE) -> None:
    """Write a checked copy of ``db`` to the new file ``path``, sealed as it is.

    Raises KnownError, or errors as they come.
    """
    path.touch(mode, exist_ok=False)
    with closing(create(path, db)) as target:
        target.execute(
            "PRAGMA journal_mode = OFF"
        )  # a draft: checked here, synced or thrown away by the caller
        copy(db, target)
        (verdict,) = target.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged()
    seal.put(path)


def automatic(db: sqlite3.Connection, folder: Path) -> BackupFile | None:
    """Save a backup if anything but settings changed since the newest one, and thin out the old ones.

    To be called on start; packs one of those that earlier programs left unpacked. Returns None when nothing
    changed. Raises KnownError when it cannot be written; the workspace is as good as before then, and the
    program can go on with a warning.
    """
    kept = every(folder)
    saved = None
    try:
        if not kept or not _same(db, kept[0].path):
            saved = save(db, folder, START)
            prune(folder)
        pack_one(folder)
    except KnownError as error:
        raise KnownError(
            f"启动时的自动备份没有完成，程序可以照常使用：{error.message}", error.hint
        ) from error
    return saved


def pack_one(folder: Path) -> BackupFile | None:
    """Pack the newest whole backup that lies unpacked and that nobody made by hand; None when there is none.

    It keeps its number, its date and its reason. Raises KnownError, and leaves it as it is, when the disk
    refuses.
    """
    for file in every(folder):
        if file.by_hand or file.path.suffix != ".db" or not _whole(file.path):
            continue
        target = file.path.with_suffix(".zip")
        with translated(), disk.writing(target):
            _pack(file.path, target)
            with suppress(OSError):  # held by somebody just now: the next start packs it again
                file.path.unlink()
            return _file(target)
    return None


def every(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups of the workspace in ``folder``, newest first. Other files are passed over."""
    found = []
    with translated():
        for path in (folder / FOLDER).glob("workspace-*"):
            with suppress(ValueError):
                found.append(_file(path))
    return tuple(sorted(found, key=lambda file: (file.number, file.at, file.path.name), reverse=True))


def newest_whole(files: Sequence[BackupFile]) -> BackupFile | None:
    """Return the first of ``files`` that is not damaged, None when none is whole."""
    return next((file for file in files if _whole(file.path)), None)


def prune(folder: Path) -> tuple[Path, ...]:
    """Remove the backups that are no longer needed and return their paths.

    Kept are those :func:`wanted`, and the newest that is not damaged. One that cannot be removed just now
    stays until the next time.
    """
    files = every(folder)
    with translated():
        room = max(int((folder / DATABASE).stat().st_size * ROOM), LEAST_ROOM)
    kept = wanted(files, room)
    surplus = [file for file in files if file not in kept]
    whole = newest_whole(files) if surplus else None
    removed = []
    for file in surplus:
        if whole is not None and file is not whole:
            with suppress(OSError):
                file.path.unlink()
                removed.append(file.path)
    return tuple(removed)


def wanted(files: Sequence[BackupFile], room: int = LEAST_ROOM) -> set[BackupFile]:
    """Return those of ``files``, newest first, that :func:`prune` keeps when all of them are good.

    All made by hand; of the others the newest NEWEST made on start, the newest NEWEST made before something,
    the newest of each of the DAYS most recent days that have one and of each of the WEEKS most recent weeks.
    Where these take more than ``room`` bytes, they are kept by turns, the newest of each kind first, as long
    as there is room, and LEAST_TURNS of each in any case.
    """
    made = [file for file in files if not file.by_hand]
    days: dict[object, BackupFile] = {}
    weeks: dict[object, BackupFile] = {}
    for file in made:
        days.setdefault(file.at.date(), file)
        weeks.setdefault(file.at.isocalendar()[:2], file)
    kinds = (
        [file for file in made if file.reason == START][:NEWEST],
        [file for file in made if file.reason != START][:NEWEST],
        list(days.values())[:DAYS],
        list(weeks.values())[:WEEKS],
    )
    kept: set[BackupFile] = set()
    taken = 0
    for turn, each in enumerate(zip_longest(*kinds)):
        for file in each:
            if file is None or file in kept:
                continue
            size = file.size if file.path.suffix == ".zip" else int(file.size * PACKED_TO)
            if turn < LEAST_TURNS or taken + size <= room:
                kept.add(file)
                taken += size
    return kept | {file for file in files if file.by_hand}


def _file(path: Path) -> BackupFile:
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(path.name)
    number, stamp, reason = match.groups()
    at = datetime.fromisoformat(stamp.replace("-", "T"))
    return BackupFile(path, int(number or 0), at, reason, path.stat().st_size)


def _whole(path: Path, *, thorough: bool = True) -> bool:
    """Tell whether a backup is whole; a packed one by its checksums, else by its pages, ``thorough`` or not.

    What is packed was checked before, and is byte for byte what it was.
    """
    from desktop.workspace.file import packed

    try:
        if packed.is_packed(path):
            return packed.is_whole(path)
        if seal.is_broken(path):
            return False
        with packed.opened(path) as db, translated():
            check = "integrity_check" if thorough else "quick_check"
            return bool(db.execute(f"PRAGMA {check}(1)").fetchone() == ("ok",))
    except KnownError:
        return False


def _same(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the backup at ``path`` is whole and holds the rows that ``db`` holds, settings apart."""
    from desktop.workspace.file import holdings, packed

    if not _whole(path, thorough=False):
        return False
    told = packed.about(path)
    if told is None:
        with packed.opened(path) as saved:
            return holdings.told(saved) == holdings.told(db) and holdings.mark(saved) == holdings.mark(db)
    return told.holdings == holdings.told(db) and told.mark == holdings.mark(db)
