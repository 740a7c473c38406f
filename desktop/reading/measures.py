"""The numbered paragraphs of one document labelled: headings, groups, measures and what belongs to them."""

from __future__ import annotations

from desktop.reading.borderline import weigh
from desktop.reading.marks import LIKELY, OPEN, Marks
from desktop.reading.model import Label
from desktop.reading.outline import PLAIN, Node, grow, measure_rank
from desktop.reading.paragraphs import mark_own, mark_tail
from desktop.reading.titles import heading_span, measure_spans, words_start
from desktop.reading.wording import CLOSING, GENERAL_TITLE


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
    if rank is not None:
        weigh(marks, nodes, measures, rank)
    for node in nodes:
        mark_own(marks, node, chosen, [p for p in node.own if node.block != last or p not in tail])
    mark_tail(marks, nodes[-1], tail, measures, chosen)
    kept = [node for node in measures if marks.labels[node.block] is Label.MEASURE]
    followed = [bool(node.own or node.children) for node in kept]
    spans = measure_spans(marks.source, [marks.blocks[node.block] for node in kept], followed)
    for node, span in zip(kept, spans, strict=True):
        marks.title(node.block, span)


def _is_measure(node: Node, rank: int) -> bool:
    if node.general:
        return False
    if node.rank == rank:
        return not any(above.rank == rank for above in node.above())
    if node.rank > rank:  # a part that leaves the level out: 一、 holds 1. where the others hold （一）
        siblings = node.parent.children if node.parent else []
        skipped = not any(above.rank >= rank for above in node.above())
        return skipped and node.parent is not None and any(sibling.direct for sibling in siblings)
    inner = any(child.rank >= rank for child in node.below() if child is not node)
    return bool(node.direct and not inner)


def _mark_node(marks: Marks, node: Node, chosen: set[Node], rank: int | None) -> None:
    """Label a numbered paragraph or heading by what it holds."""
    place = node.block
    holder = next((above for above in node.above() if above in chosen), None)
    if node in chosen:
        if (
            CLOSING.match(marks.source[words_start(marks.blocks[place]) : marks.blocks[place].end])
            and not node.direct
        ):
            marks.set(place, Label.CLOSING, "编了号的施行条款。", LIKELY)
        elif rank is not None and node.rank > rank:
            marks.set(
                place, Label.MEASURE, "这一部分少一级编号，但写了责任单位。", LIKELY if node.direct else OPEN
            )
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
        marks.set(place, Label.HEADING, "这一部分没有再分条，当作说明：是措施还是说明？", sure)
        marks.title(place, heading_span(marks.source, marks.blocks[place]))
    elif rank is None or node.rank < rank or node.rank == PLAIN:
        marks.set(place, Label.HEADING, "总则、附则一类的标题，下面没有措施。")
        marks.title(place, heading_span(marks.source, marks.blocks[place]))
    else:
        marks.set(place, Label.NOTE, "说明一类的段落，不是措施。")
