"""Measures that may be none, and parts without measures that may hold some: set apart, or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from desktop.reading.marks import LIKELY, OPEN, Marks
from desktop.reading.model import Label
from desktop.reading.numbering import NumberForm
from desktop.reading.outline import Node, states_units
from desktop.reading.titles import NOWHERE, measure_spans, words_start
from desktop.reading.wording import (
    DOUBTFUL_TITLE,
    GENERAL_TITLE,
    PREAMBLE,
    PREAMBLE_END,
    SUPPORTING_TITLE,
)

_MOST = 0.8
_LINE = 30
_LONG, _FAR_LONGER, _SEVERAL, _MANY = 800, 3, 3, 8
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


def weigh(marks: Marks, nodes: Sequence[Node], measures: Sequence[Node], rank: int) -> None:
    """Look at the measures, on level ``rank`` of all numbered paragraphs, once more in each other's light."""
    _mark_parts_without_units(marks, measures)
    _mark_general_run(marks, measures)
    _ask_where_numbers_run_on(marks, nodes, set(measures), rank)
    _ask_where_parts_have_parts(marks, measures, rank)
    _ask_where_measures_may_lack_numbers(marks, measures)
    _ask_where_much_is_stated(marks, measures)


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
            marks.set(
                top.block,
                Label.HEADING,
                "这一部分没有一条写责任单位，其他部分都写了，下面是措施还是说明？",
                OPEN,
            )
            if doubtful:
                for node in within:
                    marks.set(node.block, Label.NOTE, "所在部分没有责任单位，当作说明。", LIKELY)
        elif doubtful and not any(node.statements for node in within):
            marks.set(top.block, Label.HEADING, "标题像是申报、管理一类的说明，下面是措施还是说明？", OPEN)


def _mark_general_run(marks: Marks, measures: Sequence[Node]) -> None:
    """Set apart what an article only says about the paper itself: why it is made, for whom, since when."""
    if not measures:
        return
    opening = measures[0]
    words = marks.source[words_start(marks.blocks[opening.block]) : marks.blocks[opening.block].end]
    if PREAMBLE.match(words) and PREAMBLE_END.search(words) and not opening.direct:
        marks.set(opening.block, Label.PREAMBLE, "第一条写的是为什么制定。", LIKELY)
    kept = [node for node in measures if marks.labels[node.block] is Label.MEASURE]
    followed = [bool(node.own or node.children) for node in kept]
    spans = measure_spans(marks.source, [marks.blocks[node.block] for node in kept], followed)
    titled = [span != NOWHERE for span in spans]
    if not kept or any(node.statements for node in kept[-1:]) or sum(titled) < 0.5 * len(titled):
        run = 0
    else:
        run = next((i for i, has in enumerate(reversed(titled)) if has), 0)
    lone = [n for n in kept if not n.statements and _about_itself(marks, n)]
    untitled = kept[len(kept) - run :] if run else []
    if any(node.parent is not None for node in untitled):
        untitled = []  # what a heading holds is what the heading says
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


def _ask_where_measures_may_lack_numbers(marks: Marks, measures: Sequence[Node]) -> None:
    """Ask about a bare title above several paragraphs that each state units: a category of such measures."""
    for node in measures:
        words = marks.words(node.block)
        bare = "。" not in words[:-1] and not states_units(marks.source, marks.blocks[node.block])
        if bare and _stated_paragraphs(marks, node) >= 2 and marks.labels[node.block] is Label.MEASURE:
            reason = "下面几段没有编号，各写了责任单位：是一条措施，还是一个类别？"
            marks.set(node.block, Label.MEASURE, reason, OPEN)


def _stated_paragraphs(marks: Marks, node: Node) -> int:
    """Return how many paragraphs without numbers state units, at their end or in the line below."""
    count, told = 0, 0
    for place in node.own:
        words = marks.words(place)
        told = max(told, len(words))
        if states_units(marks.source, marks.blocks[place]):
            count += told > _LINE
            told = 0
    return count


def _ask_where_much_is_stated(marks: Marks, measures: Sequence[Node]) -> None:
    """Ask about a measure that is far longer than most and in which several things each state units."""
    sizes = {node: _size(marks, node) for node in measures}
    usual = median(sizes.values()) if sizes else 0
    for node, size in sizes.items():
        stated = sum(states_units(marks.source, marks.blocks[place]) for place in _held(node))
        far = size > _FAR_LONGER * usual and stated >= _SEVERAL
        if size > _LONG and (far or stated >= _MANY) and marks.labels[node.block] is Label.MEASURE:
            reason = "这一条很长，里面有好几处责任单位：是一条措施，还是几条？"
            marks.set(node.block, Label.MEASURE, reason, OPEN)


def _held(node: Node) -> list[int]:
    return [place for inner in node.below() for place in (inner.block, *inner.own)]


def _size(marks: Marks, node: Node) -> int:
    return sum(marks.blocks[place].end - marks.blocks[place].start for place in _held(node))


def _about_itself(marks: Marks, node: Node) -> bool:
    words = marks.source[words_start(marks.blocks[node.block]) : marks.blocks[node.block].end]
    return words.startswith(_GENERAL_START) and any(
        w in words for w in ("解释", "施行", "有效期", "所称", "所指", "执行")
    )
