"""小型微利企业: four conditions, any of them unknown."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.classification.small_profit import judge_small_profit

LIMITS = (300, 300, 5000)


@pytest.mark.parametrize("place", range(3))
def test_a_limit_may_be_reached_but_not_passed(place: int) -> None:
    for by, value in ((-1, True), (0, True), (1, False), (0.01, False)):
        figures = [limit + by if at == place else limit for at, limit in enumerate(LIMITS)]
        assert judge_small_profit(*figures, restricted=False).value is value


def test_each_mixture_of_known_and_unknown() -> None:
    figures = [(limit, limit + 1, None) for limit in LIMITS]
    for income, people, assets, restricted in product(*figures, (False, True, None)):
        judgement = judge_small_profit(income, people, assets, restricted)
        failed = [income == 301, people == 301, assets == 5001, restricted is True]
        unknown = [income is None, people is None, assets is None, restricted is None]
        assert judgement.value is (False if any(failed) else None if any(unknown) else True)
        keys = ("taxable_income", "employees", "assets", "restricted")
        open_ = tuple(key for key, lacks in zip(keys, unknown, strict=True) if lacks)
        assert judgement.missing == (open_ if judgement.value is None else ())


def test_the_words() -> None:
    assert judge_small_profit(None, 20, 100, None).reason == (
        "是否小型微利企业尚不能判定，缺年度应纳税所得额、是否属于国家限制或禁止行业"
    )
    assert judge_small_profit(350, 20, 100, True).reason == (
        "不是小型微利企业：年度应纳税所得额 350 万元，超过 300 万元；从事国家限制或禁止行业"
    )
    assert "2023年第12号" in judge_small_profit(-8, 20, 100, restricted=False).reason
