"""Whole, verified copies of the workspace in ``backups/`` beside it, numbered, dated and thinned out.

The number orders them: a clock that was set back misleads no one, and thinning looks at the order and at
which backups share a day, never at how long ago a day is.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop import disk, paths
from desktop.errors import KnownError
from desktop.workspace.file import seal
from desktop.workspace.file.connection import connect, copy, uri
from desktop.workspace.file.transaction import damaged, translated

DATABASE = "workspace.db"
FOLDER = "backups"

START = "start"
IMPORT = "before-import"
RESTORE = "before-restore"
RESTORED = "after-restore"
BY_HAND = "by-hand"
_WORDS = {START: "启动时", IMPORT: "导入前", RESTORE: "恢复前", RESTORED: "恢复后", BY_HAND: "手动"}

NEWEST = 10  # kept of those made on start, and as many of those made before something
DAYS = 14  # the newest of each of so many days
WEEKS = 8  # the newest of each of so many weeks

_NAME = re.compile(r"workspace-(?:(\d{5,})-)?(\d{8}-\d{6})-([\w-]+)\.db", re.ASCII)
_UNTOLD = frozenset({"settings"})  # a window's size is no reason for a backup


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


def save(db: sqlite3.Connection, folder: Path, reason: str) -> BackupFile:
    """Copy ``db`` into ``folder/backups``; the copy is checked and on disk when this returns.

    ``reason`` is one of the above, or ``before-`` and the name of a migration. Raises
    KnownError, and leaves no file, when it cannot be written or there is no workspace yet.
    """
    must_exist(folder)
    backups = folder / FOLDER
    number = max((kept.number for kept in every(folder)), default=0) + 1
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = backups / f"workspace-{number:05}-{stamp}-{reason}.db"
    with translated(), disk.writing(target):
        backups.mkdir(paths.OWN_FOLDER, exist_ok=True)
        with disk.written(target) as draft:
            write_copy(db, draft)
        return _file(target)


def must_exist(folder: Path) -> None:
    """Raise KnownError when there is no workspace in ``folder`` yet: backups of nothing look like a loss."""
    if not (folder / DATABASE).exists():
        raise KnownError("还没有工作库，没有可备份的内容。", "填写内容之后再备份。")


def write_copy(db: sqlite3.Connection, path: Path, mode: int = paths.OWN_FILE) -> None:
    """Write a checked copy of ``db`` to the new file ``path``. Raises KnownError, or errors as they come."""
    path.touch(mode, exist_ok=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
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

    To be called on start. Returns None when nothing changed. Raises KnownError when it cannot be written;
    the workspace is as good as before then, and the program can go on with a warning.
    """
    kept = every(folder)
    if kept and _same(db, kept[0].path):
        return None
    try:
        saved = save(db, folder, START)
        prune(folder)
    except KnownError as error:
        raise KnownError(
            f"启动时的自动备份没有做好，程序可以照常使用：{error.message}", error.hint
        ) from error
    return saved


def every(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups of the workspace in ``folder``, newest first. Other files are passed over."""
    found = []
    with translated():
        for path in (folder / FOLDER).glob("workspace-*.db"):
            with suppress(ValueError):
                found.append(_file(path))
    return tuple(sorted(found, key=lambda file: (file.number, file.at, file.path.name), reverse=True))


def newest_whole(files: Sequence[BackupFile]) -> BackupFile | None:
    """Return the first of ``files`` that is not damaged, None when none is whole."""
    return next((file for file in files if _whole(file.path)), None)


def prune(folder: Path) -> tuple[Path, ...]:
    """Remove the backups that are no longer needed and return their paths.

    Kept are: all made by hand; the newest ones (NEWEST on start, NEWEST before something); the newest of
    each of the DAYS most recent days that have one, and of each of the WEEKS most recent weeks; and the
    newest that is not damaged. One that cannot be removed just now stays until the next time.
    """
    files = every(folder)
    kept = wanted(files)
    surplus = [file for file in files if file not in kept]
    whole = newest_whole(files) if surplus else None
    removed = []
    for file in surplus:
        if whole is not None and file is not whole:
            with suppress(OSError):
                file.path.unlink()
                removed.append(file.path)
    return tuple(removed)


def wanted(files: Sequence[BackupFile]) -> set[BackupFile]:
    """Return those of ``files``, newest first, that :func:`prune` keeps when all of them are good."""
    kept = {file for file in files if file.by_hand}
    made = [file for file in files if not file.by_hand]
    for on_start in (True, False):
        kept.update([file for file in made if (file.reason == START) is on_start][:NEWEST])
    days: dict[object, BackupFile] = {}
    weeks: dict[object, BackupFile] = {}
    for file in made:
        days.setdefault(file.at.date(), file)
        weeks.setdefault(file.at.isocalendar()[:2], file)
    kept.update(list(days.values())[:DAYS])
    kept.update(list(weeks.values())[:WEEKS])
    return kept


def _file(path: Path) -> BackupFile:
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(path.name)
    number, stamp, reason = match.groups()
    at = datetime.fromisoformat(stamp.replace("-", "T"))
    return BackupFile(path, int(number or 0), at, reason, path.stat().st_size)


def _whole(path: Path, check: str = "integrity_check") -> bool:
    if seal.is_broken(path):
        return False
    try:
        with closing(connect(path, "immutable=1")) as db, translated():
            return bool(db.execute(f"PRAGMA {check}(1)").fetchone() == ("ok",))
    except KnownError:
        return False


def _same(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the backup at ``path`` is whole and holds the rows that ``db`` holds, settings apart."""
    if not _whole(path, "quick_check"):
        return False
    with translated():
        db.execute("ATTACH ? AS saved", (uri(path, "immutable=1"),))
        try:
            schema = "SELECT name, sql FROM {}.sqlite_master ORDER BY name"
            ours, theirs = (db.execute(schema.format(name)).fetchall() for name in ("main", "saved"))
            tables = db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
            return ours == theirs and all(_same_rows(db, name) for (name,) in tables if name not in _UNTOLD)
        finally:
            db.execute("DETACH saved")


def _same_rows(db: sqlite3.Connection, table: str) -> bool:
    counts, differs = (
        f'SELECT (SELECT count(*) FROM main."{table}") = (SELECT count(*) FROM saved."{table}")',
        f'SELECT EXISTS (SELECT * FROM main."{table}" EXCEPT SELECT * FROM saved."{table}")',
    )
    return bool(db.execute(counts).fetchone() == (1,) and db.execute(differs).fetchone() == (0,))
