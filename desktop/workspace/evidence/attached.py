"""佐证材料: files attached to an item, copied into the workspace, with who, when, size and hash.

In the item's history a change of the field ``evidence`` names the files that it is about, one a line:
``before`` those taken off, ``after`` those attached (:func:`desktop.workspace.items.changes.files`). Removing
takes a file off the item; the file itself stays, for the history and for taking the removal back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk
from desktop.errors import RuleError
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.evidence.files import State, Stored
from desktop.workspace.file import store
from desktop.workspace.file.transaction import read_only, transaction, translated
from desktop.workspace.items import changes, checklist, entries, journalled
from desktop.workspace.items.model import EVIDENCE, Change, Entry, ItemKey
from desktop.workspace.journal.model import Stamp

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.catalogue.query import Catalogue

_COLUMNS = "id, unit_key, measure_key, name, sha256, size, place, written, added_at, added_by"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file attached to an item. ``name`` is its own name, ``at`` and ``by`` when and by whom attached."""

    id: int
    key: ItemKey
    name: str
    stored: Stored
    at: str
    by: str

    def path(self, folder: Path) -> Path:
        """Return where the file lies in the workspace in ``folder``."""
        return folder / store.FOLDER / self.stored.place


def add(
    db: sqlite3.Connection,
    folder: Path,
    catalogue: Catalogue,
    key: ItemKey,
    path: Path,
    *,
    by: str,
    at: datetime,
    source: str = "录入",
) -> Evidence:
    """Attach a copy of the file at ``path`` to an item and record it; ``path`` itself is only read.

    What is attached to the item already is not attached again. Raises RuleError for what is no file, empty,
    too large or for an unknown item, KnownError when the file cannot be read or stored; nothing is changed
    then.
    """
    measure = checklist.measure_of(catalogue, key)
    if db.execute("PRAGMA query_only").fetchone() == (1,):
        raise read_only()
    stored = evidence_files.take_in(folder, path)
    with transaction(db):
        there = _select(db, "unit_key = ? AND measure_key = ? AND sha256 = ?", *_of(key), stored.sha256)
        if there:
            name = there[0].name
        else:
            name = _free(db, key, evidence_files.shown_name(path.name))
            _insert(db, key, name, stored, changes.Origin(by, source, at))
        _attach(db, key, measure, (), (name,), changes.Origin(by, source, at))
        return _select(db, "unit_key = ? AND measure_key = ? AND name = ?", *_of(key), name)[0]


def remove(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    evidence_id: int,
    *,
    by: str,
    at: datetime,
    source: str = "录入",
) -> tuple[Change, ...]:
    """Take a file off its item and record it; the file stays in the workspace.

    Returns the change, none when it was taken off before. Raises RuleError when there is no such file.
    """
    with transaction(db):
        found = _select(db, "id = ?", evidence_id)
        if not found:
            raise RuleError("工作库中没有这份佐证材料，没有改动任何内容。", "它可能已被移除，可以重新添加。")
        key, name = found[0].key, found[0].name
        measure = checklist.measure_of(catalogue, key)
        return _attach(db, key, measure, (name,), (), changes.Origin(by, source, at))


def take_back(
    db: sqlite3.Connection, catalogue: Catalogue, change: Change, origin: changes.Origin
) -> tuple[Change, ...]:
    """Let the files that ``change`` took off or attached be as before it; inside a transaction.

    Any other file of the item is left as it is.
    """
    removed, added = changes.files(change)
    return _attach(db, change.key, checklist.measure_of(catalogue, change.key), added, removed, origin)


def standing_of(db: sqlite3.Connection, key: ItemKey) -> dict[str, bool]:
    """Return the contents that ever were attached to an item, by SHA-256, and whether each is now."""
    with translated():
        rows = db.execute(
            "SELECT sha256, attached FROM evidence WHERE unit_key = ? AND measure_key = ? ORDER BY id",
            _of(key),
        ).fetchall()
    return {digest: bool(is_attached) for digest, is_attached in rows}


def follow(
    db: sqlite3.Connection,
    key: ItemKey,
    measure: Measure,
    digest: str,
    stored: Stored | None,
    name: str,
    origin: changes.Origin,
) -> tuple[Change, ...]:
    """Attach a content that arrived, or take it off where ``stored`` is None; inside a transaction.

    ``name`` is numbered where another file of the item bears it.
    """
    there = _select(db, "unit_key = ? AND measure_key = ? AND sha256 = ?", *_of(key), digest)
    if stored is None:
        return _attach(db, key, measure, [one.name for one in there], (), origin)
    if not there:
        name = _free(db, key, name)
        _insert(db, key, name, stored, origin)
    return _attach(db, key, measure, (), (there[0].name if there else name,), origin)


def holds(db: sqlite3.Connection, change: Change) -> bool:
    """Tell whether all that ``change`` attached still is, and nothing of what it took off."""
    removed, added = changes.files(change)
    there = set(_names(db, change.key))
    return there.issuperset(added) and there.isdisjoint(removed)


def of_item(db: sqlite3.Connection, key: ItemKey) -> tuple[Evidence, ...]:
    """Return what is attached to one item, in the order in which it first was."""
    return _select(db, "attached AND unit_key = ? AND measure_key = ?", *_of(key))


def of_unit(db: sqlite3.Connection, unit_key: str) -> tuple[Evidence, ...]:
    """Return what is attached to the items of one unit."""
    return _select(db, "attached AND unit_key = ?", unit_key)


def every(db: sqlite3.Connection, *, removed: bool = False) -> tuple[Evidence, ...]:
    """Return what is attached to all items; with ``removed`` also what was taken off."""
    return _select(db, "true" if removed else "attached")


def check(folder: Path, files: Iterable[Evidence], *, thorough: bool = False) -> dict[int, State]:
    """Return how each file stands, by its id. Only ``thorough`` reads files that look untouched."""
    return {one.id: evidence_files.state(folder, one.stored, thorough=thorough) for one in files}


def _attach(
    db: sqlite3.Connection,
    key: ItemKey,
    measure: Measure,
    removed: Sequence[str],
    added: Sequence[str],
    origin: changes.Origin,
) -> tuple[Change, ...]:
    """Take ``removed`` off an item and attach ``added``, as one change of its history and a new revision.

    What is so already is no part of the change; nothing is recorded when all of it is.
    """
    there = set(_names(db, key))
    before = [name for name in removed if name in there]
    after = [name for name in added if name not in there]
    if not before and not after:
        return ()
    for names, attached in ((before, 0), (after, 1)):
        db.execute(
            "UPDATE evidence SET attached = ? WHERE unit_key = ? AND measure_key = ?"
            " AND name IN (SELECT value FROM json_each(?))",
            (attached, *_of(key), json.dumps(names)),
        )
    kept = entries.load_one(db, key)
    entry = kept.entry if kept else Entry()
    revision = entry.revision + 1
    fields = [(EVIDENCE, "\n".join(before), "\n".join(after))]
    made = changes.record(db, key, fields, origin, measure.text_sha256, revision)
    if not origin.arrived:
        _note_files(db, key, before, after, origin.stamp)
    entries.keep(db, key, measure, entries.values_of(entry), revision, origin.moment)
    return made


def _note_files(
    db: sqlite3.Connection, key: ItemKey, removed: Sequence[str], added: Sequence[str], stamp: Stamp
) -> None:
    files = {one.name: one.stored for one in _select(db, "unit_key = ? AND measure_key = ?", *_of(key))}
    journalled.note_files(
        db,
        key,
        [files[name].sha256 for name in removed],
        [(files[name].sha256, name, files[name].size) for name in added],
        stamp,
    )


def _insert(db: sqlite3.Connection, key: ItemKey, name: str, stored: Stored, origin: changes.Origin) -> None:
    db.execute(
        "INSERT INTO evidence (unit_key, measure_key, name, sha256, size, place, written, added_at, added_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *_of(key),
            name,
            stored.sha256,
            stored.size,
            stored.place,
            stored.written,
            origin.moment,
            origin.by,
        ),
    )


def _names(db: sqlite3.Connection, key: ItemKey) -> list[str]:
    return [one.name for one in of_item(db, key)]


def _free(db: sqlite3.Connection, key: ItemKey, name: str) -> str:
    """Return ``name``, numbered when another file of this item bears it, were it taken off or not."""
    taken = {one.name for one in _select(db, "unit_key = ? AND measure_key = ?", *_of(key))}
    return next(other for other in disk.numbered(name) if other not in taken)


def _of(key: ItemKey) -> tuple[str, str]:
    return key.unit_key, key.measure_key


def _select(db: sqlite3.Connection, where: str, *values: object) -> tuple[Evidence, ...]:
    with translated():
        rows = db.execute(f"SELECT {_COLUMNS} FROM evidence WHERE {where} ORDER BY id", values).fetchall()
    return tuple(
        Evidence(number, ItemKey(unit, measure), name, _stored(digest, size, place, written), at, by)
        for number, unit, measure, name, digest, size, place, written, at, by in rows
    )


def _stored(digest: str, size: int, place: str, written: int) -> Stored:
    """Return where a content lies; a place outside of its own folder is taken for one that is not there."""
    there = place if evidence_files.is_place(place, digest) else evidence_files.NOWHERE
    return Stored(digest, size, there, written)
