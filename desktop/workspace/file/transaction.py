"""The one door for writes, and the one place where a failing disk gets words.

Everything that writes to the workspace does so inside :func:`transaction`; everything that reads does so
inside :func:`translated`. What SQLite or the system say about a full, read-only, missing or damaged disk
becomes a :class:`~desktop.errors.KnownError`; every other error is a bug and passes through untouched.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.errors import DamagedError, KnownError, UnwritableError

_UNHARMED = "刚才的内容没有写入，以前录入的内容没有改动。"


def _full() -> KnownError:
    return KnownError(f"磁盘空间不足，无法写入工作库。{_UNHARMED}", "请清理磁盘空间后再试。")


def read_only() -> UnwritableError:
    """Return the error for a workspace that can be read but not written."""
    return UnwritableError(
        f"工作库所在的位置不能写入（只读，或没有权限）。{_UNHARMED}",
        "请去掉U盘的写保护，或在有写权限的文件夹中打开工作库后再试。",
    )


def _closed() -> KnownError:
    return KnownError(
        f"无法打开工作库（位置不存在，或没有权限）。{_UNHARMED}",
        "请确认文件夹存在并有读写权限，或换一个文件夹。",
    )


def not_a_folder() -> KnownError:
    """Return the error for a workspace that is to lie where a file is."""
    return KnownError("工作库的位置是一个文件，不是文件夹，没有改动任何内容。", "请指定一个文件夹。")


def busy() -> KnownError:
    """Return the error for a file that another program keeps locked."""
    return KnownError(
        f"工作库正被另一个程序占用，暂时无法读写。{_UNHARMED}",
        "请关闭正在使用它的程序（如数据库浏览工具），稍后再试。",
    )


def damaged() -> DamagedError:
    """Return the error for a file that is no whole workspace; such a file is never touched."""
    return DamagedError(
        "工作库文件已损坏或没有复制完整，程序没有打开它，文件原样保留。",
        "请恢复最近的完好备份（打开窗口时会提示，命令行用 restore），或重新复制一份完整的 workspace.db。",
    )


def altered(what: str) -> DamagedError:
    """Return the error for a file in whose schema ``what`` was added, changed or taken out."""
    return DamagedError(
        f"这个工作库被别的程序改动过结构（{what}），程序没有打开它，文件原样保留。",
        "请恢复最近的完好备份（打开窗口时会提示，命令行用 restore）。",
    )


def gone() -> DamagedError:
    """Return the error for a workspace whose file is not there any more, though its backups are."""
    return DamagedError(
        "工作库文件 workspace.db 不见了（被移走、改名或删除了），它的备份还在；没有改动任何内容。",
        "请把 workspace.db 放回原处，或恢复最近的备份；确要从头开始，请先把 backups 文件夹移到别处。",
    )


def _unreachable() -> KnownError:
    return KnownError(
        f"读写工作库时出错，磁盘或U盘可能已断开。{_UNHARMED}",
        "请检查磁盘或U盘是否连接正常，然后重新打开程序。",
    )


_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_CANTOPEN: _closed,
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_TOOBIG: damaged,  # longer than anything that this program ever wrote
    sqlite3.SQLITE_IOERR: _unreachable,
}
_BY_ERRNO = {
    errno.ENOSPC: _full,
    errno.EDQUOT: _full,
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.EROFS: read_only,
    errno.EEXIST: not_a_folder,
    errno.ENOTDIR: not_a_folder,
}


def explain(error: sqlite3.Error | OSError) -> KnownError | None:
    """Return what ``error`` means to the user, or None when it is a bug."""
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, _unreachable)()
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python itself raised it: text that is no UTF-8, or a wrong call
        return damaged() if isinstance(error, sqlite3.OperationalError) else None
    known = _BY_SQLITE_CODE.get(code & 0xFF)
    return known() if known else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn the disk's and SQLite's failures within the block into a KnownError."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite hands out what it finds; text that is none is damage
        raise damaged() from error
    except (sqlite3.Error, OSError) as error:
        known = explain(error)
        if known is None:
            raise
        raise known from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one transaction: all of it is on disk when the block has ended, or nothing is.

    ``db`` must be in autocommit mode (``isolation_level=None``). A block inside another one joins it. Raises
    KnownError when the disk refuses.
    """
    if db.in_transaction:
        yield
        return
    with translated():
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk may have rolled back already
                db.execute("ROLLBACK")
            raise
