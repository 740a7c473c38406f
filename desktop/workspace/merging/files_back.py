"""Files of 佐证材料 that were named here, but missing or altered, and that a package brings back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.items import journalled
from desktop.workspace.journal import state
from desktop.workspace.journal.model import dumped
from desktop.workspace.merging import naming
from desktop.workspace.merging.outcome import FileBack

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

Named: TypeAlias = tuple[str, str, str, str]
"""Noun, key and field of what names a file, and what it calls it."""


def absent(folder: Path, digests: Collection[str]) -> frozenset[str]:
    """Return those contents, by SHA-256, that are not whole in the workspace in ``folder``."""
    return frozenset(digest for digest in digests if not evidence_files.stored_place(folder, digest))


def named(db: sqlite3.Connection, digests: Collection[str]) -> Sequence[Named]:
    """Return what names these contents by now, in one query."""
    if not digests:
        return ()
    return db.execute(
        "SELECT noun, record, field, coalesce(value ->> 'name', '') FROM journal"
        " JOIN standing USING (noun, record, field, machine, counter)"
        " WHERE field IN (SELECT value FROM json_each(?)) AND journal.value <> 'null' ORDER BY 1, 2, 3",
        (dumped([f"{journalled.FILE}/{digest}" for digest in sorted(digests)]),),
    ).fetchall()


def told(db: sqlite3.Connection, catalogue: Catalogue, before: Sequence[Named]) -> tuple[FileBack, ...]:
    """Return the files that were named ``before`` a package came with them, and still are."""
    return tuple(
        FileBack(noun, key, naming.record(db, catalogue, noun, key), name)
        for noun, key, field, name in dict.fromkeys(before)
        if (found := state.record(db, noun, key)) and field in found.values
    )
