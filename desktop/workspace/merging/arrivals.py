"""Receipts of packages that were taken in, and taking the last one back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import changes
from desktop.workspace.journal import union
from desktop.workspace.journal.model import Stamp, dumped
from desktop.workspace.merging import arrived, naming
from desktop.workspace.merging.opening import OpenPackage
from desktop.workspace.merging.outcome import MergeOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

_COLUMNS = "id, at, person, file_name, maker, made_at, made_by, counts, coalesce(undone_at, '')"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A package that was taken in: when, by whom, from which file, who made it when, and what it brought.

    ``counts`` are those of a :class:`MergeOutcome`; ``undone_at`` is "" where it was not taken back.
    """

    id: int
    at: str
    by: str
    file_name: str
    maker: str
    made_at: str
    made_by: str
    counts: Mapping[str, int]
    undone_at: str


def begin(db: sqlite3.Connection, package: OpenPackage, by: str, at: datetime) -> int:
    """Begin the receipt of a package and return its number; inside a transaction."""
    told = package.manifest
    moment = Stamp(by, changes.PACKAGE, at).moment
    number = db.execute(
        "INSERT INTO arrivals (at, person, file_name, sha256, maker, made_at, made_by, counts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '{}')",
        (moment, by, package.shown, package.digest, told.machine, told.made_at, told.by),
    ).lastrowid
    assert number is not None
    return number


def finish(db: sqlite3.Connection, outcome: MergeOutcome) -> None:
    """Write into the receipt what the package brought; inside a transaction."""
    counts = {
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "writes": outcome.writes,
        "conflicts": len(outcome.conflicts),
        "clashes": len(outcome.clashes),
        "files": outcome.files,
    }
    db.execute("UPDATE arrivals SET counts = ? WHERE id = ?", (dumped(counts), outcome.arrival))


def every(db: sqlite3.Connection) -> tuple[Arrival, ...]:
    """Return all receipts, the newest first."""
    with translated():
        rows = db.execute(f"SELECT {_COLUMNS} FROM arrivals ORDER BY id DESC").fetchall()
    return tuple(
        Arrival(number, at, by, name, naming.machine(db, maker), made_at, made_by, json.loads(counts), undone)
        for number, at, by, name, maker, made_at, made_by, counts, undone in rows
    )


def undo(db: sqlite3.Connection, folder: Path, catalogue: Catalogue, *, by: str, at: datetime) -> Arrival:
    """Take back the package that was taken in last and brought something; returns its receipt.

    What was entered on top of it since stays, and the package can be taken in again. What it deleted for good
    stays deleted. Raises RuleError when there is none.
    """
    with transaction(db):
        row = db.execute(
            "SELECT id FROM arrivals WHERE undone_at IS NULL"
            " AND EXISTS (SELECT 1 FROM journal WHERE arrival = arrivals.id) ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            raise RuleError("没有可以撤销的并入，没有改动任何内容。")
        touched = union.remove(db, row[0])
        origin = arrived.origin(by, at, changes.UNDO)
        arrived.Follower(db, folder, catalogue, origin, arrived.NO_TITLES).follow(touched, as_written=False)
        db.execute("UPDATE arrivals SET undone_at = ? WHERE id = ?", (origin.moment, row[0]))
        return next(one for one in every(db) if one.id == row[0])
