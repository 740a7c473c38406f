"""The first steps that a workspace's tables are made by: entries, history, notes, settings."""

from __future__ import annotations

from typing import Protocol

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
