"""A notice's text cut into blocks: what its writer meant as one paragraph.

A page may have lost the line ends (everything on one line), a PDF may have put one after every thirty
characters. Both are mended here as a proposal: by the printed numbers, which run, and by how lines end. Every
character that is no blank lies in exactly one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from desktop.reading.numbering import SUB_ITEMS, NumberForm, PrintedNumber, number_at, numbers_in
from desktop.reading.wording import CLOSING_BREAK, NOTICE_NUMBER, UNIT_LABEL, UNIT_LABEL_ALONE

BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2002\u2003\u2009\r"
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_RUN = re.compile(rf"[{BLANKS}]+")
_FINISHED = "。；;！!？?：:）)〕］】》”.…"
_UNFINISHED = "、，,（(〔《“"
_PAIRS = {"）": "（", ")": "(", "〕": "〔", "》": "《", "”": "“", "】": "【", "]": "["}
_OPENS = frozenset(_PAIRS.values())
_STRONG = frozenset('。；;！!？?：:）)〕］】]”》"' + BLANKS)
_DAY = re.compile(r"[12]\d{3}\s*年\s*\d{1,2}\s*月")
_FLAT_BREAKS = re.compile(
    r"(?<=的通知)(?=各|有关)|(?<=[：:])(?=为(?:了|深入|贯彻|全面|进一步|积极|有效|加快|应对|落实|切实)|现将|根据|经[市县区省])"
    r"|(?<=。)(?=附件[：:\d])"
)
_FLAT_LENGTH = 120
_FLAT_SHARE = 0.4
_HEADING_LENGTH = 40
_WRAP_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as its writer meant it: ``source[start:end]``, and the number printed in front, if any.

    ``sure`` is False where its beginning was restored or may be none.
    """

    start: int
    end: int
    number: PrintedNumber | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indented: bool


def cut(source: str) -> tuple[Block, ...]:
    """Return the blocks of ``source`` in order; none where it is blank."""
    lines = list(_lines(source))
    wrapped = _wrap_width(source, lines)
    blocks: list[Block] = []
    seen: dict[NumberForm, int] = {}
    total = sum(line.end - line.start for line in lines)
    for line in lines:
        inner = _inner_numbers(source, line, dict(seen))
        if _is_flat(source, line, inner, total):
            for number in inner:
                _count(seen, number)
            pieces = list(_flat_blocks(source, line, inner))
        else:
            pieces = [_line_block(source, line, wrapped > 0 and not _ended(source, blocks, line), seen)]
        for piece in pieces:
            if blocks and _continues(source, blocks[-1], piece, line, wrapped):
                blocks[-1] = replace(blocks[-1], end=piece.end)
            else:
                blocks.append(piece)
    return tuple(_split_gaps(source, _split_closings(source, blocks)))


def line_of(source: str, place: int) -> int:
    """Return the 1-based line in which ``place`` lies."""
    return sum(1 for _ in _LINE_END.finditer(source, 0, place)) + 1


def _lines(source: str) -> Iterator[_Line]:
    place = 0
    ends = [*_LINE_END.finditer(source), None]
    for found in ends:
        stop = found.start() if found else len(source)
        start, end = place, stop
        while start < end and (source[start] in BLANKS or source[start].isspace()):
            start += 1
        while end > start and (source[end - 1] in BLANKS or source[end - 1].isspace()):
            end -= 1
        if end > start:
            yield _Line(start, end, indented=start - place >= 2 or source[place:start] == "\u3000")
        place = found.end() if found else stop


def _width(source: str, start: int, end: int) -> float:
    return sum(0.5 if char < "\u0100" else 1.0 for char in source[start:end])


def _wrap_width(source: str, lines: list[_Line]) -> float:
    """Return how wide the lines are that were wrapped by force, 0 where none were."""
    widths = sorted(_width(source, line.start, line.end) for line in lines)
    if len(widths) < 8:
        return 0
    width = widths[int(len(widths) * 0.9)]
    if not 12 <= width <= _WRAP_WIDTH:
        return 0
    broken = sum(
        1
        for line, after in pairwise(lines)
        if source[line.end - 1] not in _FINISHED
        and number_at(source, after.start, after.end) is None
        and _width(source, line.start, line.end) >= 0.85 * width
    )
    return width if broken >= max(5, len(lines) * 0.2) else 0


def _count(seen: dict[NumberForm, int], number: PrintedNumber) -> None:
    seen[number.form] = number.value
    for form in [form for form in seen if form > number.form]:
        seen[form] = -abs(seen[form])  # may go on, may begin anew


def _fits(seen: dict[NumberForm, int], number: PrintedNumber) -> bool:
    last = seen.get(number.form, 0)
    return number.value == abs(last) + 1 or (number.value == 1 and last <= 0)


def _ended(source: str, blocks: list[Block], line: _Line) -> bool:
    """Return whether a paragraph was over before ``line``, whose number then may be any."""
    return not blocks or source[blocks[-1].end - 1] in _FINISHED or line.indented


def _line_block(source: str, line: _Line, wrapped: bool, seen: dict[NumberForm, int]) -> Block:
    number = number_at(source, line.start, line.end)
    if number and (wrapped or number.doubtful) and not _fits(seen, number) and number.form not in SUB_ITEMS:
        number = None
    if number:
        _count(seen, number)
    return Block(line.start, line.end, number, sure=not (number and number.doubtful))


def _inner_numbers(source: str, line: _Line, seen: dict[NumberForm, int]) -> list[PrintedNumber]:
    """Return the numbers in a line that seem to begin paragraphs, if it is several in one."""
    accepted: list[PrintedNumber] = []
    if line.end - line.start < _FLAT_LENGTH:
        return accepted
    for number in numbers_in(source, line.start, line.end):
        before = source[number.start - 1] if number.start > line.start else " "
        finished = source[line.start : number.start].rstrip(BLANKS)[-1:] in ("", *"。）)〕]】；;：:")
        headed = _after_heading(source, accepted, number)
        if number.form in SUB_ITEMS and (before not in BLANKS or not (finished or headed)):
            continue
        if number.doubtful and not (finished and (before in BLANKS or before in "）)〕]】")):
            continue
        if not _fits(seen, number) and not (before in BLANKS and _may_follow(source, seen, accepted, number)):
            continue
        if before not in _STRONG and not headed and not _after_units(source, accepted, number):
            continue
        accepted.append(number)
        _count(seen, number)
    return accepted


def _may_follow(
    source: str, seen: dict[NumberForm, int], accepted: list[PrintedNumber], number: PrintedNumber
) -> bool:
    """Return whether one or two numbers may be missing before it, or a new paper begin with it."""
    last = abs(seen.get(number.form, 0))
    if number.value != 1:
        return last + 1 < number.value <= last + 3 and not number.doubtful
    between = source[accepted[-1].after : number.start] if accepted else ""
    return len(_RUN.findall(between)) >= 3


def _after_heading(source: str, accepted: list[PrintedNumber], number: PrintedNumber) -> bool:
    """Return whether an outer number's heading without an end mark seems to stand before ``number``."""
    if not accepted or accepted[-1].form >= number.form:
        return False
    words = source[accepted[-1].after : number.start]
    return 2 <= len(words) <= _HEADING_LENGTH and not set(words) & set("。；，")


def _after_units(source: str, accepted: list[PrintedNumber], number: PrintedNumber) -> bool:
    """Return whether the names of units, or the title of a paper, seem to end right before ``number``."""
    if not accepted:
        return number.value == 1 and number.form <= NumberForm.CHAPTER
    label = UNIT_LABEL.search(source, accepted[-1].after, number.start)
    return label is not None and "。" not in source[label.end() : number.start]


def _is_flat(source: str, line: _Line, inner: list[PrintedNumber], total: int) -> bool:
    begun = [number for number in inner if number.start > line.start]
    closed = sum(1 for number in begun if source[: number.start].rstrip()[-1:] in "）)〕]】。")
    if len(begun) < 3:
        return len(begun) == 2 == closed and line.end - line.start > 0.8 * total
    return line.end - line.start > _FLAT_SHARE * total or closed >= 3


def _flat_blocks(source: str, line: _Line, inner: list[PrintedNumber]) -> Iterator[Block]:
    """Yield the paragraphs of a line that lost its line ends."""
    numbers = {number.start: number for number in inner}
    breaks = {line.start, *numbers}
    inside = sorted(number.end for number in inner)
    for run in _RUN.finditer(source, line.start, line.end):
        if run.start() not in inside and _is_break(source, line, run, numbers):
            breaks.add(run.end())
    for found in _FLAT_BREAKS.finditer(source, line.start, min(line.end, line.start + 1200)):
        if not inner or found.start() < inner[0].start:
            breaks.add(found.start())
    ordered = sorted(breaks)
    for start, stop in zip(ordered, [*ordered[1:], line.end], strict=True):
        end = stop
        while end > start and source[end - 1] in BLANKS:
            end -= 1
        if end > start:
            number = numbers.get(start)
            yield Block(start, end, number, sure=False)


def _is_break(source: str, line: _Line, run: re.Match[str], numbers: dict[int, PrintedNumber]) -> bool:
    """Return whether the blanks at ``run`` stand for a lost line end."""
    before, after = source[run.start() - 1], source[run.end() : run.end() + 1]
    if run.end() in numbers:
        return True
    if after and after.isascii() and after.isalnum() and not _DAY.match(source, run.end()):
        return False
    if before.isascii() and before.isalnum():
        return False
    start = max([line.start, *(place.end() for place in _RUN.finditer(source, line.start, run.start()))])
    start = max([start, *(place for place in numbers if place < run.start())])
    words = source[start : run.start()]
    if (
        before in _UNFINISHED
        or UNIT_LABEL_ALONE.fullmatch(words)
        or _open_until(source, start, run.end(), line.end)
    ):
        return False
    if before in _FINISHED or NOTICE_NUMBER.search(words) or UNIT_LABEL.match(source, run.end()):
        return True
    return len(words) <= _HEADING_LENGTH * 2 and not set(words) & set("。，；")


def _open_until(source: str, start: int, stop: int, end: int) -> bool:
    """Return whether a bracket opened in ``source[start:stop]`` is closed soon after ``stop``."""
    opened: list[str] = []
    for char in source[start:stop]:
        if char in _OPENS:
            opened.append(char)
        elif char in _PAIRS and opened and opened[-1] == _PAIRS[char]:
            opened.pop()
    if not opened:
        return False
    for char in source[stop : min(end, stop + 80)]:
        if char in _PAIRS and _PAIRS[char] == opened[-1]:
            return True
        if char == opened[-1]:
            return False
    return False


def _continues(source: str, block: Block, piece: Block, line: _Line, wrapped: float) -> bool:
    """Return whether ``piece`` goes on with the paragraph that ``block`` began."""
    if piece.start != line.start:  # within one line the breaks are known
        return False
    if block.number and block.number.after >= block.end:
        return piece.number is None or piece.number.form > block.number.form
    if piece.number is not None and piece.number.form not in SUB_ITEMS:
        return False
    last = source[block.end - 1]
    if piece.number is None and (last in "、，,（(《〔“" or _open_across(source, block, piece)):
        return True
    if not wrapped or piece.number is not None:
        return False
    begun = max(source.rfind("\n", block.start, block.end) + 1, block.start)
    width = _width(source, begun, block.end)
    if line.indented and last in _FINISHED:
        return False
    return (
        width >= 0.8 * wrapped and last not in "。；;！!？?：:" and not UNIT_LABEL.match(source, piece.start)
    )


def _open_across(source: str, block: Block, piece: Block) -> bool:
    """Return whether a bracket is open at the end of ``block`` that ``piece`` closes."""
    return block.end - block.start < 4000 and _open_until(source, block.start, piece.start, piece.end)


def _split_closings(source: str, blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, a closing clause that follows a bracket in the same line as one of its own."""
    for block in blocks:
        found = CLOSING_BREAK.search(source, block.start, block.end)
        if found and block.number:
            yield replace(block, end=found.end(1))
            yield Block(found.end(), block.end, None, sure=False)
        else:
            yield block


def _split_gaps(source: str, blocks: Iterator[Block]) -> list[Block]:
    """Return the blocks, those split in which a number stands that the sequence lacks."""
    result: list[Block] = list(blocks)
    seen: dict[NumberForm, int] = {}
    place = 0
    while place < len(result):
        block = result[place]
        if block.number and block.number.form not in SUB_ITEMS:
            seen[block.number.form] = block.number.value
            missing = _missing(source, block, seen, result[place + 1 :])
            if missing:
                end = missing.start
                while source[end - 1].isspace():
                    end -= 1
                result[place : place + 1] = [
                    replace(block, end=end),
                    Block(missing.start, block.end, missing, sure=False),
                ]
        place += 1
    return result


def _missing(
    source: str, block: Block, seen: dict[NumberForm, int], following: list[Block]
) -> PrintedNumber | None:
    """Return the number within ``block`` that goes on with a sequence and that no later paragraph has."""
    assert block.number is not None
    for found in numbers_in(source, block.number.after, block.end):
        if found.doubtful or found.form > block.number.form or found.value != seen.get(found.form, -1) + 1:
            continue
        later = (b.number for b in following if b.number and b.number.form is found.form)
        after = next(later, None)
        if after and after.value == found.value:
            continue
        before = source[block.number.after : found.start].rstrip()[-1:]
        fills = after is not None and after.value == found.value + 1
        if before and (before in "）)〕]】" or (fills and before in _STRONG)):
            return found
    return None
