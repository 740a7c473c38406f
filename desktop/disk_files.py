"""Files written beside their target and moved into place, and what can go wrong, in words for the user.

Until the last moment the target is what it was; afterwards it is the whole new file. Nothing lies between.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import KnownError

NOTHING_CHANGED = "原有文件没有改动。"

_OWNER_FILES = ("~${}", ".~lock.{}#", ".~{}")  # beside an open file: Excel and WPS; LibreOffice; WPS on Linux
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


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
