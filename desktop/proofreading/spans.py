"""Places of a text in order, asked for without going through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar

from desktop.proofreading.model import Span


class Placed(Protocol):
    """What begins at a place of a text."""

    @property
    def start(self) -> int:
        """Return where it begins."""


PlacedT = TypeVar("PlacedT", bound=Placed)


def begun_in(placed: Sequence[PlacedT], first: int, last: int) -> Sequence[PlacedT]:
    """Return those of ``placed``, which are in the order of their places, that begin in a stretch."""
    return placed[bisect_left(placed, first, key=_start) : bisect_left(placed, last, key=_start)]


def last_begun(placed: Sequence[PlacedT], at: int) -> PlacedT | None:
    """Return the last of ``placed`` that begins at or before a place, None for none."""
    found = bisect_right(placed, at, key=_start)
    return placed[found - 1] if found else None


def _start(one: Placed) -> int:
    return one.start


class SpanSet:
    """Spans that may overlap; each question takes a few steps, however many they are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]
        self._ends = list(accumulate((end for _, end in self.spans), max))

    def touching(self, span: Span) -> list[Span]:
        """Return the spans that overlap one."""
        last = bisect_left(self._starts, span[1])
        first = bisect_right(self._ends, span[0], 0, last)
        return [one for one in self.spans[first:last] if one[1] > span[0]]

    def holds(self, span: Span) -> bool:
        """Return whether one of the spans has all of another."""
        last = bisect_right(self._starts, span[0])
        return last > 0 and self._ends[last - 1] >= span[1]
