"""What stands around the measures: page, head, letter, title and preamble; closing and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading.marks import LIKELY, OPEN, Marks
from desktop.reading.model import Label
from desktop.reading.wording import (
    ADDRESSEES,
    ATTACHMENT,
    CLOSING,
    ISSUED,
    LETTER_TITLE,
    META,
    NOISE,
    NOTICE_NUMBER,
    OFFICE,
    PREAMBLE,
    PREAMBLE_END,
    PUBLIC_MARK,
    PUBLISHED,
    SIGNATURE_DAY,
    TITLE_END,
    WEAK_CLOSING,
)

_LIKE_A_NUMBER = re.compile(r"[\d〔\[][^。，：:]{0,12}号$")
_PAGE_LENGTH = 60
_TITLE_LENGTH = 90
_SIGNATURE_LENGTH = 60


def is_short(words: str) -> bool:
    """Return whether ``words`` are a line that is no sentence: a title, a name, a day."""
    return len(words) <= _TITLE_LENGTH and words[-1:] not in "。；：:;，,、" and "。" not in words


def is_title(words: str) -> bool:
    """Return whether ``words`` look like the title of a paper."""
    return is_short(words) and len(words) >= 5 and bool(TITLE_END.search(words.strip("《》 ")))


def mark_page(marks: Marks) -> None:
    """Label what is of the web page and not of the notice, and the facts that pages print above it."""
    for place, block in enumerate(marks.blocks):
        words = marks.words(place)
        if len(words) > _PAGE_LENGTH or block.number:
            continue
        if META.match(words):
            marks.set(place, Label.HEAD, "网页上关于本文件的著录项。")
        elif NOISE.match(words):
            marks.set(place, Label.NOISE, "像是网页上的栏目或按钮，不是文件的内容。")


def mark_opening(marks: Marks, stop: int) -> None:
    """Label what stands above the first numbered paragraph, ``blocks[:stop]``."""
    places = marks.free(range(stop))
    letter = next((p for p in places if _sends(marks.words(p))), None)
    addressed = next((p for p in places if ADDRESSEES.match(marks.words(p))), None)
    top = letter if letter is not None else addressed
    if addressed is not None and (letter is None or addressed < letter):
        top = addressed
    if top is not None:
        _mark_head(marks, [p for p in places if p < top])
    if letter is not None:
        for place in [p for p in places if top is not None and top <= p <= letter]:
            words = marks.words(place)
            label = Label.HEAD if is_short(words) and not ADDRESSEES.match(words) else Label.LETTER
            marks.set(place, label, "印发通知的正文。")
        _mark_below_letter(marks, [p for p in places if p > letter])
        return
    if addressed is not None:
        marks.set(addressed, Label.LETTER, "主送机关。")
        _mark_preamble(marks, [p for p in places if p > addressed])
        return
    first = next((p for p in places if not is_short(marks.words(p))), stop)
    _mark_head(marks, [p for p in places if p < first])
    _mark_preamble(marks, [p for p in places if p >= first])


def _sends(words: str) -> bool:
    return (
        len(words) <= 600
        and ("。" in words or "给你们" in words)
        and bool(ISSUED.search(words))
        and not PREAMBLE_END.search(words)
    )


def _mark_head(marks: Marks, places: Sequence[int]) -> None:
    """Label the lines above the text; short ones before the first title or number are of the page."""
    title = next(
        (
            p
            for p in places
            if NOTICE_NUMBER.search(marks.words(p))
            or LETTER_TITLE.search(marks.words(p))
            or is_title(marks.words(p))
            or len(marks.words(p)) > 18
            or OFFICE.match(marks.words(p))
        ),
        None,
    )
    for place in places:
        words = marks.words(place)
        named = OFFICE.match(words) or _LIKE_A_NUMBER.search(words) or "关于" in words
        of_page = len(words) <= 12 and not named
        if title is not None and place < title and of_page:
            marks.set(place, Label.NOISE, "标题上方的短行，像是网页上的栏目。", LIKELY)
        else:
            marks.set(place, Label.HEAD, "标题、文号或发文机关。")


def _mark_below_letter(marks: Marks, places: Sequence[int]) -> None:
    """Label what follows the sentence that sends the paper: signature, the paper's title, its preamble."""
    day = next((p for p in places if SIGNATURE_DAY.match(marks.words(p)) and len(marks.words(p)) < 60), None)
    if day is not None:
        for place in [p for p in places if p < day]:
            words = marks.words(place)
            if len(words) <= _SIGNATURE_LENGTH and words[-1:] not in "。；：:":
                label = Label.ATTACHMENT if ATTACHMENT.match(words) else Label.SIGNATURE
                marks.set(place, label, "印发通知的落款。")
            else:
                marks.set(place, Label.LETTER, "印发通知的正文。")
        marks.set(day, Label.SIGNATURE, "印发通知的日期。")
    rest = [p for p in places if day is None or p > day]
    _mark_preamble(marks, rest, titled=True)


def _mark_preamble(marks: Marks, places: Sequence[int], titled: bool = False) -> None:
    """Label title and preamble of a paper, which end where its numbers begin."""
    begun = False
    for place in places:
        words = marks.words(place)
        if ATTACHMENT.match(words) and len(words) <= _PAGE_LENGTH:
            marks.set(place, Label.ATTACHMENT, "附件标记。")
        elif PUBLIC_MARK.search(words) and len(words) <= _PAGE_LENGTH:
            marks.set(place, Label.SIGNATURE, "公开方式等附注。")
        elif not is_short(words):
            sent = titled and not begun and not PREAMBLE.match(words) and not PREAMBLE_END.search(words)
            follows = any(is_title(marks.words(p)) for p in places if p > place)
            if sent and follows:
                marks.set(place, Label.LETTER, "印发通知的正文。")
            else:
                begun = True
                marks.set(place, Label.PREAMBLE, "编号开始之前的引言。")
        elif not begun and (SIGNATURE_DAY.match(words) or (OFFICE.match(words) and not is_title(words))):
            marks.set(place, Label.SIGNATURE if titled else Label.HEAD, "落款或发文机关。")
        elif NOTICE_NUMBER.fullmatch(words.strip("（）() ")):
            marks.set(place, Label.HEAD, "文号。")
        elif begun:
            marks.set(place, Label.NOTE, "引言之后、编号之前的短行。", LIKELY if len(words) < 30 else OPEN)
        else:
            marks.set(place, Label.TITLE, "文件的标题。")
            marks.title(place, (marks.blocks[place].start, marks.blocks[place].end))


def mark_title(marks: Marks, places: Sequence[int]) -> None:
    """Label title and preamble of a further paper in the same notice."""
    _mark_preamble(marks, marks.free(places), titled=True)


def mark_closing(marks: Marks, places: Sequence[int], strict: bool) -> None:
    """Label what follows the last numbered paragraph of a document.

    ``strict``: a sentence of no known form is asked about, as it might belong to the last measure.
    """
    attached = signed = False
    for place in places:
        words = marks.words(place)
        if marks.labels[place] is not None:
            continue
        if ATTACHMENT.match(words):
            attached = True
        if attached:
            marks.set(place, Label.ATTACHMENT, "附件说明，或附件的内容。")
        elif PUBLIC_MARK.search(words) and len(words) <= _PAGE_LENGTH:
            marks.set(place, Label.SIGNATURE, "公开方式等附注。")
        elif CLOSING.match(words):
            marks.set(place, Label.CLOSING, "施行、有效期或解释的条款。")
            strict = False
        elif is_signature(words):
            marks.set(place, Label.SIGNATURE, "落款、日期或发布信息。")
            signed = signed or bool(SIGNATURE_DAY.match(words) or PUBLISHED.search(words))
        elif signed and is_short(words):
            marks.set(place, Label.NOISE, "落款之后的短行，像是网页上的链接。", LIKELY)
        elif WEAK_CLOSING.match(words) or not strict:
            marks.set(place, Label.CLOSING, "最后一条之后的段落。", LIKELY)
            strict = False
        else:
            marks.set(place, Label.NOTE, "最后一条之后的段落：是接着上一条，还是说明？", OPEN)


def is_signature(words: str) -> bool:
    """Return whether ``words`` are who gave a notice out, when, or both."""
    if len(words) > _SIGNATURE_LENGTH or words[-1:] in "；：:，":
        return False
    return bool(SIGNATURE_DAY.match(words) or OFFICE.match(words) or PUBLISHED.search(words))
