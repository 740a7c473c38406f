"""Industries looked for by code, name and pinyin."""

from __future__ import annotations

import pytest

from desktop.classification.industry import table
from desktop.classification.industry_search import find


def codes(text: str) -> list[str]:
    return [industry.code for industry in find(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("C33", "C33"), ("ｃ33", "C33"), ("33", "C33"), ("7010", "K7010"), ("6020", "G6020"), ("C", "C"),
        ("金属制品业", "C33"), ("金属制品", "C33"), ("jszpy", "C33"), ("jinshuzhipin", "C33"),
        ("kuaidi", "G602"), ("银行", "J664"), ("yinhang", "J664"), ("lvyelian", "C3216"),
        ("luyelian", "C3216"), ("软件 开发", "I651"), ("软件 kaifa", "I651"), ("wygl", "K702"),
    ],
)  # fmt: skip
def test_the_best_comes_first(text: str, first: str) -> None:
    assert codes(text)[0] == first


def test_words_narrow_and_a_part_is_enough() -> None:
    assert set(codes("金属 修理")) == {"C43", "C431"}
    assert "C3311" in codes("金属结构")
    assert codes("结构制造")[0] == "C3311"
    assert codes("jinshuxx") == []


def test_syllables_begin_where_characters_begin() -> None:
    assert "C3216" not in codes("eyelian")


def test_an_undivided_group_is_found_once() -> None:
    assert codes("快递服务") == ["G602"]
    assert codes("6020") == ["G6020"]


def test_nothing_finds_nothing_and_a_list_ends() -> None:
    assert find("") == find("  ") == find("龘") == ()
    assert len(find("制造", limit=7)) == 7


def test_every_industry_is_found_by_its_code_first() -> None:
    for industry in list(table().values())[::23]:
        assert find(industry.code, limit=1) == (industry,)
