"""How records and fields of any noun are called where two machines meet."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from desktop.workspace import words
from desktop.workspace.demands import model as demands
from desktop.workspace.demands.taking import RECEIPT
from desktop.workspace.enterprises import model as enterprises
from desktop.workspace.items import journalled
from desktop.workspace.items.model import CHANGE_NAMES
from desktop.workspace.journal import state
from desktop.workspace.journal.model import Write
from desktop.workspace.merging.choosing import DEMAND, ENTERPRISE, VISIT
from desktop.workspace.visits import model as visits

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

NOUNS = {
    ENTERPRISE: "企业",
    VISIT: "走访",
    DEMAND: "诉求",
    RECEIPT: "诉求回填回执",
    journalled.ITEM: "清单事项",
    journalled.NOTE: "批注",
}
_EMPTY = words.EMPTY
_KEYS = {"enterprise": ENTERPRISE, "visit": VISIT, enterprises.MERGED: ENTERPRISE}
"""Fields that hold the key of another record."""


def noun(name: str) -> str:
    """Return what a noun is called; the name itself of one that this version does not know."""
    return NOUNS.get(name, name)


def field(of: str, name: str) -> str:
    """Return what a field of a noun is called."""
    first = name.partition("/")[0]
    match of:
        case journalled.ITEM:
            return CHANGE_NAMES.get(first, first)
        case journalled.NOTE:
            return NOUNS[journalled.NOTE]
        case enterprises.NOUN:
            return enterprises.field_words(name)
        case visits.NOUN:
            return visits.field_words(name)
        case demands.NOUN:
            return demands.field_words(name)
    return first


def record(db: sqlite3.Connection, catalogue: Catalogue, of: str, key: str) -> str:
    """Return what a record is called, for people."""
    if of in (journalled.ITEM, journalled.NOTE):
        item = journalled.key_of(of, key)
        unit = words.unit(catalogue, item.unit_key) if item.unit_key else ""
        return "　".join(filter(None, (unit, measure(catalogue, item.measure_key))))
    values = found.values if (found := state.record(db, of, key)) else {}
    if of == ENTERPRISE:
        return _text(values.get("name")) or f"（名称还没有收到）{key}"
    firm = values.get("enterprise")
    named = record(db, catalogue, ENTERPRISE, firm) if isinstance(firm, str) and firm else ""
    told = [values.get("number"), values.get("date"), named, values.get("title")]
    return "　".join(filter(None, map(_text, told))) or f"{noun(of)}{key}"


def measure(catalogue: Catalogue, key: str) -> str:
    """Return what a measure is called, its key for one that no notice here has."""
    try:
        found = catalogue.measure(key)
    except KeyError:
        return key
    return f"{found.cited}　{found.called}"


def value(db: sqlite3.Connection, catalogue: Catalogue, write: Write) -> str:
    """Return the value of a write as people read it."""
    of, name, content = write.noun, write.field, write.value
    if content is None or content == "":
        return _EMPTY
    if name in _KEYS and isinstance(content, str):
        return record(db, catalogue, _KEYS[name], content)
    if (of, name) == (demands.NOUN, demands.LAST):
        found = state.record(db, of, write.record)
        step = found.values.get(f"{demands.STEP}/{content}") if found else None
        return " ".join(_text(step.get(one)) for one in ("act", "day")) if isinstance(step, dict) else content
    if of == journalled.ITEM and isinstance(content, str):
        return words.value(name, content)
    if isinstance(content, dict) and isinstance(content.get("name"), str):
        return str(content["name"])
    if isinstance(content, str | int | float) and not isinstance(content, bool):
        return str(content)
    if isinstance(content, list) and all(isinstance(one, str) for one in content):
        return "、".join(content)
    if isinstance(content, bool):
        return "是" if content else "否"
    return json.dumps(content, ensure_ascii=False)


def machine(db: sqlite3.Connection, name: str) -> str:
    """Return how a machine is called: by its computer's name with the begin of its own."""
    row = db.execute(
        "SELECT called FROM machines WHERE machine = ?1 UNION ALL"
        " SELECT called FROM identities WHERE machine = ?1",
        (name,),
    ).fetchone()
    called = str(row[0]) if row and row[0] else "一台电脑"
    return f"{called}（{name[:4]}）"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
