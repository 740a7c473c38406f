"""并入数据包: what a package would bring, and bringing it: all of it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk, paths
from desktop.library.pack_checks import refused
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.file.store import FOLDER
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import journalled
from desktop.workspace.journal import identity, union
from desktop.workspace.journal.model import WriteId
from desktop.workspace.merging import (
    arrivals,
    arrived,
    conflicts,
    duplicates,
    files_back,
    gaps,
    naming,
    opening,
    retention,
)
from desktop.workspace.merging.compared import SeenRecords
from desktop.workspace.merging.manifest import DATA
from desktop.workspace.merging.opening import OpenPackage
from desktop.workspace.merging.outcome import Clash, MergeOutcome
from desktop.workspace.merging.packing import Report, quiet

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


class _LookedAtError(Exception):
    """Ends a plan, so that nothing of it stays; carries what was found."""

    def __init__(self, outcome: MergeOutcome) -> None:
        super().__init__()
        self.outcome = outcome


def plan(
    db: sqlite3.Connection,
    folder: Path,
    catalogue: Catalogue,
    path: Path,
    *,
    by: str,
    at: datetime,
    passphrase: str = "",
    report: Report = quiet,
) -> MergeOutcome:
    """Return what the package at ``path`` would bring; nothing is changed.

    Raises PackError, which says why it is not taken, KnownError when the disk refuses.
    """
    with opening.opened(path, folder, passphrase, report) as package:
        try:
            with transaction(db):
                raise _LookedAtError(_united(db, folder, catalogue, package, by, at, None))
        except _LookedAtError as looked:
            return replace(looked.outcome, arrival=0)


def apply(
    db: sqlite3.Connection,
    folder: Path,
    catalogue: Catalogue,
    path: Path,
    *,
    by: str,
    at: datetime,
    passphrase: str = "",
    digest: str = "",
    report: Report = quiet,
) -> MergeOutcome:
    """Take in the package at ``path`` and return what that brought: all that it has, or nothing.

    ``digest`` is that of the package whose plan was looked at, if one was. Raises as :func:`plan` does.
    Killed at any moment, the workspace is as before or as after; files of 佐证材料 may lie there already.
    """
    with opening.opened(path, folder, passphrase, report) as package:
        if digest and package.digest != digest:
            raise refused(package.shown, "已不是刚才查看的那一份", "请重新查看后再并入。", DATA)
        with transaction(db):
            found = _united(db, folder, catalogue, package, by, at, report)
    retention.remove_files(db, folder, found.deleted)
    return found


def _united(
    db: sqlite3.Connection,
    folder: Path,
    catalogue: Catalogue,
    package: OpenPackage,
    by: str,
    at: datetime,
    files: Report | None,
) -> MergeOutcome:
    """Add all that a package brings, inside a transaction; its files too where ``files`` is to be told."""
    told = package.manifest
    arrival = arrivals.begin(db, package, by, at)
    absent = files_back.absent(folder, told.files)
    named_before = files_back.named(db, absent)
    seen = SeenRecords(db)
    added = union.add(db, seen.passing(package.writes()), arrival)
    for name, called in told.called.items():
        db.execute("INSERT OR REPLACE INTO machines (machine, called) VALUES (?, ?)", (name, called))
    gaps.keep(db, arrival, told.holds, told.left_out)
    if files is not None:
        _take_files(db, folder, package, absent, files)
    origin = arrived.origin(by, at)
    follower = arrived.Follower(db, folder, catalogue, origin, package.measures())
    follower.follow(one for one in added.touched if one[0] in (journalled.ITEM, journalled.NOTE))
    new, changed = seen.compared(added)
    found = MergeOutcome(
        told,
        package.digest,
        new=new,
        changed=changed,
        same=len(seen.before) - new - changed,
        writes=added.new,
        conflicts=conflicts.brought(db, catalogue, added.touched, arrival),
        duplicates=duplicates.among(db, catalogue, added.touched),
        gaps=gaps.gaps(db),
        clashes=tuple(_clash(db, catalogue, name) for name in added.refused),
        files=len(told.files),
        missing=told.missing,
        files_back=files_back.told(db, catalogue, named_before),
        deleted=added.purged,
        changes=seen.told(catalogue, arrival) if files is None else (),
        arrival=arrival,
    )
    _part_from_twin(db, added.refused, arrival)
    arrivals.finish(db, found)
    return found


def _take_files(
    db: sqlite3.Connection, folder: Path, package: OpenPackage, absent: Collection[str], report: Report
) -> None:
    """Take in those ``absent`` files of 佐证材料 that something in the journal still names."""
    files = package.manifest.files
    evidence = folder / FOLDER
    for done, digest in enumerate(files):
        report(done, len(files))
        if digest not in absent:
            continue
        row = db.execute(
            "SELECT value ->> 'name' FROM journal WHERE field = ? AND blank = 0 AND value <> 'null' LIMIT 1",
            (f"{journalled.FILE}/{digest}",),
        ).fetchone()
        if row is None:
            continue
        place = arrived.place_of(db, folder, digest, str(row[0] or ""))
        with translated():
            evidence.mkdir(paths.OWN_FOLDER, exist_ok=True)
            with disk.draft_in(evidence) as draft:
                with disk.new_own(draft) as target:
                    package.pour(digest, target)
                evidence_files.put(draft, evidence / place, digest)
    report(len(files), len(files))


def _clash(db: sqlite3.Connection, catalogue: Catalogue, name: WriteId) -> Clash:
    noun, key, of_field = db.execute(
        "SELECT noun, record, field FROM journal WHERE machine = ? AND counter = ?", name
    ).fetchone()
    return Clash(name, noun, key, of_field, naming.record(db, catalogue, noun, key))


def _part_from_twin(db: sqlite3.Connection, clashed: tuple[WriteId, ...], arrival: int) -> None:
    """Take another identity where somebody else writes under this one: a copy of this machine."""
    own = identity.own(db)
    if not own:
        return
    name = own[-1].machine
    came = db.execute("SELECT 1 FROM journal WHERE arrival = ? AND machine = ? LIMIT 1", (arrival, name))
    if came.fetchone() or any(one.machine == name for one in clashed):
        identity.renew(db)
