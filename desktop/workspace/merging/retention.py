"""What is older than the period of retention: offered with a report, then deleted for good, everywhere.

A visit counts by its day, a demand by the last day of anything done for it, an enterprise, once nothing of it
is left, by when it was last written to. What is still open, or named by what stays, is never offered. Copies
in earlier backups go when these are thinned out.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.demands import model as demands
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises import model as firms
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.file.store import FOLDER
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import journalled
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Stamp, dumped
from desktop.workspace.merging import naming
from desktop.workspace.visits import model as visits

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

LEAST_YEARS = 1


@dataclass(frozen=True, slots=True)
class Expired:
    """A record past its period: what it is called, the day that it counts by, how many files go with it."""

    noun: str
    key: str
    called: str
    day: date
    files: int = 0


def expired(db: sqlite3.Connection, catalogue: Catalogue, years: int, today: date) -> tuple[Expired, ...]:
    """Return what is older than ``years`` full years, oldest first. Raises RuleError for less than one."""
    if years < LEAST_YEARS:
        raise RuleError(
            f"保留期限最短{LEAST_YEARS}年，没有改动任何内容。", f"请填写{LEAST_YEARS}或更大的年数。"
        )
    until = _years_before(today, years)
    all_demands = [demands.demand_of(record) for record in state.records(db, demands.NOUN)]
    all_visits = [visits.visit_of(record) for record in state.records(db, visits.NOUN)]
    old_demands = {one.key: _day(one) for one in all_demands if not one.is_open and _day(one) < until}
    named = {one.visit for one in all_demands if one.key not in old_demands}
    old_visits: dict[str, date] = {
        one.key: one.day for one in all_visits if one.day and one.day < until and one.key not in named
    }
    used = {one.enterprise for one in all_demands if one.key not in old_demands}
    used |= {one.enterprise for one in all_visits if one.key not in old_visits}
    into = enterprises.merged(db)
    firms_used = {enterprises.resolved(into, key) for key in used}
    old_firms = {
        one.key: day
        for one in enterprises.recorded(db)
        if enterprises.resolved(into, one.key) not in firms_used and (day := _last(db, one.key)) < until
    }
    found = [
        Expired(noun, key, naming.record(db, catalogue, noun, key), day, len(_files(db, [(noun, key)])))
        for noun, old in ((visits.NOUN, old_visits), (demands.NOUN, old_demands), (firms.NOUN, old_firms))
        for key, day in old.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.noun, one.key)))


def delete(db: sqlite3.Connection, folder: Path, records: Iterable[Expired], stamp: Stamp) -> int:
    """Delete the contents of records for good, all or none; returns how many files went with them.

    Their names stay, so that no old package can bring them back. Raises RuleError, and changes nothing, for a
    record that is gone.
    """
    chosen = tuple(records)
    with transaction(db):
        for noun in dict.fromkeys(one.noun for one in chosen):
            writing.purge(db, noun, [one.key for one in chosen if one.noun == noun], stamp)
    return remove_files(db, folder, [(one.noun, one.key) for one in chosen])


def remove_files(db: sqlite3.Connection, folder: Path, purged: Collection[tuple[str, str]]) -> int:
    """Remove the files of records deleted for good that nothing else refers to; returns how many contents.

    What cannot be removed now stays, without harm: nothing names it any more.
    """
    removed = 0
    for digest in _files(db, purged):
        kept = db.execute(
            "SELECT 1 FROM journal WHERE field = ? AND blank = 0 AND value <> 'null'"
            " UNION ALL SELECT 1 FROM evidence WHERE sha256 = ? LIMIT 1",
            (f"{journalled.FILE}/{digest}", digest),
        ).fetchone()
        home = folder / FOLDER / digest[:2] / digest
        if kept or not home.is_dir():
            continue
        with contextlib.suppress(OSError):
            for path in home.iterdir():
                path.chmod(0o600)  # Windows removes nothing that is read-only
                path.unlink()
            home.rmdir()
            removed += 1
    return removed


def _files(db: sqlite3.Connection, records: Collection[tuple[str, str]]) -> list[str]:
    """Return the contents, by SHA-256, that ever were attached to records; known also once they are blank."""
    rows = db.execute(
        "SELECT DISTINCT substr(field, ?) FROM json_each(?) AS wanted"
        " JOIN journal ON noun = wanted.value ->> 0 AND record = wanted.value ->> 1"
        " WHERE field GLOB ? ORDER BY 1",
        (len(journalled.FILE) + 2, dumped(list(records)), f"{journalled.FILE}/*"),
    ).fetchall()
    return [digest for (digest,) in rows if evidence_files.is_place(f"{digest[:2]}/{digest}/x", digest)]


def _day(one: demands.Demand) -> date:
    """Return the last day of anything done for a demand; a day to come where none is known."""
    steps = [step.day for step in one.chain.steps] if one.chain else []
    return max(filter(None, (one.received, *steps)), default=date.max)


def _last(db: sqlite3.Connection, key: str) -> date:
    (at,) = db.execute(
        "SELECT max(substr(at, 1, 10)) FROM journal WHERE noun = ? AND record = ?", (firms.NOUN, key)
    ).fetchone()
    return date.fromisoformat(at)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
