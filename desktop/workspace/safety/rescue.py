"""A workspace that cannot be opened because it is damaged or gone: what can be offered instead.

Looking is all that :func:`offer` does: the damaged file is read without its journal being settled and without
a lock, and stays as it is until someone accepts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import DamagedError, KnownError
from desktop.workspace import words
from desktop.workspace.file import backup, packed, seal, store
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.file.cipher import PassphraseError
from desktop.workspace.file.connection import connect
from desktop.workspace.file.inspection import inspect
from desktop.workspace.file.migrations import STEPS, Step
from desktop.workspace.file.transaction import translated
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.safety import restore

_READ = "SELECT id, at, person, source, unit_key, measure_key, field, before, after FROM changes"

# what a view or a virtual table of that name would do is not ours to find out
_IS_TABLE = "SELECT 1 FROM sqlite_master WHERE name = 'changes' AND sql LIKE 'CREATE TABLE%'"


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about a damaged workspace.

    ``problem`` says what is wrong with it. ``backup`` is the newest good one, None when there is none.
    ``missing`` are the changes that can still be read in the damaged file and are not, or not so, in the
    backup, oldest first; ``readable`` is false when not all of its changes can be read: then there may be
    more. ``last_written`` is the file's time, None when it is gone.
    """

    folder: Path
    problem: DamagedError
    backup: BackupFile | None
    missing: tuple[Change, ...]
    readable: bool
    last_written: datetime | None

    @property
    def words(self) -> str:
        """Return what would be missing after accepting, in a sentence."""
        if self.backup is None:
            return "没有找到完好的备份。"
        taken = f"最近的完好备份：{words.moment(self.backup.at)}（{self.backup.words}）。"
        if self.missing:
            more = "" if self.readable else "（损坏的部分读不出来，可能还有别的）"
            return f"{taken}恢复后会缺少此后的{len(self.missing)}处改动{more}。"
        if self.readable:
            return f"{taken}其中没有缺少任何改动。"
        written = f"损坏的文件最后写于{words.moment(self.last_written)}，" if self.last_written else ""
        return f"{taken}{written}备份之后的改动读不出来，恢复后会缺少。"


def offer(folder: Path, steps: Sequence[Step] = STEPS, *, known_only: bool = False) -> Offer | None:
    """Return what can be done about the workspace in ``folder``; None when it is not damaged.

    Changes nothing. Raises PassphraseError for a backup that no passphrase opens which was offered, unless
    only the ``known_only`` are to be looked at; KnownError when the folder cannot be read or the workspace is
    newer than this program.
    """
    try:
        store.open_for_reading(folder, steps).close()
        return None
    except DamagedError as damage:
        problem = damage
    good = _newest_good(folder, steps, known_only=known_only)
    missing, readable = _missing(folder / store.DATABASE, good)
    return Offer(folder, problem, good, missing, readable, _time(folder / store.DATABASE))


def accept(offered: Offer, *, by: str, at: datetime, steps: Sequence[Step] = STEPS) -> restore.Restored:
    """Restore the backup that was offered; the damaged file is moved to ``damaged/`` as it is.

    Raises KnownError, and changes nothing, when there is no backup or it cannot be restored any more.
    """
    if offered.backup is None:
        raise KnownError("没有完好的备份可以恢复，没有改动任何内容。", "如有另存的备份文件，请从它恢复。")
    return restore.at_rest(offered.folder, offered.backup.path, by=by, at=at, steps=steps)


def _newest_good(folder: Path, steps: Sequence[Step], *, known_only: bool) -> BackupFile | None:
    for file in backup.every(folder):
        if not packed.is_packed(file.path) and seal.is_broken(file.path):
            continue
        try:
            with packed.opened(file.path) as db:
                inspect(db, steps)
        except PassphraseError:
            if not known_only:  # whoever knows it may have a newer one than what follows
                raise
            continue
        except KnownError:
            continue
        return file
    return None


def _missing(path: Path, good: BackupFile | None) -> tuple[tuple[Change, ...], bool]:
    """Return the changes that the damaged file has and the backup has not, and whether all could be read."""
    if not path.exists():
        return (), False
    kept: dict[int, int] = {}  # a history is long, and one of the two is enough to hold
    missing: dict[int, Change] = {}

    def keep(row: tuple[Any, ...]) -> None:
        kept[row[0]] = hash(row)

    def miss(row: tuple[Any, ...]) -> None:
        if kept.get(row[0]) != hash(row):
            number, at, person, source, unit, measure, field, before, after = row
            missing[number] = Change(number, at, person, source, ItemKey(unit, measure), field, before, after)

    if good is not None:
        with suppress(KnownError), packed.opened(good.path) as db:
            _read(db, keep)
    whole = False
    with suppress(KnownError, sqlite3.Error), closing(connect(path, "immutable=1")) as db, translated():
        whole = _read(db, miss)
    return tuple(missing[number] for number in sorted(missing)), whole


def _read(db: sqlite3.Connection, take: Callable[[tuple[Any, ...]], None]) -> bool:
    """Give ``take`` what can be read of the changes, from both ends; return whether those are all.

    Changes that came to nothing are among them: ids count up without a gap, and so one can tell.
    """
    found: set[int] = set()
    if db.execute(_IS_TABLE).fetchone() is None:
        return False
    for order in ("", " DESC"):
        with suppress(KnownError, sqlite3.Error), translated():
            for row in db.execute(f"{_READ} ORDER BY id{order}"):
                if not isinstance(row[0], int) or not all(isinstance(text, str) for text in row[1:]):
                    break
                if row[0] in found:
                    continue
                found.add(row[0])
                take(row)
            else:
                break
    (last,) = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone() or (0,)
    return len(found) == last


def _time(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OSError, OverflowError, ValueError):  # gone, or written by a clock that is far off
        return None
