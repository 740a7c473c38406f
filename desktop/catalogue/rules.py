"""Whom a clause of a measure asks for: a tree of *all*, *any* and *not* over predicates, as data.

In ``rules.toml`` a predicate is a table with one of

    fact = "distressed"                  # a key of desktop.catalogue.facts
    size = ["中型", "小型", "微型"]       # 划型, one of these
    industry = ["C", "51"]               # sections (门类) or divisions (大类) of GB/T 4754-2017
    small_profit = true                  # 小型微利企业
    small_taxpayer = true                # 增值税小规模纳税人
    everyone = true                      # whoever it is: the text limits nobody

and may have ``quote``, the words of the measure that ask for it (or ``[words, which occurrence]``). A tree is
a predicate, ``{all = [tree, …]}``, ``{any = [tree, …]}`` or ``{not = tree}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from desktop.catalogue import facts

SIZES = ("大型", "中型", "小型", "微型")
FACT, SIZE, INDUSTRY, EVERYONE = "fact", "size", "industry", "everyone"
SMALL_PROFIT, SMALL_TAXPAYER = "small_profit", "small_taxpayer"
ALL, ANY, NOT = "all", "any", "not"
_LISTS, _FLAGS = (SIZE, INDUSTRY), (SMALL_PROFIT, SMALL_TAXPAYER, EVERYONE)
_INDUSTRY = re.compile("[A-T]|0[1-9]|[1-9][0-9]")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class RuleQuote:
    """Words of a measure that stand at ``start`` in its text, verbatim."""

    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """One thing asked of an enterprise: ``kind`` is a word of the table above, ``values`` what goes with it.

    ``quote`` is the words of the measure that ask for it, None where those are the whole clause's.
    """

    kind: str
    values: tuple[str, ...] = ()
    quote: RuleQuote | None = None


@dataclass(frozen=True, slots=True)
class Combined:
    """``all`` or ``any`` of the parts, or ``not`` the one part."""

    how: str
    parts: tuple[Rule, ...]


Rule: TypeAlias = Predicate | Combined
Proven: TypeAlias = Callable[[object], RuleQuote]
"""What finds a quotation in the measure's text, or raises."""


def parse(data: object, proven: Proven, depth: int = 0) -> Rule:
    """Return the tree that ``data`` is. Raises ValueError, in Chinese, for what is none."""
    if not isinstance(data, dict) or depth > _DEEPEST:
        raise ValueError(f"规则应为条目，且不超过{_DEEPEST}层：{data}")
    kinds = data.keys() - {"quote"}
    if len(kinds) != 1:
        raise ValueError(f"规则的每一处应恰有一项：{data}")
    (kind,) = kinds
    value = data[kind]
    if kind in (ALL, ANY, NOT):
        parts = [value] if kind == NOT else value
        if "quote" in data or not isinstance(parts, list) or not parts:
            raise ValueError(f"“{kind}”应含至少一项规则，没有引文：{data}")
        return Combined(kind, tuple(parse(part, proven, depth + 1) for part in parts))
    return Predicate(kind, _values(kind, value), proven(data["quote"]) if "quote" in data else None)


def _values(kind: str, value: object) -> tuple[str, ...]:
    if kind == FACT:
        if not isinstance(value, str) or value not in facts.vocabulary():
            raise ValueError(f"不认识事项“{value}”。")
        return (value,)
    if kind in _FLAGS:
        if value is not True:
            raise ValueError(f"“{kind}”应为 true。")
        return ()
    if kind not in _LISTS:
        raise ValueError(f"不认识“{kind}”。")
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise ValueError(f"“{kind}”应为文字的列表：{value}")
    known = SIZES.__contains__ if kind == SIZE else _INDUSTRY.fullmatch
    for each in value:
        if not known(each):
            raise ValueError(f"“{kind}”中不认识“{each}”。")
    return tuple(sorted(set(value), key=SIZES.index if kind == SIZE else None))


def to_data(rule: Rule) -> dict[str, Any]:
    """Return the tree as JSON values; a quotation has its ``start`` beside it."""
    if isinstance(rule, Combined):
        parts = [to_data(part) for part in rule.parts]
        return {rule.how: parts[0] if rule.how == NOT else parts}
    value: object = list(rule.values) if rule.kind in _LISTS else rule.values[0] if rule.values else True
    quoted = {"quote": rule.quote.words, "start": rule.quote.start} if rule.quote else {}
    return {rule.kind: value, **quoted}


def from_data(data: dict[str, Any]) -> Rule:
    """Return the tree that :func:`to_data` wrote."""
    (kind,) = data.keys() - {"quote", "start"}
    value = data[kind]
    if kind in (ALL, ANY, NOT):
        return Combined(kind, tuple(map(from_data, [value] if kind == NOT else value)))
    values = tuple(value) if kind in _LISTS else (value,) if kind == FACT else ()
    return Predicate(kind, values, RuleQuote(data["quote"], data["start"]) if "quote" in data else None)


def predicates(rule: Rule) -> Iterator[Predicate]:
    """Yield the predicates of a tree from left to right."""
    if isinstance(rule, Predicate):
        yield rule
        return
    for part in rule.parts:
        yield from predicates(part)
