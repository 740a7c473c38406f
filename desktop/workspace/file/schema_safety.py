"""Steps of the schema: 佐证材料, what a workspace was restored from, and a long history found quickly."""

from __future__ import annotations

from desktop.workspace.file.schema import Executes


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
    """Make the record of what this workspace was restored from, and where what was there before is kept."""
    db.execute(
        """
        CREATE TABLE restores (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            file_name TEXT NOT NULL,
            kept_as TEXT NOT NULL
        ) STRICT
        """
    )


def m010_sought(db: Executes) -> None:
    """Let changes be counted and looked for without reading their texts, which are most of the file."""
    db.execute(
        """
        CREATE INDEX changes_sought ON changes (unit_key, measure_key, person, source, field, at)
            WHERE before <> after
        """
    )
