"""Paragraphs cut once more where a single line end was lost within them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.reading.blocks import Block
from desktop.reading.numbering import SUB_ITEMS, NumberForm, PrintedNumber, numbers_in
from desktop.reading.unwrapped import stated_in
from desktop.reading.wording import CLOSING_BREAK, TAIL_BREAK

_HEADING_LENGTH = 30
_LEAST_TAIL = 15
_CLOSED = "）)〕]】"
_STRONG = frozenset('。；;！!？?：:”》"')


def split_closings(source: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a closing clause that stands in the line of another paragraph as one of its own.

    It follows a bracket, or any sentence of a paragraph with which the numbers end.
    """
    blocks = list(blocks)
    for place, block in enumerate(blocks):
        found = CLOSING_BREAK.search(source, block.start, block.end)
        cuts = {found.end()} if found and block.number else set()
        if block.number and not _goes_on(block, blocks[place + 1 :]):
            cuts |= _tail_cuts(source, block)
        starts = [block.start, *sorted(cuts)]
        for start, stop in zip(starts, [*starts[1:], block.end], strict=True):
            end = stop
            while end > start and source[end - 1].isspace():
                end -= 1
            if start == block.start:
                yield replace(block, end=end)
            else:
                yield Block(start, end, None, sure=False)


def _goes_on(block: Block, following: Iterable[Block]) -> bool:
    """Return whether a later number goes on with that of ``block``, or stands outside of it."""
    assert block.number is not None
    numbers = [later.number for later in following if later.number]
    return any(
        number.form < block.number.form
        or (number.form is block.number.form and number.value == block.number.value + 1)
        for number in numbers
    )


def _tail_cuts(source: str, block: Block) -> set[int]:
    """Return where a closing, or a list of attachments, begins within the last numbered paragraph."""
    assert block.number is not None
    cuts = {
        found.end()
        for found in TAIL_BREAK.finditer(source, block.number.after, block.end)
        if found.end() < block.end
    }
    stated = [
        found.end for found in stated_in(source, block.start, block.end) if source[found.end - 1] in _CLOSED
    ]
    if stated:
        at = stated[-1]
        while at < block.end and (source[at].isspace() or source[at] in "。；"):
            at += 1
        if block.end - at >= _LEAST_TAIL:
            cuts.add(at)
    return cuts


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
