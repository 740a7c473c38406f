"""One program at a time writes to a workspace.

The lock is a transaction that stays open on an empty SQLite file beside the workspace: the system drops it
when the process ends, however it ends, on Windows and Linux alike, so no stale lock can be left behind. A
note beside it says who holds it; the note only serves the message and decides nothing.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.errors import LockedError
from desktop.workspace.file.transaction import translated

LOCK = "workspace.lock"
HOLDER = "workspace.lock.txt"
_PATIENCE = 0.3  # seconds: a program that is just closing gets a moment to let go


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to write to the workspace in ``folder``, held until :meth:`release`."""

    folder: Path
    held: sqlite3.Connection

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

    Raises LockedError when another program holds it, KnownError when the folder cannot be written.
    """
    with translated():
        held = sqlite3.connect(folder / LOCK, timeout=_PATIENCE, isolation_level=None)
        try:
            held.execute("PRAGMA journal_mode = OFF")  # nothing is ever written: no journal beside it either
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            held.close()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise _locked(folder) from error
            raise
        except BaseException:
            held.close()
            raise
    with contextlib.suppress(OSError):  # the lock holds without the note
        (folder / HOLDER).write_text(_holder(), encoding="utf-8")
    return Lock(folder, held)


def _holder() -> str:
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return f"电脑：{_machine() or '未知'}\n进程号：{os.getpid()}\n打开时间：{since}\n"


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
    lines = "，".join(line.strip() for line in holder.splitlines() if line.strip())
    who = f"（{lines}）" if lines else ""
    return LockedError(
        f"工作库已在另一个程序中打开{who}，同一时间只能有一个程序录入；没有改动任何内容。",
        "请先关闭已打开的惠企措施手册，再重新打开。",
    )
