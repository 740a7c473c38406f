"""What rules suggest for a measure that nobody has annotated: tags, key figures and conditions.

Each suggestion quotes the words of the measure that speak for it, with where they stand, so that a person
sees at once why. They are suggestions until somebody confirms them, and a measure may have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from desktop.reading import suggestion_words as words
from desktop.reading.statements import find_statements

BENEFICIARY, SUPPORT, FIGURE, CONDITION = "beneficiary", "support", "figure", "condition"
_AT_MOST = {BENEFICIARY: 6, SUPPORT: 5, FIGURE: 4, CONDITION: 3}
_HIDDEN = re.compile(r"《[^《》]*》|中小企业(?:发展|服务)(?:中心|局)")
_MASK = "\0"
_BOUNDS = "，。；、：:“”（）() \n\t　.．" + _MASK
_REACH = 8


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion: ``text[start : start + len(quote)] == quote``.

    ``kind`` is beneficiary, support, figure or condition; ``value`` the key of a tag, or the label of a
    figure or condition.
    """

    kind: str
    value: str
    quote: str
    start: int


def suggest(text: str, body_start: int, body_end: int) -> tuple[Suggested, ...]:
    """Return the suggestions for a measure's ``text``, in the order of the vocabularies, then of the text.

    They are looked for between ``body_start`` and ``body_end``, tags also in the title before it. Titles of
    papers, statements of units and names of offices speak for nothing.
    """
    shown = _masked(text, body_end)
    found = [
        *_tags(shown, text, body_start, BENEFICIARY),
        *_tags(shown, text, body_start, SUPPORT),
        *_figures(shown, text, body_start),
        *_conditions(shown, text, body_start),
    ]
    counts: dict[str, int] = {}
    kept: list[Suggested] = []
    for each in found:
        if any((each.kind, each.value, each.quote) == (k.kind, k.value, k.quote) for k in kept):
            continue
        counts[each.kind] = counts.get(each.kind, 0) + 1
        if counts[each.kind] <= _AT_MOST[each.kind]:
            kept.append(each)
    return tuple(kept)


def _masked(text: str, body_end: int) -> str:
    """Return ``text`` up to ``body_end``, as long as before, with what speaks for nothing blotted out."""
    shown = text[:body_end].replace(",", "，").replace(";", "；")
    spans = [(s.start, s.end) for s in find_statements(text, 0, body_end)]
    spans += [found.span() for found in _HIDDEN.finditer(shown)]
    for start, end in spans:
        shown = shown[:start] + _MASK * (end - start) + shown[end:]
    return shown


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = words.BENEFICIARY_WORDS if kind == BENEFICIARY else words.SUPPORT_WORDS
    return tuple((key, re.compile(pattern)) for key, pattern in listed)


def _tags(shown: str, text: str, body_start: int, kind: str) -> Iterator[Suggested]:
    any_found = False
    for key, pattern in _patterns(kind):
        match = pattern.search(shown, body_start) or pattern.search(shown)
        if match and _MASK not in match[0]:
            any_found = True
            yield _quoted(kind, key, text, *_widened(shown, *match.span()))
    if kind == BENEFICIARY and not any_found:
        match = re.compile(words.ANY_ENTERPRISE).search(shown, body_start)
        if match and _MASK not in match[0]:
            yield _quoted(kind, "all-enterprises", text, *_widened(shown, *match.span()))


def _widened(shown: str, start: int, end: int) -> tuple[int, int]:
    """Return the span grown to the nearest marks on both sides, where these are near."""
    left = max(shown.rfind(mark, 0, start) for mark in _BOUNDS) + 1
    right = min((at for mark in _BOUNDS if (at := shown.find(mark, end)) >= 0), default=len(shown))
    return (left if start - left <= _REACH else start), (right if right - end <= _REACH else end)


def _figures(shown: str, text: str, body_start: int) -> Iterator[Suggested]:
    for match in words.FIGURE.finditer(shown, body_start):
        sentence = max(shown.rfind(mark, 0, match.start()) for mark in "。；") + 1
        stop = min(at for mark in "，。；）)" if (at := (shown + mark).find(mark, match.end())) >= 0)
        behind, before = shown[match.end() : stop], shown[max(body_start, sentence) : match.start()]
        yield _quoted(FIGURE, _figure_name(behind, before, match[0]), text, *match.span())


def _figure_name(behind: str, before: str, number: str) -> str:
    """Return what a number is called: by the words right behind it, else by the nearest before it."""
    for word, name in words.FIGURE_NAMES:
        if word in behind[:6]:
            return name
    nearest = max(words.FIGURE_NAMES, key=lambda pair: _end(before, pair[0]))
    if nearest[0] in before:
        return nearest[1]
    return "比例" if re.search("[%％‰]|百分点", number) else ("金额" if "元" in number else "数量")


def _end(text: str, word: str) -> int:
    at = text.rfind(word)
    return at + len(word) if at >= 0 else -1


def _conditions(shown: str, text: str, body_start: int) -> Iterator[Suggested]:
    at = body_start
    while match := words.CONDITION.search(shown, at):
        at = match.end()
        group = "who" if match["who"] else "fits"
        if _MASK not in match[group]:
            yield _quoted(CONDITION, "适用条件", text, *match.span(group))


def _quoted(kind: str, value: str, text: str, start: int, end: int) -> Suggested:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Suggested(kind, value, text[start:end], start)
