"""What goes into a package: all writes, or those about one unit; all of them, or from a moment on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import Any

from desktop.workspace.demands import model as demands
from desktop.workspace.enterprises import model as enterprises
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import journalled
from desktop.workspace.journal import state
from desktop.workspace.journal.model import PURGED, dumped
from desktop.workspace.visits import model as visits

ENTERPRISE, VISIT, DEMAND = enterprises.NOUN, visits.NOUN, demands.NOUN

Chosen = tuple[str, tuple[object, ...]]
"""A condition in SQL on the journal, and its values."""
EVERYTHING: Chosen = ("true", ())


def since(db: sqlite3.Connection, moment: datetime | None) -> Chosen:
    """Return what was written or came in from the first write of ``moment`` on, by order of arrival.

    What never left is in it whatever the clocks said; None is everything.
    """
    if moment is None:
        return EVERYTHING
    (first,) = db.execute(
        "SELECT min(seq) FROM journal WHERE datetime(at) >= datetime(?)", (moment.isoformat(),)
    ).fetchone()
    return ("sealed <> 1", ()) if first is None else ("(seq >= ? OR sealed <> 1)", (first,))


def unsent(db: sqlite3.Connection) -> int:
    """Return how many writes made here have not left in any package."""
    with translated():
        (count,) = db.execute("SELECT count(*) FROM journal WHERE sealed <> 1 AND arrival IS NULL").fetchone()
    return int(count)


def of_unit(db: sqlite3.Connection, names: Collection[str]) -> Chosen:
    """Return what is of the unit with these names, its key first: items, demands, and whom these name.

    A record is named where its key stands as a value: a demand names its enterprise and its visit, a visit
    its enterprise. What was deleted for good is told to everybody.
    """
    key = next(iter(names))
    known = {record.key: record for noun in (ENTERPRISE, VISIT) for record in state.records(db, noun)}
    found = {
        (DEMAND, record.key)
        for record in state.records(db, DEMAND)
        if _texts(record.values) & set(names)
    }  # fmt: skip
    left = list(found)
    while left:
        record = state.record(db, *left.pop())
        named = [known[text] for text in sorted(_texts(record.values) & known.keys())] if record else []
        new = {(one.noun, one.key) for one in named} - found
        found |= new
        left += new
    condition = (
        "(field = ? OR noun = ? AND substr(record, 1, ?) = ? OR (noun, record) IN"
        " (SELECT value ->> 0, value ->> 1 FROM json_each(?)))"
    )
    start = f"{key}/"
    return condition, (PURGED, journalled.ITEM, len(start), start, dumped(sorted(found)))


def both(one: Chosen, other: Chosen) -> Chosen:
    """Return what is in both."""
    return f"{one[0]} AND {other[0]}", (*one[1], *other[1])


def _texts(value: Any) -> set[str]:
    """Return all texts in a value, however deep."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(_texts, value))
    return _texts(dict(value)) if hasattr(value, "keys") else set()


def evidence(rows: list[tuple[str, str]]) -> dict[str, str]:
    """Return the names of files by SHA-256, of writes of attached files as (field, value)."""
    found = {}
    for field, value in rows:
        told = json.loads(value)
        if isinstance(told, dict):
            found[field.partition("/")[2]] = str(told.get("name", ""))
    return found
