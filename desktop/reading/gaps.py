"""Paragraphs cut once more where a single line end was lost within them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.reading.blocks import Block
from desktop.reading.numbering import SUB_ITEMS, NumberForm, PrintedNumber, numbers_in
from desktop.reading.wording import CLOSING_BREAK

_HEADING_LENGTH = 30
_STRONG = frozenset('。；;！!？?：:”》"')


def split_closings(source: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a closing clause that follows a bracket in the same line as one of its own."""
    for block in blocks:
        found = CLOSING_BREAK.search(source, block.start, block.end)
        if found and block.number:
            yield replace(block, end=found.end(1))
            yield Block(found.end(), block.end, None, sure=False)
        else:
            yield block


def split_gaps(source: str, blocks: Iterable[Block]) -> list[Block]:
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
        rest = source[found.after : block.end]
        heads = (
            found.form < block.number.form and len(rest) <= _HEADING_LENGTH and not set(rest) & set("。；，")
        )
        if before and (before in "）)〕]】" or ((fills or heads) and before in _STRONG)):
            return found
    return None
