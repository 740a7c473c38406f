"""Where the titles of headings and measures begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reading.blocks import Block
from desktop.reading.model import NO_PLACE
from desktop.reading.wording import BARE_UNITS, STATEMENT, UNIT_LABEL

_END = re.compile(r"[。！!？?；;]|[：:](?!\d)|[^\S\n\r]+(?=[\u4e00-\u9fff【（])")
_FRAMED = re.compile(r"【([^【】]{2,40})】|\[([^\[\]]{2,40})\]")
_USUAL = 32
_LONGEST = 45
_COLON_LONGEST = 26
_PLAIN_LONGEST = 10
_TITLED_SHARE = 0.5

Span = tuple[int, int]
NOWHERE: Span = (NO_PLACE, NO_PLACE)


def words_start(block: Block) -> int:
    """Return where the words of a block begin, after its number."""
    return block.number.after if block.number else block.start


def heading_span(source: str, block: Block) -> Span:
    """Return the title of a heading: its words up to the first sentence's end."""
    start = words_start(block)
    framed = _FRAMED.match(source, start, block.end)
    if framed:
        return framed.span(framed.lastindex or 0)
    statement = STATEMENT.search(source, start, block.end)
    stop = statement.start() if statement and statement.start() > start else block.end
    found = re.compile(r"[。：:！!\n]").search(source, start, stop)
    end = found.start() if found and (found[0] != "\n" or stop - start > 60) else stop
    while end > start and (source[end - 1].isspace() or source[end - 1] in "。：:，,；;"):
        end -= 1
    return (start, end) if end > start else NOWHERE


def heading_title(source: str, block: Block) -> str:
    """Return the words of :func:`heading_span`."""
    start, end = heading_span(source, block)
    return "" if start == NO_PLACE else source[start:end]


def measure_spans(source: str, blocks: Sequence[Block], followed: Sequence[bool] = ()) -> tuple[Span, ...]:
    """Return the title of each measure of a document, :data:`NOWHERE` for one without.

    Whether measures have titles, and how titles end, is the same throughout a document: a short first
    sentence alone proves nothing. ``followed`` says of each whether more paragraphs belong to it: a sentence
    that is all there is says what is done, and is no title.
    """
    found = [_candidate(source, block) for block in blocks]
    for place, more in enumerate(followed):
        if not more and found[place][1] == "line" and source[blocks[place].end - 1] == "。":
            found[place] = (NOWHERE, "", False)
    sentences = sum(1 for _, mark, _ in found if mark == "。")
    colons = sum(1 for _, mark, _ in found if mark == ":")
    lines = sum(1 for _, mark, _ in found if mark in ("line", "frame", " "))
    titled = (sentences + lines + colons) >= _TITLED_SHARE * len(found)
    by_colon = colons > 0.4 * len(found)
    by_line = lines > 0.4 * len(found) and lines > sentences
    spans: list[Span] = []
    for span, mark, usual in found:
        fits = mark in ("frame", "line", ":") or (titled and usual) or (titled and mark == "long")
        plain = mark == ":" and _plain(source[slice(*span)])
        if (mark == ":" and not by_colon and not plain) or (by_line and mark in ("。", "long")):
            fits = False
        spans.append(span if fits else NOWHERE)
    return tuple(spans)


def _plain(words: str) -> bool:
    """Return whether ``words`` before a colon can be nothing but a title."""
    return len(words) <= _PLAIN_LONGEST and not set(words) & set("，、,；") and words[0] not in "对在按凡经由"


def _candidate(source: str, block: Block) -> tuple[Span, str, bool]:
    """Return what may be the title, the mark that ends it, and whether it is as long as titles are."""
    start = words_start(block)
    framed = _FRAMED.match(source, start, block.end)
    if framed and not UNIT_LABEL.match(source, start, block.end):
        return framed.span(framed.lastindex or 0), "frame", True
    statement = STATEMENT.search(source, start, block.end) or BARE_UNITS.search(source, start, block.end)
    stop = statement.start() if statement else block.end
    while stop > start and source[stop - 1].isspace():
        stop -= 1
    place = start
    while found := _END.search(source, place, stop):
        if _within_brackets(source, start, found.start()):
            place = found.end()
            continue
        if found[0].isspace() and ("，" in source[start : found.start()] or found.start() - start < 3):
            place = found.end()
            continue
        break
    if found is None:
        return (
            ((start, stop), "line", True)
            if 2 <= stop - start <= _LONGEST and stop == block.end
            else (NOWHERE, "", False)
        )
    span = (start, found.start())
    length = found.start() - start
    rest = source[found.end() : stop].strip()
    if not rest or length < 2:
        if statement is None and 2 <= length <= 25 and stop == block.end and found[0] in "。：:":
            return span, "line", True
        return NOWHERE, "", False
    if found[0] in "：:":
        return (span, ":", True) if length <= _COLON_LONGEST else (NOWHERE, "", False)
    if found[0] in "；;":
        return NOWHERE, "", False
    mark = " " if found[0].isspace() else "。"
    if length <= _USUAL:
        return span, mark, True
    return (span, "long", False) if length <= _LONGEST else (NOWHERE, "", False)


def _within_brackets(source: str, start: int, place: int) -> bool:
    words = source[start:place]
    return any(words.count(a) > words.count(b) for a, b in ("（）", "()", "“”", "《》"))
