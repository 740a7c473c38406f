"""Dates as people type them: one reading for the window, the workbooks and the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desktop.workspace.items import date_words, deadline
from desktop.workspace.items.date_words import LONGEST, Leaning
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, Deadline, DeadlineKind

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""A day outside these years is asked about: it is a slip of the pen, or a number that is no day."""
FORMS = "可写成 2026-12-31 或 2026年12月31日；时段在两个日期之间写“至”；也可以写“长期”；留空为未写明。"
"""How a deadline can be written, for the user."""

_LONG_WORDS = ("长期", "持续", "常态", "永久", "长效", "常年")
_NAMES_A_TIME = re.compile(r"[\d年月日季]|半年|前|止$")


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
    or without leading zeros, spaces, time of day, the right weekday, 截至 before it, also in Chinese numbers;
    two of them with 至, 到, a dash or a slash between; 长期 and 未写明. With ``around``, which is for what
    others wrote, what is only likely is asked, and a day outside :data:`FIRST_YEAR` to :data:`LAST_YEAR` is
    certain only where it is the deadline so far.
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
    if date_words.looks_like_a_day(date_words.plain(text)):
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


def _short(text: str) -> str:
    """Return ``text`` on one line, cut where it is too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST // 2 else f"{line[: LONGEST // 2]}……"


def _exact(text: str) -> Deadline | None:
    """Return the deadline that ``text`` certainly means, None when it does not name one for certain."""
    if len(text.strip()) > 4 * LONGEST:
        return None
    plain = date_words.plain(text)
    if plain in (LONG_TERM.words, UNSTATED.words):
        return LONG_TERM if plain == LONG_TERM.words else UNSTATED
    if day := date_words.whole_day(plain):
        return deadline.on(day)
    span = date_words.whole_days(plain)
    return deadline.span(*span) if span and span[0] <= span[1] else None


def _turned(text: str) -> tuple[date, date] | None:
    """Return the two days of a span that ends before it begins."""
    span = date_words.whole_days(date_words.plain(text))
    return span if span and span[0] > span[1] else None


def _likely(text: str, around: Around) -> Deadline | None:
    """Return the deadline that ``text`` probably means, None when there is no telling."""
    plain = date_words.plain(text)
    if any(word in plain for word in _LONG_WORDS):
        # beside a day or a year it may be either
        return LONG_TERM if len(plain) <= LONGEST and not _NAMES_A_TIME.search(plain) else None
    due = around.former.due
    found = date_words.probable(plain, Leaning(around.sent_on, due.year if due else None))
    if found is None:
        return None
    (first, last), is_range = found
    return deadline.span(first, last) if is_range else deadline.on(last)


def _is_plausible(found: Deadline) -> bool:
    """Say whether its days lie within :data:`FIRST_YEAR` and :data:`LAST_YEAR`."""
    return all(FIRST_YEAR <= day.year <= LAST_YEAR for day in (found.start, found.end) if day)
