"""Stretches of a source as people read them: lines of a paragraph joined, each paragraph on its own line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from desktop.catalogue.parsed import Segment

Span = tuple[int, int]

_BLANK = " \t\u3000\u00a0\ufeff\u200b"


def joined(source: str, paragraphs: Iterable[Sequence[Span]]) -> tuple[str, tuple[Segment, ...]]:
    """Return the text of paragraphs, and the stretches of the source that it is made of.

    Each paragraph is one span or more. A line end within it is a hard wrap: it goes, and between Latin words
    a blank stands for it.
    """
    text = ""
    segments: list[Segment] = []
    for number, spans in enumerate(paragraphs):
        for at, (first, last) in enumerate(chain.from_iterable(_lines(source, *span) for span in spans)):
            if at:
                text += " " if _latin(text[-1:]) and _latin(source[first]) else ""
            elif number and text:
                text += "\n"
            segments.append(Segment(len(text), first, last))
            text += source[first:last]
    return text, tuple(segments)


def in_text(segments: Sequence[Segment], place: int) -> int:
    """Return where the source's ``place`` is in the text; between two stretches it is the end of the first.

    Before the first it is 0.
    """
    found = 0
    for segment in segments:
        if place < segment.start:
            break
        found = segment.at + min(place, segment.end) - segment.start
    return found


def in_source(segments: Sequence[Segment], at: int) -> int:
    """Return where in the source the text's place ``at`` is."""
    segment = max((each for each in segments if each.at <= at), key=lambda each: each.at)
    return min(segment.start + at - segment.at, segment.end)


def _lines(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines that hold any text, without the blanks around them."""
    at = start
    for line in source[start:end].splitlines(keepends=True):
        words = line.strip().strip(_BLANK).strip()
        if words:
            first = at + line.index(words)
            yield first, first + len(words)
        at += len(line)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
