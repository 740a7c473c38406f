"""How wide the columns and how high the rows must be, so that no text is cut off on screen or on paper.

Widths are Excel's: in characters of the standard font, 7 pixels each, of which the edges take some. Heights
are in points. One Han character is as wide as the font is high; a Latin one counts half of that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BODY_SIZE = 11
SMALL_SIZE = 9
HIGHEST = 409.5  # Excel's limit for a row, in points

_PIXELS_PER_WIDTH = 7
_EDGES = 8  # pixels of a cell that text cannot use
_PITCH = 1.4  # height of a line in font sizes; fallback fonts on Linux are taller than 仿宋
_PADDING = 5  # points above and below the text of a row together
_LOWEST = 24
_WIDEST_TABLE = 184.0  # beyond this, one page wide would print too small
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
    """What fits: ``widths`` of the columns, ``heights`` of the rows, and two sets of cells as (row, column).

    ``small`` cells need :data:`SMALL_SIZE`; ``cut`` ones fit no row at all and must be printed elsewhere.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    small: frozenset[tuple[int, int]]
    cut: frozenset[tuple[int, int]]


def fit(columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]) -> Fit:
    """Lay out ``rows`` of texts, one text per column, within Excel's limits.

    A cell that would be high takes width from columns that can spare it; one over Excel's limit also widens
    the table, then takes the small size; what is still too long is reported in ``cut``. Where all texts are
    short the widths are the usual ones.
    """
    widths = [column.width for column in columns]
    while (highest := _tallest(rows, widths)) and _widen(columns, rows, widths, *highest):
        pass
    return _measure(rows, widths)


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
            if needed > highest and height(text, _WIDEST_COLUMN, SMALL_SIZE) <= HIGHEST:
                highest, found = needed, (column, needed)
    return found


def _widen(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[str]],
    widths: list[float],
    column: int,
    needed: float,
) -> bool:
    """Give ``column``, whose highest cell takes ``needed`` points, a step more width; False if none is left.

    It comes from the widest column that stays much lower than that and comfortable; else, for a cell over
    Excel's limit, from the edges of the table.
    """
    limit = min(_COMFORTABLE, needed * 0.6)
    for donor in sorted(range(len(columns)), key=lambda index: widths[index], reverse=True):
        narrower = widths[donor] - _STEP
        if donor == column or narrower < columns[donor].narrowest:
            continue
        if all(height(texts[donor], narrower) <= limit for texts in rows):
            widths[donor] = narrower
            break
    else:
        if needed <= HIGHEST or sum(widths) + _STEP > _WIDEST_TABLE:
            return False
    widths[column] += _STEP
    return True


def _measure(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Fit:
    """Return the heights that the rows have with these widths, and the cells that need more than that."""
    heights, small, cut = [], set(), set()
    for row, texts in enumerate(rows):
        highest = float(_LOWEST)
        for column, text in enumerate(texts):
            needed = height(text, widths[column])
            if needed > HIGHEST:
                small.add((row, column))
                needed = height(text, widths[column], SMALL_SIZE)
            if needed > HIGHEST:
                cut.add((row, column))
                needed = HIGHEST
            highest = max(highest, needed)
        heights.append(highest)
    return Fit(tuple(widths), tuple(heights), frozenset(small), frozenset(cut))
