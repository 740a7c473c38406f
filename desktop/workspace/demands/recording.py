"""Writing demands down: registered, put right, taken a step further; the journal has the history of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.demands import acting, chosen, demands, limits
from desktop.workspace.demands.chain import DemandStep, FirmTold, began, folded
from desktop.workspace.demands.model import (
    BETWEEN,
    FIELD_WORDS,
    LAST,
    NOUN,
    STEP,
    Demand,
    DemandCategory,
    DemandNature,
    DemandSource,
)
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import rules
from desktop.workspace.journal import numbering, writing
from desktop.workspace.journal.model import Edit, Stamp, WriteId

PREFIX = "SQ"
_TEXT, _LINE = 10_000, 500
_WORDS: Mapping[str, type[StrEnum]] = {
    "source": DemandSource,
    "nature": DemandNature,
    "category": DemandCategory,
}
_UNCHANGED = "没有改动任何内容。"


def add(db: sqlite3.Connection, text: str, received: date, stamp: Stamp, **fields: Any) -> str:
    """Register a demand; returns its key. ``fields`` are as for edit; the process is the chosen one.

    Raises RuleError for an empty text, a day to come, or a value that cannot be kept.
    """
    if received > stamp.at.date():
        raise RuleError(f"登记日期{received}晚于今天，{_UNCHANGED}", "请核对日期，或检查电脑日期。")
    values = cleaned({"text": text, **fields})
    key, step = writing.new_key(), writing.new_key()
    with transaction(db):
        first = began(received, stamp.by or "未署名", step, stamp.by).last
        number = numbering.next_number(db, NOUN, PREFIX, received)
        kept = {
            "number": number,
            "received": received.isoformat(),
            "process": chosen.choice(db).key,
            **values,
            f"{STEP}/{step}": first.as_json(),
            LAST: step,
        }
        writing.write(db, [Edit(NOUN, key, name, value) for name, value in kept.items()], stamp, grow=False)
    return key


def edit(db: sqlite3.Connection, key: str, fields: Mapping[str, Any], stamp: Stamp) -> WriteId | None:
    """Let fields of a demand be as given; its steps are taken with act.

    They are ``text``, ``source``, ``nature``, ``category``, ``measure``, ``unit``, ``supports`` (keys of
    units), ``due`` (a date or None), ``enterprise``, ``visit`` and ``contact``.
    Raises RuleError for a value that cannot be kept, and for a demand that is closed.
    """
    values = cleaned(fields)
    with transaction(db):
        if not demands.one(db, key).is_open:
            raise RuleError(f"诉求已结束，{_UNCHANGED}", "如需继续办理，请先撤销最后一步。")
        return writing.write(db, [Edit(NOUN, key, name, value) for name, value in values.items()], stamp)


def act(db: sqlite3.Connection, key: str, wanted: DemandStep, stamp: Stamp) -> Demand:
    """Take a demand a step further, by the process that it is handled by; returns it as it is then.

    ``wanted.by`` is who acted, who types where it is empty. Where two machines took different steps this
    decides: it follows the one that is shown. Raises RuleError, which says what stands against it.
    """
    with transaction(db):
        demand = demands.one(db, key)
        if demand.chain is None:
            raise RuleError(f"这件诉求的登记还没有并入，{_UNCHANGED}", "请先并入登记它的数据包。")
        process = chosen.process_of(db, demand.process)
        by = wanted.by or stamp.by
        told = replace(_typed(wanted), by=by, entered_by=stamp.by if stamp.by != by else wanted.entered_by)
        chain = acting.take(process, demand.chain, told, stamp.at.date(), writing.new_key())
        limits.check_stated(process, chosen.calendar(db), chain)
        step = chain.last
        edits = [Edit(NOUN, key, f"{STEP}/{step.key}", step.as_json()), Edit(NOUN, key, LAST, step.key)]
        writing.write(db, edits, stamp, grow=False)
        return demands.one(db, key)


def undo(db: sqlite3.Connection, key: str, stamp: Stamp) -> Demand:
    """Let a demand stand by the step before its last one, which is kept: another machine may follow it.

    Raises RuleError for its registration, and for a step that somebody else took and typed.
    """
    with transaction(db):
        demand = demands.one(db, key)
        if demand.chain is None or not demand.chain.last.follows:
            raise RuleError(f"诉求只有登记这一步，不能撤销，{_UNCHANGED}", "登记错了的，请办理“撤回”。")
        last = demand.chain.last
        if folded(stamp.by) not in last.persons:
            raise RuleError(
                f"“{last.act}”是{last.by}办理的，不能由他人撤销，{_UNCHANGED}",
                "请由办理或登记这一步的人撤销。",
            )
        writing.write(db, [Edit(NOUN, key, LAST, last.follows)], stamp, grow=False)
        return demands.one(db, key)


def _typed(step: DemandStep) -> DemandStep:
    """Return a step with its words as they are kept. Raises RuleError for one that is too long."""

    def line(name: str, value: str) -> str:
        return rules.text(name, value, _LINE)

    told = step.told and FirmTold(
        line("告知方式", step.told.how), step.told.on, line("告知对象", step.told.whom)
    )
    return replace(
        step,
        by=line("经办人", step.by),
        unit=line("办理单位", step.unit),
        text=rules.text("理由或答复内容", step.text, _TEXT),
        told=told,
        lead=line("主办单位", step.lead),
        supports=tuple(replace(one, unit=line("协办单位", one.unit)) for one in step.supports),
        mode=line("办理方式", step.mode),
        asked_by=line("提出人", step.asked_by),
    )


def cleaned(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return values as they are kept. Raises RuleError for an unknown field or what cannot be kept."""
    kept: dict[str, str] = {}
    for name, value in fields.items():
        words = _WORDS.get(name)
        value = rules.same_width(value) if words else value
        if name not in FIELD_WORDS or name in (LAST, STEP, "received"):
            raise RuleError(f"诉求中没有“{name}”这一项，{_UNCHANGED}")
        if words is not None and value not in set(words):
            called = FIELD_WORDS[name]
            raise RuleError(
                f"没有“{value}”这种{called}，{_UNCHANGED}", f"{called}只能是：{'、'.join(words)}。"
            )
        if name == "due" and value:
            value = _day(value)
        if name == "supports" and not isinstance(value, str):
            value = BETWEEN.join(value or ())
        kept[name] = rules.text(
            FIELD_WORDS[name], str(value or "").strip(), _TEXT if name == "text" else _LINE
        )
    if "text" in kept and not kept["text"]:
        raise RuleError(f"没有写诉求内容，{_UNCHANGED}", "请写明企业提出了什么。")
    return kept


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise RuleError(f"“{value}”不是日期，{_UNCHANGED}", "请按 2026-11-26 的样子填写。") from None
