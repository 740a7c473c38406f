"""One program at a time changes the notices of a workspace: the others wait their turn.

The turn is a transaction that stays open on an empty SQLite file beside the notices: the system ends it with
the process, however that ends, on Windows and Linux alike. The file goes with the turn; one that a killed
program left behind means nothing. Who only reads needs no turn.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import KnownError
from desktop.paths import OWN_FILE

TURN = "turn.lock"
PATIENCE = 20.0
"""Seconds that a program waits for its turn: taking a pack of many notices in takes that long."""


@contextlib.contextmanager
def turn(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep all others from changing what lies in ``root`` until the block ends.

    Raises KnownError when another program changes it for longer than ``patience``. Where the file of the
    turn cannot be written nobody is kept out: what is to be changed says why it cannot be.
    """
    try:
        held = _taken(root / TURN, patience)
    except OSError:
        held = None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise KnownError(
                "发文库正由另一个程序改动，或者所在的磁盘不支持文件锁，没有改动任何内容。",
                "请等另一个程序做完后再试；网络盘上的请先复制到本机或 U 盘。",
            ) from error
        held = None
    try:
        yield
    finally:
        if held is not None:
            _ended(root / TURN, held)


def _taken(path: Path, patience: float) -> sqlite3.Connection:
    """Take the turn, at the file that lies at ``path`` once it is had: who had it before removes it."""
    while True:
        path.touch(OWN_FILE)
        seen = _identity(path)
        held = sqlite3.connect(path, timeout=patience, isolation_level=None)
        try:
            held.execute("PRAGMA journal_mode = OFF")  # nothing is ever written: no journal beside it either
            held.execute("BEGIN EXCLUSIVE")
        except BaseException:
            held.close()
            raise
        if seen is not None and seen == _identity(path):
            return held
        held.close()


def _ended(path: Path, held: sqlite3.Connection) -> None:
    """Let the next program in and leave no file; on Windows it goes when nobody has it open."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            path.unlink()
    held.close()
    if os.name == "nt":
        with contextlib.suppress(OSError):
            path.unlink()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return seen.st_dev, seen.st_ino
