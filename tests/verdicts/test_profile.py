"""What is known of an enterprise: read from JSON, as of a day, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.catalogue import facts, rules
from desktop.catalogue.rules import Predicate
from desktop.classification import credit_code
from desktop.errors import KnownError
from desktop.verdicts import profile, settled
from desktop.verdicts.known import Known
from desktop.verdicts.profile import Profile

SMALL_MICRO = Predicate(rules.SIZE, ("小型", "微型"))
SME = Predicate(rules.SIZE, ("中型", "小型", "微型"))
PROFIT = Predicate(rules.SMALL_PROFIT)
WHOLE: dict[str, Any] = {
    "name": "甲厂",
    "uscc": "９114 0302ma0t00011h",
    "industry": "c33 金属制品业",
    "employees": 86,
    "revenue": 3200.5,
    "assets": 4100,
    "taxable_income": -30,
    "taxpayer": "general",
    "town": "义井镇",
    "as_of": "2026-11-26",
    "facts": {"little_giant": True, "high_tech": None},
}


def known(**values: Any) -> Known:
    return Known(profile.read({"industry": "C33", **values})[0])


def test_everything_is_read() -> None:
    found, unread = profile.read(WHOLE)
    assert unread == ()
    assert found.industry
    assert found == Profile(
        "甲厂",
        "91140302MA0T00011H",
        found.industry,
        86,
        3200.5,
        4100,
        -30,
        "general",
        "义井镇",
        date(2026, 11, 26),
        {"little_giant": True},
    )
    assert found.industry.code == "C33"


@pytest.mark.parametrize("name", [*WHOLE, ""])
def test_anything_may_be_missing_or_null(name: str) -> None:
    found, _ = profile.read({key: value for key, value in WHOLE.items() if key != name} if name else {})
    assert not name or found == profile.read({**WHOLE, name: None})[0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "JSON 对象"),
        ({"name": 3}, "name应为文字"),
        ({"employees": "86"}, "employees（从业人员）应为数字"),
        ({"employees": True}, "employees（从业人员）应为数字：true"),
        ({"revenue": float("nan")}, "revenue（营业收入）应为数字"),
        ({"assets": -1}, "assets（资产总额）不能小于0"),
        ({"industry": "Z9"}, "Z9"),
        ({"industry": 33}, "industry应为文字"),
        ({"taxpayer": "小规模"}, "taxpayer（增值税纳税人身份）应为general或small"),
        ({"as_of": "昨天"}, "as_of 应为 2026-11-26 这样的日期"),
        ({"as_of": 20261126}, "as_of 应为"),
        ({"as_of": "2026-W48-4"}, 'as_of 应为 2026-11-26 这样的日期："2026-W48-4"'),
        ({"town": ["长" * 100]}, "…"),
        ({"facts": ["specialised"]}, "facts 应为一个 JSON 对象"),
        ({"facts": {"specialised": "是"}}, "specialised 应为 true、false"),
        ({"facts": {"specialised": 1}}, "specialised 应为 true、false"),
    ],
)
def test_a_wrong_value_is_named(values: object, words: str) -> None:
    with pytest.raises(KnownError) as caught:
        profile.read(values)
    assert words in caught.value.message


def test_unknown_names_are_told_and_passed_over() -> None:
    found, unread = profile.read({"employes": 3, "facts": {"rich": True, "patents": True}})
    assert unread == ("employes", "rich")
    assert found.facts == {"patents": True}


def test_figures_of_a_later_day_are_not_known_before() -> None:
    found, _ = profile.read(WHOLE)
    assert found.on(date(2026, 11, 26)) is found
    before = found.on(date(2026, 11, 25))
    assert [getattr(before, name) for name in profile.FIGURES] == [None] * 4
    assert (before.facts, before.taxpayer) == (found.facts, "general")
    undated, _ = profile.read({**WHOLE, "as_of": None})
    assert undated.on(date(1990, 1, 1)) is undated


def test_facts_follow_from_facts() -> None:
    assert settled.following({"little_giant": True}) == {"specialised": True}
    assert settled.following({"specialised": False}) == {"little_giant": False}
    assert settled.following({"specialised": True}) == {}
    clashing = {"little_giant": True, "specialised": False, "patents": True}
    assert settled.following(clashing) == {}
    assert settled.clashes(clashing) == ("是专精特新“小巨人”企业，却不是“专精特新”中小企业",)


def test_what_a_fact_implies_is_in_the_vocabulary() -> None:
    words = facts.vocabulary()
    assert all(implied in words for fact in words.values() for implied in fact.implies)
    assert all(fact.question.endswith("？") for fact in (*words.values(), *facts.figures().values()))
    assert len({fact.question for fact in words.values()}) == len(words)


def test_the_code_tells_whether_it_is_an_individual() -> None:
    def code(kind: str) -> str:
        return f"{kind}140302MA0T00011{credit_code.check_character(f'{kind}140302MA0T00011')}"

    assert known(uscc=code("92")).individual is True
    assert known(uscc=code("91")).individual is False
    denied, _ = profile.read({"uscc": code("91"), "facts": {"individual": True}})
    assert (Known(denied).individual, denied.clashes) == (
        False,
        ("登记为个体工商户，信用代码却不是，按信用代码判定",),
    )
    assert known(name="乙专业合作社", facts={"individual": False}).profile.clashes == ()
    assert known(uscc="92").individual is None
    assert known(uscc=code("11")).individual is None
    assert known(uscc=f"92{code('91')[2:]}").individual is None  # its last character does not fit
    assert known(name="示例铸造有限公司").individual is False
    assert known(name="示例铸造有限公司", uscc=code("92")).individual is True
    assert known(name="示例铸造厂").individual is None


def test_a_size_is_known_as_soon_as_each_that_is_possible_says_the_same() -> None:
    few = known(employees=86)
    assert (few.answer(SMALL_MICRO).value, few.answer(SME).value, few.size.size) == (True, True, None)
    medium = known(employees=500)
    assert (medium.answer(SMALL_MICRO).value, medium.answer(SME).value) == (None, True)
    assert medium.answer(SMALL_MICRO).missing == ("revenue",)
    nothing = Known(Profile()).answer(SME)
    assert nothing.value is None
    assert "industry" in nothing.missing


def test_three_things_that_are_not_the_same() -> None:
    """划型小微, 小型微利 and 小规模纳税人, each without the others."""
    small = known(employees=86, revenue=3200, assets=8000, taxable_income=90, taxpayer="general")
    assert small.answer(SMALL_MICRO).value is True
    assert small.answer(PROFIT).value is False
    assert "资产总额" in small.answer(PROFIT).words
    assert small.answer(Predicate(rules.SMALL_TAXPAYER)).value is False
    medium = Known(
        profile.read(
            {
                "industry": "I65",
                "employees": 120,
                "revenue": 3000,
                "assets": 900,
                "taxable_income": 0,
                "taxpayer": "small",
                "facts": {"individual": False},
            }
        )[0]
    )
    assert medium.size.size == "中型"
    assert [medium.answer(each).value for each in (SMALL_MICRO, PROFIT)] == [False, True]
    assert medium.answer(Predicate(rules.SMALL_TAXPAYER)).value is True


def test_an_individual_is_sized_by_its_figures_and_is_no_small_profit_enterprise() -> None:
    found = known(employees=5, revenue=40, assets=10, taxable_income=8, facts={"individual": True})
    assert found.answer(SMALL_MICRO).value is True
    assert "参照" in found.answer(SMALL_MICRO).words
    assert found.answer(PROFIT).value is False
    unsure = known(employees=5, revenue=40, assets=10, taxable_income=8)
    assert unsure.answer(PROFIT).missing == ("individual",)


def test_an_industry_outside_the_table_has_no_size_and_the_reason_says_so() -> None:
    found = known(industry="J66", employees=5, revenue=40)
    assert found.answer(SME).value is False
    assert "不在划型范围" in found.answer(SME).words
    assert found.answer(Predicate(rules.SIZE, ("大型",))).value is False


def test_an_industry_that_is_told_too_coarsely_is_asked_again() -> None:
    retail = Predicate(rules.INDUSTRY, ("52", "H"))
    assert known(industry="F").answer(retail).missing == ("industry",)
    assert known(industry="F5211").answer(retail).value is True
    assert known(industry="F51").answer(retail).value is False
    assert known(industry="H").answer(retail).value is True
