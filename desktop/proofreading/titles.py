"""Titles in 《》, and the short names that a report gives to papers: which paper they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from desktop.library.word_changes import word_changes
from desktop.proofreading.context import NoticeMention
from desktop.proofreading.corpus import Corpus, KnownTitle
from desktop.proofreading.folding import key_of
from desktop.proofreading.mentions import CLOSE, known_number, numbers_named
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict, Span
from desktop.proofreading.pieces import SaidNumber

_SHORT_TITLE = 4
_NEAR_TITLE, _NEARLY = 0.8, 0.95
_PLACE = 10
"""Characters before a title in which a place or an office may stand."""
_ABRIDGED = 0.7
"""A title so much shorter than the whole is one that was abridged."""
_ALIAS = re.compile(r"(?:以下|下称|下文|并称|统称)[简统合并]?称?为?[：:]?\s*[“\"「『《]{1,2}\Z")
_INNER = re.compile("(?<=《)[^《》]+(?=》)")
_OF_PLACE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2})[省市区县]的?\Z")
_LEADS_IN = re.compile("根据|按照|依据|落实|贯彻|执行|印发|对照|结合|围绕|参照|出台|制定|.[我全本该各上]")
_GENERIC = re.compile(
    "(?:若干|实施|具体|工作|行动|政策|惠企|扶持|帮扶|支持|本|该|上述)*"
    "(?:措施|举措|通知|意见|办法|方案|规定|细则|计划|政策|条款)"
)
"""A short name that says of no paper which one it is."""
_MADE = re.compile("(?:制定|制订|出台|印发|起草|研究|编制|拟定|形成)了?[^，。；]{0,4}《\\Z")


def titles_named(
    text: str, said: Sequence[Span], numbers: Sequence[SaidNumber], corpus: Corpus
) -> tuple[list[NoticeMention], list[Claim]]:
    """Return which papers the titles name, and a claim for each that is or should be one of the library.

    A short name that the report gives a paper (以下简称《措施》) is that paper from there on.
    """
    mentions: list[NoticeMention] = []
    claims: list[Claim] = []
    numbered = numbers_named(numbers, corpus)
    aliases: dict[str, str] = {}
    for start, end in _named_titles(text, said, corpus):
        words, printed = key_of(text[start:end]), text[start:end]
        if _ALIAS.search(text, max(0, start - 12), start):
            before = [one for one in (*mentions, *numbered) if one.end <= start]
            if before:
                aliases[words] = max(before, key=lambda one: one.end).notice
                continue
        if words in aliases:
            mentions.append(NoticeMention(start, end, aliases[words]))
            continue
        found = [one for one in corpus.titles if one.words == words] or [
            one for one in corpus.titles if len(words) >= _SHORT_TITLE and words in one.words
        ]
        if found and min(abs(len(one.words) - len(words)) for one in found) == 1:
            found = []  # a character was lost
        if found:
            if _GENERIC.fullmatch(words) and _is_of_another_place(text, start, found, corpus):
                mentions.append(NoticeMention(start, end, ""))
                continue
            several = {one.notice for one in found if one.notice}
            meant: str | None = found[0].notice
            if len(several) > 1:
                meant = _of_several(text, start, several, [*mentions, *numbered], corpus)
            if meant is not None:
                mentions.append(NoticeMention(start, end, meant))
            source = next((one.source for one in found if one.notice == meant), found[0].source)
            claims.append(Claim(ClaimKind.QUOTATION, start, end, printed, ClaimVerdict.SAME, source))
            continue
        near = _near_title(words, corpus)
        behind = next((one for one in numbers if 0 <= one.start - end <= CLOSE), None)
        if near is None or (behind and not known_number(behind, corpus) and near[0] < _NEARLY):
            if not _GENERIC.fullmatch(words) or _MADE.search(text, max(0, start - 12), start):
                mentions.append(NoticeMention(start, end, ""))
            continue
        title = near[1]
        mentions.append(NoticeMention(start, end, title.notice))
        if len(words) > _ABRIDGED * len(title.words):
            difference = word_changes("".join(title.source.text.split()), printed)
            claims.append(
                Claim(
                    ClaimKind.QUOTATION, start, end, printed, ClaimVerdict.DIFFERS, title.source, difference
                )
            )
    return mentions, claims


def _is_of_another_place(text: str, start: int, found: Sequence[KnownTitle], corpus: Corpus) -> bool:
    """Return whether a place that is none of the notices' stands before a title: 北京市《若干措施》."""
    place = _OF_PLACE.search(text, max(0, start - 8), start - 1)
    if not place or _LEADS_IN.match(place["name"]):
        return False
    own = [corpus.notices[one.notice] for one in found if one.notice]
    return not any(place["name"] in f"{notice.title}{notice.issuer}" for notice in own)


def _named_titles(text: str, said: Sequence[Span], corpus: Corpus) -> Iterator[Span]:
    """Yield the titles, of one within another the outer one where the library has one like it."""
    for start, end in said:
        inner = [match.span() for match in _INNER.finditer(text, start, end)]
        if inner and _near_title(key_of(text[start:end]), corpus) is None:
            yield from inner
        else:
            yield start, end


def _of_several(
    text: str, start: int, notices: set[str], mentions: Sequence[NoticeMention], corpus: Corpus
) -> str | None:
    """Return which notice a title means that several have: 北京市《若干措施》, else the one named last."""
    before = key_of(text[max(0, start - 1 - _PLACE) : start - 1])
    placed = [key for key in notices if corpus.notices[key].title[:2] in before and corpus.notices[key].title]
    if len(placed) == 1:
        return placed[0]
    named = [one for one in mentions if one.end <= start and one.notice in notices]
    return max(named, key=lambda one: one.end).notice if named else None


def _near_title(words: str, corpus: Corpus) -> tuple[float, KnownTitle] | None:
    """Return the title that is most like these words, and how much; None where none is."""
    best: tuple[float, KnownTitle] | None = None
    letters = set(words)
    for one in corpus.titles:
        if len(words) < 8 or len(letters & set(one.words)) < 0.7 * len(letters):
            continue
        ratio = SequenceMatcher(None, one.words, words, autojunk=False).ratio()
        shorter = len(words) <= _ABRIDGED * len(one.words) and _abridges(words, one.words)
        if (ratio >= _NEAR_TITLE or shorter) and (best is None or ratio > best[0]):
            best = (ratio, one)
    return best


def _abridges(words: str, whole: str) -> bool:
    left = iter(whole)
    return all(char in left for char in words)
