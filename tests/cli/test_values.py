from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import values


@pytest.mark.parametrize("written", ["16", "１６", "第16条", " 第 16 条 ", "016"])
def test_a_measure_number_as_people_write_it(written: str) -> None:
    assert values.MeasureNumber().convert(written, None, None) == 16


@pytest.mark.parametrize("written", ["", "十六", "-1", "1.5", "16条款", "1e3", "9999999"])
def test_what_is_no_measure_number(written: str) -> None:
    with pytest.raises(click.BadParameter, match="不是措施编号"):
        values.MeasureNumber().convert(written, None, None)


@pytest.mark.parametrize("written", ["-1", "", "x", "1.0"])
def test_a_count_is_nothing_but_digits(written: str) -> None:
    with pytest.raises(click.BadParameter, match="整数"):
        values.Count().convert(written, None, None)


def test_days() -> None:
    assert values.Day().convert("2026-03-31", None, None) == date(2026, 3, 31)
    assert values.Day().convert("２０２６-03-31 ", None, None) == date(2026, 3, 31)


NO_DAYS = ["2026-02-30", "2026-W01-1", "3月31日", "明天", "0000-00-00"]


@pytest.mark.parametrize("written", ["", *NO_DAYS])
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(click.BadParameter, match="不是有效日期"):
        values.Day().convert(written, None, None)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("未写明", ""),
        (" 长期 ", "长期"),
        ("２０２６-03-31", "2026-03-31"),
        ("2026-01-01/2026-12-31", "2026-01-01/2026-12-31"),
        ("2026-01-01至2026-12-31", "2026-01-01/2026-12-31"),
        ("2026-01-01 ／ 2026-12-31", "2026-01-01/2026-12-31"),
        ("2026-12-31/2026-12-31", "2026-12-31"),
    ],
)
def test_deadlines(written: str, stored: str) -> None:
    assert values.Due().convert(written, None, None) == stored


@pytest.mark.parametrize(
    "written", [*NO_DAYS, "/", "2026-01-01/", "2026-01-01/2026-02-01/2026-03-01", "长期/2026-01-01"]
)
def test_what_is_no_deadline(written: str) -> None:
    with pytest.raises(click.BadParameter, match="完成时限填的是"):
        values.Due().convert(written, None, None)


def test_a_span_that_ends_before_it_begins() -> None:
    with pytest.raises(click.BadParameter, match="早于开始日期"):
        values.Due().convert("2026-12-31/2026-01-01", None, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-26", "2026-11-26T00:00:00"),
        ("2026年11月26日", "2026-11-26T00:00:00"),
        ("20261126", "2026-11-26T00:00:00"),
        (" 2026-11-26T10:05:01 ", "2026-11-26T10:05:01"),
        ("2026-11-26 10:05", "2026-11-26T10:05:00"),
        ("2026-11-26T10:05:01+08:00", "2026-11-26T10:05:01+08:00"),
        ("2026-11-26T02:05:01.5Z", "2026-11-26T02:05:01.500000+00:00"),
        ("20261126T100501+0800", "2026-11-26T10:05:01+08:00"),
    ],
)
def test_a_moment_is_a_day_or_a_time(written: str, meant: str) -> None:
    assert values.Moment().convert(written, None, None).isoformat() == meant


@pytest.mark.parametrize("written", ["", "昨天", "2026-13-01", "2026-11-26T25:00", "10:05", "1e9", "长期"])
def test_what_is_no_moment(written: str) -> None:
    with pytest.raises(click.BadParameter, match="不是有效的日期或时间"):
        values.Moment().convert(written, None, None)


def test_words_refuse_what_is_no_text() -> None:
    for broken in ("a\0b", "a\udcffb"):
        with pytest.raises(click.BadParameter, match="无法识别的字符"):
            values.Words().convert(broken, None, None)
    assert values.Words().convert("𠮷😀", None, None) == "𠮷😀"


def test_a_place_may_have_undecodable_bytes_in_its_name_but_no_nul() -> None:
    assert values.AnyPath().convert("a\udcff", None, None) == Path("a\udcff")
    for broken in ("", "a\0b"):
        with pytest.raises(click.BadParameter, match="路径"):
            values.AnyPath().convert(broken, None, None)


def test_one_of_names_what_may_be_chosen() -> None:
    choice = values.OneOf({"甲": "a", "乙": "b"})
    assert choice.convert(" 乙", None, None) == "b"
    with pytest.raises(click.BadParameter, match="可选：甲、乙"):
        choice.convert("丙", None, None)


@given(st.text(alphabet=st.characters(), max_size=30))
def test_cleaned_text_can_be_stored_and_whole_text_stays(text: str) -> None:
    cleaned = values.clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert values.clean(cleaned) == cleaned
    assert values.broken(text) == (cleaned != text)
