"""Writing visits down: begun, filled in as one types, final, corrected.

Until 定稿 anything may change. From then on a change is a correction: it needs a reason, which is kept in the
same edit with the names of the fields, and what stood before stays in the journal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import rules
from desktop.workspace.journal import numbering, writing
from desktop.workspace.journal.model import Edit, Stamp, WriteId
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import (
    ADVICE,
    CORRECTION,
    EXPLAINED,
    FIELD_WORDS,
    JOINED,
    NOUN,
    Confirmation,
    Met,
    VisitKind,
    VisitState,
    Wish,
    field_words,
)

PREFIX = "ZF"
_LIMITS = {"place": 500, "unit": 200, "summary": 10_000}
_NAME, _TEXT = 200, 10_000
_UNCHANGED = "没有改动任何内容。"
_ALSO = {"电话": VisitKind.REMOTE, "线上": VisitKind.REMOTE}  # as people say it, one of the two


def begin(
    db: sqlite3.Connection,
    enterprise: str,
    day: date,
    stamp: Stamp,
    *,
    state: VisitState = VisitState.DRAFT,
    **fields: Any,
) -> str:
    """Begin the record of a visit, planned or taking place; returns its key. ``fields`` are as for edit.

    Raises RuleError for a value that cannot be kept.
    """
    if state is VisitState.FINAL:
        raise ValueError(state)
    values = cleaned(fields)
    key = writing.new_key()
    with transaction(db):
        number = numbering.next_number(db, NOUN, PREFIX, day)
        first = {
            "number": number,
            "enterprise": enterprise,
            "date": day.isoformat(),
            "state": str(state),
            **values,
        }
        writing.write(db, [Edit(NOUN, key, name, value) for name, value in first.items()], stamp)
    return key


def edit(
    db: sqlite3.Connection, key: str, fields: Mapping[str, Any], stamp: Stamp, *, reason: str = ""
) -> WriteId | None:
    """Let fields of a visit be as given.

    They are ``date``, ``kind``, ``place``, ``unit``, ``visitors``, ``met``, ``summary``, ``confirmation``,
    ``explained/<measure>`` (a Wish, None takes it back), ``advice/<key>`` and ``joined/<key>``.

    Returns the batch of the edit, None when nothing was changed by it. Raises RuleError for a value that
    cannot be kept, and for a final visit without a ``reason``.
    """
    values = cleaned(fields)
    with transaction(db):
        visit = visits.one(db, key)
        edits = [Edit(NOUN, key, name, value) for name, value in values.items()]
        if visit.is_final:
            edits.append(correction(key, tuple(values), reason, stamp))
        return writing.write(db, edits, stamp, grow=not visit.is_final)


def finish(
    db: sqlite3.Connection, key: str, stamp: Stamp, card: Mapping[str, Any] | None = None
) -> WriteId | None:
    """Let a visit be final, and keep what was shown of the enterprise then. None when it is final already.

    Raises RuleError while nobody is named who went, or the day has yet to come.
    """
    with transaction(db):
        visit = visits.one(db, key)
        if visit.is_final:
            return None
        if not visit.visitors:
            raise RuleError(f"还没有填写走访人，没有定稿，{_UNCHANGED}", "请先填写走访人。")
        if visit.day is None or visit.day > stamp.at.date():
            raise RuleError(f"走访日期还没有到，没有定稿，{_UNCHANGED}", "请核对走访日期，或检查电脑日期。")
        edits = [Edit(NOUN, key, "state", str(VisitState.FINAL))]
        if card is not None:
            edits.append(Edit(NOUN, key, "card", dict(card)))
        return writing.write(db, edits, stamp, grow=False)


def start(db: sqlite3.Connection, key: str, stamp: Stamp) -> WriteId | None:
    """Let a planned visit take place: it is a draft from now on. None when it is one, or final, already."""
    with transaction(db):
        if visits.one(db, key).state is not VisitState.PLANNED:
            return None
        return writing.write(db, [Edit(NOUN, key, "state", str(VisitState.DRAFT))], stamp, grow=False)


def join(db: sqlite3.Connection, key: str, unit: str, people: str, stamp: Stamp) -> WriteId | None:
    """Let a unit go along on a visit that is there already, instead of a visit of its own."""
    return edit(db, key, {f"{JOINED}/{writing.new_key()}": {"unit": unit, "visitors": people}}, stamp)


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are kept. Raises RuleError for an unknown field or what cannot be kept."""
    return {name: _cleaned(name, value) for name, value in fields.items()}


def _cleaned(name: str, value: Any) -> Any:
    prefix, _, key = name.partition("/")
    match prefix:
        case "date":
            return (value if isinstance(value, date) else _day(value)).isoformat()
        case "kind":
            value = rules.same_width(value)
            return _word(VisitKind, _ALSO.get(str(value), value), "方式")
        case "confirmation":
            return _word(Confirmation, rules.same_width(value), "确认方式")
        case "visitors":
            return [rules.text("走访人", str(one).strip(), _NAME) for one in value if str(one).strip()]
        case "met":
            return [
                {
                    "name": rules.text("企业参加人", one.name.strip(), _NAME),
                    "post": rules.text("职务", one.post.strip(), _NAME),
                }
                for one in map(_met, value)
                if one.name.strip() or one.post.strip()
            ]
        case "place" | "unit" | "summary":
            return rules.text(FIELD_WORDS[prefix], str(value), _LIMITS[prefix])
    if key and prefix == EXPLAINED:
        return None if value is None else _word(Wish, rules.same_width(value), "企业意见")
    if key and prefix == ADVICE:
        return None if value is None else _texts(value, "text", "answer")
    if key and prefix == JOINED:
        return None if value is None else _texts(value, "unit", "visitors")
    raise RuleError(f"走访记录中没有“{name}”这一项，{_UNCHANGED}")


def _met(value: Any) -> Met:
    if isinstance(value, Met):
        return value
    if isinstance(value, dict):
        return Met(str(value.get("name") or ""), str(value.get("post") or ""))
    name, _, post = str(value).replace("(", "（").rstrip(")）").partition("（")
    return Met(name, post)


def _texts(value: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: rules.text(field_words(ADVICE), str(value.get(name) or ""), _TEXT) for name in names}


def _word(words: type[VisitKind | Confirmation | Wish], value: object, name: str) -> str:
    if value not in set(words):
        raise RuleError(f"没有“{value}”这种{name}，{_UNCHANGED}", f"{name}只能是：{'、'.join(words)}。")
    return str(value)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise RuleError(f"“{value}”不是日期，{_UNCHANGED}", "请按 2026-11-26 的样子填写。") from None


def correction(key: str, fields: Sequence[str], reason: str, stamp: Stamp) -> Edit:
    """Return what keeps why fields of a final visit are changed. Raises RuleError without a reason."""
    why = rules.text("更正理由", reason.strip(), _TEXT)
    if not why:
        raise RuleError(f"走访记录已定稿，{_UNCHANGED}", "如需改动，请用“更正”并写明理由。")
    told = {"fields": list(fields), "reason": why, "by": stamp.by, "at": stamp.moment}
    return Edit(NOUN, key, f"{CORRECTION}/{writing.new_key()}", told)
