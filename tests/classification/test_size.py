"""大中小微 against a naive reading of the table, written down here once more by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.classification.industry import Industry, classes, parse, table
from desktop.classification.size import OUTSIDE, SizeJudgement, judge

KEYS = ("employees", "revenue", "assets")
X, Y, Z = KEYS
#: Name, codes that belong to it, and for 大型, 中型, 小型 what each indicator must reach.
BY_HAND: dict[str, tuple[str, dict[str, tuple[int, int, int]]]] = {
    "农、林、牧、渔业": ("A01 A05 0541", {Y: (20000, 500, 50)}),
    "工业": ("B06 B11 C C33 D44 C4310", {X: (1000, 300, 20), Y: (40000, 2000, 300)}),
    "建筑业": ("E E47 5090", {Y: (80000, 6000, 300), Z: (80000, 5000, 300)}),
    "批发业": ("F51 5193", {X: (200, 20, 5), Y: (40000, 5000, 1000)}),
    "零售业": ("F52 5292", {X: (300, 50, 10), Y: (20000, 500, 100)}),
    "交通运输业": ("54 55 56 57 58 591 G5910 5821", {X: (1000, 300, 20), Y: (30000, 3000, 200)}),
    "仓储业": ("592 593 594 595 596 599 5941", {X: (200, 100, 20), Y: (30000, 1000, 100)}),
    "邮政业": ("60 602", {X: (1000, 300, 20), Y: (30000, 2000, 100)}),
    "住宿业": ("61 6121", {X: (300, 100, 10), Y: (10000, 2000, 100)}),
    "餐饮业": ("62 6242", {X: (300, 100, 10), Y: (10000, 2000, 100)}),
    "信息传输业": ("63 64 6450", {X: (2000, 100, 10), Y: (100000, 1000, 100)}),
    "软件和信息技术服务业": ("65 6513", {X: (300, 100, 10), Y: (10000, 1000, 50)}),
    "房地产开发经营": ("701 7010", {Y: (200000, 1000, 100), Z: (10000, 5000, 2000)}),
    "物业管理": ("702 K7020", {X: (1000, 300, 100), Y: (5000, 1000, 500)}),
    "租赁和商务服务业": ("L 71 7261", {X: (300, 100, 10), Z: (120000, 8000, 100)}),
    "其他未列明行业": ("M N O 85 R 703 709 7511 8514", {X: (300, 100, 10)}),
}
OUT = "53 5311 J 66 P 8310 84 Q8411 S T 7040 K704"
NAMES = list(BY_HAND)


def naive(name: str, values: Mapping[str, float]) -> str:
    """Return the size as the notes of the table say it: all limits of a size, otherwise the next one."""
    rules = BY_HAND[name][1]
    for place, size in enumerate(("大型", "中型", "小型")):
        if all(values[key] >= limits[place] for key, limits in rules.items()):
            return size
    return "微型"


def told(code: str, values: Mapping[str, float | None]) -> SizeJudgement:
    return judge(parse(code), values.get(X), values.get(Y), values.get(Z))


def around(name: str) -> Iterator[dict[str, float]]:
    """Yield every combination of figures at, just under and just over each limit of a group."""
    steps = {
        key: sorted({0, *(limit + by for limit in limits for by in (-1, 0, 1))})
        for key, limits in BY_HAND[name][1].items()
    }
    for values in product(*steps.values()):
        yield dict(zip(steps, values, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_counts_from_itself_on(name: str) -> None:
    code = BY_HAND[name][0].split()[0]
    for values in around(name):
        size = naive(name, values)
        judgement = told(code, values)
        assert (judgement.size, judgement.possible, judgement.missing) == (size, {size}, ()), values
        assert judgement.reason.startswith(f"{name}：")
        assert judgement.reason.endswith(f"为{size}")


@pytest.mark.parametrize("name", NAMES)
def test_with_figures_missing_what_is_possible_is_exact(name: str) -> None:
    code = BY_HAND[name][0].split()[0]
    rules = BY_HAND[name][1]
    whole = list(around(name))
    for values in whole[:: max(len(whole) // 60, 1)]:
        for known in product((True, False), repeat=len(rules)):
            given_ = {key: values[key] for key, there in zip(rules, known, strict=True) if there}
            left = {naive(name, one) for one in whole if given_.items() <= one.items()}
            judgement = told(code, given_)
            assert judgement.possible == left
            assert judgement.size == (next(iter(left)) if len(left) == 1 else None)
            assert set(judgement.missing) == (set(rules) - set(given_) if len(left) > 1 else set())


@pytest.mark.parametrize("name", NAMES)
def test_codes_come_to_their_group(name: str) -> None:
    codes, rules = BY_HAND[name]
    for code in codes.split():
        values = {key: float(limits[2]) for key, limits in rules.items()}
        assert told(code, values).reason.startswith(f"{name}：")


@pytest.mark.parametrize("code", OUT.split())
def test_what_the_table_leaves_out(code: str) -> None:
    judgement = judge(parse(code), 5, 5, 5)
    assert (judgement.size, judgement.possible, judgement.outside) == (None, {OUTSIDE}, True)
    assert judgement.missing == ()
    assert judgement.reason.startswith(f"不在划型范围：{parse(code).words}")


def test_each_class_is_in_one_group_or_outside() -> None:
    counts = {"in": 0, "out": 0}
    for industry in table().values():
        if len(industry.digits) == 4:
            judgement = judge(industry, 0, 0, 0)
            assert judgement.possible in ({"微型"}, {OUTSIDE})
            counts["out" if judgement.outside else "in"] += 1
    outside = sum(len(classes(parse(code))) for code in ("53", "J", "704", "P", "84", "S", "T"))
    assert counts["out"] == outside


def test_the_example_of_one_figure() -> None:
    judgement = told("C33", {X: 86})
    assert judgement.possible == {"小型", "微型"}
    assert judgement.missing == (Y,)
    assert judgement.reason == "规模待定，缺营业收入；可能为小型、微型"
    assert told("C33", {X: 86, Y: 3200}).reason == (
        "工业：从业人员 86 人，营业收入 3,200 万元；同时达到小型下限（从业人员 20 人、营业收入 300 万元），"
        "未同时达到中型下限（从业人员 300 人、营业收入 2,000 万元），为小型"
    )
    assert told("C33", {X: 10}).size == "微型"


def test_without_an_industry_everything_is_possible_but_what_the_figures_forbid() -> None:
    nothing = judge(None, None, None, None)
    assert nothing.possible == {"大型", "中型", "小型", "微型", OUTSIDE}
    assert nothing.missing == ("industry", X, Y, Z)
    assert nothing.reason == "规模待定，缺行业、从业人员、营业收入、资产总额"
    assert judge(None, 0, 0, 0).possible == {"微型", OUTSIDE}
    assert judge(None, 0, 0, 0).missing == ("industry",)


def test_an_industry_told_too_coarsely_is_missing_only_where_it_matters() -> None:
    hotel_or_meals = judge(parse("H"), 100, 2000, None)
    assert (hotel_or_meals.size, hotel_or_meals.missing) == ("中型", ())
    storing = judge(parse("59"), 150, 20000, None)
    assert (storing.possible, storing.missing) == ({"小型", "中型"}, ("industry",))
    assert storing.reason == "规模待定，行业只到 G59 装卸搬运和仓储业，须细到小类；可能为中型、小型"
    property_ = judge(parse("K"), 1, 1, 1)
    assert (property_.possible, property_.missing) == ({"微型", OUTSIDE}, ("industry",))
    assert not property_.outside
    assert judge(parse("59"), 5, None, None).size == "微型"


def test_a_sole_trader_is_told_by_the_same_limits() -> None:
    judgement = judge(parse("62"), 3, 20, None, sole_trader=True)
    assert judgement.size == "微型"
    assert judgement.reason.endswith("个体工商户参照划型")


@pytest.mark.parametrize("figure", [-1, math.nan, math.inf])
def test_what_is_no_figure_is_not_told(figure: float) -> None:
    with pytest.raises(ValueError, match="figures"):
        judge(parse("C"), figure, None, None)


INDUSTRIES = st.one_of(st.none(), st.sampled_from(list(table().values())))
FIGURES = st.one_of(
    st.none(), st.floats(0, 250_000), st.integers(0, 3000), st.sampled_from([0, 100, 300, 1000])
)


@settings(max_examples=150, deadline=None)
@given(INDUSTRIES, FIGURES, FIGURES, FIGURES, st.data())
def test_what_becomes_known_never_adds_a_possible_size(
    industry: Industry | None, x: float | None, y: float | None, z: float | None, data: st.DataObject
) -> None:
    values = {X: x, Y: y, Z: z}
    before = judge(industry, x, y, z)
    assert before.possible
    assert (before.size is None) == (len(before.possible) > 1 or before.outside)
    assert bool(before.missing) == (len(before.possible) > 1)
    more = {
        key: data.draw(st.floats(0, 250_000)) if value is None else value for key, value in values.items()
    }
    one = data.draw(st.sampled_from(KEYS))
    after = judge(industry, *({**values, one: more[one]}[key] for key in KEYS))
    assert after.possible <= before.possible
    if one not in before.missing and values[one] is None:
        assert after.possible == before.possible
    exact = data.draw(st.sampled_from(classes(industry) if industry else list(table().values())))
    assert judge(exact, x, y, z).possible <= before.possible


@settings(max_examples=100, deadline=None)
@given(INDUSTRIES, FIGURES, FIGURES, FIGURES)
def test_figures_that_are_known_are_not_missing(
    industry: Industry | None, x: float | None, y: float | None, z: float | None
) -> None:
    missing = judge(industry, x, y, z).missing
    assert list(missing) == [key for key in ("industry", *KEYS) if key in missing]
    assert not {key for key, value in zip(KEYS, (x, y, z), strict=True) if value is not None} & set(missing)
