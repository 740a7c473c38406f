"""Rules as an official reads them."""

from __future__ import annotations

import re

import pytest

from desktop.catalogue import rules
from desktop.catalogue.rules import Combined, Predicate, Rule
from desktop.verdicts import words
from desktop.verdicts.judging import Finding

from .conftest import bundled_clauses

SMALL = Predicate(rules.SIZE, ("小型", "微型"))
PATENTS = Predicate(rules.FACT, ("patents",))


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        (None, "面向部门的工作"),
        (SMALL, "小微企业（划型为小型、微型）"),
        (PATENTS, "专利等知识产权"),
        (Predicate(rules.INDUSTRY, ("52", "C")), "行业为F52 零售业、C 制造业"),
        (Predicate(rules.EVERYONE), "各类企业"),
        (
            Combined(rules.ALL, (Combined(rules.ANY, (SMALL, PATENTS)), Predicate(rules.SMALL_PROFIT))),
            "（小微企业（划型为小型、微型），或专利等知识产权），且小型微利企业（税法口径）",
        ),
        (Combined(rules.NOT, (Predicate(rules.SMALL_TAXPAYER),)), "不是（增值税小规模纳税人）"),
        (Combined(rules.ANY, (PATENTS,)), "专利等知识产权"),
    ],
)
def test_a_rule_is_a_phrase(tree: Rule | None, told: str) -> None:
    assert words.rule(tree) == told


def test_every_bundled_rule_is_said_in_chinese() -> None:
    for of_measure in bundled_clauses().values():
        for clause in of_measure:
            told = words.rule(clause.rule)
            assert told
            assert not re.search("[a-z]", told)


def test_every_finding_has_a_name() -> None:
    assert len({words.finding(each) for each in Finding}) == len(Finding)
