"""An enterprise as plain values, and the words of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from desktop.catalogue import facts as vocabulary
from desktop.classification import credit_code, industry
from desktop.classification.credit_code import CodeCheck
from desktop.classification.industry import Industry
from desktop.verdicts.profile import FIGURES, GENERAL, SMALL
from desktop.workspace.journal.model import Record, text_in

NOUN = "enterprise"
FIGURE, CONTACT, FACT, APART, MERGED = "figure", "contact", "fact", "apart", "merged_into"
"""Of the first four an enterprise has several: fields ``kind/key``, so that no machines conflict."""

TAXPAYERS = {GENERAL: "一般纳税人", SMALL: "小规模纳税人"}
UNITS = {"employees": "人", "revenue": "万元", "assets": "万元", "taxable_income": "万元"}
TEXTS = {
    "name": "企业名称",
    "uscc": "统一社会信用代码",
    "industry": "行业",
    "town": "镇街",
    "address": "地址",
    "notes": "备注",
}
"""The fields that are text, with what people call them."""


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure and the day that it is true of, None where it holds for any day. Money in 万元."""

    indicator: str
    day: date | None
    value: float


@dataclass(frozen=True, slots=True)
class FirmContact:
    """Somebody at an enterprise."""

    key: str
    name: str
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise, as it is kept.

    ``uscc`` and ``industry`` are what was typed, right or not. ``facts`` holds what is known to be true or
    false. ``merged_into`` is the key of the record that it was found to be the same as, empty for none.
    ``apart`` are the keys of records that look like it and were found to be other firms. ``conflicts`` are
    the fields about which machines disagree.
    """

    key: str
    name: str
    uscc: str = ""
    industry: str = ""
    figures: tuple[DatedFigure, ...] = ()
    taxpayer: str | None = None
    town: str = ""
    address: str = ""
    contacts: tuple[FirmContact, ...] = ()
    facts: Mapping[str, bool] = field(default_factory=dict)
    notes: str = ""
    merged_into: str = ""
    apart: frozenset[str] = frozenset()
    conflicts: tuple[str, ...] = ()

    def figure(self, indicator: str, as_of: date) -> DatedFigure | None:
        """Return the newest figure of a day not later than ``as_of``, else the one without a day."""
        known = [
            one
            for one in self.figures
            if one.indicator == indicator and (one.day is None or one.day <= as_of)
        ]
        return max(known, key=lambda one: one.day or date.min, default=None)

    @property
    def known_industry(self) -> Industry | None:
        """Return the industry that was written, None where there is no such one."""
        return _industry(self.industry)

    @property
    def code(self) -> CodeCheck:
        """Return what is to be said of the 统一社会信用代码."""
        return credit_code.check(self.uscc)


def figure_field(indicator: str, day: date | None) -> str:
    """Return the field of a figure: ``figure/revenue/2025-12-31``, ``figure/revenue/`` for any day."""
    return f"{FIGURE}/{indicator}/{day.isoformat() if day else ''}"


def value_words(name: str, value: Any) -> str:
    """Return the value of a field as it is said to people."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    return TAXPAYERS.get(value, value) if name == "taxpayer" else str(value)


def fields_of(enterprise: Enterprise) -> dict[str, Any]:
    """Return the fields of an enterprise that hold something, as they are kept."""
    texts = {name: getattr(enterprise, name) for name in TEXTS}
    return {
        **{name: value for name, value in texts.items() if value},
        **({"taxpayer": enterprise.taxpayer} if enterprise.taxpayer else {}),
        **{figure_field(one.indicator, one.day): one.value for one in enterprise.figures},
        **{f"{FACT}/{key}": value for key, value in enterprise.facts.items()},
        **{
            f"{CONTACT}/{one.key}": {"name": one.name, "post": one.post, "phone": one.phone}
            for one in enterprise.contacts
        },
    }


def field_words(name: str) -> str:
    """Return what people call a field."""
    prefix, _, rest = name.partition("/")
    match prefix:
        case "figure":
            indicator, _, day = rest.partition("/")
            called = vocabulary.figures().get(indicator)
            words = called.name if called else indicator
            return f"{words}（{day}）" if day else words
        case "contact":
            return "联系人"
        case "fact":
            known = vocabulary.vocabulary().get(rest)
            return known.name if known else rest
        case "taxpayer":
            return vocabulary.figures()["taxpayer"].name
        case "apart":
            return "不是同一家"
        case "merged_into":
            return "并入"
    return TEXTS.get(name, name)


def enterprise_of(record: Record) -> Enterprise:
    """Return the enterprise that a record is; what is no such value, whoever put it there, is passed over."""
    values = record.values
    figures: list[DatedFigure] = []
    contacts: list[FirmContact] = []
    facts: dict[str, bool] = {}
    apart: set[str] = set()
    for name in sorted(values):
        prefix, slash, rest = name.partition("/")
        if not slash:
            continue
        value = values[name]
        if prefix == FIGURE:
            figures += _figure(rest, value)
        elif prefix == FACT and isinstance(value, bool):
            facts[rest] = value
        elif prefix == APART and value is True:
            apart.add(rest)
        elif prefix == CONTACT and isinstance(value, dict):
            contacts.append(FirmContact(rest, *(text_in(value, part) for part in ("name", "post", "phone"))))
    taxpayer = values.get("taxpayer")
    return Enterprise(
        record.key,
        **{name: record.text(name) for name in TEXTS},
        figures=tuple(figures),
        taxpayer=taxpayer if taxpayer in TAXPAYERS else None,
        contacts=tuple(contacts),
        facts=facts,
        merged_into=record.text(MERGED),
        apart=frozenset(apart),
        conflicts=record.conflicts,
    )


def is_number(value: object) -> bool:
    """Tell whether a value is a number that can be counted with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -math.inf < value < math.inf


@lru_cache(maxsize=4096)
def _industry(text: str) -> Industry | None:
    return industry.check(text).industry if text else None


def _figure(name: str, value: Any) -> tuple[DatedFigure, ...]:
    indicator, _, written = name.partition("/")
    if indicator not in FIGURES or not is_number(value):
        return ()
    try:
        return (DatedFigure(indicator, date.fromisoformat(written) if written else None, value),)
    except ValueError:
        return ()
