"""Filling in what is missing only ever turns 可能适用 into 适用 or 不适用: any enterprise, any rules."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import facts, rules
from desktop.catalogue.clauses import Clause
from desktop.catalogue.model import Measure
from desktop.catalogue.rules import Combined, Predicate, Rule, RuleQuote
from desktop.classification import industry
from desktop.verdicts import asking, judging, kleene
from desktop.verdicts.judging import Finding
from desktop.verdicts.known import Known
from desktop.verdicts.profile import GENERAL, SMALL, Profile

from .conftest import bundled_clauses

_FIGURES = tuple(facts.figures())
KEYS = tuple(facts.vocabulary())
CODES = (
    "C",
    "C33",
    "E48",
    "F",
    "F51",
    "52",
    "G",
    "H62",
    "I65",
    "J66",
    "K",
    "K7010",
    "L72",
    "P83",
    "A01",
    "Q84",
)
money = st.one_of(st.none(), st.sampled_from((0, 60, 300, 1999, 2000, 5000, 5001, 40000, 200000)))
people = st.one_of(st.none(), st.sampled_from((0, 5, 19, 20, 86, 299, 300, 301, 1000, 3000)))

profiles = st.builds(
    Profile,
    industry=st.one_of(st.none(), st.sampled_from(CODES).map(industry.parse)),
    employees=people,
    revenue=money,
    assets=money,
    taxable_income=st.one_of(money, st.just(-30)),
    taxpayer=st.sampled_from((None, GENERAL, SMALL)),
    name=st.sampled_from(("", "甲厂", "乙有限公司")),
    uscc=st.sampled_from(("", "91140302MA0T00011H", "92140302MA0T000386")),
    facts=st.dictionaries(st.sampled_from(KEYS), st.booleans(), max_size=len(KEYS)),
)

predicates = st.one_of(
    st.sampled_from(KEYS).map(lambda key: Predicate(rules.FACT, (key,))),
    st.sampled_from(((1, 2, 3), (2, 3), (0,), (1,))).map(
        lambda at: Predicate(rules.SIZE, tuple(rules.SIZES[each] for each in at))
    ),
    st.sampled_from((("C",), ("B", "C", "D"), ("52", "H"))).map(lambda at: Predicate(rules.INDUSTRY, at)),
    st.sampled_from((rules.SMALL_PROFIT, rules.SMALL_TAXPAYER, rules.EVERYONE)).map(Predicate),
)
trees: st.SearchStrategy[Rule] = st.recursive(
    predicates,
    lambda parts: st.one_of(
        st.builds(
            lambda how, of: Combined(how, tuple(of)),
            st.sampled_from((rules.ALL, rules.ANY)),
            st.lists(parts, min_size=1, max_size=3),
        ),
        parts.map(lambda part: Combined(rules.NOT, (part,))),
    ),
    max_leaves=8,
)


def filled(made: Profile, answers: dict[str, Any]) -> Profile:
    """Return the profile with the answers where it does not know: never another one than it has."""
    for key, answer in answers.items():
        if key in KEYS:
            if key not in made.facts:
                made = asking.answered(made, key, answer)
        elif getattr(made, key) is None:
            made = asking.answered(made, key, answer)
    return made


more = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from(CODES),
        "employees": people.filter(lambda value: value is not None),
        "revenue": money.filter(lambda value: value is not None),
        "assets": money.filter(lambda value: value is not None),
        "taxable_income": money.filter(lambda value: value is not None),
        "taxpayer": st.sampled_from((GENERAL, SMALL)),
        **{key: st.booleans() for key in KEYS},
    },
)


def only_settles(before: Finding, after: Finding) -> bool:
    return after == before or (before is Finding.MAYBE and after in (Finding.APPLIES, Finding.NO))


@given(profiles, more)
def test_of_the_bundled_rules(known: Profile, answers: dict[str, Any]) -> None:
    first, then = Known(known), Known(filled(known, answers))
    for of_measure in bundled_clauses().values():
        before = judging.finding_of(of_measure, first)
        assert only_settles(before, judging.finding_of(of_measure, then))


@given(profiles, more, trees)
def test_of_any_rule(known: Profile, answers: dict[str, Any], tree: Rule) -> None:
    first, then = Known(known), Known(filled(known, answers))
    before = judging.value_of(tree, first)
    assert before is None or judging.value_of(tree, then) is before


@given(profiles, trees)
def test_reasons_and_what_is_missing_fit_what_is_found(known: Profile, tree: Rule) -> None:
    clause = Clause("m.k01", "m", 1, "补贴", (RuleQuote("补贴", 0),), tree)
    found = judging.judge_clause(clause, Known(known))
    assert found.value == judging.value_of(tree, Known(known))
    assert bool(found.missing) == (found.value is None)
    assert found.value is not True or found.reasons_for
    assert found.value is not False or found.reasons_against


@given(profiles, trees)
def test_what_is_missing_is_not_known(known: Profile, tree: Rule) -> None:
    clause = Clause("m.k01", "m", 1, "补贴", (RuleQuote("补贴", 0),), tree)
    found = judging.judge_clause(clause, Known(known))
    values = known.known_facts
    for fact in found.missing:
        if fact.key in KEYS:
            assert fact.key not in values
        elif fact.key != "industry":  # one that is told too coarsely is missing too
            assert getattr(known, fact.key) is None


def test_the_three_values() -> None:
    values = (True, False, None)
    for one in values:
        for other in values:
            assert kleene.every((one, other)) == kleene.every((other, one))
            negated = kleene.every((kleene.negated(one), kleene.negated(other)))
            assert kleene.negated(kleene.some((one, other))) == negated
    assert kleene.every(()) is True
    assert kleene.some(()) is False
    assert kleene.every((True, None)) is None
    assert kleene.some((False, None)) is None
    assert kleene.every((None, False)) is False
    assert kleene.some((None, True)) is True


@given(profiles, st.lists(trees, min_size=1, max_size=3), more)
def test_what_is_missing_of_a_measure_settles_it(
    known: Profile, several: list[Rule], answers: dict[str, Any]
) -> None:
    """While nothing of what it named is filled in it stays open, whatever else is."""
    made = [
        Clause(f"m.k{at}", "m", at, "补贴", (RuleQuote("补贴", 0),), tree) for at, tree in enumerate(several)
    ]
    measure = Measure("m", "d", "c", 1, "", "补贴", 0, 2, 1, 0, 2, -1, "")
    found = judging.judge(measure, made, Known(known))
    asked = {fact.key for fact in found.missing}
    assert bool(asked) == (found.finding is Finding.MAYBE)
    others = {key: answer for key, answer in answers.items() if key not in asked}
    after = judging.judge(measure, made, Known(filled(known, others)))
    if found.finding is Finding.MAYBE and not asked & set(_FIGURES):
        assert after.finding is Finding.MAYBE or _followed(known, others, asked)


def _followed(known: Profile, others: dict[str, Any], asked: set[str]) -> bool:
    """Return whether something that was asked follows from what was filled in."""
    return bool(asked & filled(known, others).known_facts.keys())
