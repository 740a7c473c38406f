"""The one door for writes, and the one place where a failing disk gets words.

Everything that writes to the workspace does so inside :func:`transaction`; everything that reads does so
inside :func:`translated`. What SQLite or the system say about a full, read-only, missing or damaged disk
becomes a :class:`~desktop.errors.KnownError`; every other error is a bug and passes through untouched.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk
from desktop.errors import DamagedError, KnownError, UnwritableError

if TYPE_CHECKING:
    from desktop.workspace.file.cipher import FileKey


class Connection(sqlite3.Connection):
    """A connection to a workspace file.

    ``before_writing`` is called by each transaction before it begins, ``after_writing`` with the connection
    once what it wrote is on disk. ``key`` is that of the file, also where this is a copy of it in memory;
    ``sealed`` tells whether what is written through it is sealed with that.
    """

    before_writing: Callable[[], None] | None = None
    after_writing: Callable[[sqlite3.Connection], None] | None = None
    key: FileKey | None = None
    sealed = False


_FILE = "workspace.db"
_UNHARMED = "刚才的内容没有写入，以前录入的内容没有改动。"


def _full() -> UnwritableError:
    return UnwritableError(
        f"磁盘空间不足，无法写入工作库。{_UNHARMED}",
        "请清理磁盘空间后再试。",
        "磁盘空间不足，工作库不能写入，请清理磁盘后重新打开。",
    )


def no_locks() -> UnwritableError:
    """Return the error for a disk on which nobody can be kept from writing at the same time."""
    return UnwritableError(
        f"工作库所在的磁盘不支持文件锁（常见于某些网络盘），不能安全地录入。{_UNHARMED}",
        "请把工作库复制到本机或 U 盘上，再打开。",
        "工作库所在的磁盘不支持文件锁（常见于某些网络盘），请复制到本机或 U 盘上再录入。",
    )


def _moved() -> KnownError:
    return KnownError(
        f"工作库文件 workspace.db 在打开期间被移走、改名、删除或替换了。{_UNHARMED}",
        "请把原来的文件放回原处，然后关闭程序重新打开。",
    )


def read_only() -> UnwritableError:
    """Return the error for a workspace that can be read but not written."""
    return UnwritableError(
        f"工作库所在的位置不能写入（只读，或没有权限）。{_UNHARMED}",
        "请去掉 U 盘的写保护，或在有写权限的文件夹中打开工作库后再试。",
        "工作库所在的位置不能写入（U 盘写保护、光盘，或者没有写权限）。",
    )


def closed() -> KnownError:
    """Return the error for a workspace that cannot even be read."""
    return KnownError(
        f"无法打开工作库（位置不存在，或没有权限）。{_UNHARMED}",
        "请检查 U 盘或网络盘是否仍然连接，文件夹是否还在、有没有读写权限。",
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


def rotten() -> DamagedError:
    """Return the error for a file that changed while nobody wrote to it."""
    return DamagedError(
        "工作库文件已损坏或没有复制完整（与上次关闭时不一致），程序没有打开它，文件原样保留。",
        "请恢复最近的完好备份（打开窗口时会提示，命令行用 restore）；并请检查磁盘或 U 盘。",
    )


def altered(what: str) -> DamagedError:
    """Return the error for a file in whose schema ``what`` was added, changed or taken out."""
    return DamagedError(
        f"这个工作库被别的程序改动过结构（{what}），程序没有打开它，文件原样保留。",
        "请恢复最近的完好备份（打开窗口时会提示，命令行用 restore）。",
    )


def adrift() -> KnownError:
    """Return the error for a workspace file that is a link to nowhere: no damage, and no beginning."""
    return KnownError(
        "工作库文件 workspace.db 是一个链接，它指向的文件找不到；没有改动任何内容。",
        "请接好它所在的 U 盘或网络盘，或者把真正的 workspace.db 放到这里。",
    )


def gone() -> DamagedError:
    """Return the error for a workspace whose file is not there any more, though its backups are."""
    return DamagedError(
        "工作库文件 workspace.db 不见了（被移走、改名或删除了），它的备份还在；没有改动任何内容。",
        "请把 workspace.db 放回原处，或恢复最近的备份；确要从头开始，请先把 backups 文件夹移到别处。",
    )


def _unreachable() -> KnownError:
    return KnownError(
        f"读写工作库时出错，磁盘或 U 盘可能已断开。{_UNHARMED}",
        "请检查磁盘或 U 盘是否连接正常，然后重新打开程序。",
    )


_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_CANTOPEN: closed,
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_TOOBIG: damaged,  # longer than anything that this program ever wrote
    sqlite3.SQLITE_IOERR: _unreachable,
}
_BY_EXTENDED_CODE = {sqlite3.SQLITE_READONLY_DBMOVED: _moved}
_BY_ERRNO = {
    errno.ENOSPC: _full,
    errno.EDQUOT: _full,
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.EROFS: read_only,
    errno.ENOLCK: no_locks,
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
    known = _BY_EXTENDED_CODE.get(code) or _BY_SQLITE_CODE.get(code & 0xFF)
    return known() if known else None


def as_it_is(problem: KnownError, folder: Path) -> KnownError:
    """Return what ``problem`` of the workspace in ``folder`` is in truth.

    SQLite takes what cannot be read for damaged, so the disk is asked whether it still answers, and whether
    the workspace is there at all: of a stick that was pulled out the system takes the folder away as well.
    """
    if isinstance(problem, DamagedError) and (_is_absent(folder) or disk.went_away(folder)):
        return _unreachable()
    return problem


def _is_absent(folder: Path) -> bool:
    """Tell whether a workspace that was open is not in its folder any more."""
    try:
        return not (folder / _FILE).exists()
    except OSError:
        return True


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
    KnownError when the disk refuses, DamagedError for a file that is only now found to be damaged.
    """
    if db.in_transaction:
        yield
        return
    if (first := getattr(db, "before_writing", None)) is not None:
        first()
    with translated():
        db.execute("BEGIN IMMEDIATE")
        try:
            before = db.total_changes
            yield
            if db.total_changes != before and db.execute("PRAGMA user_version").fetchone() != (0,):
                db.execute("PRAGMA user_version = 0")  # breaks the seal: see the room of that name
            db.execute("COMMIT")
            if (then := getattr(db, "after_writing", None)) is not None:
                then(db)
        except BaseException:
            if db.in_transaction:  # a full disk may have rolled back already
                db.execute("ROLLBACK")
            raise
