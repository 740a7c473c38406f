"""How records and fields of any noun are called where two machines meet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop.workspace import words
from desktop.workspace.demands import model as demands
from desktop.workspace.demands.taking import RECEIPT
from desktop.workspace.enterprises import model as enterprises
from desktop.workspace.items import journalled
from desktop.workspace.items.model import CHANGE_NAMES, FIELD_NAMES
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
_FREE = {
    enterprises.NOUN: frozenset(enterprises.TEXTS) - {"industry"},
    visits.NOUN: frozenset({"place", "summary"}),
    demands.NOUN: frozenset({"text", "contact"}),
    journalled.ITEM: frozenset(FIELD_NAMES) - {"status", "deadline"},
}


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
    of, content = write.noun, write.value
    kind, _, rest = write.field.partition("/")
    if content is None or content == "" or content == []:
        return _EMPTY
    if isinstance(content, str):
        return _called(db, catalogue, write, kind, rest)
    if isinstance(content, bool):
        return "是" if content else "否"
    if isinstance(content, list) and all(isinstance(one, str) for one in content):
        return "、".join(content)
    if isinstance(content, list) and all(isinstance(one, dict) for one in content):
        return "、".join(map(_parts, content))
    if isinstance(content, dict):
        if (of, kind) == (visits.NOUN, "card"):
            return "（走访时的匹配结果）"
        if (of, kind) == (demands.NOUN, demands.STEP):
            return _step(content)
        return _text(content.get("name")) if kind == journalled.FILE else _parts(content)
    return str(content) if isinstance(content, int | float) else json.dumps(content, ensure_ascii=False)


def may_be_typed(of: str, name: str) -> bool:
    """Tell whether a field of a noun takes any text: no key, no day, none of a few words."""
    return of == journalled.NOTE or name in _FREE.get(of, ())


def _called(db: sqlite3.Connection, catalogue: Catalogue, write: Write, kind: str, rest: str) -> str:
    """Return a text, which may be the key of something, as people read it."""
    of, content = write.noun, str(write.value)
    match of, kind:
        case _ if kind in _KEYS:
            return record(db, catalogue, _KEYS[kind], content)
        case (demands.NOUN, demands.LAST):
            found = state.record(db, of, write.record)
            step = found.values.get(f"{demands.STEP}/{content}") if found else None
            return _step(step) if isinstance(step, dict) else content
        case (demands.NOUN, "measure"):
            return measure(catalogue, content)
        case (visits.NOUN, visits.EXPLAINED):
            return f"{measure(catalogue, rest)}：{content}"
        case ((visits.NOUN | demands.NOUN), ("unit" | "supports")):
            return demands.BETWEEN.join(unit(catalogue, key) for key in content.split(demands.BETWEEN))
        case (enterprises.NOUN, _):
            return enterprises.value_words(write.field, content)
        case (journalled.ITEM, _):
            return words.value(write.field, content)
    return content


def unit(catalogue: Catalogue, key: str) -> str:
    """Return what a unit is called; one that was typed by its name stands as it is."""
    try:
        return catalogue.unit(key).name
    except KeyError:
        return key


def _step(step: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (_text(step.get(one)) for one in ("act", "day", "text"))))


def _parts(content: Mapping[str, Any]) -> str:
    """Return what is said in a value of several parts: a contact, an advice, who went along."""
    said = (_text(one) for name, one in content.items() if name not in ("key", "at"))
    return " ".join(filter(None, said)) or json.dumps(content, ensure_ascii=False)


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
