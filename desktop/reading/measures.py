"""The numbered paragraphs of one document labelled: headings, groups, measures and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desktop.reading import frame
from desktop.reading.marks import LIKELY, OPEN, Marks
from desktop.reading.model import Label
from desktop.reading.numbering import NumberForm
from desktop.reading.outline import PLAIN, Node, grow, measure_rank, states_units
from desktop.reading.titles import NOWHERE, heading_span, measure_spans
from desktop.reading.wording import (
    CLOSING,
    DOUBTFUL_TITLE,
    GENERAL_TITLE,
    PREAMBLE,
    PREAMBLE_END,
    SUPPORTING_TITLE,
    UNIT_LABEL,
    WEAK_CLOSING,
)

_MOST = 0.8
_LINE = 30
_GENERAL_START = (
    "本措施",
    "本办法",
    "本政策",
    "本意见",
    "本方案",
    "本细则",
    "本规定",
    "获得",
    "获扶持",
    "同一",
    "每年根据",
)


def mark_body(marks: Marks, first: int, stop: int, plain: frozenset[int]) -> None:
    """Label ``blocks[first:stop]``, one document from its first number on; ``plain``: headings without."""
    nodes = grow(marks.source, marks.blocks, marks.free(range(first, stop)), plain)
    rank = measure_rank(nodes)
    last = nodes[-1].block
    tail = [place for place in nodes[-1].own if marks.labels[place] is None]
    measures = [node for node in nodes if rank is not None and _is_measure(node, rank)]
    chosen = set(measures)
    for node in nodes:
        if marks.labels[node.block] is None:
            _mark_node(marks, node, chosen, rank)
    _mark_parts_without_units(marks, measures)
    _mark_general_run(marks, measures)
    if rank is not None:
        _ask_where_numbers_run_on(marks, nodes, chosen, rank)
        _ask_where_parts_have_parts(marks, measures, rank)
    for node in nodes:
        _mark_own(marks, node, chosen, [p for p in node.own if node.block != last or p not in tail])
    _mark_tail(marks, nodes[-1], tail, measures, chosen)
    kept = [node for node in measures if marks.labels[node.block] is Label.MEASURE]
    spans = measure_spans(marks.source, [marks.blocks[node.block] for node in kept])
    for node, span in zip(kept, spans, strict=True):
        marks.title(node.block, span)


def _is_measure(node: Node, rank: int) -> bool:
    if node.general:
        return False
    if node.rank == rank:
        return not any(above.rank == rank for above in node.above())
    inner = any(child.rank == rank for child in node.below() if child is not node)
    return bool(node.rank < rank and node.direct and not inner)


def _mark_node(marks: Marks, node: Node, chosen: set[Node], rank: int | None) -> None:
    """Label a numbered paragraph or heading by what it holds."""
    place = node.block
    holder = next((above for above in node.above() if above in chosen), None)
    if node in chosen:
        if (
            CLOSING.match(marks.words(place)[len(marks.words(place)) - _words_length(marks, place) :])
            and not node.direct
        ):
            marks.set(place, Label.CLOSING, "编了号的施行条款。", LIKELY)
        elif node.rank != rank:
            marks.set(place, Label.MEASURE, "这一部分没有再分条，但写了责任单位：当作一条措施。", OPEN)
        elif node.direct and GENERAL_TITLE.match(node.title):
            marks.set(place, Label.MEASURE, "标题像是说明，但写了责任单位：当作一条措施。", OPEN)
        else:
            marks.set(place, Label.MEASURE, "编号在措施这一级。")
    elif holder:
        marks.set(place, Label.CONTINUATION, "措施之内的分项。")
    elif any(inner in chosen for inner in node.below()):
        outer = [above for above in node.above() if any(inner in chosen for inner in above.below())]
        marks.set(place, Label.GROUP if outer else Label.HEADING, "下面有措施的标题。")
        marks.title(place, heading_span(marks.source, marks.blocks[place]))
    elif rank is not None and node.rank < rank and not node.general:
        sure = OPEN if node.operative or node.children else LIKELY
        sure = LIKELY if len(node.title) < 3 else sure
        marks.set(place, Label.HEADING, "这一部分没有分到措施这一级，当作说明。", sure)
        marks.title(place, heading_span(marks.source, marks.blocks[place]))
    elif rank is None or node.rank < rank or node.rank == PLAIN:
        marks.set(place, Label.HEADING, "总则、附则一类的标题，下面没有措施。")
        marks.title(place, heading_span(marks.source, marks.blocks[place]))
    else:
        marks.set(place, Label.NOTE, "说明一类的段落，不是措施。")


def _words_length(marks: Marks, place: int) -> int:
    block = marks.blocks[place]
    return block.end - (block.number.after if block.number else block.start)


def _mark_parts_without_units(marks: Marks, measures: Sequence[Node]) -> None:
    """Ask about parts of which no measure states units while nearly all others do."""
    stated = [node for node in measures if node.statements]
    tops: dict[Node, list[Node]] = {}
    for node in measures:
        if node.parent:
            tops.setdefault(list(node.above())[-1], []).append(node)
    for top, within in tops.items():
        others = [node for node in measures if node not in within]
        doubtful = bool(DOUBTFUL_TITLE.match(top.title) or GENERAL_TITLE.match(top.title))
        alone = stated and not any(node.statements for node in within) and others
        if alone and sum(1 for node in others if node.statements) >= _MOST * len(others):
            marks.set(top.block, Label.HEADING, "这一部分没有一条写责任单位，其他部分都写了。", OPEN)
            if doubtful:
                for node in within:
                    marks.set(node.block, Label.NOTE, "所在部分没有责任单位，当作说明。", LIKELY)
        elif doubtful and not any(node.statements for node in within):
            marks.set(top.block, Label.HEADING, "标题像是申报、管理一类的说明，下面是否措施？", OPEN)


def _mark_general_run(marks: Marks, measures: Sequence[Node]) -> None:
    """Set apart what an article only says about the paper itself: why it is made, for whom, since when."""
    if not measures:
        return
    opening = measures[0]
    words = marks.source[_after(marks, opening) : marks.blocks[opening.block].end]
    if PREAMBLE.match(words) and PREAMBLE_END.search(words) and not opening.direct:
        marks.set(opening.block, Label.PREAMBLE, "第一条写的是为什么制定。", LIKELY)
    kept = [node for node in measures if marks.labels[node.block] is Label.MEASURE]
    spans = measure_spans(marks.source, [marks.blocks[node.block] for node in kept])
    titled = [span != NOWHERE for span in spans]
    if not kept or any(node.statements for node in kept[-1:]) or sum(titled) < 0.5 * len(titled):
        run = 0
    else:
        run = next((i for i, has in enumerate(reversed(titled)) if has), 0)
    lone = [n for n in kept if not n.statements and _about_itself(marks, n)]
    untitled = kept[len(kept) - run :] if run else []
    for node in dict.fromkeys([*untitled, *(lone if lone and lone[-1] is kept[-1] else [])]):
        first = node is untitled[0] if untitled else False
        marks.set(
            node.block,
            Label.NOTE,
            "从这一条起没有标题，像是附则：是措施还是说明？" if first else "像是附则里的条款。",
            OPEN if first else LIKELY,
        )


def _ask_where_numbers_run_on(marks: Marks, nodes: Sequence[Node], chosen: set[Node], rank: int) -> None:
    """Ask about a general part whose numbers run on from the measures before it, or into those after it."""
    level = [node for node in nodes if node.rank == rank]
    for before, after in pairwise(level):
        if (before in chosen) == (after in chosen) or after.value != before.value + 1 or after.value == 1:
            continue
        node = after if before in chosen else before
        if node.direct or marks.labels[node.block] is not Label.NOTE:
            continue
        top = next((above for above in reversed(list(node.above())) if above.general), None)
        if rank == NumberForm.ARTICLE and top and not SUPPORTING_TITLE.match(top.title):
            continue  # articles run through all chapters
        reason = "这里的编号与措施相连：是措施还是说明？"
        if top is not None:
            marks.set(top.block, Label.HEADING, reason, OPEN)
        elif SUPPORTING_TITLE.match(node.title):
            marks.set(node.block, Label.NOTE, reason, OPEN)


def _ask_where_parts_have_parts(marks: Marks, measures: Sequence[Node], rank: int) -> None:
    """Ask about measures that hold several numbered paragraphs: they may be categories."""
    if rank == NumberForm.ARTICLE:
        return
    stated = any(node.direct for node in measures)
    for node in measures:
        inner = [
            n for n in node.below() if n is not node and n.operative and n.rank < NumberForm.DIGIT_BRACKET
        ]
        told = not node.direct and (any(n.direct for n in inner) or not stated)
        if len(inner) >= 2 and told and marks.labels[node.block] is Label.MEASURE and node.rank == rank:
            marks.set(node.block, Label.MEASURE, "下面还有编了号的段落：是一条措施，还是一个类别？", OPEN)


def _after(marks: Marks, node: Node) -> int:
    number = marks.blocks[node.block].number
    return number.after if number else marks.blocks[node.block].start


def _about_itself(marks: Marks, node: Node) -> bool:
    words = marks.source[_after(marks, node) : marks.blocks[node.block].end]
    return words.startswith(_GENERAL_START) and any(
        w in words for w in ("解释", "施行", "有效期", "所称", "所指", "执行")
    )


def _mark_own(marks: Marks, node: Node, chosen: set[Node], own: Sequence[int]) -> None:
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
        elif UNIT_LABEL.match(words) or (
            states_units(marks.source, block) and len(words) < 120 and words[0] in "（(〔["
        ):
            marks.set(place, Label.UNITS, "单独成行的责任单位。")
            stated += 1
        elif states_units(marks.source, block):
            _mark_stated(marks, place, holder, stated)
            stated += 1
        elif (
            place == own[-1] and len(words) <= _LINE and frame.is_short(words) and _is_over(marks, place - 1)
        ):
            marks.set(place, Label.CONTINUATION, "这一行像是没有编号的标题。", OPEN)
        elif stated and place == own[-1]:
            marks.set(place, Label.CONTINUATION, "在责任单位之后、下一条之前：是接着上一条，还是说明？", OPEN)
        else:
            marks.set(place, Label.CONTINUATION, "接着上一段。")


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
    elif stated and states_units(marks.source, marks.blocks[holder.block]):
        marks.set(place, Label.CONTINUATION, "上一段已写责任单位，这里又写：是另一条措施吗？", OPEN)
    else:
        marks.set(place, Label.CONTINUATION, "接着上一段，另有责任单位。")


def _form(marks: Marks, node: Node) -> object:
    number = marks.blocks[node.block].number
    return number.form if number else None


def _mark_tail(
    marks: Marks, node: Node, tail: Sequence[int], measures: Sequence[Node], chosen: set[Node]
) -> None:
    """Label what follows the last numbered paragraph: what goes on with it, then the closing."""
    holder = next((n for n in (node, *node.above()) if n in chosen), None)
    going = 0
    if holder and marks.labels[holder.block] is Label.MEASURE:
        usual = any(other.own for other in measures if other is not holder and other is not node)
        bare = marks.blocks[node.block].end - marks.blocks[node.block].start < 45
        for place in tail:
            words = marks.words(place)
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
            if bare and not usual and len(words) > 45:
                break
        _mark_own(marks, node, chosen, tail[:going])
    elif holder is None:
        for place in tail:
            words = marks.words(place)
            if frame.is_short(words) or CLOSING.match(words) or frame.is_signature(words):
                break
            marks.set(place, Label.NOTE, "说明。")
            going += 1
    strict = any(other.direct for other in measures) and holder is not None
    frame.mark_closing(marks, tail[going:], strict)
