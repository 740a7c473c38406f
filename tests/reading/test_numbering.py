"""What is a printed number, of which form and value, and what only looks like one."""

from __future__ import annotations

import pytest

from desktop.reading.numbering import NumberForm, han_value, number_at, numbers_in


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("一、降低成本", NumberForm.HAN, 1),
        ("二十一、降低成本", NumberForm.HAN, 21),
        ("三 、降低成本", NumberForm.HAN, 3),
        ("（四）降低成本", NumberForm.HAN_BRACKET, 4),
        ("(十二)降低成本", NumberForm.HAN_BRACKET, 12),
        ("㈢降低成本", NumberForm.HAN_BRACKET, 3),
        ("5.降低成本", NumberForm.DIGIT, 5),
        ("６．降低成本", NumberForm.DIGIT, 6),
        ("7、降低成本", NumberForm.DIGIT, 7),
        ("⒏降低成本", NumberForm.DIGIT, 8),
        ("9.2031年起降低成本", NumberForm.DIGIT, 9),
        ("（10）降低成本", NumberForm.DIGIT_BRACKET, 10),
        ("11）降低成本", NumberForm.DIGIT_BRACKET, 11),
        ("⑫降低成本", NumberForm.CIRCLE, 12),
        ("第十三条 降低成本", NumberForm.ARTICLE, 13),
        ("第14条降低成本", NumberForm.ARTICLE, 14),
        ("第一百零五条　降低成本", NumberForm.ARTICLE, 105),
        ("第十六条：降低成本", NumberForm.ARTICLE, 16),
        ("第二章 降低成本", NumberForm.CHAPTER, 2),
        ("第三节 降低成本", NumberForm.SECTION, 3),
        ("第四部分：降低成本", NumberForm.PART, 4),
        ("●5.降低成本", NumberForm.DIGIT, 5),
        ("一、目标任务", NumberForm.HAN, 1),
        ("（一）项目支持", NumberForm.HAN_BRACKET, 1),
    ],
)
def test_a_number_and_where_its_words_begin(text: str, form: NumberForm, value: int) -> None:
    number = number_at(text, 0, len(text))
    assert number is not None
    assert (number.form, number.value, number.doubtful) == (form, value, False)
    assert text[number.after :].endswith(("降低成本", "目标任务", "项目支持"))


@pytest.mark.parametrize(
    "text",
    [
        "2031年3月4日",
        "3%的贴息",
        "一二三等奖",
        "一、二、三等奖",
        "第三条规定的企业",
        "第三条、第四条",
        "（一）项规定的",
        "3.%",
    ],
)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert number_at(text, 0, len(text)) is None


def test_a_decimal_is_a_number_in_doubt() -> None:
    number = number_at("3.5亿元资金", 0, 7)
    assert number is not None
    assert number.doubtful


def test_numbers_within_a_paragraph() -> None:
    text = "支持措施：（一）减租；（二）缓缴，按2.5%。1.贴息"
    found = [(n.form, n.value) for n in numbers_in(text, 0, len(text)) if not n.doubtful]
    assert found == [(NumberForm.HAN_BRACKET, 1), (NumberForm.HAN_BRACKET, 2), (NumberForm.DIGIT, 1)]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("三十二", 32),
        ("一百二十", 120),
        ("二〇", 20),
        ("１２", 12),
        ("甲", 0),
        ("", 0),
    ],
)
def test_values(printed: str, value: int) -> None:
    assert han_value(printed) == value
