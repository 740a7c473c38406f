"""An amended notice: measures that stayed keep their keys, others get fresh ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library.carrying import carried_keys, key_numbers, number_of
from tests.library.worded import CITY, measure


def test_the_same_words_keep_their_key_under_another_number() -> None:
    first = measure(1, "补贴物流费用", "对企业运往省外的货物，按运费的一成给予补贴，每年不超过十万元。")
    moved = [measure(each.number + 1, each.title, each.body) for each in CITY]
    assert key_numbers(CITY, [first, *moved]) == (5, 1, 2, 3, 4)


def test_a_measure_that_went_leaves_its_number_unused() -> None:
    left = [measure(at, each.title, each.body) for at, each in enumerate(CITY[1:], 1)]
    assert key_numbers(CITY, left) == (2, 3, 4)
    fresh = measure(4, "补贴物流费用", "对企业运往省外的货物，按运费的一成给予补贴，每年不超过十万元。")
    assert key_numbers(left, [*left, fresh], used=(4,)) == (1, 2, 3, 5)


def test_amended_words_keep_the_key() -> None:
    amended = [
        measure(1, CITY[0].title, CITY[0].body.replace("六个月", "十二个月")),
        measure(2, "减免企业房租", CITY[1].body.replace("免收两个月租金、", "免收三个月租金、")),
        measure(3, "", CITY[2].body.replace("百分之一", "百分之二")),
        measure(4, CITY[3].title, CITY[3].body),
    ]
    assert carried_keys(CITY, amended) == {at: each.key for at, each in enumerate(CITY)}


def test_another_measure_in_its_place_is_new() -> None:
    other = measure(2, "补贴物流费用", "对企业运往省外的货物，按运费的一成给予补贴，每年不超过十万元。")
    assert key_numbers(CITY, [CITY[0], other, CITY[2], CITY[3]]) == (1, 5, 3, 4)


def test_the_same_title_over_wholly_other_words_is_new() -> None:
    other = measure(3, CITY[2].title, "对种植户购买优质稻种给予补贴，由农业农村部门核定面积。")
    assert key_numbers(CITY, [CITY[0], CITY[1], other, CITY[3]]) == (1, 2, 5, 4)


def test_one_measure_made_into_two_that_are_alike_is_in_doubt() -> None:
    words = "对新入驻园区的企业，按实际支付租金的五成给予补贴，补贴期限不超过二十四个月，"
    old = [*CITY[:3], measure(4, "", f"{words}由园区管委会受理。")]
    halves = [measure(4, "", f"{words}由商务部门受理。"), measure(5, "", f"{words}由科技部门受理。")]
    assert key_numbers(old, [*CITY[:3], *halves]) == (1, 2, 3, 5, 6)


def test_measures_with_the_same_words_stay_in_their_order_or_all_are_new() -> None:
    twins = [measure(1, "", "甲乙丙丁戊己"), measure(2, "", "甲乙丙丁戊己")]
    assert key_numbers(twins, twins) == (1, 2)
    assert key_numbers(twins, [twins[0]]) == (1,)  # the very text, number and all
    assert key_numbers(twins, [measure(7, "", "甲乙丙丁戊己")]) == (3,)


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_order_and_omission_never_hang_a_key_on_another_measure(order: list[int], without: set[int]) -> None:
    stayed = [CITY[at] for at in order if at not in without]
    new = [measure(at, each.title, each.body) for at, each in enumerate(stayed, 1)]
    assert key_numbers(CITY, new) == tuple(number_of(each.key) for each in stayed)


@pytest.mark.parametrize("key", ["", "a", "a.m", "a.1.m1x", "m1"])
def test_what_is_no_key_of_a_measure(key: str) -> None:
    with pytest.raises(ValueError, match="no key of a measure"):
        number_of(key)
    assert number_of("xx-2026-1.1.m07") == 7
