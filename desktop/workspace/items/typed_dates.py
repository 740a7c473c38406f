"""Dates as people type them: one reading for the window, the workbooks and the command line."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desktop.workspace.items import deadline
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, Deadline, DeadlineKind

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""A day outside these years is asked about: it is a slip of the pen, or a number that is no day."""
FORMS = "可写成 2026-12-31 或 2026年12月31日；时段在两个日期之间写“至”；也可以写“长期”；留空为未写明。"
"""How a deadline can be written, for the user."""

_LONGEST = 60  # characters; a longer text is no deadline
_TIME = re.compile(r"(?:\s|T)+\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?Z?\s*$")
_DASHES = re.compile("[‐‑‒–—―−─﹣]+|-{2,}")
_BETWEEN = re.compile("至|到|~|-|/")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_FROM, _BEGINNING, _UNTIL = re.compile("^[自从由]"), re.compile("起$"), re.compile("止$")

_VAGUE = re.compile("(?:之前|以前|为止|左右|完成|办结|前|底|末|内|止|份|中旬|下旬|上旬)+$")
_YEAR = r"(?P<y>\d{4}|\d{2}(?=年)|今年|本年|明年)年?"
_SHORT_DAY = re.compile(r"(?P<y>\d{2})[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})[日号]?", re.ASCII)
_MONTH_DAY = re.compile(r"(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})[日号]?", re.ASCII)
_YEAR_MONTH = re.compile(r"(?P<y>\d{4}|\d{2}(?=年))[-./年](?P<m>\d{1,2})月?", re.ASCII)
_MONTH = re.compile(r"(?P<m>\d{1,2})月", re.ASCII)
_QUARTER = re.compile(rf"(?:{_YEAR})?第?(?P<q>[一二三四1-4])季度?", re.ASCII)
_HALF = re.compile(rf"(?:{_YEAR})?(?P<h>[上下])半年", re.ASCII)
_WHOLE = re.compile(rf"{_YEAR}|年", re.ASCII)

_LONG_WORDS = ("长期", "持续", "常态", "永久", "长效")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Around:
    """What a guess leans on: the day the workbook was sent out, None if unknown, and the deadline so far."""

    sent_on: date | None
    former: Deadline


@dataclass(frozen=True, slots=True)
class Certain:
    """The text names this deadline and no other."""

    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Asked:
    """The text probably means ``guess``; ``why`` is the question to put, a whole sentence."""

    guess: Deadline
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no telling what the text means; ``why`` asks for something else, a whole sentence."""

    why: str


Reading: TypeAlias = Certain | Asked | Refused


def read(text: str, around: Around | None = None) -> Reading:
    """Return what ``text`` says of 完成时限; an empty text is 未写明.

    Certain are 2026-12-31, 2026.12.31, 2026/12/31, 20261231 and 2026年12月31日, in full or half width, with
    or without leading zeros, spaces and a time of day; two of them with 至, 到, a dash or a slash between;
    长期 and 未写明. With ``around``, which is for what others wrote, what is only likely is asked, and a day
    outside :data:`FIRST_YEAR` to :data:`LAST_YEAR` is certain only where it is the deadline so far.
    """
    if not text.strip():
        return Certain(UNSTATED)
    found = _exact(text)
    if found and (around is None or _is_plausible(found) or found == around.former):
        return Certain(found)
    told = f"完成时限填的是“{_short(text)}”，"
    if found is None and around is not None:
        found = _likely(text, around)
        if found and _is_plausible(found):
            return Asked(found, f"{told}是否为{found.words}？")
    if turned := _turned(text):
        return Refused(f"{told}结束日期（{turned[1]}）早于开始日期（{turned[0]}），应为哪一天？")
    if _DAY.fullmatch(_folded(text)):
        return Refused(f"{told}不是有效的日期，应为哪一天？")
    return Refused(f"{told}应为哪一天？（也可以是时段、长期或未写明）")


def stored(text: str) -> str | None:
    """Return the deadline that ``text`` certainly names as it is kept, "" for 未写明, None for none."""
    reading = read(text)
    return reading.deadline.stored if isinstance(reading, Certain) else None


def day(text: str) -> date | None:
    """Return the one day that ``text`` certainly names, None when it is none or not only one."""
    reading = read(text)
    found = reading.deadline if isinstance(reading, Certain) else UNSTATED
    return found.due if found.kind is DeadlineKind.DAY else None


def refusal(text: str) -> str:
    """Return the words with which a typed text is refused that names no deadline for certain, "" for none."""
    reading = read(text)
    return "" if isinstance(reading, Certain) else f"{reading.why}没有改动任何内容。{FORMS}"


def as_number(found: date) -> Deadline | None:
    """Return the day that a spreadsheet program counts as a whole number, None when nobody can mean it."""
    known = deadline.on(found)
    return known if _is_plausible(known) else None


def _folded(text: str) -> str:
    """Return ``text`` in normal width, without spaces and time of day, with one kind of dash."""
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text.strip()[: 4 * _LONGEST]))
    return _DASHES.sub("-", "".join(plain.split()))


def _short(text: str) -> str:
    """Return ``text`` on one line, cut where it is too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST // 2 else f"{line[: _LONGEST // 2]}……"


def _exact(text: str) -> Deadline | None:
    """Return the deadline that ``text`` certainly means, None when it does not name one for certain."""
    if len(text.strip()) > 4 * _LONGEST:
        return None
    plain = _folded(text)
    if plain in (LONG_TERM.words, UNSTATED.words):
        return LONG_TERM if plain == LONG_TERM.words else UNSTATED
    if day := _day(plain):
        return deadline.on(day)
    span = _days(plain)
    return deadline.span(*span) if span and span[0] <= span[1] else None


def _turned(text: str) -> tuple[date, date] | None:
    """Return the two days of a span that ends before it begins."""
    span = _days(_folded(text))
    return span if span and span[0] > span[1] else None


def _days(plain: str) -> tuple[date, date] | None:
    """Return the two days between which a mark stands, None when there are none or several ways to part."""
    found = [
        (first, last)
        for before, after in _splits(plain)
        if (first := _day(_BEGINNING.sub("", _FROM.sub("", before))))
        and (last := _day(_UNTIL.sub("", after)))
    ]
    return found[0] if len(found) == 1 else None


def _likely(text: str, around: Around) -> Deadline | None:
    """Return the deadline that ``text`` probably means, None when there is no telling."""
    plain = _folded(text)
    if len(plain) > _LONGEST:
        return None
    if any(word in plain for word in _LONG_WORDS):
        return LONG_TERM
    try:
        if period := _period(plain, around):
            return deadline.on(period[1])
        for before, after in _splits(plain):
            first = _period(_BEGINNING.sub("", _FROM.sub("", before)), around)
            if first is None:
                continue
            last = _period(after, Around(first[0], UNSTATED))
            if last and first[0] < last[1]:
                return deadline.span(first[0], last[1])
    except ValueError:  # the 30th of February, and the year 0
        return None
    return None


def _is_plausible(found: Deadline) -> bool:
    """Say whether its days lie within :data:`FIRST_YEAR` and :data:`LAST_YEAR`."""
    return all(FIRST_YEAR <= day.year <= LAST_YEAR for day in (found.start, found.end) if day)


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each mark that may stand between two days."""
    if len(text) <= _LONGEST:
        for mark in _BETWEEN.finditer(text):
            yield text[: mark.start()], text[mark.end() :]


def _period(text: str, around: Around) -> tuple[date, date] | None:
    """Return the first and the last day that ``text`` speaks of. ValueError when no calendar has them."""
    if day := _day(text):
        return day, day
    text = _VAGUE.sub("", text)
    if day := _day(text):
        return day, day
    for form, first, last in (
        (_SHORT_DAY, 0, 0),
        (_YEAR_MONTH, 0, 0),
        (_MONTH_DAY, 0, 0),
        (_MONTH, 0, 0),
        (_QUARTER, 0, 0),
        (_HALF, 1, 6),
        (_WHOLE, 1, 12),
    ):
        if found := form.fullmatch(text):
            parts = found.groupdict()
            if number := parts.get("m"):
                first = last = int(number)
            elif number := parts.get("q"):
                last = _QUARTERS[number] * 3
                first = last - 2
            elif half := parts.get("h"):
                first, last = (1, 6) if half == "上" else (7, 12)
            return _within(parts.get("y") or "", first, last, int(parts.get("d") or 0), around)
    return None


def _within(year: str, first: int, last: int, day: int, around: Around) -> tuple[date, date] | None:
    """Return the days of the months ``first`` to ``last``, or one day, of a year that may be missing."""
    known = _year(year, around)
    if known is None:
        known = _next_year(last, day, around)
    if known is None:
        return None
    end = date(known, last, day or monthrange(known, last)[1])
    return (end if day else date(known, first, 1)), end


def _year(text: str, around: Around) -> int | None:
    """Return the year that ``text`` names."""
    if text.isdigit():
        return int(text) + (2000 if len(text) == 2 else 0)
    if text and around.sent_on:
        return around.sent_on.year + (text == "明年")
    return None


def _next_year(month: int, day: int, around: Around) -> int | None:
    """Return the year of the deadline so far, else that in which the month or day comes next."""
    if around.former.due:
        return around.former.due.year
    if around.sent_on is None:
        return None
    return around.sent_on.year + ((month, day or 31) < (around.sent_on.month, around.sent_on.day))
