"""Figures of a report: those within copied words, and those in somebody's own words about a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktop.proofreading.corpus import Passage
from desktop.proofreading.folding import FoldedText, FoldedWord, folded
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict, Span, instead
from desktop.proofreading.quoted import Copied
from desktop.proofreading.spans import SpanSet

_UNIT = re.compile(
    r"(?:个)?(?:百分点|工作日|元|户|家|倍|成|年|季度|月|周|天|日|小时|人|名|台|吨|度|千瓦|亩|平方米|次|批|场|期|折|岁|美元)"
)
_BOUND = re.compile("以上|以下|以内|以外|之前|之后")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{4}年")
_AHEAD, _BEHIND = 14, 6
_SHARED = 2


def of_copied(text: str, one: Copied) -> Iterator[Claim]:
    """Yield a claim for each figure in copied words; of what is the same only those with a unit."""
    words = one.said.words
    source_words = one.passage.folded.words
    for edit in one.wrong:
        held = [word for word in source_words[edit.begin : edit.end] if word.is_number]
        said = [word for word in words[edit.first : edit.last] if word.is_number]
        for place, word in enumerate(said):
            if place < len(held):
                yield _claim(text, word, one.passage, held[place], ClaimVerdict.DIFFERS)
    at_source = one.found.begin
    edits = {edit.first: edit for edit in one.found.edits}
    at = one.found.first
    while at < one.found.last:
        if parted := edits.get(at):
            at_source = parted.end
            if parted.last > at:
                at = parted.last
                continue
        if measured(text, words[at]):
            yield _bounded(text, words[at], one.passage, source_words[at_source])
        at, at_source = at + 1, at_source + 1


def only_figures(one: Copied) -> bool:
    """Return whether nothing is wrong with copied words but their figures."""
    words, source = one.said.words, one.passage.folded.words
    return all(
        edit.last - edit.first == edit.end - edit.begin
        and all(word.is_number for word in (*words[edit.first : edit.last], *source[edit.begin : edit.end]))
        for edit in one.wrong
    )


def in_own_words(
    text: str, places: Iterable[tuple[Span, Sequence[Passage]]], taken: SpanSet
) -> Iterator[Claim]:
    """Yield a claim for each figure in a sentence that is about measures and that copies none of them.

    A figure counts where one of the measures has a figure of the same unit in like words.
    """
    for (start, end), passages in places:
        said = folded(text, start, end)
        for at, word in enumerate(said.words):
            unit = measured(text, word)
            if not word.is_number or not unit or taken.touching((word.start, word.end)):
                continue
            found = [
                (len(_around(said, at) & _around(passage.whole, place)), passage, held)
                for passage in passages
                for place, held in enumerate(passage.whole.words)
                if held.is_number and measured(passage.text, held) == unit
            ]
            if not found:
                continue
            near = max(found, key=lambda one: (one[0], one[2].word == word.word))
            equal = [one for one in found if one[2].word == word.word]
            if not equal and near[2].word in said.keys:
                continue  # the right figure stands beside one of somebody's own
            if equal and (near[0] <= max(one[0] for one in equal) + 1):
                _, passage, held = max(equal, key=lambda one: one[0])
                yield _bounded(text, word, passage, held)
            elif near[0] >= _SHARED:
                yield _claim(text, word, near[1], near[2], ClaimVerdict.DIFFERS)


def measured(text: str, word: FoldedWord) -> str:
    """Return what a figure counts (%, 元, 月), "" for a bare one."""
    if not word.is_number:
        return ""
    if _DAY.match(word.word[1:]):
        return "日期"
    if word.word[-2] in "%‰":
        return word.word[-2]
    found = _UNIT.match(text[word.end : word.end + 6].lstrip())
    return found[0].removeprefix("个") if found else ""


def _around(said: FoldedText, at: int) -> set[str]:
    """Return the pairs of words around a figure."""
    keys = said.keys[max(0, at - _AHEAD) : at], said.keys[at + 1 : at + 1 + _BEHIND]
    return {"".join(pair) for part in keys for pair in pairwise(part)}


def _bounded(text: str, word: FoldedWord, passage: Passage, held: FoldedWord) -> Claim:
    """Return the claim of a figure that the passage has too: with the same bound, or with another."""
    said, meant = _bounds(text, word), _bounds(passage.text, held)
    if said and meant and said != meant:
        return _claim(text, word, passage, held, ClaimVerdict.DIFFERS, bounded=True)
    return _claim(text, word, passage, held, ClaimVerdict.SAME)


def _bounds(text: str, word: FoldedWord) -> str:
    """Return 以上, 以下 and the like behind a figure."""
    found = _BOUND.search(text[word.end : word.end + 5])
    return found[0] if found else ""


def _claim(
    text: str,
    word: FoldedWord,
    passage: Passage,
    held: FoldedWord,
    verdict: ClaimVerdict,
    *,
    bounded: bool = False,
) -> Claim:
    end, last = word.end, held.end
    if bounded:
        end = text.index(_bounds(text, word), end) + 2
        last = passage.text.index(_bounds(passage.text, held), last) + 2
    kind = ClaimKind.DATE if _DAY.match(word.word[1:]) else ClaimKind.FIGURE
    source = passage.source(held.start, last)
    said = text[word.start : end]
    difference = instead(source.text, said) if verdict is ClaimVerdict.DIFFERS else ()
    return Claim(kind, word.start, end, said, verdict, source, difference)
