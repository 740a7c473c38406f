"""The user's notices as a backup of the workspace carries them, and as they come back with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO

from desktop import disk
from desktop.catalogue import notice_folder
from desktop.errors import KnownError
from desktop.library import folders, moves, pack_names
from desktop.library.links import LINKS
from desktop.paths import OWN_FILE, OWN_FOLDER

_LARGEST = 256 * 1024 * 1024  # bytes of one file
_BESIDE = (LINKS, folders.IN_USE)


def held(workspace: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files to be carried, by the names that they have in a backup: notices/<key>/notice.txt."""
    root = folders.root(workspace)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        name = f"{pack_names.NOTICES}/{path.relative_to(root).as_posix()}"
        if path.is_file() and (pack_names.notice_of(name) or path in [root / each for each in _BESIDE]):
            yield name, path


def bring(
    workspace: Path,
    names: Collection[str],
    opened: Callable[[str], IO[bytes]],
    broken: tuple[type[Exception], ...],
) -> tuple[str, ...]:
    """Put what a backup carries into the library and return the keys of the notices that are new in it.

    What is there stays as it is, and what cannot be read, or is no notice, stays out; ``broken`` is what
    ``opened`` raises then. Raises KnownError when the disk refuses.
    """
    root = folders.root(workspace)
    by_key: dict[str, list[str]] = {}
    for name in names:
        if key := pack_names.notice_of(name):
            by_key.setdefault(key, []).append(name)
    new = [key for key in by_key if not (root / key).exists() and key not in folders.own_keys()]
    beside = [each for each in _BESIDE if _named(each) in names and not (root / each).exists()]
    if not new:
        return ()
    with disk.writing(root):
        root.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
    with moves.staged(root) as staged:
        whole = [
            key for key in new if _take(staged, by_key[key], opened, broken) and _is_notice(staged / key)
        ]
        told = [each for each in beside if _take(staged, [_named(each)], opened, broken)]
        if whole:
            moves.replace(root, [*whole, *told])
    return tuple(whole)


def _named(name: str) -> str:
    return f"{pack_names.NOTICES}/{name}"


def _take(
    staged: Path, names: list[str], opened: Callable[[str], IO[bytes]], broken: tuple[type[Exception], ...]
) -> bool:
    for name in names:
        target = staged.joinpath(*name.split("/")[1:])
        with disk.writing(target):
            target.parent.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
            target.touch(OWN_FILE)
        try:
            with opened(name) as source, disk.writing(target), target.open("wb") as file:
                disk.pour(disk.pieces(source, Path(name)), file, _LARGEST)
        except disk.TooLargeError:
            return False
        except broken:
            return False
    return True


def _is_notice(folder: Path) -> bool:
    try:
        notice_folder.read(folder, own=False)
    except KnownError:
        return False
    return True
