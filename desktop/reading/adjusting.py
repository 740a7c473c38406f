"""Pieces adjusted by hand: relabelled, merged, split, their titles moved.

Whatever is done, every character that is no blank lies in exactly one piece: pieces only change their labels
and meet or part between two characters. A piece is named by the place where it starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.errors import KnownError
from desktop.reading.blocks import BLANKS, Block
from desktop.reading.model import LABEL_NAMES, NO_PLACE, Label, NoticePiece
from desktop.reading.numbering import number_at
from desktop.reading.titles import heading_span, measure_spans

Pieces = tuple[NoticePiece, ...]

BY_HAND = "由人标定。"
_LEFT = "这段文字原来没有归处。"
_SPLIT = "从上一段拆出。"
TITLED = frozenset({Label.HEADING, Label.GROUP, Label.MEASURE})
_BELOW = frozenset({Label.GROUP, Label.MEASURE, Label.CONTINUATION, Label.UNITS, Label.NOTE})
_MEASURED = frozenset({Label.MEASURE, Label.CONTINUATION, Label.UNITS})
_END_MARKS = "。：:，,；;！!"


def is_blank(char: str) -> bool:
    """Say whether a character need not lie in any piece."""
    return char.isspace() or char in BLANKS


def trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """Return ``(start, end)`` without the blanks at both ends; equal where nothing else is between."""
    while start < end and is_blank(source[start]):
        start += 1
    while end > start and is_blank(source[end - 1]):
        end -= 1
    return start, end


def filled(source: str, pieces: Sequence[NoticePiece]) -> Pieces:
    """Return ``pieces`` in order with one more for each stretch that lies in none, to be asked about."""
    found: list[NoticePiece] = []
    at = 0
    for piece in (*sorted(pieces, key=lambda one: one.start), None):
        start, end = trimmed(source, at, piece.start if piece else len(source))
        if start < end:
            found.append(NoticePiece(start, end, Label.NOISE, confidence=0.2, reason=_LEFT))
        if piece:
            found.append(piece)
            at = max(at, piece.end)
    return tuple(found)


def index_at(pieces: Sequence[NoticePiece], start: int) -> int:
    """Return the index of the piece that starts at ``start``. Raises KnownError when none does."""
    for index, piece in enumerate(pieces):
        if piece.start == start:
            return index
    raise KnownError(f"原文第{start}个字处没有段落开头，没有改动。", "请先选中要改的那一段。")


def holding(pieces: Sequence[NoticePiece], offset: int) -> NoticePiece | None:
    """Return the piece in which ``offset`` lies, or the last before it; None before the first."""
    before = [piece for piece in pieces if piece.start <= offset]
    return before[-1] if before else None


def relabelled(source: str, pieces: Pieces, start: int, label: Label) -> Pieces:
    """Give the piece at ``start`` a label; number and title are read from its words where it has none."""
    index = index_at(pieces, start)
    return _with(pieces, index, _labelled(source, pieces, index, label))


def part_relabelled(source: str, pieces: Pieces, start: int, label: Label) -> Pieces:
    """Give what stands below the heading at ``start`` a label, up to the next heading; the heading stays.

    As measures, only the numbered paragraphs become measures where there are any, the others go on with them.
    """
    first = index_at(pieces, start)
    pieces = _with(pieces, first, replace(pieces[first], confidence=1.0, reason=BY_HAND))
    below: list[int] = []
    for index in range(first + 1, len(pieces)):
        if pieces[index].label in _BELOW:
            below.append(index)
        elif pieces[index].label is not Label.NOISE:
            break
    numbered = [n for n in below if number_at(source, pieces[n].start, pieces[n].end)]
    for index in below:
        whole = label is not Label.MEASURE or not numbered or index in numbered
        own = label if whole else Label.CONTINUATION
        if pieces[index].label is not Label.UNITS or label is not Label.MEASURE:
            pieces = _with(pieces, index, _labelled(source, pieces, index, own))
    return pieces


def run_relabelled(source: str, pieces: Pieces, start: int, end: int, label: Label) -> Pieces:
    """Give each piece of which anything lies between two places a label."""
    touched = [n for n, piece in enumerate(pieces) if piece.start < end and start < piece.end]
    if not touched:
        raise KnownError("选中的地方没有段落，没有改动。", "请先选中要改的段落。")
    for index in touched:
        pieces = _with(pieces, index, _labelled(source, pieces, index, label))
    return pieces


def marked(source: str, pieces: Pieces, start: int, end: int, label: Label) -> Pieces:
    """Make a piece of its own of what lies between two places within one piece, and give it a label.

    What is left behind it goes on with what stood before it.
    """
    first, last = trimmed(source, max(start, 0), min(end, len(source)))
    piece = holding(pieces, first)
    if piece is None or first >= last or last > piece.end:
        raise KnownError("没有选中文字，或者选到了两段里，没有改动。", "请在一段里选中要标的文字。")
    own = piece.label
    if first > piece.start:
        pieces = split(source, pieces, first)
    if last < piece.end:
        pieces = split(source, pieces, last)
        rest = index_at(pieces, trimmed(source, last, piece.end)[0])
        goes_on = Label.CONTINUATION if own in _MEASURED else own
        pieces = _with(pieces, rest, replace(_labelled(source, pieces, rest, goes_on), reason=_SPLIT))
    return relabelled(source, pieces, first, label)


def merged(pieces: Pieces, start: int) -> Pieces:
    """Join the piece at ``start`` to the one before it, whose label and title stay."""
    index = index_at(pieces, start)
    if index == 0:
        raise KnownError("这是第一段，前面没有可以并入的段落，没有改动。")
    joined = replace(pieces[index - 1], end=pieces[index].end, confidence=1.0, reason="由人合并。")
    return (*pieces[: index - 1], joined, *pieces[index + 1 :])


def split(source: str, pieces: Pieces, offset: int) -> Pieces:
    """Part the piece in which ``offset`` lies there: the first part keeps the label.

    The second is of the same kind where it begins with a number, and goes on with the first otherwise.
    """
    piece = holding(pieces, offset)
    left = trimmed(source, piece.start, min(offset, piece.end)) if piece else (0, 0)
    right = trimmed(source, max(offset, piece.start), piece.end) if piece else (0, 0)
    if piece is None or left[0] == left[1] or right[0] >= right[1]:
        raise KnownError(
            "光标在段落的开头或结尾，没有可以拆开的地方，没有改动。", "请把光标放在段落中间要拆开的地方。"
        )
    index = index_at(pieces, piece.start)
    first = replace(piece, start=left[0], end=left[1], confidence=1.0, reason="由人拆开。")
    if first.title_end > first.end:
        first = replace(first, title_end=first.end)
    if first.title_start >= first.end:
        first = replace(first, title_start=NO_PLACE, title_end=NO_PLACE)
    label = piece.label
    if label is Label.MEASURE and number_at(source, *right) is None:
        label = Label.CONTINUATION
    second = NoticePiece(*right, label, reason=_SPLIT)
    pieces = (*pieces[:index], first, second, *pieces[index + 1 :])
    return _with(pieces, index + 1, replace(_labelled(source, pieces, index + 1, label), reason=_SPLIT))


def titled(source: str, pieces: Pieces, start: int, end: int | None) -> Pieces:
    """Let the title of the piece at ``start`` end at ``end``; None: it has no title."""
    index = index_at(pieces, start)
    piece = pieces[index]
    if piece.label not in TITLED:
        raise KnownError(
            f"{LABEL_NAMES[piece.label]}没有标题，没有改动。", "只有类别、分组和措施有标题；请先改标签。"
        )
    number = number_at(source, piece.start, piece.end)
    first = number.after if number else piece.start
    if end is None:
        return _with(pieces, index, replace(piece, title_start=NO_PLACE, title_end=NO_PLACE))
    begin, stop = trimmed(source, first, min(end, piece.end))
    while stop > begin and (source[stop - 1] in _END_MARKS or is_blank(source[stop - 1])):
        stop -= 1
    if stop <= begin:
        raise KnownError("光标前面没有可以作标题的文字，没有改动。", "请把光标放在标题末尾的字后面。")
    return _with(pieces, index, replace(piece, title_start=begin, title_end=stop))


def _labelled(source: str, pieces: Pieces, index: int, label: Label) -> NoticePiece:
    piece = pieces[index]
    number = number_at(source, piece.start, piece.end)
    block = Block(piece.start, piece.end, number)
    title = (NO_PLACE, NO_PLACE)
    if label in TITLED:
        title = (piece.title_start, piece.title_end)
        if title[0] == NO_PLACE and label is Label.MEASURE:
            title = _measure_title(source, pieces, index, block)
        elif title[0] == NO_PLACE:
            title = heading_span(source, block)
    printed = piece.number or (source[number.start : number.end].strip() if number else "")
    return replace(
        piece,
        label=label,
        number=printed,
        title_start=title[0],
        title_end=title[1],
        confidence=1.0,
        reason=BY_HAND,
    )


def _measure_title(source: str, pieces: Pieces, index: int, block: Block) -> tuple[int, int]:
    """Return the title of a measure; whether measures have titles is one choice for all of them."""
    others = [
        Block(one.start, one.end, number_at(source, one.start, one.end))
        for n, one in enumerate(pieces)
        if one.label is Label.MEASURE and n != index
    ]
    return measure_spans(source, [*others, block])[-1]


def _with(pieces: Pieces, index: int, piece: NoticePiece) -> Pieces:
    return (*pieces[:index], piece, *pieces[index + 1 :])
