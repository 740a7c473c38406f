"""A report whose lines were wrapped by force, as a mail or a PDF has them, with whole paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.proofreading.model import Span
from desktop.proofreading.pieces import PAIRS, item_end

_LINE = re.compile(r"[^\n]+")
_SPACES = " \r\n\u3000\xa0"
_NARROWEST, _WIDEST = 20, 70
"""Ideographs in a line that may be wrapped by force."""
_FULL = 0.85
_FEWEST, _SHARE = 2, 0.15
"""Lines that have to be full and unfinished before their width says anything, and their share."""
_OVER = 160
"""Characters over which a title, a bracket or a quotation may be open."""
_PAIRS = {**PAIRS, "《": "》", "（": "）", "(": ")", "〔": "〕", "【": "】", "[": "]"}
_ENDED = re.compile("(?:[。；;！!？?：:…]|[。；;！!？?][”」』）)]|单位[^（(]*[）)])\\Z")
"""A line that is full, and over: a sentence, or a statement of units, ends with it."""
_LATIN = re.compile("[A-Za-z]{2}")
_NARROW = re.compile("[ -~]")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The text of a report without the line ends within paragraphs.

    Its characters from ``begins[n]`` on stand in the report from ``places[n]`` on.
    """

    text: str
    begins: Sequence[int]
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters from ``start`` to before ``end`` stand in the report."""
        return self._place(start), self._place(end - 1) + 1 if end > start else self._place(start)

    def _place(self, at: int) -> int:
        part = bisect_right(self.begins, at) - 1
        return self.places[part] + at - self.begins[part]


def unwrapped(report: str) -> Unwrapped:
    """Return a report with each paragraph on one line.

    A line goes on with the next one where a title, a bracket or a quotation is open across the line end, or
    where many lines are of one width and this one is full and not finished.
    """
    lines = [found.span() for found in _LINE.finditer(report)]
    width = _width_of_all(report, lines)
    parts: list[str] = []
    begins, places, length = [0], [0], 0
    taken, begun = 0, lines[0][0] if lines else 0
    for line, after in pairwise(lines):
        if not _goes_on(report, begun, line, after, width):
            begun = after[0]
            continue
        last = line[0] + len(report[slice(*line)].rstrip(_SPACES))
        first = after[1] - len(report[slice(*after)].lstrip(_SPACES))
        part = report[taken:last]
        if _LATIN.fullmatch(report[last - 2 : last]) and _LATIN.match(report, first):
            part += " "
        parts.append(part)
        length += len(part)
        begins.append(length)
        places.append(first)
        taken = first
    return Unwrapped("".join([*parts, report[taken:]]), begins, places)


def _goes_on(text: str, begun: int, line: Span, after: Span, width: float) -> bool:
    """Return whether ``after`` goes on with the paragraph from ``begun`` to the end of ``line``."""
    here, there = text[slice(*line)].rstrip(_SPACES), text[slice(*after)]
    if not here.strip() or not there.strip() or "\t" in here or "\t" in there or line[1] + 2 < after[0]:
        return False
    if here[-1] in ":：" and there.strip(_SPACES)[0] in PAIRS:
        return True
    if item_end(text, *after) > after[0] + len(there) - len(there.lstrip(_SPACES)):
        return False
    if _is_open(text[max(begun, line[1] - _OVER) : line[1]], text[after[0] : after[0] + _OVER]):
        return True
    indented = there[0] in _SPACES and here[0] not in _SPACES
    if not width or indented or not _is_full(here, width):
        return False
    return not _ENDED.search(text[max(begun, line[1] - _OVER) : line[1]].rstrip(_SPACES))


def _is_open(before: str, behind: str) -> bool:
    """Return whether something in brackets is open at the end of ``before`` that ``behind`` closes."""
    opened: list[str] = []
    for char in before:
        if opened and char == opened[-1]:
            opened.pop()
        elif char in _PAIRS:
            opened.append(_PAIRS[char])
    if not opened or before.rstrip(_SPACES)[-1] in (
        "。；;！!？?：:" if opened[-1] in PAIRS.values() else "。！!？?"
    ):
        return False
    closed = behind.find(opened[-1])
    return closed >= 0 and not any(char in behind[:closed] for char in "。！？\t")


def _width_of_all(text: str, lines: Sequence[Span]) -> float:
    """Return how wide the lines are that were wrapped by force, 0 where none were."""
    held = [text[slice(*line)].strip(_SPACES) for line in lines]
    widths = sorted(map(_width, filter(None, held)))
    if len(widths) <= _FEWEST or not _NARROWEST <= (width := widths[int(len(widths) * 0.9)]) <= _WIDEST:
        return 0
    broken = sum(
        1 for here in held if here and "\t" not in here and not _ENDED.search(here) and _is_full(here, width)
    )
    return width if broken >= max(_FEWEST, len(widths) * _SHARE) else 0


def _is_full(line: str, width: float) -> bool:
    return max(_width(line), len(line) - 2) >= _FULL * width


def _width(line: str) -> float:
    """Return how many ideographs are as wide as a line."""
    return len(line) - len(_NARROW.findall(line)) / 2
