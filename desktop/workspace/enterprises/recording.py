"""Writing enterprises down: added, and filled in field by field. What is typed is kept, right or not."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.catalogue import facts as vocabulary
from desktop.classification import industry
from desktop.errors import RuleError
from desktop.verdicts import settled
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import (
    APART,
    CONTACT,
    FACT,
    FIGURE,
    NOUN,
    TAXPAYERS,
    TEXTS,
    FirmContact,
    field_words,
    is_number,
)
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import rules
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Edit, Stamp, WriteId

LIMITS = {"name": 200, "uscc": 100, "industry": 200, "town": 200, "address": 500, "notes": 10_000}
LARGEST = 1e12
_CONTACT = {"name": ("联系人姓名", 200), "post": ("联系人职务", 200), "phone": ("联系人电话", 200)}
_UNSEEN = ("Cf", "Mn", "Zs")  # rare characters may be of any other kind, or of none yet
_KEY = re.compile("[0-9a-z]{1,40}")
_UNCHANGED = "没有改动任何内容。"


def add(db: sqlite3.Connection, name: str, stamp: Stamp, fields: Mapping[str, Any] | None = None) -> str:
    """Add an enterprise and return its key; ``fields`` are as for :func:`edit`.

    Raises RuleError for a value that cannot be kept; nothing is added then.
    """
    key = writing.new_key()
    writing.write(db, adding(key, {**(fields or {}), "name": name}), stamp, grow=False)
    return key


def edit(db: sqlite3.Connection, key: str, fields: Mapping[str, Any], stamp: Stamp) -> WriteId | None:
    """Let fields of an enterprise be as given, and leave the others as they are.

    They are the names of TEXTS (an empty text takes one back), ``taxpayer``, ``figure/<indicator>/<day>`` (a
    number, 万元 for money), ``fact/<key>`` (a bool), ``contact/<key>`` (a FirmContact or a mapping),
    ``apart/<key of another>`` (True: it looks alike and is another firm); None takes back. Of ``uscc`` and
    ``industry`` anything is kept; an industry that is one is kept by its code.

    Returns the batch of the edit, by which it can be undone; None when it changed nothing. Raises RuleError
    for a value that cannot be kept.
    """
    values = cleaned(fields)
    with transaction(db):
        known = enterprises.one(db, key).facts
        values |= {
            name: value for name, value in following(values).items() if name.partition("/")[2] not in known
        }
        return writing.write(db, [Edit(NOUN, key, name, value) for name, value in values.items()], stamp)


def undo(db: sqlite3.Connection, batch: WriteId, stamp: Stamp) -> WriteId | None:
    """Take one edit back where nobody has written since; returns the batch of that, None for nothing left.

    An enterprise that it made stays as it is where a visit or a demand is of it now (:func:`held`). Raises
    RuleError where it is no edit of enterprises.
    """
    with transaction(db):
        nouns = db.execute("SELECT DISTINCT noun FROM journal WHERE batch = ?", (str(batch),)).fetchall()
        if nouns != [(NOUN,)]:
            raise RuleError(f"没有编号为“{batch}”的企业改动，{_UNCHANGED}")
        kept = held(db, batch)
        edits = [edit for edit in writing.undoing(db, batch) if edit.record not in kept]
        return writing.write(db, edits, stamp, grow=False)


def held(db: sqlite3.Connection, batch: WriteId) -> frozenset[str]:
    """Return the keys of enterprises that an edit made and of which there are visits or demands now."""
    made = {edit.record for edit in writing.undoing(db, batch) if edit.field == "name" and edit.value is None}
    named = db.execute(
        "SELECT DISTINCT json_extract(data, '$.enterprise') FROM records WHERE noun IN ('visit', 'demand')"
    )
    return frozenset(made.intersection(key for (key,) in named))


def adding(key: str, fields: Mapping[str, Any]) -> list[Edit]:
    """Return the edits that make a new enterprise. Raises RuleError for a value that cannot be kept."""
    values = cleaned(fields)
    values |= following(values)
    if not values.get("name"):
        raise RuleError("没有填写企业名称，没有新增企业。", "请填写营业执照上的名称。")
    return [Edit(NOUN, key, name, value) for name, value in values.items() if value is not None]


def following(values: Mapping[str, Any]) -> dict[str, bool]:
    """Return, as fields, what follows from the facts in ``values`` about others."""
    told = {name.partition("/")[2]: value for name, value in values.items() if name.startswith(f"{FACT}/")}
    found = settled.following({key: value for key, value in told.items() if value is not None})
    return {f"{FACT}/{key}": value for key, value in found.items() if key not in told}


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are kept, None for nothing. Raises RuleError for what cannot be."""
    return {name: _cleaned(name, value) for name, value in fields.items()}


def _cleaned(name: str, value: Any) -> Any:
    prefix, _, rest = name.partition("/")
    if name in TEXTS:
        return _text(name, value)
    if name == "taxpayer":
        if value is not None and value not in TAXPAYERS:
            words = "、".join(TAXPAYERS.values())
            raise RuleError(f"{field_words(name)}只能是{words}，{_UNCHANGED}")
        return value
    if prefix == FIGURE:
        return _figure(name, rest, value)
    if prefix == FACT and rest in vocabulary.vocabulary():
        if value is not None and not isinstance(value, bool):
            raise RuleError(f"“{field_words(name)}”只能是、否或不清楚，{_UNCHANGED}")
        return value
    if prefix == CONTACT and _KEY.fullmatch(rest):
        return _contact(value)
    if prefix == APART and _KEY.fullmatch(rest):
        return True if value else None
    raise RuleError(f"没有名为“{name}”的栏目，{_UNCHANGED}")


def _text(name: str, value: Any) -> str | None:
    words = rules.text(TEXTS[name], "" if value is None else str(value), LIMITS[name])
    words = words.strip() if name == "notes" else _line(words)
    if name == "name" and all(unicodedata.category(one) in _UNSEEN for one in words):
        raise RuleError(f"企业名称不能为空，{_UNCHANGED}", "请填写营业执照上的名称。")
    if name == "industry" and words:
        found = industry.check(words)
        return found.industry.code if found.industry and not found.words else words
    return words or None


def _figure(name: str, rest: str, value: Any) -> float | None:
    indicator, _, day = rest.partition("/")
    try:
        known = indicator in FIGURES and (not day or date.fromisoformat(day).isoformat() == day)
    except ValueError:
        known = False
    if not known:
        raise RuleError(f"没有名为“{name}”的栏目，{_UNCHANGED}")
    if value is None:
        return None
    called = field_words(f"{FIGURE}/{indicator}")
    if not is_number(value):
        raise RuleError(f"“{called}”应为数字，{_UNCHANGED}", "请只填数字，例如 3200。")
    if value < 0 and indicator != "taxable_income":
        raise RuleError(f"“{called}”不能小于0，{_UNCHANGED}", "请核对后再填；不知道的留空。")
    if abs(value) > LARGEST:
        raise RuleError(f"“{called}”的数字过大，{_UNCHANGED}", "金额以万元为单位，请核对。")
    if indicator == "employees" and value % 1:
        raise RuleError(f"“{called}”应为整数，{_UNCHANGED}", "请填写人数，例如 86。")
    return int(value) if value % 1 == 0 else float(value)


def _contact(value: Any) -> dict[str, str] | None:
    if value is None:
        return None
    given = value if isinstance(value, Mapping) else {}
    if isinstance(value, FirmContact):
        given = {"name": value.name, "post": value.post, "phone": value.phone}
    kept = {
        part: _line(rules.text(words, str(given.get(part) or ""), limit))
        for part, (words, limit) in _CONTACT.items()
    }
    return kept if any(kept.values()) else None


def _line(words: str) -> str:
    """Return a text as one line."""
    return " ".join(words.split())
