"""The strict check before a notice is taken into the library, and where its characters have gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from desktop.reading.adjusting import is_blank
from desktop.reading.drafts import NoticeDraft, open_questions
from desktop.reading.model import Label, ValidityKind

PLACES: Mapping[Label, str] = {
    **dict.fromkeys((Label.HEAD, Label.LETTER, Label.TITLE, Label.SIGNATURE), "文头和落款"),
    **dict.fromkeys((Label.HEADING, Label.GROUP, Label.MEASURE, Label.CONTINUATION, Label.UNITS), "条文"),
    **dict.fromkeys((Label.PREAMBLE, Label.NOTE, Label.CLOSING, Label.ATTACHMENT), "说明和附件"),
    Label.NOISE: "页面杂项",
}
"""Under which word the characters of a piece are counted."""
_ASKED = {
    "title": "标题还没有填",
    "number": "文号没有读出",
    "issuer": "发文机关没有读出",
    "issued_on": "成文日期没有读出",
}
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class CharacterCount:
    """How many characters, blanks apart, a source has, by where they are; ``nowhere`` lie in no piece."""

    total: int
    by_place: Mapping[str, int]
    nowhere: int


def counted(draft: NoticeDraft) -> CharacterCount:
    """Count the characters of the source by where they are."""
    by_place = dict.fromkeys(PLACES.values(), 0)
    held = 0
    for piece in draft.pieces:
        count = sum(not is_blank(char) for char in draft.source[piece.start : piece.end])
        by_place[PLACES[piece.label]] += count
        held += count
    total = sum(not is_blank(char) for char in draft.source)
    return CharacterCount(total, by_place, total - held)


def acceptable(draft: NoticeDraft) -> list[str]:
    """Return why the draft cannot be taken into the library yet, in Chinese sentences; none when it can.

    Every character lies in exactly one piece, there are measures, nothing is open.
    """
    return [*_characters(draft), *_questions(draft), *_measures(draft)]


def unconfirmed(draft: NoticeDraft) -> list[str]:
    """Return what the text was not seen to say of itself, where nobody has said that it does not.

    A person in the window is asked to look: number, title, issuer, date and term, each there or 原文没有.
    """
    return list(_facts(draft))


def _characters(draft: NoticeDraft) -> Iterator[str]:
    if any(a.end > b.start for a, b in pairwise(draft.pieces)):
        yield "有的文字同时归在两段里。"
    if nowhere := counted(draft).nowhere:
        yield f"原文有{nowhere}个字没有归处。"


def _questions(draft: NoticeDraft) -> Iterator[str]:
    found = open_questions(draft)
    for question in found[:_MOST_NAMED]:
        yield f"第{question.line}行待决定：{question.text}"
    if len(found) > _MOST_NAMED:
        yield f"另有{len(found) - _MOST_NAMED}处待决定。"


def _measures(draft: NoticeDraft) -> Iterator[str]:
    if not any(document.measures for document in draft.reading.documents):
        yield "还没有一条措施。"


def _facts(draft: NoticeDraft) -> Iterator[str]:
    head, decided = draft.reading.head, draft.facts.head
    has = {
        "title": head.title or any(document.title for document in draft.reading.documents),
        "number": head.number or "number" in decided,
        "issuer": head.issuer or "issuer" in decided,
        "issued_on": head.issued_on or "issued_on" in decided,
    }
    for name, words in _ASKED.items():
        if not has[name]:
            hint = "" if name == "title" else "：原文写了的请填上，没有的请选“原文没有”"
            yield f"{words}{hint}。"
    if draft.reading.term.kind is ValidityKind.NONE and draft.facts.term is None:
        yield "有效期没有读出：原文写了的请填上，没有的请选“原文没有”。"
