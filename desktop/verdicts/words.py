"""Verdicts and rules in words that an official reads: 规则一览."""

from __future__ import annotations

from desktop.catalogue import facts, rules
from desktop.catalogue.rules import Predicate, Rule
from desktop.classification import industry as industries
from desktop.verdicts.judging import Finding
from desktop.verdicts.known import size_group

INTERNAL = "面向部门的工作"
UNRULED = "没有判定规则，依据原文自行判断"
UNIT_DECIDES = "须由单位认定"
BASIS = "依据条文逐条判定，是否享受由责任单位确定"


def finding(found: Finding) -> str:
    """Return what a finding is called."""
    match found:
        case Finding.APPLIES:
            return "适用"
        case Finding.MAYBE:
            return "可能适用"
        case Finding.NO:
            return "不适用"
        case Finding.INTERNAL:
            return INTERNAL
        case Finding.UNRULED:
            return UNRULED


def rule(tree: Rule | None) -> str:
    """Return a rule as a phrase: 小型微利企业，且融资需求. None is work of government bodies."""
    return INTERNAL if tree is None else _told(tree)


def _told(tree: Rule) -> str:
    if isinstance(tree, Predicate):
        return predicate(tree)
    if tree.how == rules.NOT:
        return f"不是（{_told(tree.parts[0])}）"
    parts = [f"（{_told(part)}）" if _is_list(part) else _told(part) for part in tree.parts]
    return ("，且" if tree.how == rules.ALL else "，或").join(parts)


def _is_list(tree: Rule) -> bool:
    return not isinstance(tree, Predicate) and tree.how != rules.NOT and len(tree.parts) > 1


def predicate(asked: Predicate) -> str:
    """Return what a predicate asks for."""
    match asked.kind:
        case rules.FACT:
            return facts.vocabulary()[asked.values[0]].name
        case rules.SIZE:
            return f"{size_group(asked.values)}（划型为{'、'.join(asked.values)}）"
        case rules.INDUSTRY:
            table = industries.table()
            return f"行业为{'、'.join(table[each].words for each in asked.values)}"
        case rules.SMALL_PROFIT:
            return "小型微利企业（税法口径）"
        case rules.SMALL_TAXPAYER:
            return "增值税小规模纳税人"
        case _:
            return "各类企业"
