"""Words of a report beside those of a passage: the longest run that both have, and from there on both ways.

Where the two part, the nearest place is looked for at which they go on together; whole clauses of the passage
may be left out on the way. Where that is too far, the two are no longer of one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.proofreading.folding import FoldedText

_SAID, _LEFT_OUT = 8, 16
"""So many words of a report may stand for so many of a passage between two runs."""
_FAR = 150
"""So many words of a passage may be left out where they are whole clauses."""
_AGREE, _AGREE_FAR = 2, 5
"""Words that must be the same again, near and after whole clauses."""


@dataclass(frozen=True, slots=True)
class WordEdit:
    """Words ``first`` to before ``last`` of a report stand for ``begin`` to before ``end`` of a passage."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words ``first`` to before ``last`` of a report, said by ``begin`` to before ``end`` of a passage.

    ``edits`` are the places at which they part, in order; ``anchor`` is how long the longest run is.
    """

    first: int
    last: int
    begin: int
    end: int
    edits: tuple[WordEdit, ...]
    anchor: int

    @property
    def agreeing(self) -> int:
        """Return how many words are the same."""
        return self.last - self.first - sum(edit.last - edit.first for edit in self.edits)


def aligned(said: FoldedText, source: FoldedText, matcher: SequenceMatcher[str]) -> Aligned:
    """Return how ``said`` runs beside ``source``, which is the second text of ``matcher``."""
    matcher.set_seq1(said.keys)
    found = matcher.find_longest_match()
    a, b, size = found.a, found.b, found.size
    onward = _followed(said.keys, source.keys, a + size, b + size, source.cuts)
    behind = _followed(
        said.keys[:a][::-1],
        source.keys[:b][::-1],
        0,
        0,
        frozenset(b - cut for cut in source.cuts if cut <= b),
    )
    first, begin = a - behind.said, b - behind.source
    edits = [
        WordEdit(a - edit.last, a - edit.first, b - edit.end, b - edit.begin)
        for edit in reversed(behind.edits)
    ]
    return Aligned(first, onward.said, begin, onward.source, _exchanged([*edits, *onward.edits]), size)


def _exchanged(edits: Sequence[WordEdit]) -> tuple[WordEdit, ...]:
    """Return edits with those as one that say one word earlier or later: 间期 for 期间."""
    found: list[WordEdit] = []
    for edit in edits:
        last = found[-1] if found else None
        if last and edit.first - last.last == 1 and _is_moved(last, edit):
            found[-1] = WordEdit(last.first, edit.last, last.begin, edit.end)
        else:
            found.append(edit)
    return tuple(found)


def _is_moved(one: WordEdit, other: WordEdit) -> bool:
    lengths = [(each.last - each.first, each.end - each.begin) for each in (one, other)]
    return sorted(lengths) == [(0, 1), (1, 0)]


@dataclass(slots=True)
class _Followed:
    """How far two texts were followed, and where they parted on the way."""

    said: int
    source: int
    edits: list[WordEdit]


def _followed(said: Sequence[str], source: Sequence[str], i: int, j: int, cuts: frozenset[int]) -> _Followed:
    found = _Followed(i, j, [])
    while True:
        while i < len(said) and j < len(source) and said[i] == source[j]:
            i, j = i + 1, j + 1
        found.said, found.source = i, j
        if i == len(said) or j == len(source):
            return found
        resumed = _resumed(said, source, i, j) or _resumed_far(said, source, i, j, cuts)
        if not resumed:
            return found
        found.edits.append(WordEdit(i, resumed[0], j, resumed[1]))
        i, j = resumed


def _resumed(said: Sequence[str], source: Sequence[str], i: int, j: int) -> tuple[int, int] | None:
    """Return where the two go on together with the fewest words between, None where it is too far."""
    length, held = len(said), len(source)
    for far in range(1, _SAID + _LEFT_OUT + 1):
        last = min(far, _SAID, length - i - 1)
        for more in range(max(0, far - _LEFT_OUT, far - (held - j - 1)), last + 1):
            a, b = i + more, j + far - more
            if said[a] != source[b]:
                continue
            agree = min(max(_AGREE, (far + 1) // 3), length - a)
            if agree > (0 if more else 1) and said[a : a + agree] == source[b : b + agree]:
                return a, b
    return None


def _resumed_far(
    said: Sequence[str], source: Sequence[str], i: int, j: int, cuts: frozenset[int]
) -> tuple[int, int] | None:
    """Return where the two go on together after whole clauses of the passage."""
    if j not in cuts:
        return None
    for b in sorted(cut for cut in cuts if j < cut < j + _FAR):
        for a in range(i, min(i + 3, len(said))):
            if said[a : a + _AGREE_FAR] == source[b : b + _AGREE_FAR] and len(said) - a >= _AGREE_FAR:
                return a, b
    return None
