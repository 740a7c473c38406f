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
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import IO

from desktop.errors import KnownError

PART = ".part"  # the end of the name of a file that is being written; of no worth once the program is gone
_DRAFT = re.compile(rf"\.[0-9a-f]{{12}}{re.escape(PART)}")
_PIECE = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
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
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what a killed program left half written in ``folder``; what cannot be removed stays."""
    for draft in folder.glob(f".*{PART}"):
        if not _DRAFT.fullmatch(draft.name):
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


def numbered(name: str) -> Iterator[str]:
    """Yield ``name``, then 名（2）.pdf, 名（3）.pdf and so on."""
    stem, dot, ending = name.rpartition(".") if "." in name.lstrip(".") else (name, "", "")
    yield name
    for number in count(2):
        yield f"{stem}（{number}）{dot}{ending}"


def free_path(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` for ``name`` at which nothing is yet."""
    return next(p for p in map(folder.joinpath, numbered(name)) if not p.exists() and not p.is_symlink())


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk; Windows does that by itself and offers no call for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
        raise KnownError(*_not_written(OSError(code, os.strerror(code)), path)) from error
    except OSError as error:
        raise KnownError(*_not_written(error, path)) from error


def _not_read(error: OSError, path: Path) -> tuple[str, str]:
    nothing = "没有改动任何内容。"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"找不到文件“{path.name}”，{nothing}", "请检查文件名；在U盘或网络盘上的，请检查是否仍然连接。"
    if isinstance(error, PermissionError):
        return (
            f"“{path.name}”正被其他程序打开，或者没有读取权限，{nothing}",
            "请先在 Excel/WPS 等程序中关闭该文件，再试一次。",
        )
    if error.errno == errno.ELOOP:
        return f"“{path.name}”是一个指向自身的链接，{nothing}", "请选择文件本身。"
    return f"“{path.name}”读不出来（{_reason(error)}），{nothing}", "请把文件复制到本机后再试。"


def _not_written(error: OSError, path: Path) -> tuple[str, str]:
    nothing = "工作库和原有文件没有改动。"
    if error.errno in _FULL:
        return f"磁盘空间不足，“{path.name}”没有写成。{nothing}", "请清理磁盘，或换一个位置。"
    if error.errno == errno.EFBIG:
        return f"“{path.name}”超过了这个磁盘允许的文件大小，没有写成。{nothing}", "请换一个位置。"
    if error.errno == errno.EROFS:
        return f"该磁盘是只读的，“{path.name}”没有写成。{nothing}", "请换一个位置。"
    if error.errno == errno.ENAMETOOLONG:
        return f"文件名或路径太长，没有写成。{nothing}", "请缩短文件名，或换一个位置。"
    if isinstance(error, FileNotFoundError):
        return f"找不到文件夹“{path.parent}”。{nothing}", "请检查U盘或网络盘是否仍然连接。"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return f"“{path}”的位置被别的文件或文件夹占着，没有写成。{nothing}", "请换一个文件名或位置。"
    if isinstance(error, PermissionError):
        return (
            f"没有权限写“{path.name}”，或者它正被其他程序打开。{nothing}",
            "请关闭打开它的程序，或换一个位置，例如“文档”。",
        )
    return f"“{path.name}”没有写成（{_reason(error)}）。{nothing}", "请换一个位置再试。"


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


NOTHING_CHANGED = "原有文件没有改动。"

_OWNER_FILES = ("~${}", ".~lock.{}#", ".~{}")  # beside an open file: Excel and WPS; LibreOffice; WPS on Linux


@contextlib.contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """Yield a new, empty file in the folder of ``path``; move it onto ``path`` when the block ends well.

    Missing folders are made. What was at ``path`` is replaced in one step, after the new bytes are on disk.
    If the block raises, the new file is removed and ``path`` stays as it was.

    :raises KnownError: for every ``OSError``, also for those of the block, which should only write the file.
    """
    ensure_free(path)
    new = path.parent / f".{secrets.token_hex(6)}.tmp"
    _create(new, path)
    try:
        yield new
        with new.open("r+b") as file:
            os.fsync(file.fileno())
        new.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise explain(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def ensure_free(path: Path) -> None:
    """Check that ``path`` can be replaced: no folder, not open in a spreadsheet program, not read-only.

    A path where nothing is yet passes.

    :raises KnownError: saying what is in the way.
    """
    try:
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
                    f"请先在 Excel/WPS 中关闭该文件，再导出一次。如确已关闭，请删除旁边的“{owner.name}”。",
                )
        with path.open("r+b"):
            pass
    except OSError as error:
        raise explain(error, path) from error


def explain(error: OSError, path: Path) -> KnownError:
    """Return what ``error`` means to someone who wanted to write ``path``."""
    code = error.errno
    if code in _FULL:
        return KnownError(
            f"磁盘空间不足，“{path.name}”没有写成。{NOTHING_CHANGED}", "请清理磁盘，或换一个位置。"
        )
    if code == errno.EFBIG:
        return KnownError(
            f"“{path.name}”超过了这个磁盘允许的文件大小，没有写成。{NOTHING_CHANGED}", "请换一个位置。"
        )
    if code == errno.EROFS:
        return KnownError(f"该磁盘是只读的，“{path.name}”没有写成。{NOTHING_CHANGED}", "请换一个位置。")
    if code == errno.ENAMETOOLONG:
        return KnownError(f"文件名或路径太长，没有写成。{NOTHING_CHANGED}", "请缩短文件名，或换一个位置。")
    if code in {errno.ENOENT, errno.ENODEV, errno.ENXIO}:
        return KnownError(
            f"找不到文件夹“{path.parent}”。{NOTHING_CHANGED}", "请检查U盘或网络盘是否仍然连接。"
        )
    if code in {errno.ENOTDIR, errno.EEXIST}:
        return KnownError(f"“{path.parent}”不是文件夹。{NOTHING_CHANGED}", "请另选一个文件夹。")
    if isinstance(error, PermissionError):
        return KnownError(
            f"“{path.name}”正被其他程序打开，或者没有权限改写，没有写入。{NOTHING_CHANGED}",
            "请先在 Excel/WPS 中关闭该文件，再导出一次；仍不成功，请换一个文件名或位置。",
        )
    reason = error.strerror or type(error).__name__
    return KnownError(f"“{path.name}”没有写成（{reason}）。{NOTHING_CHANGED}", "请换一个位置再试。")


def _create(new: Path, path: Path) -> None:
    """Make the folder of ``path`` when missing, and in it the empty file ``new``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.touch(exist_ok=False)
    except PermissionError as error:
        raise KnownError(
            f"没有权限在文件夹“{path.parent}”中写文件。{NOTHING_CHANGED}", "请另选一个文件夹，例如“文档”。"
        ) from error
    except OSError as error:
        raise explain(error, path) from error


def _sync_folder(folder: Path) -> None:
    """Bring the folder's entry to disk where the system can; Windows cannot open a folder, and needs not."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
