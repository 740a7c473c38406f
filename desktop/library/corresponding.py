"""上下位: which measures of two documents say the same, so that “省里怎么说” stands beside “区里怎么说”.

A pair is suggested where the two are alike, and confirmed or rejected by hand (:mod:`desktop.library.links`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.catalogue.model import Measure
from desktop.library import assignment
from desktop.library.likeness import Likeness, likenesses, longest_shared

SUGGESTED_FROM = 0.2
"""The likeness from which a pair is suggested; docs/decisions/library.md has what it finds and misses."""
_SAME, _NEAR = 1.0, 0.6


class PairState(StrEnum):
    """What is known of a pair: suggested by the program, or decided by a person."""

    SUGGESTED = "建议"
    CONFIRMED = "已确认"
    REJECTED = "不对应"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures that correspond, or that a person said do not.

    ``likeness`` is from 0 to 1; ``why`` says in a Chinese sentence what they have in common.
    """

    ours: Measure
    theirs: Measure
    likeness: float
    state: PairState
    why: str


def correspond(
    ours: Sequence[Measure],
    theirs: Sequence[Measure],
    decided: Mapping[frozenset[str], PairState] | None = None,
) -> tuple[Pair, ...]:
    """Return which of ``ours`` and ``theirs`` correspond, in the order of ``ours``, rejected ones last.

    ``decided`` has what was decided by hand, by the two measures' keys. What is confirmed stands, also where
    a measure corresponds to several; of the rest those pairs are suggested that are most alike together,
    each measure in one of them at most.
    """
    decided = decided or {}
    alike = likenesses(ours, theirs)
    told = {
        (i, j): state
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if (state := decided.get(frozenset((one.key, other.key))))
    }
    settled = [pair for pair, state in told.items() if state is PairState.CONFIRMED]
    rows, columns = {i for i, _ in settled}, {j for _, j in settled}
    free = {
        (i, j): found.value
        for (i, j), found in alike.items()
        if found.value >= SUGGESTED_FROM and (i, j) not in told and i not in rows and j not in columns
    }
    told |= dict.fromkeys(assignment.best(free), PairState.SUGGESTED)
    pairs = sorted(told.items(), key=lambda pair: (pair[1] is PairState.REJECTED, pair[0]))
    return tuple(_pair(ours[i], theirs[j], alike.get((i, j)), state) for (i, j), state in pairs)


def unmatched(measures: Sequence[Measure], pairs: Sequence[Pair]) -> tuple[Measure, ...]:
    """Return those of ``measures`` that stand in none of ``pairs``, rejected pairs apart."""
    matched = {
        key
        for pair in pairs
        if pair.state is not PairState.REJECTED
        for key in (pair.ours.key, pair.theirs.key)
    }
    return tuple(measure for measure in measures if measure.key not in matched)


def _pair(one: Measure, other: Measure, alike: Likeness | None, state: PairState) -> Pair:
    alike = alike or Likeness(0.0, 0.0, None)
    return Pair(one, other, round(alike.value, 2), state, _why(one, other, alike))


def _why(one: Measure, other: Measure, alike: Likeness) -> str:
    reasons = []
    if alike.title is not None and alike.title >= _NEAR:
        reasons.append("标题相同" if alike.title == _SAME else "标题相近")
    shared = longest_shared(one, other)
    if one.text_sha256 == other.text_sha256 or (one.body == other.body and one.body.strip()):
        reasons.append("内容一字不差")
    elif shared:
        reasons.append(f"都写有“{shared}”")
    return "，".join(reasons) or "没有相同的语句"
