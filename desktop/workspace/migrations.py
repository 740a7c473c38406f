"""The workspace's tables, as named steps that are only ever added to.

A released step is never changed, renamed or removed: a workspace remembers by name which ones it has had, in
sqlite-utils' table ``_sqlite_migrations``. sqlite-utils brings old workspaces up to date; as importing it
takes longer than all else that opening a workspace does, it is imported only then. A new workspace is
founded by the same steps with plain ``sqlite3``, so a step is written in SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from desktop.workspace.transaction import transaction

MIGRATION_SET = "workspace"
APPLICATION_ID = 0x4D44574B  # "MDWK" in the file's header: this file is a workspace of this program


class Executes(Protocol):
    """What a step is given: an ``sqlite3.Connection`` or a ``sqlite_utils.Database``."""

    def execute(self, sql: str, /) -> object:
        """Run one SQL statement."""


def m001_checklist(db: Executes) -> None:
    """Make what was entered per item, and the history of it.

    ``changes`` is append-only: triggers refuse to delete a row or to alter what it says about who and what;
    only ``after``, ``at`` and ``revision`` may move, while one person goes on typing in one field.
    ``revision`` is the one that the entry reached by the change.
    """
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(
        """
        CREATE TABLE entries (
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('未启动', '推进中', '已完成', '已销号', '不适用')),
            deadline TEXT NOT NULL CHECK (deadline = '' OR deadline IS date(deadline, '+0 days')),
            owner TEXT NOT NULL,
            progress TEXT NOT NULL,
            problems TEXT NOT NULL,
            next_step TEXT NOT NULL,
            reason TEXT NOT NULL,
            revision INTEGER NOT NULL,
            updated_at TEXT NOT NULL,
            measure_title TEXT NOT NULL,
            text_sha256 TEXT NOT NULL,
            PRIMARY KEY (unit_key, measure_key)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            batch INTEGER NOT NULL,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            source TEXT NOT NULL,
            session TEXT NOT NULL,
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            field TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            undoes INTEGER REFERENCES changes (id),
            revision INTEGER NOT NULL,
            text_sha256 TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX changes_by_item ON changes (unit_key, measure_key, field, id)")
    db.execute("CREATE INDEX changes_by_batch ON changes (batch)")
    db.execute("CREATE INDEX changes_by_undone ON changes (undoes) WHERE undoes IS NOT NULL")
    db.execute(
        """
        CREATE TRIGGER changes_are_kept BEFORE DELETE ON changes
        BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END
        """
    )
    db.execute(
        """
        CREATE TRIGGER changes_stay_true BEFORE UPDATE OF
            id, batch, person, source, session, unit_key, measure_key, field, before, undoes, text_sha256 ON
            changes BEGIN SELECT RAISE(ABORT, 'changes are never rewritten'); END
        """
    )


def m002_notes(db: Executes) -> None:
    """Make favourites and notes on measures; a note's history is in ``changes`` under the empty unit."""
    db.execute(
        """
        CREATE TABLE favourites (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            measure_key TEXT NOT NULL UNIQUE,
            added_at TEXT NOT NULL,
            measure_title TEXT NOT NULL,
            text_sha256 TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE notes (
            measure_key TEXT NOT NULL PRIMARY KEY,
            text TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            measure_title TEXT NOT NULL,
            text_sha256 TEXT NOT NULL
        ) STRICT
        """
    )


def m003_settings(db: Executes) -> None:
    """Make the settings of this workspace, by name."""
    db.execute("CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT")


Step = Callable[[Executes], None]
STEPS: tuple[Step, ...] = (m001_checklist, m002_notes, m003_settings)


def applied(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the steps that ``db`` has had, in order; () for a file without any."""
    table = db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if table is None:
        return ()
    rows = db.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
    )
    return tuple(name for (name,) in rows)


def names(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the names under which ``steps`` are remembered."""
    return tuple(step.__name__ for step in steps)


def found(db: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Run all ``steps`` on the empty ``db`` in one transaction and remember them as sqlite-utils does."""
    with transaction(db):
        db.execute(
            """
            CREATE TABLE "_sqlite_migrations" (
               "id" INTEGER PRIMARY KEY,
               "migration_set" TEXT,
               "name" TEXT,
               "applied_at" TEXT
            )
            """
        )
        db.execute(
            'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"'
            ' ON "_sqlite_migrations" ("migration_set", "name")'
        )
        for step in steps:
            step(db)
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
                (MIGRATION_SET, step.__name__, str(datetime.now(UTC))),
            )


def apply(db: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Run those of ``steps`` that ``db`` lacks, all in one transaction: all of them or none."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    with transaction(db):
        migrations.apply(Database(db, execute_plugins=False))
