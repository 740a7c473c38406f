"""What is known of one enterprise on one day: the form in which it is judged, and the JSON that gives it.

    {"name": "…", "uscc": "…", "industry": "C33", "employees": 86, "revenue": 3200, "assets": 4100,
     "taxable_income": 90, "taxpayer": "general" or "small", "town": "…", "as_of": "2026-11-26",
     "facts": {"specialised": true}}

Anything may be missing or null: it is not known then. Money is in 万元.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.catalogue import facts as vocabulary
from desktop.classification import credit_code, industry
from desktop.classification.industry import Industry
from desktop.errors import KnownError
from desktop.verdicts import settled

GENERAL, SMALL = "general", "small"
FIGURES = ("employees", "revenue", "assets", "taxable_income")
"""What is true of a date."""
LARGEST = 1e12
"""Of a figure; nothing that there is comes near."""
_TEXTS = ("name", "uscc", "industry", "town")
_HINT = "没有判定。请改正后重试；不知道的可以不写。"
_REGISTRATION = {
    "91": False,
    "92": True,
    "93": False,
}  # GB 32100: by the administration for market regulation
_INDIVIDUAL = "individual"
_COMPANY = re.compile("有限(责任)?公司|股份公司|专业合作社")
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an enterprise; None is unknown. People as a number, money in 万元.

    ``taxpayer`` is :data:`GENERAL` or :data:`SMALL`; ``as_of`` the day that the figures are true of, None
    where they hold for any day. ``facts`` are keys of the vocabulary that are yes or no.
    """

    name: str = ""
    uscc: str = ""
    industry: Industry | None = None
    employees: float | None = None
    revenue: float | None = None
    assets: float | None = None
    taxable_income: float | None = None
    taxpayer: str | None = None
    town: str = ""
    as_of: date | None = None
    facts: Mapping[str, bool] = field(default_factory=dict)

    def on(self, day: date) -> Profile:
        """Return what of it was known on a day: figures of a later date were not."""
        if self.as_of is None or self.as_of <= day:
            return self
        return replace(self, employees=None, revenue=None, assets=None, taxable_income=None, as_of=None)

    @property
    def known_facts(self) -> Mapping[str, bool]:
        """Return the facts; whether it is an 个体工商户 as its code or name says, where these say it."""
        told, _source = self._registered
        return self.facts if told is None else {**self.facts, _INDIVIDUAL: told}

    @property
    def clashes(self) -> tuple[str, ...]:
        """Say in Chinese, without a full stop, which of what is known exclude each other."""
        told, source = self._registered
        said = self.facts.get(_INDIVIDUAL, told)
        words = vocabulary.vocabulary()[_INDIVIDUAL]
        denied = f"{words.yes if said else words.no}，{source}却不是，按{source}判定"
        return (*settled.clashes(self.facts), *((denied,) if said is not told else ()))

    @property
    def _registered(self) -> tuple[bool | None, str]:
        """Return whether it is registered as an 个体工商户, None for not known, and what says so.

        Of a code only when it passes its check; of a name only that it is a company or a cooperative, whose
        names alone may say so (公司法第七条, 农民专业合作社法).
        """
        if credit_code.check(self.uscc).state == credit_code.PASSED and self.uscc[:2] in _REGISTRATION:
            return _REGISTRATION[self.uscc[:2]], "信用代码"
        return (False, "名称") if _COMPANY.search(self.name) else (None, "")


def read(data: object) -> tuple[Profile, tuple[str, ...]]:
    """Return the profile that JSON values give, and the names in them that are not known and passed over.

    Raises :class:`KnownError` for a value of a wrong type, an industry that there is not, and a figure out of
    range. Facts that exclude each other are told by the profile.
    """
    if not isinstance(data, dict):
        raise KnownError("企业情况应为一个 JSON 对象。", _HINT)
    texts = {name: _text(name, data.get(name)) for name in _TEXTS}
    known, unread = _facts(data.get("facts"))
    taxpayer = data.get("taxpayer")
    if taxpayer not in (GENERAL, SMALL, None):
        raise KnownError(f"taxpayer（增值税纳税人身份）应为{GENERAL}或{SMALL}：{_shown(taxpayer)}", _HINT)
    profile = Profile(
        name=texts["name"],
        uscc=credit_code.normal(texts["uscc"]),
        industry=_industry(texts["industry"]),
        taxpayer=taxpayer,
        town=texts["town"],
        as_of=_day(data.get("as_of")),
        facts=known,
        **{name: _number(name, data.get(name)) for name in FIGURES},
    )
    names = {*_TEXTS, *FIGURES, "taxpayer", "as_of", "facts"}
    return profile, (*(str(name) for name in data if name not in names), *unread)


def _text(name: str, value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise KnownError(f"{name}应为文字：{_shown(value)}", _HINT)
    return value or ""


def _industry(words: str) -> Industry | None:
    try:
        return industry.parse(words) if words.strip() else None
    except KnownError as error:
        raise KnownError(error.message, _HINT) from error


def _number(name: str, value: object) -> float | None:
    called = vocabulary.asked(name).name
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -math.inf < value < math.inf:
        raise KnownError(f"{name}（{called}）应为数字：{_shown(value)}", _HINT)
    if abs(value) > LARGEST:
        raise KnownError(f"{name}（{called}）的数字过大，金额以万元为单位，请核对。", _HINT)
    if value < 0 and name != "taxable_income":
        raise KnownError(f"{name}（{called}）不能小于0：{value}", _HINT)
    if name == "employees" and value % 1:
        raise KnownError(f"{name}（{called}）应为整数：{value}", _HINT)
    return value


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
        if day.isoformat() != value:
            raise ValueError(value)
        return day
    except ValueError as error:
        raise KnownError(f"as_of 应为 2026-11-26 这样的日期：{_shown(value)}", _HINT) from error


def _facts(value: object) -> tuple[dict[str, bool], list[str]]:
    if value is not None and not isinstance(value, dict):
        raise KnownError(f"facts 应为一个 JSON 对象：{_shown(value)}", _HINT)
    found: dict[str, bool] = {}
    unread: list[str] = []
    entries: dict[str, Any] = value or {}
    for key, answer in entries.items():
        if answer is not None and not isinstance(answer, bool):
            raise KnownError(f"{key} 应为 true、false，不知道的不写：{_shown(answer)}", _HINT)
        if key not in vocabulary.vocabulary():
            unread.append(key)
        elif answer is not None:
            found[key] = answer
    return found, unread


def _shown(value: object) -> str:
    """Return a value as it stands in the file, of a long one the beginning."""
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}…"
