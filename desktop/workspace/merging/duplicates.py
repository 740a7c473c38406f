"""What two machines may have entered twice: an enterprise, a visit. It is only named, never made one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop.workspace.enterprises import duplicates, enterprises
from desktop.workspace.merging import naming
from desktop.workspace.merging.choosing import ENTERPRISE, VISIT
from desktop.workspace.merging.outcome import PossibleDuplicate

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

_ONE_DAY = "同一天走访同一家企业"


def among(
    db: sqlite3.Connection, catalogue: Catalogue, touched: Collection[tuple[str, str]]
) -> tuple[PossibleDuplicate, ...]:
    """Return the possible duplicates of which at least one is a record of ``touched`` (noun, key)."""
    found = []
    firms = {key for noun, key in touched if noun == ENTERPRISE}
    if firms:
        pairs = duplicates.pairs(enterprises.every(db))
        found += [
            _told(db, catalogue, ENTERPRISE, tuple(sorted((one.first, one.second))), one.words)
            for one in pairs
            if one.first in firms or one.second in firms
        ]
    visits = {key for noun, key in touched if noun == VISIT}
    if visits:
        found += [
            _told(db, catalogue, VISIT, keys, _ONE_DAY) for keys in _visits(db) if not visits.isdisjoint(keys)
        ]
    return tuple(found)


def _visits(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return the visits to one enterprise on one day that were begun on different machines."""
    rows = db.execute(
        "SELECT key, json_extract(data, '$.enterprise'), json_extract(data, '$.date') FROM records"
        " WHERE noun = ? ORDER BY key",
        (VISIT,),
    ).fetchall()
    into = enterprises.merged(db)
    groups = defaultdict(list)
    for key, firm, day in rows:
        if firm and day:
            groups[enterprises.resolved(into, firm), day].append(key)
    return [
        tuple(keys)
        for keys in groups.values()
        if len(keys) > 1 and len({_begun_by(db, key) for key in keys}) > 1
    ]


def _begun_by(db: sqlite3.Connection, key: str) -> str:
    row = db.execute(
        "SELECT machine FROM journal WHERE noun = ? AND record = ? AND seen = '[]'"
        " ORDER BY field <> 'number', counter LIMIT 1",
        (VISIT, key),
    ).fetchone()
    return str(row[0]) if row else ""


def _told(
    db: sqlite3.Connection, catalogue: Catalogue, noun: str, keys: tuple[str, ...], why: str
) -> PossibleDuplicate:
    called = tuple(naming.record(db, catalogue, noun, key) for key in keys)
    return PossibleDuplicate(noun, keys, called, why)
