"""What stands entered for each item, as it is kept: one row per item that was ever touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.catalogue.model import Measure
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import changes, deadline
from desktop.workspace.items.model import FIELD_NAMES, Change, Entry, ItemKey, Status

_FIELDS = tuple(FIELD_NAMES)
_COLUMNS = ", ".join(_FIELDS)
_READ = ("status", "deadline")  # what is kept as text and is none; the other fields are


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry and the measure that it was made for, as that measure was then."""

    entry: Entry
    measure_title: str
    text_sha256: str


def load(db: sqlite3.Connection, unit_key: str | None = None) -> dict[ItemKey, Kept]:
    """Return what is kept for one unit, or for all, in one query, in the order of the keys."""
    where, values = ("WHERE unit_key = ?", (unit_key,)) if unit_key is not None else ("", ())
    return _select(db, where, values)


def load_one(db: sqlite3.Connection, key: ItemKey) -> Kept | None:
    """Return what is kept for one item; None when nothing was ever entered for it."""
    where = "WHERE unit_key = ? AND measure_key = ?"
    return _select(db, where, (key.unit_key, key.measure_key)).get(key)


def evidence_names(db: sqlite3.Connection, unit_key: str | None = None) -> dict[ItemKey, tuple[str, ...]]:
    """Return the names of what is attached to each item of one unit, or of all, in the order of attaching."""
    where, values = ("AND unit_key = ?", (unit_key,)) if unit_key is not None else ("", ())
    with translated():
        rows = db.execute(
            f"SELECT unit_key, measure_key, name FROM evidence WHERE attached = 1 {where} ORDER BY id", values
        ).fetchall()
    names: dict[ItemKey, tuple[str, ...]] = {}
    for unit, measure, name in rows:
        key = ItemKey(unit, measure)
        names[key] = (*names.get(key, ()), name)
    return names


def _select(db: sqlite3.Connection, where: str, values: tuple[str, ...]) -> dict[ItemKey, Kept]:
    with translated():
        rows = db.execute(
            f"SELECT unit_key, measure_key, revision, updated_at, measure_title, text_sha256, {_COLUMNS}"
            f" FROM entries {where} ORDER BY unit_key, measure_key",
            values,
        ).fetchall()
    kept = {}
    for unit_key, measure_key, revision, updated_at, title, digest, *fields in rows:
        entry = _entry(dict(zip(_FIELDS, fields, strict=True)), revision, updated_at)
        kept[ItemKey(unit_key, measure_key)] = Kept(entry, title, digest)
    return kept


def _entry(values: Mapping[str, str], revision: int, updated_at: str) -> Entry:
    entry = Entry(
        Status(values["status"]), deadline.parse(values["deadline"]), revision=revision, updated_at=updated_at
    )
    texts: dict[str, Any] = {name: value for name, value in values.items() if name not in _READ}
    return replace(entry, **texts)


def values(db: sqlite3.Connection, key: ItemKey) -> dict[str, str]:
    """Return the fields of one item as they are kept; those of an untouched one when it was never entered."""
    kept = load_one(db, key)
    return values_of(kept.entry if kept else Entry())


def values_of(entry: Entry) -> dict[str, str]:
    """Return the fields of ``entry`` as they are entered and kept: strings, by the keys of FIELD_NAMES."""
    kept = {name: str(getattr(entry, name)) for name in _FIELDS}
    return {**kept, "deadline": entry.deadline.stored}


def write(
    db: sqlite3.Connection, key: ItemKey, measure: Measure, then: Mapping[str, str], origin: changes.Origin
) -> tuple[Change, ...]:
    """Let all fields of ``key`` be as in ``then``, with its history; to be called inside a transaction.

    Returns the changes made, none when everything is so already. The revision goes up by one for the whole
    edit.
    """
    kept = load_one(db, key)
    entry = kept.entry if kept else Entry()
    now = values_of(entry)
    fields = [(name, now[name], then[name]) for name in _FIELDS if then[name] != now[name]]
    if not fields:
        return ()
    revision = entry.revision + 1
    made = changes.record(db, key, fields, origin, measure.text_sha256, revision)
    keep(db, key, measure, then, revision, origin.moment)
    return made


def keep(
    db: sqlite3.Connection,
    key: ItemKey,
    measure: Measure,
    values: Mapping[str, str],
    revision: int,
    moment: str,
) -> None:
    """Let the entry of ``key`` be ``values``, at ``revision``; the history is the caller's affair."""
    row = {
        **values,
        "unit_key": key.unit_key,
        "measure_key": key.measure_key,
        "revision": revision,
        "updated_at": moment,
        "measure_title": measure.title,
        "text_sha256": measure.text_sha256,
    }
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    updates = ", ".join(f"{name} = excluded.{name}" for name in row)
    db.execute(
        f"INSERT INTO entries ({names}) VALUES ({marks})"
        f" ON CONFLICT (unit_key, measure_key) DO UPDATE SET {updates}",
        row,
    )
