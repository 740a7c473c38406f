"""The blocks of a notice labelled: which are measures, which headings hold them, and what all the rest is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading import frame
from desktop.reading.blocks import Block
from desktop.reading.marks import LIKELY, OPEN, SURE, Marks
from desktop.reading.measures import mark_body
from desktop.reading.model import Label, NoticePiece
from desktop.reading.numbering import SUB_ITEMS, NumberForm
from desktop.reading.outline import states_units
from desktop.reading.wording import (
    ATTACHMENT,
    CLOSING,
    EXPLANATION,
    FORM_TITLE,
    GENERAL_TITLE,
    OFFICE,
    PUBLIC_MARK,
    SIGNATURE_DAY,
    UNIT_LABEL,
)

_HEADING_LENGTH = 30
_AHEAD = 8
_CONTENTS_AT_LEAST = 3
_STATED_AT_MOST = 2
_ATTACHED = re.compile(r"^附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?$")
_SHARES_OUT = re.compile(r"分工|责任清单|任务清单|任务分解")


def label(source: str, blocks: Sequence[Block]) -> tuple[NoticePiece, ...]:
    """Return a labelled piece for each block."""
    marks = Marks(source, blocks)
    frame.mark_page(marks)
    _mark_lists(marks)
    _mark_contents(marks)
    body = _first_number(marks)
    if body is None:
        frame.mark_opening(marks, len(blocks))
        return marks.pieces()
    _mark_explanation(marks, body)
    _mark_attachment(marks, body)
    plain = _plain_headings(marks, body)
    body = min([body, *plain])
    frame.mark_opening(marks, body)
    starts = _further_papers(marks, body)
    for begin, stop in zip([body, *starts], [*starts, len(blocks)], strict=True):
        first = begin
        if begin != body:
            first = next(p for p in range(begin, stop) if _numbered(marks, p))
            if _is_appendix(marks, begin, first, stop):
                continue
            frame.mark_title(marks, range(begin, first))
        mark_body(marks, first, stop, frozenset(place for place in plain if first <= place < stop))
    return marks.pieces()


def _mark_attachment(marks: Marks, body: int) -> None:
    """Label what follows 附件 alone on a line below the closing, but for papers with measures."""
    ended = False
    for place in range(body + 1, len(marks.blocks)):
        words = marks.words(place)
        if ended and not marks.blocks[place].number and _ATTACHED.match(words):
            within = marks.free(range(place, len(marks.blocks)))
            if sum(states_units(marks.source, marks.blocks[p]) for p in within) < _STATED_AT_MOST:
                for each in within:
                    marks.set(each, Label.ATTACHMENT, "结尾之后的附件。")
                if any(_SHARES_OUT.search(marks.words(p)) for p in within[:4]):
                    marks.set(place, Label.ATTACHMENT, "像是任务分工，里面的单位没有读进措施。", OPEN)
                elif any(marks.blocks[p].number for p in within):
                    marks.set(place, Label.ATTACHMENT, "里面有编号，没有责任单位，当作附件。", OPEN)
                return
        ended = ended or frame.is_signature(words) or bool(CLOSING.match(words))


def _numbered(marks: Marks, place: int) -> bool:
    return marks.blocks[place].number is not None and marks.labels[place] is None


def _mark_lists(marks: Marks) -> None:
    """Label 附件：1.… 2.… with the lines that go on with its list."""
    place = 0
    while place < len(marks.blocks):
        words = marks.words(place)
        if ATTACHMENT.match(words) and len(words) <= 120 and words.rstrip("：: ").strip() != words[:2]:
            number = 1 if any(mark in words for mark in ("1.", "1．", "1、")) else 0
            follow = place + 1
            while number and follow < len(marks.blocks):
                printed = marks.blocks[follow].number
                if not printed or printed.value != number + 1 or not frame.is_short(marks.words(follow)):
                    break
                number += 1
                marks.set(follow, Label.ATTACHMENT, "附件清单。")
                follow += 1
            if number:
                marks.set(place, Label.ATTACHMENT, "附件清单。")
        place += 1


def _mark_contents(marks: Marks) -> None:
    """Label a table of contents: short numbered lines that all stand once more below."""
    place = 0
    while place < len(marks.blocks):
        stop = place
        while stop < len(marks.blocks) and _numbered(marks, stop) and frame.is_short(marks.words(stop)):
            stop += 1
        if stop - place >= _CONTENTS_AT_LEAST:
            first = _plainly(marks.words(place))
            again = next((p for p in range(place + 1, stop) if _plainly(marks.words(p)) == first), stop)
            below = {_plainly(marks.words(p)) for p in range(again, len(marks.blocks))}
            listed = range(place, again)
            if len(listed) >= _CONTENTS_AT_LEAST and all(_plainly(marks.words(p)) in below for p in listed):
                if place and _plainly(marks.words(place - 1)) in ("目录", "目次"):
                    marks.set(place - 1, Label.NOISE, "目录。")
                for entry in listed:
                    marks.set(entry, Label.NOISE, "目录里的一行，正文里还有。")
        place = max(stop, place + 1)


def _plainly(words: str) -> str:
    """Return ``words`` without blanks, leaders and page numbers."""
    return re.sub(r"[\s.．…·]+\d*$", "", "".join(words.split()))


def _mark_explanation(marks: Marks, body: int) -> None:
    """Label what a page adds below the notice to explain it: from a line that says so to the end."""
    for place in range(body + 1, len(marks.blocks)):
        words, before = marks.words(place), marks.words(place - 1)
        ended = frame.is_signature(before) or CLOSING.match(before) or PUBLIC_MARK.search(before)
        if ended and frame.is_short(words) and EXPLANATION.search(words) and not marks.blocks[place].number:
            for rest in marks.free(range(place, len(marks.blocks))):
                marks.set(rest, Label.NOISE, "文件之后的政策解读，不是文件的内容。", LIKELY)
            return


def _first_number(marks: Marks) -> int | None:
    """Return the first numbered block that begins the measures of the notice."""
    numbered = [p for p in range(len(marks.blocks)) if _numbered(marks, p)]
    outer = [p for p in numbered if _form(marks, p) not in SUB_ITEMS]
    for place in outer or numbered:
        if _value(marks, place) == 1:
            earlier = [p for p in outer if p < place]
            return earlier[0] if earlier else place
    return next(iter(outer or numbered), None)


def _form(marks: Marks, place: int) -> NumberForm:
    number = marks.blocks[place].number
    assert number is not None
    return number.form


def _value(marks: Marks, place: int) -> int:
    number = marks.blocks[place].number
    return number.value if number else 0


def _plain_headings(marks: Marks, body: int) -> frozenset[int]:
    """Return the headings that have no number: short lines right above a numbered paragraph."""
    found, known = set(), set()
    for place in range(max(body - 1, 0), len(marks.blocks) - 1):
        words = marks.words(place)
        if marks.blocks[place].number or marks.labels[place] or len(words) > _HEADING_LENGTH:
            continue
        if UNIT_LABEL.match(words):
            continue
        title = words.strip("【】[]〔〕 ：:。")
        if GENERAL_TITLE.match(title) and title:
            known.add(place)
            continue
        follows = marks.blocks[place + 1].number
        before = marks.words(place - 1)[-1:] if place else ""
        plain = frame.is_short(words) and not frame.is_title(words) and not _ends_paper(words)
        if plain and follows and before and before in "。）)〕]】；;：:":
            found.add(place)
    return frozenset(known | (found if len(found) >= 2 else set()))


def _ends_paper(words: str) -> bool:
    return bool(
        OFFICE.match(words)
        or SIGNATURE_DAY.match(words)
        or PUBLIC_MARK.search(words)
        or ATTACHMENT.match(words)
    )


def _further_papers(marks: Marks, body: int) -> list[int]:
    """Return where further papers begin: a title, and below it numbers that begin anew."""
    starts = []
    outermost = _form(marks, body) if marks.blocks[body].number else NumberForm.HAN
    place = body + 1
    while place < len(marks.blocks):
        words = marks.words(place)
        if marks.blocks[place].number is None and frame.is_title(words) and not GENERAL_TITLE.match(words):
            ahead = [
                p for p in range(place + 1, min(place + _AHEAD, len(marks.blocks))) if _numbered(marks, p)
            ]
            if (
                ahead
                and _value(marks, ahead[0]) == 1
                and _form(marks, ahead[0]) <= max(outermost, NumberForm.ARTICLE)
            ):
                begin = place
                while begin > body + 1 and _belongs_above(marks, begin - 1):
                    begin -= 1
                starts.append(begin)
                place = ahead[0]
        place += 1
    return starts


def _belongs_above(marks: Marks, place: int) -> bool:
    words = marks.words(place)
    if marks.blocks[place].number or marks.labels[place]:
        return False
    return (ATTACHMENT.match(words) is not None and len(words) < 20) or (
        frame.is_short(words) and len(words) >= 8 and not _ends_paper(words)
    )


def _is_appendix(marks: Marks, begin: int, first: int, stop: int) -> bool:
    """Return whether a paper further down is an appendix without measures, and label it then."""
    attached = any(ATTACHMENT.match(marks.words(p)) for p in range(begin, first))
    title = next((marks.words(p) for p in range(begin, first) if frame.is_title(marks.words(p))), "")
    named = title.strip("《》 ") in marks.source[: marks.blocks[begin].start]
    if not attached or named:
        return False
    stated = sum(states_units(marks.source, marks.blocks[p]) for p in range(first, stop))
    if stated:
        return False
    for place in marks.free(range(begin, stop)):
        sure = SURE if FORM_TITLE.search(title) or place != begin else OPEN
        marks.set(place, Label.ATTACHMENT, "附件里没有责任单位，当作附件，不当作措施。", sure)
    return True
