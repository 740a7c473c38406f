"""The key of a notice that comes into the library, made from its 文号 or its title."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from desktop import pinyin
from desktop.catalogue import papers
from desktop.catalogue.terms import fold
from desktop.reading.model import NoticeReading

_MOST_LETTERS = 8
_ABOUT = re.compile("关于(?:印发|发布|公布)?|的?通知|实施|印发")


def new_key(reading: NoticeReading, taken: Container[str], year: int) -> str:
    """Return a key that is not ``taken``: czbf-2023-3; n-2031-cjxf for a notice without 文号.

    ``year`` is taken where the notice says none.
    """
    key = _of_number(reading.head.number) or _of_title(reading, year)
    keys = (key if number == 1 else f"{key}-{number}" for number in count(1))
    return next(key for key in keys if key not in taken)


def _of_number(number: str) -> str:
    found = papers.numbered(number)
    letters = _initials(found[0]) if found else ""
    return f"{letters}-{found[1]}-{found[2]}" if found and letters else ""


def _of_title(reading: NoticeReading, year: int) -> str:
    head = reading.head
    title = next((one.title for one in reading.documents if one.title), head.title)
    day = head.issued_on or head.published_on
    letters = _initials(_ABOUT.sub("", title))[:_MOST_LETTERS] or "fw"
    return f"n-{day.year if day else year}-{letters}"


def _initials(words: str) -> str:
    text = fold(words)
    letters = pinyin.initials(text, pinyin.syllables(text))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
