"""Where terms stand in an original text, so that it can be highlighted.

The search compares folded text (:func:`desktop.catalogue.terms.fold`), in which a character may have become
several (ß, …) or several may have become one (e and an accent). Spans are always code-point ranges
``(start, end)`` of the original; Qt counts UTF-16 units, and :func:`utf16` is the one place that converts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable

from desktop.catalogue.terms import fold

Span = tuple[int, int]


def find(text: str, terms: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of ``terms`` (folded or not) stands in ``text``: sorted, touching spans merged."""
    return merge((start, end) for start, end, _ in occurrences(text, [fold(term) for term in terms]))


def occurrences(
    text: str, terms: Iterable[str], folding: Callable[[str], str] = fold
) -> list[tuple[int, int, int]]:
    """Return ``(start, end, index of the term)`` for each place of each folded term, overlaps included.

    ``folding`` is what terms and texts were folded with: NFKC and case folding, and perhaps more that leaves
    each character or replaces or removes it.
    """
    folded = folding(text)
    found = [(at, at + len(term), n) for n, term in enumerate(terms) if term for at in _places(folded, term)]
    if found and not _one_to_one(text, folded):
        starts, ends = _segments(text)
        lengths = [len(folding(text[a:b])) for a, b in zip(starts, ends, strict=True)]
        origin = [0]
        for length in lengths:
            origin.append(origin[-1] + length)
        found = [
            (starts[bisect_right(origin, a) - 1], ends[bisect_right(origin, b - 1) - 1], n)
            for a, b, n in found
        ]
    found.sort()
    return found


def merge(found: Iterable[Span]) -> tuple[Span, ...]:
    """Return sorted spans with those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def utf16(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return code-point ``spans`` of ``text`` as ranges of UTF-16 units, as Qt counts."""
    wide = [at for at, c in enumerate(text) if c > "\uffff"]
    return tuple((a + _below(wide, a), b + _below(wide, b)) for a, b in spans)


def _below(wide: list[int], at: int) -> int:
    return bisect_right(wide, at - 1)


def _places(folded: str, term: str) -> list[int]:
    places = []
    at = folded.find(term)
    while at >= 0:
        places.append(at)
        at = folded.find(term, at + 1)
    return places


def _one_to_one(text: str, folded: str) -> bool:
    # Case folding never shortens, so an NFKC text that keeps its length was folded character by character.
    return len(text) == len(folded) and unicodedata.is_normalized("NFKC", text)


def _segments(text: str) -> tuple[list[int], list[int]]:
    """Return starts and ends of the shortest pieces of ``text`` that can be folded one by one."""
    starts = [0]
    for at in range(1, len(text)):
        if not _joins(text[starts[-1] : at], text[at]):
            starts.append(at)
    return starts, [*starts[1:], len(text)]


def _joins(piece: str, char: str) -> bool:
    """Return whether NFKC of ``piece`` changes when ``char`` follows it."""
    if char < "\u0300" or "\u4e00" <= char <= "\u9fff":
        return False
    alone = unicodedata.normalize("NFKC", char)
    if unicodedata.combining(unicodedata.normalize("NFKD", char)[0]):
        return True
    return unicodedata.normalize("NFKC", piece + char) != unicodedata.normalize("NFKC", piece) + alone
