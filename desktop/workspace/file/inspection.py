"""Looking at a database file before anything is done with it: is it whole, ours, not newer than we are?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache

from desktop.errors import KnownError
from desktop.workspace.file import migrations
from desktop.workspace.file.connection import memory
from desktop.workspace.file.transaction import altered, damaged, translated

_QUOTES = {ord(mark): None for mark in '"[]`'}
_OWN = frozenset(
    {
        "CREATETABLEsqlite_sequence(name,seq)",
        "CREATETABLEsqlite_stat1(tbl,idx,stat)",  # what ANALYZE and optimize make
        "CREATETABLEsqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    }
)


def inspect(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> None:
    """Refuse a file that is not a whole workspace that this program knows; nothing is written.

    Its schema is compared before anything in it is read: a check may run what a foreign schema holds.
    Raises DamagedError for what is damaged or no workspace, KnownError for what is newer.
    """
    recognise(db, steps)
    with translated():
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged()


def recognise(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> None:
    """Refuse what its header and schema show to be no workspace that this program knows.

    Raises DamagedError and KnownError as :func:`inspect` does.
    """
    try:
        with translated():
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            if application_id != migrations.APPLICATION_ID:
                raise damaged()
            unknown = newer(db, steps)
            if not unknown and (strange := foreign(db, steps)):
                raise altered(strange)
    except sqlite3.OperationalError as error:  # its tables are not even there to be asked
        raise damaged() from error
    if unknown:
        raise KnownError(
            "这个工作库由更新版本的惠企措施手册建立，本版本没有打开它，文件原样保留。",
            "请使用更新版本的程序打开；或用 --workspace 指定另一个文件夹。",
        )


def lacking(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> tuple[str, ...]:
    """Return the names of the ``steps`` that ``db`` has not had."""
    had = migrations.applied(db)
    return tuple(name for name in migrations.names(steps) if name not in had)


def newer(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> bool:
    """Tell whether ``db`` has had steps that this program does not know."""
    return not set(migrations.applied(db)) <= set(migrations.names(steps))


def foreign(db: sqlite3.Connection, steps: Sequence[migrations.Step]) -> str:
    """Return the name of something in the schema that the steps which ``db`` has had do not make just so.

    Tables with their columns and rules, indexes, triggers and views are compared by what made them; texts
    must be UTF-8. What is lacking is named as well; an empty text means that all is as it should be.
    """
    had = migrations.applied(db)
    if had != migrations.names(steps)[: len(had)]:
        return migrations.TABLE
    if db.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        return "encoding"
    there, due = _schema(db), _founded(tuple(steps[: len(had)]))
    return min((str(name) for _, name, _, _ in there ^ due), default="")


def readable(db: sqlite3.Connection) -> bool:
    """Tell whether SQLite can read the file as it lies: not if a journal has to be settled first."""
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # damage is for others to find
        return True
    return True


@cache
def _founded(steps: tuple[migrations.Step, ...]) -> frozenset[tuple[str, ...]]:
    with closing(memory()) as db:
        migrations.found(db, steps)
        return _schema(db)


def _schema(db: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    """Return kind, name, table and making of all that SQLite's schema holds, but for what is SQLite's own."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    found = {(kind, name, table, _plain(sql)) for kind, name, table, sql in rows}
    return frozenset(one for one in found if one[3] not in _OWN)


def _plain(sql: object) -> str:
    """Return what made a part of a schema without blanks and quotes, in which makers differ."""
    return re.sub(r"\s+", "", str(sql or "")).translate(_QUOTES)
