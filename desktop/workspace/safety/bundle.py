"""备份到文件: the workspace as one file to take along, with its 佐证材料 or without.

A name that ends in ``.zip`` makes a package: ``workspace.db``, ``evidence/`` and the user's ``notices/`` as
they lie in the workspace. Any other name makes a copy of the database alone, which every SQLite tool reads.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path

from desktop import disk
from desktop.errors import KnownError
from desktop.library import carried
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.file import backup, store
from desktop.workspace.file.backup import DATABASE
from desktop.workspace.file.transaction import translated


@dataclass(frozen=True, slots=True)
class Bundle:
    """A backup that was written to ``path``.

    ``packed`` counts the contents of 佐证材料 in it, ``left_out`` those that it could have held and does not;
    ``absent`` names those that are missing or altered in the workspace itself.
    """

    path: Path
    size: int
    packed: int
    left_out: int
    absent: tuple[str, ...]


def save(db: sqlite3.Connection, folder: Path, target: Path) -> Bundle:
    """Write a checked backup of the workspace in ``folder`` to ``target``; a package if it ends in .zip.

    Missing folders are made, and what was at ``target`` is replaced in one step. Raises KnownError, and
    changes nothing, when it cannot be written, is the workspace itself or there is no workspace yet.
    """
    if target.resolve().parent == folder.resolve() and target.name.startswith(DATABASE):
        raise KnownError(
            f"“{target.name}”是正在使用的工作库自己的文件，没有备份，没有改动任何内容。",
            "请换一个文件名或位置。",
        )
    backup.must_exist(folder)
    wanted = {one.stored.place: one for one in attached.every(db, removed=True)}
    packs = target.suffix.lower() == ".zip"
    states = attached.check(folder, wanted.values(), thorough=packs)  # what rotted is not packed as good
    good = [one for one in wanted.values() if states[one.id] is State.OK]
    absent = tuple(one.name for one in wanted.values() if states[one.id] is not State.OK)
    with translated(), disk.writing(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.sweep(target.parent, disk.DEAD_AFTER)
        with disk.written(target) as draft:
            if packs:
                _pack(db, folder, draft, [one.stored.place for one in good])
            else:
                backup.write_copy(db, draft, mode=0o666)  # as the umask has it
        size = target.stat().st_size
    return Bundle(target, size, len(good) if packs else 0, 0 if packs else len(good), absent)


def _pack(db: sqlite3.Connection, folder: Path, draft: Path, places: list[str]) -> None:
    """Write the package and read all of it back. Raises OSError or KnownError."""
    with zipfile.ZipFile(
        draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
    ) as package:
        with disk.draft_in(draft.parent) as copied:
            backup.write_copy(db, copied)
            package.write(copied, DATABASE)
        for place in places:  # pictures, PDF and Office files are compressed already
            name = f"{store.FOLDER}/{place}"
            package.write(folder / store.FOLDER / place, name, zipfile.ZIP_STORED)
        for name, path in carried.held(folder):
            package.write(path, name)
    with zipfile.ZipFile(draft) as package:
        if package.testzip() is not None:
            raise OSError("the package reads back otherwise than it was written")
