"""Changes of items and notes as writes of the journal, by which they travel to other machines.

An item is the record ``unit/measure`` of the noun ``item`` with the fields of FIELD_NAMES, and
``evidence/<sha256>`` for each attached file; a note is the field ``text`` of the record ``measure`` of the
noun ``note``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from desktop.workspace.items.model import ItemKey
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Edit, Stamp

ITEM, NOTE = "item", "note"
TEXT, FILE = "text", "evidence"


def record_of(key: ItemKey) -> tuple[str, str]:
    """Return the noun and the record that an item is, or, under the empty unit, the note on a measure."""
    return (ITEM, f"{key.unit_key}/{key.measure_key}") if key.unit_key else (NOTE, key.measure_key)


def key_of(noun: str, record: str) -> ItemKey:
    """Return the item, or the note, that a record is."""
    unit, _, measure = record.partition("/") if noun == ITEM else ("", "", record)
    return ItemKey(unit, measure)


def note_down(
    db: sqlite3.Connection,
    key: ItemKey,
    fields: Iterable[tuple[str, str]],
    stamp: Stamp,
    *,
    grow: bool,
) -> None:
    """Write what each field is now, as (name, value); inside the transaction of the change."""
    noun, record = record_of(key)
    edits = [Edit(noun, record, TEXT if noun == NOTE else name, value) for name, value in fields]
    writing.write(db, edits, stamp, grow=grow)


def note_files(
    db: sqlite3.Connection,
    key: ItemKey,
    removed: Iterable[str],
    added: Iterable[tuple[str, str, int]],
    stamp: Stamp,
) -> None:
    """Write which files, by SHA-256, were taken off an item and which, as (sha256, name, size), attached."""
    noun, record = record_of(key)
    edits = [Edit(noun, record, f"{FILE}/{sha256}", None) for sha256 in removed]
    for sha256, name, size in added:
        edits.append(Edit(noun, record, f"{FILE}/{sha256}", {"name": name, "size": size}))
    writing.write(db, edits, stamp, grow=False)
