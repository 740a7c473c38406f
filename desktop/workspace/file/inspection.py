"""Looking at a database file before anything is done with it: is it whole, ours, not newer than we are?"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from desktop.errors import KnownError
from desktop.workspace.file import migrations
from desktop.workspace.file.connection import memory
from desktop.workspace.file.transaction import damaged, translated


def inspect(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> None:
    """Refuse a file that is not a whole workspace that this program knows; nothing is written.

    Raises DamagedError for what is damaged or no workspace, KnownError for what is newer.
    """
    try:
        with translated():
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if application_id != migrations.APPLICATION_ID or verdict != "ok":
                raise damaged()
            unknown, missing = newer(db, steps), lacking(db, steps)
    except sqlite3.OperationalError as error:  # its tables are not even there to be asked
        raise damaged() from error
    if unknown:
        raise KnownError(
            "这个工作库由更新版本的惠企措施手册建立，本版本没有打开它，文件原样保留。",
            "请使用更新版本的程序打开；或用 --workspace 指定另一个文件夹。",
        )
    with translated():
        if missing and not as_made(db, steps):
            raise damaged()


def lacking(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> tuple[str, ...]:
    """Return the names of the ``steps`` that ``db`` has not had."""
    had = migrations.applied(db)
    return tuple(name for name in migrations.names(steps) if name not in had)


def newer(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> bool:
    """Tell whether ``db`` has had steps that this program does not know."""
    return not set(migrations.applied(db)) <= set(migrations.names(steps))


def as_made(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> bool:
    """Tell whether the tables and columns are there that the steps it has had make, and none of later steps.

    What other tools added does not matter.
    """
    had = migrations.applied(db)
    if had != migrations.names(steps)[: len(had)]:
        return False
    there, due, later = _columns(db), _founded(steps[: len(had)]), _founded(steps)
    return due <= there and not (later - due) & there


def readable(db: sqlite3.Connection) -> bool:
    """Tell whether SQLite can read the file as it lies: not if a journal has to be settled first."""
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # damage is for others to find
        return True
    return True


def _founded(steps: Sequence[migrations.Step]) -> set[tuple[str, str]]:
    with closing(memory()) as db:
        migrations.found(db, steps)
        return _columns(db)


def _columns(db: sqlite3.Connection) -> set[tuple[str, str]]:
    there = "SELECT made.name, part.name FROM sqlite_master AS made, pragma_table_info(made.name) AS part"
    return set(db.execute(there))
