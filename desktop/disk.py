"""Files copied whole or not at all: written beside the target, brought to disk, moved into place."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import IO

from desktop.errors import KnownError
from desktop.paths import OWN_FILE, OWN_FOLDER

PART = ".part"  # the end of the name of a file that is being written; of no worth once the program is gone
DEAD_AFTER = 3600  # seconds: nothing that this program writes takes as long without a byte
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # in names of files, by Windows
_DRAFT = re.compile(rf"\.[0-9a-f]{{12}}{re.escape(PART)}")
_PIECE = 1 << 20
_UNKNOWN_CALL = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EACCES, errno.EPERM})
NOTHING_CHANGED = "原有文件没有改动。"
_STILL_THERE = "请检查 U 盘或网络盘是否仍然连接"
_OWNER_FILES = ("~${}", ".~lock.{}#", ".~{}")  # beside an open file: Excel and WPS; LibreOffice; WPS on Linux
_WENT_AWAY = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN)
_BY_SQLITE_CODE = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}


class TooLargeError(Exception):
    """The file has more bytes than were allowed."""


@contextlib.contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """Yield the path of a new file in ``folder``, and remove that file when the block ends."""
    draft = folder / f".{secrets.token_hex(6)}{PART}"
    try:
        yield draft
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def place(draft: Path, target: Path) -> None:
    """Bring ``draft`` to disk and move it onto ``target`` on the same disk, in one step.

    Raises OSError as it comes.
    """
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)


@contextlib.contextmanager
def folder_in(folder: Path) -> Iterator[Path]:
    """Yield a new folder in ``folder``, and remove it with all that is in it when the block ends."""
    draft = folder / f".{secrets.token_hex(6)}{PART}"
    draft.mkdir(OWN_FOLDER)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sweep(folder: Path, idle: float = 0) -> None:
    """Remove what a killed program left half written in ``folder``; what cannot be removed stays.

    Where nobody keeps others out, only what was not written to for ``idle`` seconds is a dead program's.
    """
    with contextlib.suppress(OSError):
        for draft in folder.glob(f".*{PART}"):
            if not _DRAFT.fullmatch(draft.name) or time.time() - draft.stat().st_mtime < idle:
                continue
            if draft.is_dir():
                shutil.rmtree(draft, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    draft.unlink()


@contextlib.contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield the path of a new file beside ``target``; :func:`place` it there when the block ends well.

    If the block raises, nothing is left of the new file and ``target`` stays as it was.
    """
    with draft_in(target.parent) as draft:
        yield draft
        place(draft, target)


@contextlib.contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """Yield a new, empty file that becomes ``path``, which the user asked for, as in :func:`written`.

    Missing folders are made. Raises KnownError for what :func:`ensure_free` finds in the way and for every
    ``OSError``, also for those of the block, which should only write the file.
    """
    ensure_free(path)
    with writing(path):
        _make_folder(path.parent)
        sweep(path.parent, DEAD_AFTER)
        with written(path) as draft:
            _begin(draft)
            yield draft


def ensure_free(path: Path) -> None:
    """Check that ``path`` can be replaced: no folder, not open in a spreadsheet program, not read-only.

    A path where nothing is yet passes. Raises KnownError saying what is in the way.
    """
    with writing(path):
        if path.is_dir():
            raise KnownError(
                f"“{path.name}”是一个文件夹，不能写成文件。{NOTHING_CHANGED}", "请换一个文件名。"
            )
        if not path.exists():
            return
        for pattern in _OWNER_FILES:
            owner = path.with_name(pattern.format(path.name))
            if owner.exists():
                raise KnownError(
                    f"“{path.name}”正被其他程序打开，没有写入。{NOTHING_CHANGED}",
                    f"请先在 Excel/WPS 中关闭该文件，再试一次。如确已关闭，请删除旁边的“{owner.name}”。",
                )
        with path.open("r+b"):
            pass


def pieces(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """Read ``file``, which was opened at ``path``, to its end. Raises KnownError when it cannot be read."""
    while True:
        with reading(path):
            piece = file.read(_PIECE)
        if not piece:
            return
        yield piece


def pour(source: Iterable[bytes], target: IO[bytes] | None = None, limit: int = -1) -> tuple[str, int]:
    """Take in all of ``source``, into ``target`` if there is one; return its SHA-256 and size in bytes.

    Raises TooLargeError as soon as more than ``limit`` bytes have come; -1 is no limit.
    """
    digest = hashlib.sha256()
    size = 0
    for piece in source:
        size += len(piece)
        if 0 <= limit < size:
            raise TooLargeError
        digest.update(piece)
        if target is not None:
            target.write(piece)
    return digest.hexdigest(), size


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's content. Raises OSError or KnownError when it cannot be read."""
    with path.open("rb") as file:
        return pour(pieces(file, path))[0]


def allowed_name(words: str) -> str:
    """Return ``words`` with ``_`` for each character that a file's name may not have on Windows."""
    return _FORBIDDEN.sub("_", words)


def numbered(name: str) -> Iterator[str]:
    """Yield ``name``, then 名（2）.pdf, 名（3）.pdf and so on."""
    stem, dot, ending = name.rpartition(".") if "." in name.lstrip(".") else (name, "", "")
    yield name
    for number in count(2):
        yield f"{stem}（{number}）{dot}{ending}"


def free_path(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` for ``name`` at which nothing is yet."""
    return next(p for p in map(folder.joinpath, numbered(name)) if not p.exists() and not p.is_symlink())


def new_own(path: Path) -> IO[bytes]:
    """Open the new file ``path``, for its owner alone, to be written. Raises OSError as it comes."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, OWN_FILE), "wb")


def went_away(folder: Path) -> bool:
    """Tell whether the disk under ``folder`` answers no more: a file is written there, synced and removed."""
    try:
        with draft_in(folder) as draft, new_own(draft) as file:
            file.write(b"?")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno in _WENT_AWAY
    return False


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk, where there is a call for it: Windows does that by itself."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _UNKNOWN_CALL:
            raise


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says against reading ``path`` within the block into a KnownError."""
    try:
        yield
    except OSError as error:
        raise KnownError(*_not_read(error, path)) from error


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system or SQLite says against writing ``path``, outside the workspace, into a KnownError.

    SQLite failures that are not about a disk pass through.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        code = _BY_SQLITE_CODE.get(error.sqlite_errorcode & 0xFF)
        if code is None:
            raise
        raise explain(OSError(code, os.strerror(code)), path) from error
    except OSError as error:
        raise explain(error, path) from error


def explain(error: OSError, path: Path) -> KnownError:
    """Return what ``error`` means to someone who wanted to write ``path``."""
    name, folder = path.name, path.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            told = f"磁盘空间不足，“{name}”没有写成。", "请清理磁盘，或换一个位置。"
        case errno.EFBIG:
            told = f"“{name}”超过了这个磁盘允许的文件大小，没有写成。", "请换一个位置。"
        case errno.EROFS:
            told = f"该磁盘是只读的，“{name}”没有写成。", "请换一个位置。"
        case errno.ENAMETOOLONG:
            told = "文件名或路径太长，没有写成。", "请缩短文件名，或换一个位置。"
        case errno.ENOENT | errno.ENODEV | errno.ENXIO:
            told = f"找不到文件夹“{folder}”。", f"{_STILL_THERE}。"
        case errno.ENOTDIR | errno.EEXIST:
            told = f"“{folder}”不是文件夹。", "请另选一个文件夹。"
        case errno.EISDIR:
            told = f"“{name}”的位置被一个文件夹占着，没有写成。", "请换一个文件名或位置。"
        case errno.EACCES | errno.EPERM if locked := _locked_folder(path):
            told = (
                f"没有权限写入文件夹“{locked}”，没有写入。",
                "请让管理员允许写入这个文件夹，或换一个能写的位置，再试一次。",
            )
        case errno.EACCES | errno.EPERM:
            told = (
                f"“{name}”正被其他程序打开，或者没有权限改写，没有写入。",
                "请先在 Excel/WPS 等程序中关闭该文件，再试一次；仍不成功，请换一个文件名或位置。",
            )
        case code if code in _WENT_AWAY:
            told = f"磁盘或 U 盘可能已断开，“{name}”没有写成。", f"{_STILL_THERE}，或换一个位置再试。"
        case _:
            told = f"“{name}”没有写成（{_reason(error)}）。", "请换一个位置再试。"
    return KnownError(f"{told[0]}{NOTHING_CHANGED}", told[1])


def _locked_folder(path: Path) -> Path | None:
    """Return the folder that refuses whoever writes ``path``, None where it is not known to."""
    found = next((each for each in (path, *path.parents) if os.path.isdir(each)), None)  # noqa: PTH112 (never raises)
    as_now = os.access in os.supports_effective_ids
    return found if found and not os.access(found, os.W_OK, effective_ids=as_now) else None


def unforeseen(error: BaseException) -> KnownError | None:
    """Return what to say of an error that nobody put in words where it came up; None when it is a bug.

    A place without rights, or one that went away, is no mistake of the program, wherever it is looked at.
    """
    if not isinstance(error, OSError) or not isinstance(error.filename, str | bytes):
        return None
    name = os.fsencode(error.filename).decode("utf-8", "replace")
    unharmed = "本次操作没有完成，已保存的内容不受影响。"
    if error.errno in (errno.EACCES, errno.EPERM):
        return KnownError(f"没有权限读写“{name}”，{unharmed}", "请检查这个文件或文件夹的权限，或换一个位置。")
    if error.errno in _WENT_AWAY:
        return KnownError(f"磁盘或 U 盘可能已断开，“{name}”读写不了，{unharmed}", f"{_STILL_THERE}。")
    return None


def _make_folder(folder: Path) -> None:
    with _allowed_in(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _begin(draft: Path) -> None:
    """Create the empty file ``draft``."""
    with _allowed_in(draft.parent):
        draft.touch(exist_ok=False)


@contextlib.contextmanager
def _allowed_in(folder: Path) -> Iterator[None]:
    """Name the folder in which nothing may be made, rather than the file that was to be made."""
    try:
        yield
    except PermissionError as error:
        raise KnownError(
            f"没有权限在文件夹“{folder}”中写文件。{NOTHING_CHANGED}", "请另选一个文件夹，例如“文档”。"
        ) from error


def _not_read(error: OSError, path: Path) -> tuple[str, str]:
    nothing = "没有改动任何内容。"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return (
            f"找不到文件“{path.name}”，{nothing}",
            "请检查文件名；在 U 盘或网络盘上的，请检查是否仍然连接。",
        )
    if isinstance(error, PermissionError):
        return (
            f"“{path.name}”正被其他程序打开，或者没有读取权限，{nothing}",
            "请先在 Excel/WPS 等程序中关闭该文件，再试一次。",
        )
    if error.errno in _WENT_AWAY:
        return f"磁盘或 U 盘可能已断开，“{path.name}”读不出来，{nothing}", f"{_STILL_THERE}，再试一次。"
    if error.errno == errno.ELOOP:
        return f"“{path.name}”是一个指向自身的链接，{nothing}", "请选择文件本身。"
    return f"“{path.name}”读不出来（{_reason(error)}），{nothing}", "请把文件复制到本机后再试。"


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
