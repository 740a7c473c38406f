"""One stretch of a list of units taken apart: names, and the words of role in front of and behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.reading import statement_words as words
from desktop.reading.unit_lists import ListedName, nameless, parted_by_and, trimmed
from desktop.reading.unit_names import names_its_unit, unit_likeness

Span = tuple[int, int]
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name (None where only words stand), the word of role before it and the one behind it, or ""."""

    name: Span | None
    before: str = ""
    behind: str = ""


def spoken(source: str, piece: ListedName) -> list[SpokenName]:
    """Return the names in one part of a list: 由市甲局牵头会同市乙局 holds two, 市甲局和市乙局负责 too."""
    start, end = piece.start, piece.end
    if end - start > _LONGEST:
        return [SpokenName((start, end))]
    before = ""
    while (found := words.HEADING.match(source[start:end])) and _heads(
        found, source[start + found.end() : end]
    ):
        before = found["verb"]
        start += found.end()
    if between := _infix(source, start, end):
        lead = "牵头" if between["lead"] or between["alone"] else ""
        left = _names(source, start, start + between.start(), before, lead)
        rest = spoken(source, ListedName(start + between.end(), end, ""))
        if between["verb"]:
            rest[0] = replace(rest[0], before=between["verb"])
        return [*left, *rest]
    text = source[start:end]
    tail = words.AS_ROLE.search(text) or words.TAIL.search(text)
    if tail and (not text[: tail.start()].strip() or unit_likeness(nameless(text[: tail.start()])) != "no"):
        return _names(source, start, start + tail.start(), before, tail["verb"])
    return _names(source, start, end, before, "")


def _heads(found: re.Match[str], rest: str) -> bool:
    """Return whether the word in front is one of role and not the beginning of a name."""
    if found["verb"] in ("由", "会同"):
        return unit_likeness(nameless(rest)) != "no" or bool(words.WHOEVER.match(nameless(rest)))
    return names_its_unit(nameless(rest))


def _infix(source: str, start: int, end: int) -> re.Match[str] | None:
    text = source[start:end]
    for found in words.INFIX.finditer(text):
        left, right = nameless(text[: found.start()]), nameless(text[found.end() :])
        whoever = found["verb"] and words.WHOEVER.match(right)
        if names_its_unit(left) and (names_its_unit(right.split("牵头")[0]) or whoever):
            return found
    return None


def _names(source: str, start: int, end: int, before: str, behind: str) -> list[SpokenName]:
    """Return the names of a stretch, ``before`` at the first of them and ``behind`` at the last."""
    span = trimmed(source, start, end)
    if not span:
        return [SpokenName(None, before, behind)]
    found = [SpokenName(trimmed(source, *cut)) for cut in parted_by_and(source, *span)]
    found[0] = replace(found[0], before=before)
    found[-1] = replace(found[-1], behind=behind)
    return found
