"""Days and lengths of time as official papers print them: 2025年12月31日, 二〇二〇年二月五日, 三年."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
}
_NARROW = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
_YEAR = r"(?:(?<!\d)[12]\d{3}|[一二][零〇○Ｏ一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"

DAY = (
    rf"(?:{_YEAR}\s*年\s*{_SMALL}\s*月\s*{_SMALL}\s*[日号]|"
    r"(?<!\d)[12]\d{3}\s*[-－/.．]\s*\d{1,2}\s*[-－/.．]\s*\d{1,2}(?![\d.]))"
)
"""A printed day."""

DAY_OR_END = rf"(?:{DAY}|{_YEAR}年(?:{_SMALL}月)?(?:年?底|年?末|月底|月末)|{_YEAR}年{_SMALL}月|{_YEAR}年)"
"""A printed day, or the end of a printed month or year."""

SMALL = _SMALL
"""A month or a day of the month."""

COUNT = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九半])"
LENGTH = rf"{COUNT}\s*(?:周年|年半|年|个半月|个月|月|个工作日|日|天)"
"""A length of time: 三年, 6个月, 30日, 一年半."""

_PARTS = re.compile(
    rf"({_YEAR})\s*[年\-－/.．]\s*(?:({_SMALL})\s*[月\-－/.．]?\s*)?(?:({_SMALL})\s*[日号]?)?"
)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in months and days."""

    months: int = 0
    days: int = 0


def narrow(text: str) -> str:
    """Return ``text``, as long as before, with digits and brackets of full width made narrow."""
    return text.translate(_NARROW)


def number(printed: str) -> int:
    """Return what Arabic or Chinese digits up to 99 say, 十二 is 12; 半 is 0."""
    if printed.isascii():
        return int(printed)
    tens, found, ones = printed.partition("十")
    if found:
        return _DIGITS.get(tens, 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS.get(printed, 0)


def year(printed: str) -> int:
    """Return a year of four Arabic or Chinese digits, 二〇二〇 is 2020."""
    return int(printed) if printed.isascii() else int("".join(str(_DIGITS[char]) for char in printed))


def read_day(printed: str) -> date | None:
    """Return the day that :data:`DAY_OR_END` matched; the last of a month or year that has none.

    None where the digits give no day of the calendar.
    """
    found = _PARTS.match(printed)
    if not found:
        return None
    in_year = year(found[1])
    month = number(found[2]) if found[2] else 12
    try:
        last = calendar.monthrange(in_year, month)[1]
        return date(in_year, month, number(found[3]) if found[3] else last)
    except (ValueError, calendar.IllegalMonthError):
        return None


def read_length(printed: str) -> Length | None:
    """Return the length that :data:`LENGTH` matched, None for working days, which no calendar counts."""
    count = re.match(COUNT, printed)
    if not count or "工作日" in printed:
        return None
    unit = printed[count.end() :].strip()
    size = number(count[0])
    if unit in ("年", "周年", "年半"):
        return Length(months=size * 12 + (6 if unit == "年半" or count[0] == "半" else 0))
    if unit == "个半月":
        return Length(months=size, days=15)
    if unit in ("个月", "月"):
        return Length(months=size) if size else Length(days=15)
    return Length(days=size)


def last_day(first: date, length: Length) -> date:
    """Return the last day of a term that begins on ``first``: the eve of the day that corresponds to it.

    Three years from 2026-03-18 end on 2029-03-17. Where the month has no such day, it is the month's last
    (民法典第二百零二条).
    """
    months = first.month - 1 + length.months
    in_year, month = first.year + months // 12, months % 12 + 1
    last = calendar.monthrange(in_year, month)[1]
    if first.day > last:
        return date(in_year, month, last) + timedelta(days=length.days)
    return date(in_year, month, first.day) + timedelta(days=length.days - 1)


def day_words(day: date) -> str:
    """Return a day as official papers print it, e.g. 2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
