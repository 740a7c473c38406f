"""The files of 佐证材料: kept once per content under ``evidence/``, checked, named safely.

A file lies under ``evidence/ab/ab12…/name``, where ``ab12…`` is the SHA-256 of its bytes. The program never
changes or removes it: what was attached once belongs to the history.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop import disk, paths
from desktop.errors import KnownError, RuleError
from desktop.workspace.file.store import FOLDER
from desktop.workspace.file.transaction import translated

LIMIT = 200 * 1024 * 1024  # bytes of one file
_NAME_LENGTH = 60  # characters with the ending, so that the whole path stays under the 260 that Windows takes
_ENDING_LENGTH = 12
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")]
)
_INVISIBLE = frozenset(["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"])
_OURS = ("workspace.db", "workspace.db-journal", "workspace.lock")
_PLACE = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})/([^/\\\x00]+)")
NOWHERE = "-"  # the place of a file that a workspace would have elsewhere than among its 佐证材料
_CLOCK_STEP = 2  # seconds: FAT sticks keep times no finer


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored content: SHA-256, bytes, place relative to ``evidence/``, time of last writing in seconds."""

    sha256: str
    size: int
    place: str
    written: int


class State(StrEnum):
    """How the stored file of a 佐证材料 stands."""

    OK = "完好"
    MISSING = "缺失"
    ALTERED = "内容已改动"


def take_in(folder: Path, path: Path) -> Stored:
    """Copy the file at ``path`` into the workspace in ``folder``.

    Content that is there already is not stored again; a stored file that was altered meanwhile is kept
    beside it. Raises RuleError for what is no file, empty or too large, KnownError when it cannot be read or
    stored; nothing is left behind then.
    """
    with disk.reading(path):
        _must_be_a_document(folder, path)
    evidence = folder / FOLDER
    with translated():
        evidence.mkdir(paths.OWN_FOLDER, exist_ok=True)
        with disk.draft_in(evidence) as draft:
            digest, size = _copy(path, draft)
            place = stored_place(folder, digest) or f"{digest[:2]}/{digest}/{safe_name(path.name)}"
            put(draft, evidence / place, digest)
        return Stored(digest, size, place, int((evidence / place).stat().st_mtime))


def put(draft: Path, target: Path, digest: str) -> bool:
    """Move ``draft``, whose SHA-256 is ``digest``, to its stored place unless a whole one is there already.

    An altered file in its place is renamed, not replaced. Tells whether ``draft`` was needed. Raises OSError.
    """
    if target.exists() and disk.digest_of(target) == digest:
        return False
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(paths.OWN_FOLDER, exist_ok=True)
        disk.sync_folder(folder.parent)
    if target.exists():
        target.rename(disk.free_path(target.parent, f"{target.stem}（改动过）{target.suffix}"))
    disk.place(draft, target)
    with contextlib.suppress(OSError):
        target.chmod(0o400)  # who opens it to read should not save over it
    return True


def is_place(place: str, digest: str) -> bool:
    """Tell whether ``place`` is where a content with this SHA-256 may lie, and nowhere else."""
    found = _PLACE.fullmatch(place)
    return found is not None and found[2] == digest and found[3] not in (".", "..")


def stored_place(folder: Path, digest: str) -> str:
    """Return where the content with this SHA-256 is stored, relative to ``folder/evidence``, or empty."""
    home = folder / FOLDER / digest[:2] / digest
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.is_file() and disk.digest_of(path) == digest:
            return f"{digest[:2]}/{digest}/{path.name}"
    return ""


def state(folder: Path, stored: Stored, *, thorough: bool = False) -> State:
    """Return how a stored content stands in the workspace in ``folder``; what cannot be read is missing.

    A file with the right size that was not written to since it was stored counts as good without being read,
    unless ``thorough``.
    """
    path = folder / FOLDER / stored.place
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return State.MISSING
        if found.st_size != stored.size:
            return State.ALTERED
        if not thorough and abs(found.st_mtime - stored.written) <= _CLOCK_STEP:
            return State.OK
        if disk.digest_of(path) != stored.sha256:
            return State.ALTERED
    except (OSError, KnownError):
        return State.MISSING
    with contextlib.suppress(OSError):  # copied without its time, or read by another clock: quick next time
        os.utime(path, (stored.written, stored.written))
    return State.OK


def shown_name(name: str) -> str:
    """Return a file's own name without what cannot be seen; in one line, as the history keeps it."""
    kept = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _INVISIBLE)
    return kept.strip() or "附件"


def safe_name(name: str, most: int = _NAME_LENGTH) -> str:
    """Return ``name`` as Windows, Linux and sticks all take it: at most ``most`` characters, ending kept."""
    shown = disk.allowed_name(shown_name(name)).rstrip(". ")
    if shown.startswith("."):  # hidden on Linux
        shown = f"附件{shown}"
    stem, dot, ending = shown.rpartition(".")
    if not stem or len(ending) > _ENDING_LENGTH:
        stem, dot, ending = shown, "", ""
    if stem.partition(".")[0].rstrip().upper() in _DEVICES:
        stem = f"_{stem}"
    stem = stem[: most - len(dot) - len(ending)].rstrip(". ")
    return f"{stem}{dot}{ending}" or "附件"


def _must_be_a_document(folder: Path, path: Path) -> None:
    """Raise RuleError for what is no ordinary file with something in it, OSError when it cannot be seen."""
    nothing = "没有附上，没有改动任何内容。"
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise RuleError(f"“{path.name}”是文件夹，{nothing}", "请逐个选择文件，或先压缩成一个文件。")
    if not stat.S_ISREG(found.st_mode):
        raise RuleError(f"“{path.name}”不是普通文件，{nothing}", "请选择文件本身。")
    if found.st_size == 0:
        raise RuleError(f"“{path.name}”是空文件，{nothing}", "请检查文件是否保存完整。")
    if found.st_size > LIMIT:
        raise _too_large(path)
    for name in _OURS:  # also for the sake of their locks, which a second reader in this program would drop
        with contextlib.suppress(OSError):
            if os.path.samestat(found, (folder / name).stat()):
                raise RuleError(f"“{path.name}”是工作库自己的文件，{nothing}", "请选择佐证材料。")


def _copy(path: Path, draft: Path) -> tuple[str, int]:
    """Copy what is to be attached into the new file ``draft``; return its SHA-256 and size."""
    with contextlib.ExitStack() as stack:
        with disk.reading(path):
            source = stack.enter_context(path.open("rb"))
            before = os.fstat(source.fileno())
        target = stack.enter_context(disk.new_own(draft))
        try:
            digest, size = disk.pour(disk.pieces(source, path), target, LIMIT)
        except disk.TooLargeError:
            raise _too_large(path) from None
        after = os.fstat(source.fileno())
    if (before.st_mtime_ns, before.st_size, size) != (after.st_mtime_ns, after.st_size, after.st_size):
        raise KnownError(
            f"“{path.name}”在复制时被改动，没有附上，没有改动任何内容。", "请等它保存完毕，再试一次。"
        )
    with contextlib.suppress(OSError):  # not every disk keeps every time
        os.utime(draft, (after.st_atime, after.st_mtime))
    return digest, size


def _too_large(path: Path) -> RuleError:
    return RuleError(
        f"“{path.name}”超过{LIMIT // 1024**2}MB，没有附上，没有改动任何内容。",
        "请压缩或拆分后再附；很大的录像等，可在工作进展中写明存放位置。",
    )
