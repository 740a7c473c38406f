"""Favourites and notes on measures. Both remember the measure's title and text as they were.

A note's history is kept with all other changes, under the empty unit key and the field ``note``.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import changes, rules
from desktop.workspace.items.model import Change, ItemKey

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.catalogue.query import Catalogue

NO_UNIT = ""
FIELD = "note"
NAME = "批注"
LIMIT = 10_000


def favourites(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the keys of the favourite measures, in the order in which they were added.

    A key may be one that this measures.db does not have.
    """
    with translated():
        return tuple(
            key for (key,) in db.execute("SELECT measure_key FROM favourites ORDER BY id").fetchall()
        )


def set_favourite(
    db: sqlite3.Connection, catalogue: Catalogue, measure_key: str, on: bool, at: datetime
) -> None:
    """Make a measure a favourite or none. Raises KnownError when it cannot be written."""
    if not on:
        with transaction(db):
            db.execute("DELETE FROM favourites WHERE measure_key = ?", (measure_key,))
        return
    measure = _measure(catalogue, measure_key)
    moment = changes.Origin("", "", at).moment
    with transaction(db):
        db.execute(
            "INSERT INTO favourites (measure_key, added_at, measure_title, text_sha256) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (measure_key) DO NOTHING",
            (measure_key, moment, measure.title, measure.text_sha256),
        )


def note(db: sqlite3.Connection, measure_key: str) -> str:
    """Return the note on a measure, empty when there is none."""
    with translated():
        row = db.execute("SELECT text FROM notes WHERE measure_key = ?", (measure_key,)).fetchone()
    return "" if row is None else str(row[0])


def noted(db: sqlite3.Connection) -> set[str]:
    """Return the keys of the measures that have a note."""
    with translated():
        return {key for (key,) in db.execute("SELECT measure_key FROM notes WHERE text <> ''").fetchall()}


def set_note(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    measure_key: str,
    text: str,
    by: str,
    at: datetime,
    session: str = "",
) -> tuple[Change, ...]:
    """Let the note on a measure be ``text``; an empty one takes the note away, its history stays.

    Raises RuleError for a note that is too long or an unknown measure, KnownError when it cannot be written.
    """
    kept = rules.text(NAME, text, LIMIT)
    with transaction(db):
        return write(db, catalogue, measure_key, kept, changes.Origin(by, "录入", at, session))


def write(
    db: sqlite3.Connection, catalogue: Catalogue, measure_key: str, text: str, origin: changes.Origin
) -> tuple[Change, ...]:
    """Keep a note and its history, inside a transaction; no change when it is so already."""
    measure = _measure(catalogue, measure_key)
    before = note(db, measure_key)
    return () if text == before else keep(db, measure, before, text, origin)


def keep(
    db: sqlite3.Connection, measure: Measure, before: str, text: str, origin: changes.Origin
) -> tuple[Change, ...]:
    """Let the note on a measure, which may be one that is not here, be ``text``; inside a transaction."""
    key = ItemKey(NO_UNIT, measure.key)
    made = changes.record(db, key, [(FIELD, before, text)], origin, measure.text_sha256)
    db.execute(
        "INSERT INTO notes (measure_key, text, updated_at, measure_title, text_sha256) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (measure_key) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at,"
        " measure_title = excluded.measure_title, text_sha256 = excluded.text_sha256",
        (measure.key, text, origin.moment, measure.title, measure.text_sha256),
    )
    return made


def set_by(catalogue: Catalogue, measure_key: str) -> bool:
    """Tell whether a measure is one of a notice that is not in use: what is noted on it is not shown."""
    try:
        return not catalogue.in_use(catalogue.measure(measure_key))
    except KeyError:
        return False


def _measure(catalogue: Catalogue, measure_key: str) -> Measure:
    try:
        return catalogue.measure(measure_key)
    except KeyError:
        raise RuleError(
            "措施数据中没有这条措施，没有改动任何内容。", "它可能属于另一版本的措施数据。"
        ) from None
