"""How alike two measures are: what their titles and their words have in common, from 0 to 1.

Measures of a province and of its cities say the same in other words and at other length, so that a ratio
of edits tells them from unrelated ones hardly at all. What does are the pairs of neighbouring characters that
both have, each weighing the more the fewer measures have it; for titles, which are short, the ratio is good.
docs/decisions/library.md has the figures.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.catalogue.model import Measure

OF_TITLE = 0.3
"""What the title weighs, where both measures have one."""
_NO_WORD = re.compile(r"[\W\d_]+")
_SHORTEST_SHARED, _LONGEST_SHOWN = 4, 24

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two measures are: ``value`` from 0 to 1, of ``words`` (the text) and ``title``.

    ``title`` is None where one of them has none.
    """

    value: float
    words: float
    title: float | None


def likenesses(ours: Sequence[Measure], theirs: Sequence[Measure]) -> dict[tuple[int, int], Likeness]:
    """Return how alike each of ``ours`` is to each of ``theirs``, by their indexes.

    Pairs whose words have nothing in common are left out.
    """
    counted = [Counter(_pairs(words_of(measure))) for measure in (*ours, *theirs)]
    weights = _weights(counted)
    vectors = [_vector(counts, weights) for counts in counted]
    mine, others = vectors[: len(ours)], vectors[len(ours) :]
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, vector in enumerate(others):
        for pair, weight in vector.items():
            holders[pair].append((at, weight))
    found: dict[tuple[int, int], Likeness] = {}
    for i, vector in enumerate(mine):
        shared: dict[int, float] = defaultdict(float)
        for pair, weight in vector.items():
            for j, other in holders.get(pair, ()):
                shared[j] += weight * other
        for j, words in shared.items():
            found[i, j] = _joined(min(words, 1.0), title_ratio(ours[i], theirs[j]))
    return found


def title_ratio(one: Measure, other: Measure) -> float | None:
    """Return how alike two titles are, None where one is lacking."""
    first, second = plain(one.title), plain(other.title)
    if not first or not second:
        return None
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def words_of(measure: Measure) -> str:
    """Return what a measure says, its title and its statements of units apart, without marks and figures."""
    return plain(measure.body) or plain(measure.title)


def plain(text: str) -> str:
    """Return the letters of ``text``: no blanks, no marks, no figures."""
    return _NO_WORD.sub("", text)


def longest_shared(one: Measure, other: Measure) -> str:
    """Return the longest run of words that both bodies have, "" where it is too short to mean anything."""
    first, second = one.body, other.body
    found = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    words = first[found.a : found.a + found.size].strip("，。；、：（）() \n\u3000")
    if len(words) < _SHORTEST_SHARED:
        return ""
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"


def _joined(words: float, title: float | None) -> Likeness:
    value = words if title is None else (1 - OF_TITLE) * words + OF_TITLE * title
    return Likeness(value, words, title)


def _pairs(words: str) -> list[str]:
    return [words[at : at + 2] for at in range(len(words) - 1)] or [words]


def _weights(counted: Sequence[Counter[str]]) -> Weights:
    """Return what each pair weighs: the more, the fewer of the measures have it."""
    holding: Counter[str] = Counter()
    for counts in counted:
        holding.update(counts.keys())
    return {pair: math.log(1 + len(counted) / number) for pair, number in holding.items()}


def _vector(counts: Counter[str], weights: Weights) -> dict[str, float]:
    """Return the weighted pairs of a measure, of length 1."""
    vector = {pair: (1 + math.log(number)) * weights[pair] for pair, number in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {pair: weight / length for pair, weight in vector.items()} if length else {}
