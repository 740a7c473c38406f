from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.typeset import FULL_WIDTH, plain, typeset

TEXTS = st.text(alphabet=st.sampled_from("一企业1290%AbC.+-/“”\"'《》、。 \n,:;?!()"), max_size=40)


def test_every_measure_can_be_undone(parsed: ParsedNotice) -> None:
    for measure in parsed.measures:
        shown = typeset(measure.text)
        assert len(shown) == len(measure.text)
        assert plain(shown) == measure.text
        assert not re.search("[,:;?!()]", shown)
        kept = re.sub("[,:;?!()，：；？！（）]", "", shown)
        assert kept == re.sub("[,:;?!()]", "", measure.text)


def test_whole_source_can_be_undone() -> None:
    from . import samples

    assert plain(typeset(samples.SOURCE)) == samples.SOURCE


@given(TEXTS)
def test_same_length_and_undone(text: str) -> None:
    shown = typeset(text)
    assert len(shown) == len(text)
    assert plain(shown) == text


@given(TEXTS)
def test_nothing_but_the_seven_marks_changes(text: str) -> None:
    for before, after in zip(text, typeset(text), strict=True):
        assert after in (before, FULL_WIDTH.get(before, before))


@given(st.text(alphabet=st.sampled_from("aZ09%.,:;?!() -/"), max_size=30))
def test_text_without_a_han_character_keeps_its_marks(text: str) -> None:
    inner = f"a{text}9"
    shown = typeset(inner)
    for at, mark in enumerate(inner):
        if mark in ",:;?!" and inner[at - 1].isalnum() and inner[at + 1].isalnum():
            assert shown[at] == mark


@given(st.text(alphabet=st.sampled_from("区财政局,:;?!()"), max_size=30))
def test_text_of_han_characters_keeps_no_half_width_mark(text: str) -> None:
    assert typeset(text) == text.translate(str.maketrans(FULL_WIDTH))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(责任单位:区财政局)", "（责任单位：区财政局）"),
        ("系统(山西)进行", "系统（山西）进行"),
        ("降至1%,并", "降至1%，并"),
        ("依托12345,加快", "依托12345，加快"),
        ("上午9:30,在", "上午9:30，在"),
        ("共1,000元", "共1,000元"),
        ("使用f(x)计算", "使用f(x)计算"),
        ("标准GB/T(2020)执行", "标准GB/T(2020)执行"),
        ("见附件(2)所列", "见附件（2）所列"),
        ("APEC(亚太)会议", "APEC（亚太）会议"),
        ("(晋政办发〔2022〕30号)和", "（晋政办发〔2022〕30号）和"),
        ("Hello, world!", "Hello, world!"),
        ("共1 , 000元", "共1 , 000元"),
        ("企业 , 1户", "企业 ， 1户"),
        ("ABC ,\n企业", "ABC ，\n企业"),
        ("企业\u3000: ABC", "企业\u3000： ABC"),
        ("是吗?好!", "是吗？好！"),
        ("线上+线下", "线上+线下"),
        ("“甲”,“乙”", "“甲”，“乙”"),
        ("(未闭合", "（未闭合"),
        ("", ""),
    ],
)
def test_the_rule_by_example(text: str, shown: str) -> None:
    assert typeset(text) == shown
