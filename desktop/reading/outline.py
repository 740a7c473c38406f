"""The numbered paragraphs of one document as a tree, and on which of its levels the measures stand.

Which level that is follows from where units are stated; where none are, from which level's paragraphs say
something beyond their titles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.reading.blocks import Block
from desktop.reading.numbering import SUB_ITEMS, NumberForm
from desktop.reading.titles import heading_span, heading_title
from desktop.reading.unwrapped import stated_in
from desktop.reading.wording import GENERAL_TITLE, UNIT_LABEL

PLAIN = -1
"""The rank of a heading without a number: outside all others."""

_OPERATIVE_LENGTH = 45
_PARAGRAPH_LENGTH = 30
_DIRECT_SHARE = 0.3
_LEAF_SHARE = 0.5
_HEADING_AT_MOST = 20
_REST_LENGTH = 12


@dataclass(slots=True, eq=False)
class Node:
    """A numbered paragraph or a heading: ``block`` and ``own`` are indexes of blocks.

    ``own`` are the paragraphs without numbers that follow it, before any other node. ``rank`` grows inwards.
    ``direct`` counts the statements of units in these, ``labelled`` those in a bracket or with a label.
    ``operative``: they say something beyond a title; ``headed``: they are but a title with units;
    ``sentence``: it holds nothing and is a sentence.
    """

    block: int
    rank: int
    value: int
    title: str
    parent: Node | None = None
    own: list[int] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    direct: int = 0
    labelled: int = 0
    operative: bool = False
    headed: bool = False
    sentence: bool = False

    def below(self) -> Iterator[Node]:
        """Yield this node and all within it, in order."""
        yield self
        for child in self.children:
            yield from child.below()

    def above(self) -> Iterator[Node]:
        """Yield the nodes that hold this one, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def statements(self) -> int:
        """Return how many statements of units stand in it and in what it holds."""
        return sum(node.direct for node in self.below())

    @property
    def general(self) -> bool:
        """Return whether its title or that of one that holds it is one of parts without measures.

        It is not where units are stated in the form of a statement. A sentence that names who leads is no
        such form: 由某局牵头 stands in goals and guarantees too.
        """
        return any(GENERAL_TITLE.match(node.title) and not node.formal for node in (self, *self.above()))

    @property
    def formal(self) -> int:
        """Return how many statements in a bracket or behind a label stand in it and in what it holds."""
        return sum(node.labelled for node in self.below())


def states_units(source: str, block: Block) -> int:
    """Return how many statements of units ``block`` holds."""
    return len(stated_in(source, block.start, block.end))


def grow(
    source: str, blocks: Sequence[Block], places: Sequence[int], plain: frozenset[int]
) -> tuple[Node, ...]:
    """Return the nodes among the blocks at ``places`` in order; ``plain`` are headings without a number."""
    ranks = _ranks([blocks[place] for place in places])
    nodes: list[Node] = []
    opened: list[Node] = []
    for place in places:
        block = blocks[place]
        if block.number is None and place not in plain:
            if nodes:
                nodes[-1].own.append(place)
            continue
        rank = ranks[block.number.form] if block.number else PLAIN
        node = Node(place, rank, block.number.value if block.number else 0, heading_title(source, block))
        while opened and opened[-1].rank >= rank:
            opened.pop()
        if opened:
            node.parent = opened[-1]
            opened[-1].children.append(node)
        opened.append(node)
        nodes.append(node)
    for node in nodes:
        _measure_up(source, blocks, node)
    _lift_last_statements(nodes)
    return tuple(nodes)


def measure_rank(nodes: Sequence[Node]) -> int | None:
    """Return the rank on which the measures stand, None where there are no candidates."""
    ranks = sorted({node.rank for node in nodes if node.rank != PLAIN})
    special = [node for node in nodes if not node.general]
    count = Counter(node.rank for node in special)
    direct = Counter(node.rank for node in special if node.direct and not (node.headed and node.children))
    if sum(direct.values()) >= 2 or (direct and len(special) <= 4):
        for rank in ranks:
            if direct[rank] >= max(min(2, count[rank]), _DIRECT_SHARE * count[rank]) and direct[rank]:
                return rank
        return max(ranks, key=lambda rank: (direct[rank], -rank))
    leaves = Counter(node.rank for node in special if node.operative and not _inner(node))
    for rank in ranks:
        if count[rank] >= 2 and leaves[rank] > _LEAF_SHARE * count[rank]:
            return rank
    says = {node.rank for node in special if node.operative or node.sentence}
    inner = [rank for rank in ranks if rank in says and NumberForm(rank) not in SUB_ITEMS]
    return inner[-1] if inner else None


def _inner(node: Node) -> bool:
    """Return whether it holds paragraphs that say something, beyond things counted within one."""
    return any(
        inner.operative and inner.rank < NumberForm.DIGIT_BRACKET
        for inner in node.below()
        if inner is not node
    )


def _ranks(blocks: Sequence[Block]) -> dict[NumberForm, int]:
    """Return how far inside each form stands; 1. outside （一） where that is how they run."""
    ranks = {form: int(form) for form in NumberForm}
    numbers = [block.number for block in blocks if block.number]
    inside = {NumberForm.DIGIT: 0, NumberForm.HAN_BRACKET: 0}
    last = dict.fromkeys(inside, 0)
    begun: dict[NumberForm, bool] = {}
    for number in numbers:
        if number.form not in inside:
            if number.form < NumberForm.HAN_BRACKET:
                last, begun = dict.fromkeys(inside, 0), {}
            continue
        other = NumberForm.DIGIT if number.form is NumberForm.HAN_BRACKET else NumberForm.HAN_BRACKET
        if number.value == last[number.form] + 1 and begun.get(other):
            inside[other] += 1  # the other one began anew between two of this form that follow each other
        if number.value == 1 and last[other]:
            begun[number.form] = True
        begun[other] = False
        last[number.form] = number.value
    if inside[NumberForm.HAN_BRACKET] > inside[NumberForm.DIGIT]:
        ranks[NumberForm.DIGIT], ranks[NumberForm.HAN_BRACKET] = (
            int(NumberForm.HAN_BRACKET),
            int(NumberForm.DIGIT),
        )
    return ranks


def _measure_up(source: str, blocks: Sequence[Block], node: Node) -> None:
    places = [node.block, *node.own]
    stated = [
        found for place in places for found in stated_in(source, blocks[place].start, blocks[place].end)
    ]
    node.direct = len(stated)
    node.labelled = sum(
        1 for found in stated if source[found.start] in "（(〔[【" or UNIT_LABEL.match(source, found.start)
    )
    block = blocks[node.block]
    long_paragraph = any(
        blocks[place].end - blocks[place].start >= _PARAGRAPH_LENGTH or source[blocks[place].end - 1] == "。"
        for place in node.own
    )
    words = source[block.start : block.end]
    rest = block.end - max(heading_span(source, block)[1], block.start)
    node.sentence = not node.children and (words[-1] in "。；;" or len(node.title) > _HEADING_AT_MOST)
    node.headed = bool(node.direct) and not node.own and not set(words) & set("。；")
    node.operative = (
        block.end - block.start >= _OPERATIVE_LENGTH
        or long_paragraph
        or "。" in words.rstrip("。 ")
        or rest >= _REST_LENGTH
        or node.direct > 0
    )


def _lift_last_statements(nodes: Sequence[Node]) -> None:
    """Give a statement at the end of the last thing within a paragraph to the paragraph, if all do so."""
    holders = [node for node in nodes if len(node.children) >= 2 and any(c.direct for c in node.children)]
    lifted = [
        node
        for node in holders
        if node.children[-1].direct == 1 and not any(child.direct for child in node.children[:-1])
    ]
    for node in lifted if len(lifted) >= 0.8 * len(holders) else ():
        if not node.children[-1].children and node.children[-1].rank > NumberForm.HAN_BRACKET:
            node.direct += 1
            node.children[-1].direct = 0
