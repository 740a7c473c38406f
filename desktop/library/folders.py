"""Where the user's notices lie: ``notices/<key>/`` beside the workspace, and which of them are in use."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop import disk, paths
from desktop.catalogue.notice_files import FILES, SOURCE, STRUCTURE
from desktop.errors import KnownError
from desktop.library.index_opened import NOTICES
from desktop.paths import OWN_FILE, OWN_FOLDER

REMOVED, IN_USE = "removed", "in_use.json"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Used:
    """Which notices are 已停用; what is not named is 在用. ``warning`` says what is wrong with the file."""

    out_of_use: frozenset[str] = frozenset()
    warning: str = ""


def root(workspace: Path) -> Path:
    """Return the folder of a workspace's notices, which may not be there."""
    return workspace / NOTICES


def held(workspace: Path) -> list[Path]:
    """Return the folders of the user's notices, in the order of their keys, also those that lack files."""
    try:
        found = [path for path in root(workspace).iterdir() if _KEY.fullmatch(path.name)]
        filled = (path for path in found if any((path / name).is_file() for name in FILES))
        return sorted(filled, key=lambda path: path.name)
    except OSError:
        return []


def removed(workspace: Path) -> list[Path]:
    """Return the folders of notices that were taken out of the library, in the order of their names."""
    try:
        return sorted(path for path in (root(workspace) / REMOVED).iterdir() if (path / SOURCE).is_file())
    except OSError:
        return []


def state(workspace: Path) -> tuple[tuple[tuple[str, int], ...], frozenset[str] | None]:
    """Return what is another as soon as another program changes which notices there are, or are in use."""
    found = []
    for folder in held(workspace):
        with suppress(OSError):
            found.append((folder.name, folder.stat().st_mtime_ns))
    return tuple(found), written_out_of_use(workspace)


def called(folder: Path) -> str:
    """Return the 文号 or title of the notice in a folder, the folder's name where it cannot be read."""
    try:
        head = json.loads((folder / STRUCTURE).read_text("utf-8"))["head"]
        return str(head["number"] or head["title"]) or folder.name
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return folder.name


def own_keys() -> list[str]:
    """Return the keys of the notices that the program came with."""
    return sorted(path.name for path in (paths.resources() / "notices").iterdir() if path.is_dir())


def used(workspace: Path, own: Sequence[str]) -> Used:
    """Return which notices are in use; all of them where nothing is written down, or it cannot be read.

    All are, too, where none of the program's ``own`` and of the user's would be left.
    """
    out = written_out_of_use(workspace)
    if out is None:
        told = f"哪些发文在用的记录读不出来，已按全部在用处理：{root(workspace) / IN_USE}"
        return Used(warning=told)
    if out.issuperset(own) and out.issuperset(folder.name for folder in held(workspace)):
        return Used(warning="没有一份发文在用，已按全部在用处理。")
    return Used(out)


def written_out_of_use(workspace: Path) -> frozenset[str] | None:
    """Return which notices are written down as 已停用, None where what is written cannot be read."""
    try:
        told = json.loads((root(workspace) / IN_USE).read_text("utf-8"))
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])
        if not isinstance(told["out_of_use"], list):
            raise TypeError(told["out_of_use"])
        return frozenset(map(_key, told["out_of_use"]))
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def put_used(workspace: Path, out_of_use: Collection[str]) -> None:
    """Write down which notices are 已停用. Raises KnownError when it cannot be written."""
    path = root(workspace) / IN_USE
    text = json.dumps({"format": _FORMAT, "out_of_use": sorted(out_of_use)}, ensure_ascii=False, indent=1)
    with disk.writing(path):
        path.parent.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        with disk.written(path) as draft:
            draft.touch(OWN_FILE)
            draft.write_text(f"{text}\n", "utf-8")


def known(workspace: Path, own: Sequence[str], key: str) -> None:
    """Raise KnownError unless ``key`` is that of a notice of the program's ``own`` or of the user's."""
    keys = [*own, *(path.name for path in held(workspace))]
    if key not in keys:
        raise KnownError(f"发文库中没有代号为“{key}”的发文。", f"现有的代号：{'、'.join(keys)}。")


def _key(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
