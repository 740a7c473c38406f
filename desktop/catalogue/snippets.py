"""The piece of a measure's text that shows why it was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.catalogue.spans import Span, merge, occurrences
from desktop.catalogue.terms import fold

WIDTH = 60
_BEFORE = 12
_CUT = "…"


def snippet(
    text: str, terms: Sequence[str], begin: int = 0, folding: Callable[[str], str] = fold
) -> tuple[str, tuple[Span, ...]]:
    """Return about 60 characters of ``text`` around the place with most of the folded ``terms``; their spans.

    Nothing before ``begin`` is shown. ``folding`` is how text and terms are folded. ``…`` marks an end that
    was cut. Without any match it is what stands at ``begin``.
    """
    found = [match for match in occurrences(text, terms, folding) if match[0] >= begin]
    start, end = _window(found, begin, len(text))
    before = _CUT if start > begin else ""
    after = _CUT if end < len(text) else ""
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b, _ in found if a < end and b > start]
    return before + text[start:end] + after, merge(inside)


def _window(found: Sequence[tuple[int, int, int]], begin: int, end: int) -> Span:
    """Return the range to show, a little more than the densest run of matches that fits into it."""
    if end - begin <= WIDTH or not found:
        return begin, min(end, begin + WIDTH)
    first, last = _densest(found)
    start = max(begin, last - WIDTH, min(first - _BEFORE, end - WIDTH))
    start = min(start, first)
    return start, min(end, start + WIDTH)


def _densest(found: Sequence[tuple[int, int, int]]) -> Span:
    """Return from where to where the run goes: most different terms, then most matches, then the earliest."""
    best, most = found[0][:2], (0, 0)
    held: dict[int, int] = {}
    left = 0
    for right, (_, end, term) in enumerate(found):
        held[term] = held.get(term, 0) + 1
        while left < right and end - found[left][0] > WIDTH:
            gone = found[left][2]
            held[gone] -= 1
            if not held[gone]:
                del held[gone]
            left += 1
        density = (len(held), right - left)
        if density > most or not right:
            best, most = (found[left][0], end), density
    return best
