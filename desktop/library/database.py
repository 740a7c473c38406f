"""The one database that searches run over: ``library.db``, built from the program's and the user's notices.

Without notices of the user's own it is the bundled ``measures.db``, and nothing is written. Otherwise it is
built when it is missing, damaged, of another version, or from other files than those that lie there;
``library.json`` beside it says which files and which bytes were seen last, so that looking at their sizes
and times is enough while nothing changes. Where it cannot be written it is built in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop import disk, paths
from desktop.catalogue import bundled, notice_files, store
from desktop.errors import KnownError
from desktop.library import folders, moves
from desktop.library.folders import own_keys
from desktop.library.index_opened import LibraryIndex, open_bundled

DATABASE, STAMP = "library.db", "library.json"


def opened_index(workspace: Path) -> LibraryIndex:
    """Open the library of a workspace, which has a folder of notices.

    Raises :class:`KnownError` when not even the program's own notices can be opened.
    """
    unfinished = _settled(workspace)
    used = folders.used(workspace, own_keys())
    held = folders.held(workspace)
    if not held:
        own, wrong = open_bundled()
        return LibraryIndex(own, used.out_of_use, _lines(wrong, unfinished, used.warning))
    try:
        db, told = _library(workspace, held)
    except (KnownError, sqlite3.Error, OSError) as error:
        import logging

        log = logging.getLogger(__name__)
        if not log.hasHandlers():
            log.addHandler(logging.NullHandler())  # without any, Python writes to stderr
        log.warning("the library cannot be built", exc_info=True)
        reason = error.message if isinstance(error, KnownError) else str(error)
        told = f"发文库打不开，现在只有程序自带的发文可用。您录入的发文和填报的内容没有受影响。原因：{reason}"
        own, wrong = open_bundled()
        return LibraryIndex(own, frozenset(), _lines(wrong, told))
    return LibraryIndex(db, used.out_of_use, _lines(unfinished, used.warning, told))


def _lines(*told: str) -> str:
    return "\n".join(filter(None, told))


def build(held: Sequence[Path], out: Path) -> tuple[str, list[str]]:
    """Build ``out`` from the program's notices and those in the folders ``held``.

    Returns the digest of what it was built from, and sentences about folders that could not be read and are
    left out. Raises :class:`KnownError` when it cannot be written.
    """
    from desktop.catalogue import build as building
    from desktop.catalogue import notice_folder, papers

    read: list[notice_folder.Read] = []
    unread = []
    own = building.own(paths.resources() / "notices")
    numbers = {papers.numbered(parsed.notice.number): parsed.notice.key for parsed, _ in own}
    for folder in held:
        if folder.name in own_keys():
            unread.append(f"发文“{folder.name}”是程序自带的，文件夹里的这一份没有列入：{folder}")
            continue
        try:
            found = notice_folder.read(folder, own=False)
        except KnownError as error:
            unread.append(f"发文“{folder.name}”读不出来，没有列入：{error.message}")
            continue
        number = papers.numbered(found[0].notice.number)
        if number is not None and number in numbers:
            unread.append(f"发文“{folder.name}”与“{numbers[number]}”文号相同，没有列入：{folder}")
            continue
        numbers[number] = folder.name
        read.append(found)
    sources = _digest(held)
    building.build_library(paths.resources() / "notices", read, out, sources)
    return sources, unread


def forget(workspace: Path) -> None:
    """Remove what was built, where that can be done: it is built again when it is opened next."""
    for name in (DATABASE, STAMP):
        with suppress(OSError):
            (workspace / name).unlink(missing_ok=True)


def stamp(workspace: Path, held: Sequence[Path], sources: str, unread: Sequence[str]) -> None:
    """Write down which files the database in its place was built from, where that can be written."""
    place = workspace / DATABASE
    with suppress(OSError):
        told = {
            "sources": sources,
            "files": _signature(held),
            "database": _state(place),
            "sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
            "unread": list(unread),
        }
        with disk.written(workspace / STAMP) as draft:
            draft.touch(paths.OWN_FILE)
            draft.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def _settled(workspace: Path) -> str:
    """Finish a change of the notices that was decided and not finished; return what is against it."""
    try:
        moves.settle(folders.root(workspace))
    except KnownError as error:
        return error.message
    return ""


def _library(workspace: Path, held: Sequence[Path]) -> tuple[sqlite3.Connection, str]:
    """Return the database, built if need be, and what is to be said about it."""
    place = workspace / DATABASE
    known = _known(workspace)
    with suppress(KnownError, sqlite3.Error, OSError, KeyError, TypeError):
        seen = known["files"] == _signature(held) and known["database"] == _state(place)
        if not seen:
            same = known["sources"] == _digest(held)
            if not same or known["sha256"] != hashlib.sha256(place.read_bytes()).hexdigest():
                raise KeyError(place)
        db = store.open_library(place)
        if not seen:
            stamp(workspace, held, known["sources"], known["unread"])
        return db, "\n".join(known["unread"])
    try:
        disk.sweep(workspace, disk.DEAD_AFTER)
        sources, unread = build(held, place)
    except KnownError:
        return _built_in_memory(held)
    stamp(workspace, held, sources, unread)
    return store.open_library(place), "\n".join(unread)


def _built_in_memory(held: Sequence[Path]) -> tuple[sqlite3.Connection, str]:
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / DATABASE
        _, unread = build(held, path)
        return store.in_memory(path.read_bytes()), "\n".join(unread)


def _known(workspace: Path) -> dict[str, Any]:
    try:
        told = json.loads((workspace / STAMP).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _digest(held: Sequence[Path]) -> str:
    """Return a hash over the program's own notices, the schema and the files of the user's."""
    parts = (bundled.SHA256, str(store.SCHEMA_VERSION), notice_files.digest(held))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _signature(held: Sequence[Path]) -> str:
    """Return what is seen of the same from outside: the files with their sizes and times."""
    seen = [bundled.SHA256, str(store.SCHEMA_VERSION)]
    for folder in held:
        states = _states(folder)
        seen += [f"{folder.name}/{name} {states.get(name, [])}" for name in notice_files.FILES]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def _states(folder: Path) -> dict[str, list[int]]:
    """Return the states of the files in a folder; it is read at once, for there may be hundreds."""
    with suppress(OSError), os.scandir(folder) as found:
        states = ((entry.name, entry.stat()) for entry in found if entry.name in notice_files.FILES)
        return {name: [seen.st_size, seen.st_mtime_ns] for name, seen in states}
    return {}


def _state(path: Path) -> list[int]:
    try:
        seen = path.stat()
    except OSError:
        return []
    return [seen.st_size, seen.st_mtime_ns]
