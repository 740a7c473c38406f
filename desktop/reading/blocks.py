"""What a notice's text is cut into: lines as they stand, blocks as their writer meant them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desktop.reading.numbering import NumberForm, PrintedNumber

BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2002\u2003\u2009\r"
FINISHED = "。；;！!？?：:）)〕］】》”…"
"""What a paragraph ends with."""

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PAIRS = {"）": "（", ")": "(", "〕": "〔", "》": "《", "”": "“", "】": "【", "]": "["}
_OPENS = frozenset(_PAIRS.values())


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as its writer meant it: ``source[start:end]``, and the number printed in front, if any.

    ``sure`` is False where its beginning was restored or may be none.
    """

    start: int
    end: int
    number: PrintedNumber | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source without the blanks around it; ``indented`` where it began with some."""

    start: int
    end: int
    indented: bool


def line_of(source: str, place: int) -> int:
    """Return the 1-based line in which ``place`` lies."""
    return bisect_right(_line_ends(source), place) + 1


@lru_cache(maxsize=2)
def _line_ends(source: str) -> tuple[int, ...]:
    return tuple(found.end() for found in _LINE_END.finditer(source))


def lines_in(source: str) -> Iterator[SourceLine]:
    """Yield the lines of ``source`` that are not blank."""
    place = 0
    ends = [*_LINE_END.finditer(source), None]
    for found in ends:
        stop = found.start() if found else len(source)
        start, end = place, stop
        while start < end and (source[start] in BLANKS or source[start].isspace()):
            start += 1
        while end > start and (source[end - 1] in BLANKS or source[end - 1].isspace()):
            end -= 1
        if end > start:
            yield SourceLine(start, end, indented=start - place >= 2 or source[place:start] == "\u3000")
        place = found.end() if found else stop


def count_number(seen: dict[NumberForm, int], number: PrintedNumber) -> None:
    """Note in ``seen`` that ``number`` was read; inner sequences may go on or begin anew after it."""
    seen[number.form] = number.value
    for form in [form for form in seen if form > number.form]:
        seen[form] = -abs(seen[form])  # may go on, may begin anew


def fits(seen: dict[NumberForm, int], number: PrintedNumber) -> bool:
    """Return whether ``number`` follows the last of its form, or begins anew where it may."""
    last = seen.get(number.form, 0)
    return number.value == abs(last) + 1 or (number.value == 1 and last <= 0)


def open_until(source: str, start: int, stop: int, end: int, within: int = 80) -> bool:
    """Return whether a bracket opened in ``source[start:stop]`` is closed soon after ``stop``."""
    opened: list[str] = []
    for char in source[start:stop]:
        if char in _OPENS:
            opened.append(char)
        elif char in _PAIRS and opened and opened[-1] == _PAIRS[char]:
            opened.pop()
    if not opened:
        return False
    for char in source[stop : min(end, stop + within)]:
        if char in _PAIRS and _PAIRS[char] == opened[-1]:
            return True
        if char == opened[-1]:
            return False
    return False
