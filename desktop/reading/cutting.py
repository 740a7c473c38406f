"""A notice's text cut into blocks: what its writer meant as one paragraph.

A page may have lost the line ends (everything on one line), a PDF may have put one after every thirty
characters. Both are mended here as a proposal: by the printed numbers, which run, and by how lines end. Every
character that is no blank lies in exactly one block.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from desktop.reading.blocks import (
    FINISHED,
    Block,
    SourceLine,
    count_number,
    fits,
    lines_in,
    open_until,
)
from desktop.reading.flat_lines import flat_blocks, inner_numbers, is_flat
from desktop.reading.gaps import split_closings, split_gaps
from desktop.reading.numbering import SUB_ITEMS, NumberForm, number_at
from desktop.reading.wording import PAGE_NUMBER, PUBLIC_MARK, UNIT_LABEL

_WRAP_WIDTH = 60
_FULL = 0.8
_NEAR, _FAR = 80, 400
_LONGEST = 4000


def cut(source: str) -> tuple[Block, ...]:
    """Return the blocks of ``source`` in order; none where it is blank."""
    lines = list(lines_in(source))
    wrapped = _wrap_width(source, lines)
    blocks: list[Block] = []
    seen: dict[NumberForm, int] = {}
    total = sum(line.end - line.start for line in lines)
    for line in lines:
        inner = inner_numbers(source, line, dict(seen))
        if is_flat(source, line, inner, total):
            for number in inner:
                count_number(seen, number)
            pieces = list(flat_blocks(source, line, inner))
        else:
            pieces = [
                _line_block(source, line, wrapped > 0 and not _ended(source, blocks, line, wrapped), seen)
            ]
        for piece in pieces:
            if blocks and _continues(source, blocks[-1], piece, line, wrapped):
                blocks[-1] = replace(blocks[-1], end=piece.end)
            else:
                blocks.append(piece)
    joined = [part for block in blocks for part in _parted(source, block)]
    return tuple(split_gaps(source, split_closings(source, joined)))


def _parted(source: str, block: Block) -> list[Block]:
    """Return the paragraphs of lines that were joined and turn out to have lost their line ends before."""
    if "\n" not in source[block.start : block.end]:
        return [block]
    line = SourceLine(block.start, block.end, indented=False)
    inner = inner_numbers(source, line, {})
    if not is_flat(source, line, inner, 2 * (block.end - block.start)):
        return [block]
    return list(flat_blocks(source, line, inner))


def _width(source: str, start: int, end: int) -> float:
    return sum(0.5 if char < "\u0100" else 1.0 for char in source[start:end])


def _wrap_width(source: str, lines: list[SourceLine]) -> float:
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
        if source[line.end - 1] not in FINISHED
        and number_at(source, after.start, after.end) is None
        and _width(source, line.start, line.end) >= 0.85 * width
    )
    return width if broken >= max(3, len(lines) * 0.2) else 0


def _ended(source: str, blocks: list[Block], line: SourceLine, wrapped: float) -> bool:
    """Return whether a paragraph was over before ``line``, whose number then may be any."""
    if not blocks or source[blocks[-1].end - 1] in FINISHED or line.indented:
        return True
    return _last_width(source, blocks[-1]) < _FULL * wrapped


def _last_width(source: str, block: Block) -> float:
    """Return how wide the last line of a block is, at least in characters: fonts differ."""
    begun = max(source.rfind("\n", block.start, block.end) + 1, block.start)
    return max(_width(source, begun, block.end), block.end - begun - 2)


def _line_block(source: str, line: SourceLine, wrapped: bool, seen: dict[NumberForm, int]) -> Block:
    number = number_at(source, line.start, line.end)
    unsure = number is not None and (wrapped or number.doubtful)
    if number and unsure and (number.form in SUB_ITEMS or not fits(seen, number)):
        number = None
    if number:
        count_number(seen, number)
    return Block(line.start, line.end, number, sure=not (number and number.doubtful))


def _continues(source: str, block: Block, piece: Block, line: SourceLine, wrapped: float) -> bool:
    """Return whether ``piece`` goes on with the paragraph that ``block`` began."""
    if piece.start != line.start:  # within one line the breaks are known
        return False
    if block.number and block.number.after >= block.end:
        return piece.number is None or piece.number.form > block.number.form
    if piece.number is not None and piece.number.form not in SUB_ITEMS:
        return False
    if PUBLIC_MARK.search(source[piece.start : min(piece.end, piece.start + _NEAR)]):
        return False
    last = source[block.end - 1]
    if piece.number is None and (last in "、，,（(《〔“" or _open_across(source, block, piece, wrapped)):
        return True
    if not wrapped or piece.number is not None or PAGE_NUMBER.match(source, piece.start, piece.end):
        return False
    if (line.indented and last in FINISHED) or _states_at_end(source, block):
        return False
    full = _last_width(source, block) >= _FULL * wrapped
    return full and last not in "。；;！!？?：:" and not UNIT_LABEL.match(source, piece.start)


def _states_at_end(source: str, block: Block) -> bool:
    """Return whether a bracket that states units ends the block."""
    if source[block.end - 1] not in "）)〕]】":
        return False
    opened = max(source.rfind(mark, block.start, block.end) for mark in "（(〔[【")
    return opened >= 0 and UNIT_LABEL.match(source, opened, block.end) is not None


def _open_across(source: str, block: Block, piece: Block, wrapped: float) -> bool:
    """Return whether a bracket is open at the end of ``block`` that ``piece`` closes."""
    if block.end - block.start > _LONGEST:
        return False
    last = max(source.rfind(mark, block.start, block.end) for mark in "（(〔[【")
    stated = last >= 0 and UNIT_LABEL.match(source, last, piece.end) is not None
    return open_until(source, block.start, piece.start, piece.end, _FAR if wrapped or stated else _NEAR) or (
        wrapped > 0 and stated and not set(source[last : block.end]) & set("）)〕]】")
    )
