"""The piece of a measure's text that shows why it was found."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.catalogue.spans import Span, merge, occurrences

WIDTH = 60
_BEFORE = 12
_CUT = "…"


def snippet(text: str, terms: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Return about 60 characters of ``text`` around the place with most of the folded ``terms``; their spans.

    ``…`` marks an end that was cut. Without any match it is the beginning of the text.
    """
    found = occurrences(text, terms)
    start, end = _window(found, len(text))
    before = _CUT if start else ""
    after = _CUT if end < len(text) else ""
    shift = len(before) - start
    inside = ((max(a, start) + shift, min(b, end) + shift) for a, b, _ in found if a < end and b > start)
    return before + text[start:end] + after, merge(inside)


def _window(found: Sequence[tuple[int, int, int]], length: int) -> Span:
    """Return the range to show: most different terms, then most occurrences, then the earliest."""
    if length <= WIDTH or not found:
        return 0, min(length, WIDTH)
    best, densest = found[0][0], (0, 0)
    for at, (start, _, _) in enumerate(found):
        within = [n for _, b, n in found[at:] if b <= start + WIDTH]
        density = (len(set(within)), len(within))
        if density > densest:
            best, densest = start, density
    start = max(0, min(best - _BEFORE, length - WIDTH))
    last = max((b for a, b, _ in found if a >= best and b <= best + WIDTH), default=best)
    start = min(best, max(start, last - WIDTH))
    return start, min(length, start + WIDTH)
