"""One program at a time writes to a workspace.

The lock is a transaction that stays open on an empty SQLite file beside the workspace: the system drops it
when the process ends, however it ends, on Windows and Linux alike, so no stale lock can be left behind. A
note beside it says who holds it; the note only serves the message and decides nothing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop import disk, paths
from desktop.errors import LockedError, UnwritableError
from desktop.workspace.file.transaction import no_locks, translated

LOCK = "workspace.lock"
HOLDER = "workspace.lock.txt"
_PROCESS = "进程号："  # in the note, for who looks for the process; not what an official is told
_PATIENCE = 0.3  # seconds: a program that is just closing gets a moment to let go


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to write to the workspace in ``folder``, held until :meth:`release`."""

    folder: Path
    held: sqlite3.Connection

    @property
    def is_held(self) -> bool:
        """Tell whether it was not let go of yet."""
        try:
            return self.held.in_transaction
        except sqlite3.ProgrammingError:
            return False

    def release(self) -> None:
        """Let the next program in. Releasing twice does no harm."""
        with contextlib.suppress(OSError):
            (self.folder / HOLDER).unlink(missing_ok=True)
        self.held.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def acquire(folder: Path) -> Lock:
    """Take the lock of the workspace in ``folder``, which must exist.

    Raises LockedError when another program holds it, UnwritableError when nobody can be kept out: the folder
    or the file of the lock may not be written, or the disk has no locks.
    """
    path = folder / LOCK
    with translated():
        if not path.exists():
            path.touch(paths.OWN_FILE)  # says why it cannot be made, which SQLite does not
        try:
            held = _hold(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise (_locked(folder) if lockable(folder) else no_locks()) from error
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                with disk.draft_in(folder) as draft:
                    draft.touch()  # where nothing at all can be written, that is to be told
                raise _useless() from error
            raise
    with contextlib.suppress(OSError):  # the lock holds without the note
        note = folder / HOLDER
        note.touch(paths.OWN_FILE)
        note.write_text(_holder(), encoding="utf-8")
    return Lock(folder, held)


def _hold(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        held.execute("PRAGMA journal_mode = OFF")  # nothing is ever written: no journal beside it either
        held.execute("BEGIN EXCLUSIVE")
        held.execute("PRAGMA user_version = 0")  # EXCLUSIVE alone means nothing on a read-only file
    except BaseException:
        held.close()
        raise
    return held


def lockable(folder: Path) -> bool:
    """Tell whether files in ``folder`` can be locked; SQLite takes a disk without locks for a busy file."""
    if os.name == "nt":
        return True
    import fcntl

    with disk.draft_in(folder) as draft:
        try:
            with disk.new_own(draft) as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
    return True


def is_held_here(folder: Path) -> bool:
    """Tell whether the note says that a program on this machine holds the workspace in ``folder``."""
    try:
        first = (folder / HOLDER).read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except OSError:
        return False
    return first == _computer()


def _useless() -> UnwritableError:
    why = f"工作库的锁文件 {LOCK} 属于另一个用户，或者是只读的，不能防止两人同时录入"
    return UnwritableError(
        f"{why}，没有打开录入，没有改动任何内容。",
        f"请确认没有别人打开这个工作库，再删除 {LOCK}（或改为可写），然后重新打开。",
        f"{why}；确认没有别人在用后删除它，再重新打开。",
    )


def _holder() -> str:
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{_computer()}\n{_PROCESS}{os.getpid()}\n打开时间：{since}\n"


def _computer() -> str:
    return f"电脑：{_machine() or '未知'}"


def _machine() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform  # slow to import

    return platform.node()


def _locked(folder: Path) -> LockedError:
    try:
        holder = (folder / HOLDER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        holder = ""
    told = (line.strip() for line in holder.splitlines())
    lines = "，".join(line for line in told if line and not line.startswith(_PROCESS))
    who = f"（{lines}）" if lines else ""
    return LockedError(
        f"工作库已在另一个程序中打开{who}，同一时间只能有一个程序录入；没有改动任何内容。",
        "请先关闭已打开的惠企措施手册，再重新打开。",
    )
