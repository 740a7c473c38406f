"""What spreadsheet programs show for a number under a format, as seen in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.returned import number_format
from desktop.exchange.returned.number_format import BUILT_IN, What

DAY = date(2026, 3, 1)
SERIAL = 46082


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("General", 12.5, "12.5"),
        ("G/通用格式", 12.0, "12"),
        ('G/通用格式"家"', 12.0, "12家"),
        ("", 12.0, "12"),
        ("@", 5.0, "5"),
        ('0"户"', 12.0, "12户"),
        ("0户", 12.0, "12户"),
        ('"共"0"家"', 3.0, "共3家"),
        ("第0号", 3.0, "第3号"),
        ("0\\户", 12.0, "12户"),
        ("00000000", 123.0, "00000123"),
        ("000-0000", 1234567.0, "123-4567"),
        ('0"元"0"角"', 125.0, "12元5角"),
        ("#,##0", 0.0, "0"),
        ("#,##0", 1234567.0, "1,234,567"),
        ("#,##0.00", 1234567.891, "1,234,567.89"),
        ('#,##0,"千元"', 1234567.0, "1,235千元"),
        ("0.00", 1.005, "1.01"),
        ("0.##", 1.5, "1.5"),
        ("0.0", -0.04, "0.0"),
        ("0", -3.0, "-3"),
        ("0%", 0.8, "80%"),
        ("0.0%", 0.125, "12.5%"),
        ("[Red]0;[蓝色]-0", -3.0, "-3"),
        ("0.00_);(0.00)", -1.5, "(1.50)"),
        ('0;-0;"无"', 0.0, "无"),
        ("[$¥-804]#,##0.00", 12.5, "¥12.50"),
        ('0"；"', 1.0, "1；"),
    ],
)
def test_a_number_is_shown_as_its_format_has_it(code: str, number: float, text: str) -> None:
    shown = number_format.show(code, number, None)
    assert (shown.text, shown.what) == (text, What.NUMBER)


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[DBNum1]0", "[>=100]0;0.0", '[<1]"少";0'])
def test_what_is_not_known_is_said_so(code: str) -> None:
    assert number_format.show(code, 12345.0, None).text is None


@pytest.mark.parametrize(
    ("code", "text", "what"),
    [
        ("yyyy/m/d", "2026/3/1", What.DAY),
        ("yyyy-mm-dd hh:mm", "2026-03-01 14:30", What.DAY),
        ('[$-804]yyyy"年"m"月"d"日";@', "2026年3月1日", What.DAY),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "2026年3月1日", What.DAY),
        ("d-mmm-yy", "1-Mar-26", What.DAY),
        ('yyyy"年"m"月"', "2026年3月", What.PART_OF_DAY),
        ("mmm-yy", "2026年3月", What.PART_OF_DAY),
        ('m"月"d"日"', "3月1日", What.PART_OF_DAY),
        ("aaaa", "星期日", What.TIME),
        ("h:mm", "14:30", What.TIME),
        ("hh:mm:ss", "14:30:00", What.TIME),
        ("h:mm AM/PM", "2:30 下午", What.TIME),
        ('上午/下午h"时"mm"分"', "下午2时30分", What.TIME),
        ("mm:ss", "30:00", What.TIME),
    ],
)
def test_of_a_day_that_is_told_which_is_shown(code: str, text: str, what: What) -> None:
    shown = number_format.show(code, SERIAL + 14.5 / 24, DAY)
    assert (shown.text, shown.what) == (text, what)


def test_hours_may_go_on_beyond_a_day() -> None:
    assert number_format.show("[h]:mm", 1.5, None).text == "36:00"


@given(st.integers(0, 10**12), st.integers(1, 15))
def test_leading_zeros_are_filled_up(number: int, places: int) -> None:
    assert number_format.show("0" * places, float(number), None).text == f"{number:0{places}}"


@given(st.integers(-(10**9), 10**9), st.integers(1, 6))
def test_thousands_and_decimals_are_those_of_python(number: int, decimals: int) -> None:
    code = "#,##0." + "0" * decimals
    assert number_format.show(code, float(number), None).text == f"{number:,.{decimals}f}"


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_every_day_is_told_whole_by_a_format_that_shows_it_whole(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    assert number_format.show("yyyy-mm-dd", serial, day).text == day.isoformat()


@given(
    st.text('0#?.,%;ymdhs"[]\\_*年月日E+-/@ a', max_size=30), st.floats(allow_nan=False, allow_infinity=False)
)
def test_no_format_is_too_odd_to_be_looked_at(code: str, number: float) -> None:
    day = date(1899, 12, 30) + timedelta(days=int(number)) if 1 <= number < 2_900_000 else None
    shown = number_format.show(code, number, day)
    assert shown.text is None or isinstance(shown.text, str)


def test_every_built_in_format_is_known_or_said_not_to_be() -> None:
    unknown = {n for n, code in BUILT_IN.items() if number_format.show(code, SERIAL + 0.5, DAY).text is None}
    assert unknown == {11, 12, 13, 48}
