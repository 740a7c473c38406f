"""How wide the columns and how high the rows must be, so that no text is cut off on screen or on paper.

Widths are Excel's: in characters of the standard font, 7 pixels each, of which the edges take some. Heights
are in points. One Han character is as wide as the font is high; a Latin one counts half of that. A table is
printed one A4 page wide; it is no wider than lets its text come out at :data:`LEAST_PRINTED` points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BODY_SIZE = 11
CODE_SIZE = 9  # of what is hidden
LEAST_PRINTED = 8  # points on paper
HIGHEST = 409.5  # Excel's limit for a row, in points

_PIXELS_PER_WIDTH = 7
_EDGES = 8  # pixels of a cell that text cannot use
_PITCH = 1.4  # height of a line in font sizes; fallback fonts on Linux are taller than 仿宋
_PADDING = 8  # points above and below the text of a row together
_LOWEST = 24
WIDEST_TABLE = 148.0
"""So wide, on a page with room for 225 mm, 11 points print as 9 from Excel, where a character has 7 pixels,
and as 8.2 from LibreOffice, where it has 7.4 and the scale is rounded down."""
_MOST_GATHERED = 200
_LISTED = 110.0  # points of a row in a long list: several stand on a page, and little is left at its foot
_WIDEST_COLUMN = 60.0
_COMFORTABLE = 260.0  # points; a higher row takes width from columns that have little to say
_STEP = 2.0

_CLOSING = "，。；：！？、）》」』”’〕】％%,.;:!?)"
_OPENING = "（《「『“‘〔【("
_WIDE = "\u1100-\uffff\U00010000-\U0010ffff“”‘’…—"
_TOKEN = re.compile(f"[{_OPENING}]*(?:[{_WIDE}]|[^{_WIDE}\\s]+|\\s)[{_CLOSING}]*")
_NARROW = re.compile(f"[^{_WIDE}]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: its heading, its usual width, and how far it may shrink for the sake of others."""

    title: str
    width: float
    narrowest: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits: ``widths`` of the columns, ``heights`` of the rows, and the ``cut`` cells as (row, column).

    Those fit no row and must be printed elsewhere.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cut: frozenset[tuple[int, int]]


def fit(columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]], widest: float = WIDEST_TABLE) -> Fit:
    """Lay out ``rows`` of texts, one text per column, within Excel's limits and ``widest`` in all.

    A cell that would be high takes width from columns that can spare it; one over Excel's limit also widens
    the table. What is still too long is reported in ``cut``. Where all texts are short the widths are the
    usual ones.
    """
    widths = usual(columns, widest)
    while (highest := _tallest(rows, widths)) and _widen(columns, rows, widths, widest, *highest):
        pass
    return _measure(rows, widths)


def usual(columns: Sequence[SheetColumn], widest: float = WIDEST_TABLE) -> list[float]:
    """Return the widths to begin with: the usual ones, less some of what each can spare in a wider table."""
    over = sum(column.width for column in columns) - widest
    spare = sum(column.width - column.narrowest for column in columns)
    part = min(max(over, 0) / spare, 1) if spare else 0
    return [column.width - part * (column.width - column.narrowest) for column in columns]


def as_wide(columns: Sequence[SheetColumn], texts: Sequence[str]) -> Fit:
    """Lay out one row in columns whose widths stand already."""
    return _measure([texts], [column.width for column in columns])


def height(text: str, width: float, size: int = BODY_SIZE) -> float:
    """Return how high, in points, a row must be for ``text`` in a cell ``width`` wide."""
    return max(_LOWEST, lines(text, width, size) * size * _PITCH + _PADDING)


def split_for_rows(text: str, width: float) -> list[str]:
    """Return ``text`` cut into pieces each of which fits one row ``width`` wide."""
    room = int((width * _PIXELS_PER_WIDTH - _EDGES) / (BODY_SIZE * 96 / 72)) - 2
    deepest = int((HIGHEST - _PADDING) / (BODY_SIZE * _PITCH)) - 1
    found, begin = [], 0
    while begin < len(text):
        end = begin + room * deepest
        while height(text[begin:end], width) > HIGHEST:
            end = begin + (end - begin) // 2
        found.append(text[begin:end])
        begin = end
    return found


def gathered(texts: Sequence[str], separator: str, width: float) -> list[Sequence[str]]:
    """Return ``texts`` in groups, each of which stands in one row ``width`` wide when it is joined."""
    found, begin = [], 0
    while begin < len(texts):
        rest = texts[begin : begin + _MOST_GATHERED]
        counts = range(1, len(rest) + 1)
        count = bisect_right(counts, _LISTED, key=lambda n: height(separator.join(rest[:n]), width))
        found.append(rest[: max(count, 1)])
        begin += len(found[-1])
    return found


@lru_cache(maxsize=4096)
def lines(text: str, width: float, size: int = BODY_SIZE) -> int:
    """Return how many lines ``text`` takes, wrapped as Chinese is: no closing mark begins a line."""
    room = int((width * _PIXELS_PER_WIDTH - _EDGES) / (size * 96 / 72 / 2))  # in half characters
    return sum(_wrap(paragraph, max(room, 2)) for paragraph in text.split("\n"))


def _wrap(paragraph: str, room: int) -> int:
    """Return the lines of one paragraph where ``room`` half characters stand on a line."""
    if _half_characters(paragraph) <= room:
        return 1
    count, used = 1, 0
    for token in _TOKEN.findall(paragraph):
        size = _half_characters(token)
        if used + size > room:
            count += 1 if used else 0
            count += (size - 1) // room
            size = (size - 1) % room + 1
            used = 0
        used += size
    return count


def _half_characters(text: str) -> int:
    """Return the width of ``text``: two for a wide character, one for a narrow one."""
    return 2 * len(text) - len(_NARROW.findall(text))


def _tallest(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> tuple[int, float] | None:
    """Return the column and height of the highest cell that is uncomfortably high and that width can help."""
    highest, found = _COMFORTABLE, None
    for texts in rows:
        for column, text in enumerate(texts):
            needed = height(text, widths[column])
            if needed > highest and height(text, _WIDEST_COLUMN) <= HIGHEST:
                highest, found = needed, (column, needed)
    return found


def _widen(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[str]],
    widths: list[float],
    widest: float,
    column: int,
    needed: float,
) -> bool:
    """Give ``column``, whose highest cell takes ``needed`` points, a step more width; False if none is left.

    It comes from the widest column that stays much lower than that and comfortable; for a cell over Excel's
    limit, from one that stays lower, else from the edges of the table.
    """
    limit = min(_COMFORTABLE, needed * 0.6) if needed <= HIGHEST else min(HIGHEST, needed) * 0.9
    for donor in sorted(range(len(columns)), key=lambda index: widths[index], reverse=True):
        narrower = widths[donor] - _STEP
        if donor == column or narrower < columns[donor].narrowest:
            continue
        if all(height(texts[donor], narrower) <= limit for texts in rows):
            widths[donor] = narrower
            break
    else:
        if needed <= HIGHEST or sum(widths) + _STEP > widest:
            return False
    widths[column] += _STEP
    return True


def _measure(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Fit:
    """Return the heights that the rows have with these widths, and the cells that need more than that."""
    heights, cut = [], set()
    for row, texts in enumerate(rows):
        highest = float(_LOWEST)
        for column, text in enumerate(texts):
            needed = height(text, widths[column])
            if needed > HIGHEST:
                cut.add((row, column))
                needed = HIGHEST
            highest = max(highest, needed)
        heights.append(highest)
    return Fit(tuple(widths), tuple(heights), frozenset(cut))
