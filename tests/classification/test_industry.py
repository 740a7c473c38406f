"""The list of industries, and codes as people write them."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.classification.industry import Industry, above, check, classes, parse, table
from desktop.errors import KnownError

#: Which divisions each section has, from the standard's table of contents.
SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip


def test_the_list_is_whole() -> None:
    levels = Counter(industry.level for industry in table().values())
    assert levels == {"门类": 20, "大类": 97, "中类": 473, "小类": 1381}
    assert all(industry.name == industry.name.strip() != "" for industry in table().values())


def test_each_section_has_its_divisions_and_each_level_the_one_above() -> None:
    divisions = {section: range(first, last + 1) for section, (first, last) in SECTIONS.items()}
    for industry in table().values():
        assert not industry.digits or int(industry.division) in divisions[industry.section]
        assert [one.level for one in above(industry)] == ["门类", "大类", "中类", "小类"][
            : len(above(industry))
        ]
        assert classes(industry)
    assert sum(map(len, divisions.values())) == 97


def test_a_group_that_is_not_divided_has_one_class_of_its_name() -> None:
    for industry in table().values():
        if len(industry.digits) == 4 and industry.digits.endswith("0"):
            group = parse(industry.digits[:3])
            assert (group.name, classes(group)) == (industry.name, (industry,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C33", "C33"), ("33", "C33"), ("c33", "C33"), ("Ｃ３３", "C33"), (" C 33 ", "C33"), ("C", "C"),
        ("K7010", "K7010"), ("7010", "K7010"), ("331", "C331"), ("C33 金属制品业", "C33"),
        ("C33-金属制品业", "C33"), ("33、金属制品业", "C33"), ("金属制品业", "C33"), ("教育", "P"),
        ("快递服务", "G602"),
        ("瓶(罐)装饮用水制造", "C1522"), ("01", "A01"), ("制造业", "C"),
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_written(text: str, code: str) -> None:
    assert parse(text).code == code
    assert check(text).words == ""


@pytest.mark.parametrize("industry", list(table().values())[::37])
def test_what_the_program_says_it_reads_again(industry: Industry) -> None:
    assert parse(industry.words) == industry


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("K33", "33 属于 C 制造业"),
        ("A7010", "7010 属于 K 房地产业"),
        ("C3300", "没有代码“C3300”"),
        ("98", "没有代码“98”"),
        ("U", "没有代码“U”"),
        ("3", "没有代码“3”"),
        ("五金厂", "不是国民经济行业分类"),
        ("33A", "不是国民经济行业分类"),
    ],
)
def test_what_is_no_code_is_said_and_kept(text: str, said: str) -> None:
    read = check(text)
    assert read.industry is None
    assert said in read.words
    assert read.hint.startswith("已按原样保留")
    with pytest.raises(KnownError) as error:
        parse(text)
    assert (error.value.message, error.value.hint) == (read.words, read.hint)


def test_the_nearest_level_is_named() -> None:
    assert check("C3300").hint.endswith("相近的有 C33 金属制品业。")
    assert check("K7019").hint.endswith("相近的有 K701 房地产开发经营。")


def test_another_name_behind_a_code_is_marked() -> None:
    read = check("C33 食品制造业")
    assert read.industry == parse("C33")
    assert "C33 金属制品业 不一致" in read.words


def test_nothing_is_nothing() -> None:
    assert check("  ").industry is None
    assert check("  ").words == ""
    with pytest.raises(KnownError, match="未填写"):
        parse("")


def test_a_path_is_said_from_the_section_down() -> None:
    assert parse("3311").path_words == (
        "C 制造业 › C33 金属制品业 › C331 结构性金属制品制造 › C3311 金属结构制造"
    )
    assert parse("3311").division == "33"
