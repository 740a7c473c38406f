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

from desktop.workspace.file.schema import APPLICATION_ID as APPLICATION_ID
from desktop.workspace.file.schema import Executes as Executes
from desktop.workspace.file.schema import m001_checklist, m002_notes, m003_settings, m004_deadlines
from desktop.workspace.file.schema_journal import m013_journal, m014_arrivals
from desktop.workspace.file.schema_returns import (
    m005_rounds,
    m006_intake,
    m009_round_changes,
    m011_other_answers,
    m012_round_documents,
)
from desktop.workspace.file.schema_safety import m007_evidence, m008_restores, m010_sought
from desktop.workspace.file.transaction import transaction

MIGRATION_SET = "workspace"
TABLE = "_sqlite_migrations"


Step = Callable[[Executes], None]
STEPS: tuple[Step, ...] = (
    m001_checklist,
    m002_notes,
    m003_settings,
    m004_deadlines,
    m005_rounds,
    m006_intake,
    m007_evidence,
    m008_restores,
    m009_round_changes,
    m010_sought,
    m011_other_answers,
    m012_round_documents,
    m013_journal,
    m014_arrivals,
)


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
