"""What may have been entered twice: an enterprise, a visit. It is only named, never made one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
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
    same: list[tuple[str, str]] = []
    firms = {key for noun, key in touched if noun == ENTERPRISE}
    if firms:
        every = duplicates.pairs(enterprises.every(db))
        pairs = [one for one in every if one.first in firms or one.second in firms]
        found += [
            _told(db, catalogue, ENTERPRISE, tuple(sorted((one.first, one.second))), one.words)
            for one in pairs
        ]
        same = [(one.first, one.second) for one in pairs if one.sure]
    visits = {key for noun, key in touched if noun == VISIT}
    if visits:
        found += [
            _told(db, catalogue, VISIT, keys, _ONE_DAY)
            for keys in _visits(db, same)
            if not visits.isdisjoint(keys)
        ]
    return tuple(found)


def _visits(db: sqlite3.Connection, same: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the visits to one enterprise on one day; two that are surely the ``same`` count as one."""
    rows = db.execute(
        "SELECT key, json_extract(data, '$.enterprise'), json_extract(data, '$.date') FROM records"
        " WHERE noun = ? ORDER BY key",
        (VISIT,),
    ).fetchall()
    into = dict(enterprises.merged(db))
    for pair in same:
        first, second = sorted(enterprises.resolved(into, key) for key in pair)
        if first != second:
            into[second] = first
    groups = defaultdict(list)
    for key, firm, day in rows:
        if firm and day:
            groups[enterprises.resolved(into, firm), day].append(key)
    return [tuple(keys) for keys in groups.values() if len(keys) > 1]


def _told(
    db: sqlite3.Connection, catalogue: Catalogue, noun: str, keys: tuple[str, ...], why: str
) -> PossibleDuplicate:
    called = tuple(naming.record(db, catalogue, noun, key) for key in keys)
    return PossibleDuplicate(noun, keys, called, why)
