"""Who this machine is, to the others: an identity of the workspace, for one host, folder and file.

A counter that is used twice is the one thing that a merge cannot heal. So a workspace that finds itself on
another host, in another folder or in another file than its identity was made for takes a new one before it
writes; and so does one that was restored.
"""

from __future__ import annotations

import os
import platform
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

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
    row = db.execute("SELECT machine, host, place, file FROM identities ORDER BY id DESC LIMIT 1").fetchone()
    host, place, file = here = (_host(), *_file(db))
    if row is not None and row[1:] == here:
        return str(row[0])
    machine = secrets.token_hex(5)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO identities (machine, host, place, file, called, since) VALUES (?, ?, ?, ?, ?, ?)",
        (machine, host, place, file, platform.node()[:100], since),
    )
    return machine


def renew(db: sqlite3.Connection) -> None:
    """Let the next write be made by a new machine, for this file may be one of before; in a transaction."""
    db.execute("UPDATE identities SET host = ''")


def own(db: sqlite3.Connection) -> tuple[MachineName, ...]:
    """Return all that this workspace was ever known by, the present one last."""
    rows = db.execute("SELECT machine, called, since FROM identities ORDER BY id").fetchall()
    return tuple(MachineName(*row) for row in rows)


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


def _file(db: sqlite3.Connection) -> tuple[str, str]:
    """Return where the open file lies and which file it is there; "" twice for one in memory."""
    words, db.text_factory = db.text_factory, bytes  # a folder's name may be bytes that are no text
    try:
        path = next((file for _, name, file in db.execute("PRAGMA database_list") if name == b"main"), b"")
    finally:
        db.text_factory = words
    try:
        file = str(Path(os.fsdecode(path)).stat().st_ino) if path else ""
    except OSError:  # one in memory that SQLite made of bytes has a name and no file
        file = ""
    return (sha256(os.path.realpath(path)).hexdigest()[:16], file) if file else ("", "")
