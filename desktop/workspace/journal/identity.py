"""Who this machine is, to the others: an identity of the workspace, for one host, folder and file.

A counter that is used twice is the one thing that a merge cannot heal. So a workspace that finds itself on
another host, in another folder or in another file than its identity was made for takes a new one before it
writes; and so do one that was restored and one that is behind the mark beside it: an older file put back.
"""

from __future__ import annotations

import os
import platform
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from desktop.workspace.file.connection import Connection
from desktop.workspace.journal import marks

_MACHINE_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


@dataclass(frozen=True, slots=True)
class MachineName:
    """One identity: its name among machines, what people call it, and the moment from which it was used."""

    machine: str
    called: str
    since: str


def current(db: sqlite3.Connection) -> str:
    """Return the machine that writes are made by now, a new one where there is none that fits.

    To be called inside a transaction.
    """
    path = _path(db)
    here = _here(path)
    machine = _fitting(db, here)
    if not machine or (path and marks.highest(path.parent, machine) > marks.last(db, machine)):
        machine = secrets.token_hex(5)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute(
            "INSERT INTO identities (machine, host, place, file, called, since) VALUES (?, ?, ?, ?, ?, ?)",
            (machine, *here, platform.node()[:100], since),
        )
    if path and isinstance(db, Connection):
        db.after_writing = partial(marks.keep, path.parent, machine)
    return machine


def put_back(db: sqlite3.Connection) -> int:
    """Return how many writes this file lacks that were made here before: it is an older one, put back.

    0 once something was written since, which another machine did.
    """
    path = _path(db)
    machine = _fitting(db, _here(path))
    if not machine or path is None:
        return 0
    return max(marks.highest(path.parent, machine) - marks.last(db, machine), 0)


def renew(db: sqlite3.Connection) -> None:
    """Let the next write be made by a new machine, for this file may be one of before; in a transaction."""
    db.execute("UPDATE identities SET host = ''")


def own(db: sqlite3.Connection) -> tuple[MachineName, ...]:
    """Return all that this workspace was ever known by, the present one last."""
    rows = db.execute("SELECT machine, called, since FROM identities ORDER BY id").fetchall()
    return tuple(MachineName(*row) for row in rows)


def last_written(db: sqlite3.Connection) -> datetime | None:
    """Return when something was last written here, by this machine's clock at that time; None if never."""
    row = db.execute(
        "SELECT at FROM journal WHERE machine IN (SELECT machine FROM identities) ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return None if row is None else datetime.fromisoformat(row[0])


@cache
def _host() -> str:
    """Return a mark of this computer that tells nothing about it: no name, no address leaves it."""
    known = [platform.node()]
    for path in _MACHINE_IDS:
        try:
            known.append(Path(path).read_text(encoding="ascii").strip())
            break
        except (OSError, UnicodeDecodeError):
            continue
    else:
        known.append(_windows_guid())
    return sha256("\n".join(known).encode()).hexdigest()[:16]


def _windows_guid() -> str:
    try:
        import winreg
    except ImportError:
        return ""
    try:  # typed for Windows only
        with winreg.OpenKey(  # type: ignore[attr-defined]
            winreg.HKEY_LOCAL_MACHINE,  # type: ignore[attr-defined]
            r"SOFTWARE\Microsoft\Cryptography",
        ) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined]
    except OSError:
        return ""


def _fitting(db: sqlite3.Connection, here: tuple[str, str, str]) -> str:
    """Return the present machine if it was made for ``here``, else ""."""
    row = db.execute("SELECT machine, host, place, file FROM identities ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row is not None and row[1:] == here else ""


def _path(db: sqlite3.Connection) -> Path | None:
    """Return where the open file lies, None for one in memory."""
    words, db.text_factory = db.text_factory, bytes  # a folder's name may be bytes that are no text
    try:
        path = next((file for _, name, file in db.execute("PRAGMA database_list") if name == b"main"), b"")
    finally:
        db.text_factory = words
    found = Path(os.fsdecode(path))
    return found if path and found.is_file() else None  # SQLite gives one made of bytes a name and no file


def _here(path: Path | None) -> tuple[str, str, str]:
    """Return host, place and file that an identity is made for; "" for the last two of one in memory."""
    if path is None:
        return _host(), "", ""
    place = sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]
    return _host(), place, str(path.stat().st_ino)
