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


def m004_deadlines(db: Executes) -> None:
    """Let a deadline also be a span of days (``2026-01-01/2026-12-31``) or 长期."""
    db.execute(
        """
        CREATE TABLE entries_with_deadlines (
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('未启动', '推进中', '已完成', '已销号', '不适用')),
            deadline TEXT NOT NULL CHECK (
                deadline IN ('', '长期')
                OR deadline IS date(deadline, '+0 days')
                OR deadline IS date(substr(deadline, 1, 10), '+0 days') || '/' ||
                    date(substr(deadline, 12), '+0 days')
                AND substr(deadline, 1, 10) < substr(deadline, 12)
            ),
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
    columns = (
        "unit_key, measure_key, status, deadline, owner, progress, problems, next_step, reason, revision,"
        " updated_at, measure_title, text_sha256"
    )
    db.execute(f"INSERT INTO entries_with_deadlines ({columns}) SELECT {columns} FROM entries")
    db.execute("DROP TABLE entries")
    db.execute("ALTER TABLE entries_with_deadlines RENAME TO entries")


def m005_rounds(db: Executes) -> None:
    """Make the rounds, and what each workbook of a round was sent out with, row by row.

    ``round_rows.entered`` is a JSON object of the fields as they stood; a unit that was sent its workbook
    again has several exports, each with rows of its own.
    """
    db.execute(
        """
        CREATE TABLE rounds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on, '+0 days')),
            reply_by TEXT NOT NULL CHECK (reply_by IS date(reply_by, '+0 days')),
            created_at TEXT NOT NULL,
            person TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE round_units (
            round_key TEXT NOT NULL REFERENCES rounds (key),
            position INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            PRIMARY KEY (round_key, position),
            UNIQUE (round_key, unit_key)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE round_exports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round_key TEXT NOT NULL,
            unit_key TEXT NOT NULL,
            file_name TEXT NOT NULL,
            at TEXT NOT NULL,
            FOREIGN KEY (round_key, unit_key) REFERENCES round_units (round_key, unit_key)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX round_exports_by_unit ON round_exports (round_key, unit_key)")
    db.execute(
        """
        CREATE TABLE round_rows (
            export_id INTEGER NOT NULL REFERENCES round_exports (id),
            measure_key TEXT NOT NULL,
            revision INTEGER NOT NULL,
            text_sha256 TEXT NOT NULL,
            entered TEXT NOT NULL,
            PRIMARY KEY (export_id, measure_key)
        ) STRICT
        """
    )


def m006_intake(db: Executes) -> None:
    """Make the receipts of imports, and let each change name the file that it came from.

    A change with ``adopted = 0`` changed nothing: it keeps what a workbook said and what stayed instead.
    ``intake_files.details`` is a JSON object: rows that were refused, added by hand or missing, and notes.
    """
    db.execute(
        """
        CREATE TABLE intakes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            undone_at TEXT NOT NULL DEFAULT '',
            undone_by TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE intake_files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            intake_id INTEGER NOT NULL REFERENCES intakes (id),
            path_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            round_key TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('accepted', 'unchanged', 'refused', 'conflicts')),
            reason TEXT NOT NULL,
            unchanged INTEGER NOT NULL,
            details TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX intake_files_by_intake ON intake_files (intake_id)")
    db.execute("CREATE INDEX intake_files_by_hash ON intake_files (file_sha256)")
    db.execute("CREATE INDEX intake_files_by_round ON intake_files (round_key, unit_key)")
    db.execute(
        """
        CREATE TABLE intake_lines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file_id INTEGER NOT NULL REFERENCES intake_files (id),
            sheet_row INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            number INTEGER NOT NULL,
            field TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('same', 'take', 'conflict', 'ask', 'refused')),
            choice TEXT NOT NULL CHECK (choice IN ('', 'ours', 'theirs', 'both', 'value')),
            base TEXT,
            ours TEXT NOT NULL,
            theirs TEXT NOT NULL,
            guess TEXT NOT NULL,
            outcome TEXT NOT NULL,
            question TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX intake_lines_by_file ON intake_lines (file_id)")
    db.execute("ALTER TABLE changes ADD COLUMN intake_file INTEGER REFERENCES intake_files (id)")
    db.execute("ALTER TABLE changes ADD COLUMN adopted INTEGER NOT NULL DEFAULT 1 CHECK (adopted IN (0, 1))")
    db.execute("CREATE INDEX changes_by_file ON changes (intake_file) WHERE intake_file IS NOT NULL")
    db.execute("CREATE INDEX changes_of_item ON changes (unit_key, measure_key, id)")
    db.execute("CREATE INDEX changes_of_unit ON changes (unit_key, id)")
    db.execute("DROP TRIGGER changes_stay_true")
    db.execute(
        """
        CREATE TRIGGER changes_stay_true BEFORE UPDATE OF
            id, batch, person, source, session, unit_key, measure_key, field, before, undoes, text_sha256,
            intake_file, adopted ON
            changes BEGIN SELECT RAISE(ABORT, 'changes are never rewritten'); END
        """
    )


def m007_evidence(db: Executes) -> None:
    """Make 佐证材料: which files were ever attached to an item, and which of them are now.

    Within an item a name stands for one content, also when it was taken off: the history speaks of names.
    """
    db.execute(
        """
        CREATE TABLE evidence (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            name TEXT NOT NULL CHECK (name <> '' AND instr(name, char(10)) = 0),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            size INTEGER NOT NULL,
            place TEXT NOT NULL,
            written INTEGER NOT NULL,
            added_at TEXT NOT NULL,
            added_by TEXT NOT NULL,
            attached INTEGER NOT NULL DEFAULT 0 CHECK (attached IN (0, 1)),
            UNIQUE (unit_key, measure_key, name),
            UNIQUE (unit_key, measure_key, sha256)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TRIGGER evidence_is_kept BEFORE DELETE ON evidence
        BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END
        """
    )


def m008_restores(db: Executes) -> None:
    """Make the record of backups that this workspace was restored from."""
    db.execute(
        """
        CREATE TABLE restores (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            file_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            kept_as TEXT NOT NULL
        ) STRICT
        """
    )


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
