"""What two machines may have entered twice: an enterprise, a visit. It is only named, never made one."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from desktop.workspace.journal import state
from desktop.workspace.merging import naming
from desktop.workspace.merging.choosing import ENTERPRISE, VISIT
from desktop.workspace.merging.outcome import PossibleDuplicate

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def among(
    db: sqlite3.Connection, catalogue: Catalogue, touched: Collection[tuple[str, str]]
) -> tuple[PossibleDuplicate, ...]:
    """Return the possible duplicates of which at least one is a record of ``touched`` (noun, key)."""
    found = []
    enterprises = {key for noun, key in touched if noun == ENTERPRISE}
    if enterprises:
        for why, keys in _enterprises(db):
            if enterprises & {*keys}:
                found.append(_told(db, catalogue, ENTERPRISE, keys, why))
    visits = {key for noun, key in touched if noun == VISIT}
    if visits:
        for keys in _visits(db):
            if visits & {*keys}:
                found.append(_told(db, catalogue, VISIT, keys, "同一天走访同一家企业"))
    return tuple(found)


def folded(name: Any) -> str:
    """Return a name as names are compared: width, case, brackets and blanks make no difference."""
    text = unicodedata.normalize("NFKC", name).casefold() if isinstance(name, str) else ""
    return "".join(c for c in text if not c.isspace() and c not in "()〔〕[]·.,，。-")


def _enterprises(db: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    by_code, by_name = defaultdict(list), defaultdict(list)
    for record in state.records(db, ENTERPRISE):
        by_code[folded(record.values.get("code"))].append(record.key)
        by_name[folded(record.values.get("name"))].append(record.key)
    found: dict[tuple[str, ...], str] = {}
    for why, groups in (("统一社会信用代码相同", by_code), ("名称相同", by_name)):
        for text, keys in groups.items():
            if text and len(keys) > 1:
                found.setdefault(tuple(keys), why)
    return [(why, keys) for keys, why in found.items()]


def _visits(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return the visits to one enterprise on one day that were begun on different machines."""
    rows = db.execute(
        "SELECT json_group_array(key) FROM (SELECT key, json_extract(data, '$.enterprise') AS enterprise,"
        " json_extract(data, '$.date') AS day FROM records WHERE noun = ? ORDER BY key)"
        " WHERE enterprise IS NOT NULL AND day IS NOT NULL GROUP BY enterprise, day HAVING count(*) > 1"
        " ORDER BY day, enterprise",
        (VISIT,),
    ).fetchall()
    groups = [tuple(json.loads(keys)) for (keys,) in rows]
    return [keys for keys in groups if len({_begun_by(db, key) for key in keys}) > 1]


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
