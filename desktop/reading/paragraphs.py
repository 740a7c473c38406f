"""The paragraphs without numbers between and below the numbered ones: what they go on with."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reading import frame
from desktop.reading.marks import OPEN, Marks
from desktop.reading.model import Label
from desktop.reading.outline import Node, states_units
from desktop.reading.wording import CLOSING, NOTE_LINE, TERM_WORDS, UNIT_LABEL, WEAK_CLOSING

_LINE = 30
_BARE_LENGTH = 45


def mark_own(marks: Marks, node: Node, chosen: set[Node], own: Sequence[int]) -> None:
    """Label the paragraphs without numbers that follow a numbered one."""
    holder = next((n for n in (node, *node.above()) if n in chosen), None)
    stated = states_units(marks.source, marks.blocks[node.block])
    for place in own:
        if marks.labels[place] is not None:
            continue
        block, words = marks.blocks[place], marks.words(place)
        if holder is None or marks.labels[holder.block] is not Label.MEASURE:
            marks.set(
                place, Label.CLOSING if CLOSING.match(words) and holder is None else Label.NOTE, "说明。"
            )
        elif CLOSING.match(words) and TERM_WORDS.search(words) and place > max(n.block for n in chosen):
            marks.set(place, Label.CLOSING, "施行、有效期或解释的条款。")
        elif UNIT_LABEL.match(words) or (
            states_units(marks.source, block) and len(words) < 120 and words[0] in "（(〔["
        ):
            marks.set(place, Label.UNITS, "单独成行的责任单位。")
            stated += 1
        elif states_units(marks.source, block):
            _mark_stated(marks, place, holder, stated)
            stated += 1
        elif stated and len(words) > _LINE and _units_follow(marks, place, own):
            _mark_stated(marks, place, holder, stated)
        elif (
            not NOTE_LINE.match(words)
            and place == own[-1]
            and len(words) <= _LINE
            and frame.is_short(words)
            and _is_over(marks, place - 1)
        ):
            marks.set(place, Label.CONTINUATION, "这一行像是没有编号的标题。", OPEN)
        elif stated and len(words) <= _LINE and NOTE_LINE.match(words):
            marks.set(place, Label.CONTINUATION, "责任单位之后的完成时限。")
        elif stated and place == own[-1]:
            marks.set(place, Label.CONTINUATION, "在责任单位之后、下一条之前：是接着上一条，还是说明？", OPEN)
        else:
            marks.set(place, Label.CONTINUATION, "接着上一段。")


def _units_follow(marks: Marks, place: int, own: Sequence[int]) -> bool:
    """Return whether the next line, of the same measure, is a statement of units."""
    return place + 1 in own and bool(UNIT_LABEL.match(marks.words(place + 1)))


def _is_over(marks: Marks, place: int) -> bool:
    return marks.words(place)[-1:] in "。）)〕]】"


def _mark_stated(marks: Marks, place: int, holder: Node, stated: int) -> None:
    """Label a paragraph with units of its own: part of the measure, or one that lost its number."""
    following = next(
        (b.number for b in marks.blocks[place + 1 :] if b.number and b.number.form is _form(marks, holder)),
        None,
    )
    gap = following is not None and following.value == holder.value + 2
    if stated and gap:
        marks.set(place, Label.MEASURE, "没有编号，但前后编号缺一条，又写了责任单位：当作一条措施。", OPEN)
    elif stated and _is_stated(marks, place, holder):
        marks.set(place, Label.CONTINUATION, "上一段已写责任单位，这里又写：是另一条措施吗？", OPEN)
    else:
        marks.set(place, Label.CONTINUATION, "接着上一段，另有责任单位。")


def _is_stated(marks: Marks, place: int, holder: Node) -> bool:
    """Return whether the measure's first paragraph states its units, or a line below it does."""
    before = range(holder.block, place)
    return states_units(marks.source, marks.blocks[holder.block]) > 0 or (
        len(marks.words(holder.block)) > _LINE
        and any(UNIT_LABEL.match(marks.words(p)) for p in before if p != holder.block)
    )


def _form(marks: Marks, node: Node) -> object:
    number = marks.blocks[node.block].number
    return number.form if number else None


def mark_tail(
    marks: Marks, node: Node, tail: Sequence[int], measures: Sequence[Node], chosen: set[Node]
) -> None:
    """Label what follows the last numbered paragraph: what goes on with it, then the closing."""
    holder = next((n for n in (node, *node.above()) if n in chosen), None)
    going = 0
    if holder and marks.labels[holder.block] is Label.MEASURE:
        usual = any(other.own for other in measures if other is not holder and other is not node)
        bare = marks.blocks[node.block].end - marks.blocks[node.block].start < _BARE_LENGTH
        for place in tail:
            words = marks.words(place)
            if len(words) <= _LINE and NOTE_LINE.match(words):
                going += 1
                continue
            settled = WEAK_CLOSING.match(words) and node.direct
            stops = (
                CLOSING.match(words)
                or settled
                or (frame.is_short(words) and not states_units(marks.source, marks.blocks[place]))
            )
            if stops or not (usual or bare or states_units(marks.source, marks.blocks[place])):
                break
            if going and not bare and not states_units(marks.source, marks.blocks[place]):
                break
            going += 1
            if bare and not usual and len(words) > _BARE_LENGTH:
                break
        mark_own(marks, node, chosen, tail[:going])
    elif holder is None:
        for place in tail:
            words = marks.words(place)
            if frame.is_short(words) or CLOSING.match(words) or frame.is_signature(words):
                break
            marks.set(place, Label.NOTE, "说明。")
            going += 1
    strict = any(other.direct for other in measures) and holder is not None
    frame.mark_closing(marks, tail[going:], strict)
