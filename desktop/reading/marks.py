"""Labels as they are decided, block by block, before they become pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.reading.blocks import Block
from desktop.reading.model import Label, NoticePiece
from desktop.reading.titles import NOWHERE, Span

SURE, LIKELY, OPEN = 1.0, 0.8, 0.4
"""Confidences: settled; likely, but not asked about; asked about."""


class Marks:
    """The label of each block of a source, None where it is not decided yet."""

    def __init__(self, source: str, blocks: Sequence[Block]) -> None:
        self.source = source
        self.blocks = tuple(blocks)
        self.labels: list[Label | None] = [None] * len(blocks)
        self._confidence = [SURE] * len(blocks)
        self._reasons = [""] * len(blocks)
        self._titles: list[Span] = [NOWHERE] * len(blocks)

    def words(self, place: int) -> str:
        """Return the words of a block, its number included."""
        return self.source[self.blocks[place].start : self.blocks[place].end]

    def set(self, place: int, label: Label, reason: str, confidence: float = SURE) -> None:
        """Label a block."""
        self.labels[place] = label
        self._reasons[place] = reason
        self._confidence[place] = confidence

    def title(self, place: int, span: Span) -> None:
        """Say where the title of a block stands."""
        self._titles[place] = span

    def free(self, places: Iterable[int]) -> list[int]:
        """Return those of ``places`` that have no label yet."""
        return [place for place in places if self.labels[place] is None]

    def pieces(self) -> tuple[NoticePiece, ...]:
        """Return a piece for each block; one that nothing claimed is a note that is asked about."""
        found = []
        for place, block in enumerate(self.blocks):
            label = self.labels[place]
            confidence, reason = self._confidence[place], self._reasons[place]
            if label is None:
                label, confidence, reason = Label.NOTE, OPEN, "看不出这一段属于哪一部分。"
            number = self.source[block.number.start : block.number.end].strip() if block.number else ""
            start, end = self._titles[place]
            found.append(NoticePiece(block.start, block.end, label, number, start, end, confidence, reason))
        return tuple(found)
