"""The seal of a closed workspace or backup: what changed in it since, and not through SQLite, is seen.

A database's ``user_version``, four bytes of its header that SQLite leaves to the program, keeps 16 bits of a
checksum of all else in the file, and 15 bits of SQLite's own counter of changes as it stood then. Where the
counter stands elsewhere now, somebody wrote through SQLite since, and the seal says nothing; where it stands
and the checksum differs, a disk or a stick changed the file by itself. 0 is no seal. A file with a passphrase
has none and needs none: each page of it bears a mark that nobody can make without the key.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import IO

from desktop.errors import KnownError
from desktop.workspace.file.cipher import is_sealed
from desktop.workspace.file.connection import JOURNALS, connect

_HEADER = 100  # bytes
_COUNTER, _SEAL = slice(24, 28), slice(60, 64)
_PASSED_OVER = (_COUNTER, _SEAL, slice(92, 100))  # the last: which SQLite wrote, and the counter once more
_PIECE = 1 << 20
_A_MOMENT = 200  # milliseconds: a reader that holds the file longer leaves it without a seal


def is_broken(path: Path) -> bool:
    """Tell whether the file at ``path`` changed since it was sealed; no seal, no file or a journal: no.

    To be asked only while this program has the file not open: closing what it reads drops the locks on it.
    """
    if any(path.with_name(f"{path.name}{part}").exists() for part in JOURNALS):
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        return is_broken_in(file)
    return False


def is_broken_in(file: IO[bytes]) -> bool:
    """Tell the same of an open file, while nobody writes to it. Raises OSError when it cannot be read."""
    file.seek(0)
    head = file.read(_HEADER)
    return not is_sealed(head) and _contradicts(head, iter(lambda: file.read(_PIECE), b""))


def put(path: Path) -> None:
    """Seal the file at ``path``, which nobody has open, unless it is sealed. Raises KnownError, OSError."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
        if is_sealed(head):
            return
        checksum = _checksum(head, iter(lambda: file.read(_PIECE), b""))
    if _stated(head) == _seal(_number(head[_COUNTER]), checksum):
        return
    with closing(connect(path)) as db:
        db.execute(f"PRAGMA busy_timeout = {_A_MOMENT}")
        db.execute(
            f"PRAGMA user_version = {_seal(_number(head[_COUNTER]) + 1, checksum)}"
        )  # counts as a change


def keep(path: Path) -> None:
    """Seal the file at ``path``, which was just closed, where the disk and those who read it allow."""
    with contextlib.suppress(OSError, KnownError, sqlite3.Error):
        if not any(path.with_name(f"{path.name}{part}").exists() for part in JOURNALS):
            put(path)


def _contradicts(head: bytes, rest: Iterable[bytes]) -> bool:
    stated, counter = _stated(head), _number(head[_COUNTER])
    if not stated or stated >> 16 != counter & 0x7FFF:
        return False
    return stated != _seal(counter, _checksum(head, rest))


def _seal(counter: int, checksum: int) -> int:
    return (counter & 0x7FFF) << 16 | (checksum >> 16 ^ checksum) & 0xFFFF or 1


def _checksum(head: bytes, rest: Iterable[bytes]) -> int:
    shown = bytearray(head)
    for part in _PASSED_OVER:
        shown[part] = bytes(len(shown[part]))
    value = zlib.crc32(shown)
    for piece in rest:
        value = zlib.crc32(piece, value)
    return value


def _stated(head: bytes) -> int:
    return _number(head[_SEAL])


def _number(four: bytes) -> int:
    return int.from_bytes(four, "big")
