"""Which question to ask next: the one whose answer settles the most measures that are still open.

Each question is tried with the answers that can make a difference (yes and no; a figure at each limit of the
tables; each division of the industries), and what each would settle is counted. Asking again after each
answer takes account of what it brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from desktop.catalogue import facts
from desktop.catalogue.clauses import Clause
from desktop.classification import industry as industries
from desktop.classification import size_table, small_profit
from desktop.verdicts import judging
from desktop.verdicts.judging import Finding, Verdict
from desktop.verdicts.known import Known
from desktop.verdicts.profile import GENERAL, SMALL, Profile


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question; ``settles`` is how many open measures its answer can make 适用 or 不适用 at once.

    ``surely`` is how many it settles on the average of the answers that were tried.
    """

    key: str
    name: str
    question: str
    settles: int
    surely: float


def ask_next(
    verdicts: Iterable[Verdict], clauses: Mapping[str, Sequence[Clause]], profile: Profile
) -> tuple[NextQuestion, ...]:
    """Return the questions of the open ``verdicts`` of a profile, the one that settles most first.

    A question that settles nothing alone, but is needed together with another, comes last.
    """
    asking: dict[str, list[Sequence[Clause]]] = {}
    for verdict in verdicts:
        if verdict.finding is Finding.MAYBE:
            for fact in verdict.missing:
                asking.setdefault(fact.key, []).append(clauses[verdict.measure_key])
    order = [*facts.figures(), *facts.vocabulary()]
    found = [_tried(key, asking[key], profile) for key in order if key in asking]
    return tuple(sorted(found, key=lambda each: (-each.settles, -each.surely)))


def answered(profile: Profile, key: str, answer: Any) -> Profile:
    """Return the profile with a fact or figure filled in; an industry as a code or an :class:`Industry`."""
    if key in facts.vocabulary():
        return replace(profile, facts={**profile.facts, key: answer})
    if key == "industry" and isinstance(answer, str):
        answer = industries.parse(answer)
    changed: dict[str, Any] = {key: answer}
    return replace(profile, **changed)


def _tried(key: str, asking: Sequence[Sequence[Clause]], profile: Profile) -> NextQuestion:
    settled = [0] * len(asking)
    tries = list(_answers(key))
    for answer in tries:
        known = Known(answered(profile, key, answer))
        for at, of_measure in enumerate(asking):
            settled[at] += judging.finding_of(of_measure, known) is not Finding.MAYBE
    asked = facts.asked(key)
    return NextQuestion(key, asked.name, asked.question, sum(map(bool, settled)), sum(settled) / len(tries))


def _answers(key: str) -> Iterator[object]:
    """Yield the answers to try."""
    if key in facts.vocabulary():
        yield from (True, False)
    elif key == "taxpayer":
        yield from (GENERAL, SMALL)
    elif key == "industry":
        yield from (each for each in industries.table().values() if len(each.digits) == 2)
    else:
        yield from _limits()[key]


@cache
def _limits() -> Mapping[str, tuple[float, ...]]:
    """Return for each figure the values about which a size or 小型微利 turns."""
    found: dict[str, set[float]] = {key: {0.0} for key in (*size_table.INDICATORS, *small_profit.LIMITS)}
    for group in size_table.size_table().groups:
        for key, limits in group.limits.items():
            found[key].update(limits)
    for key, (_name, limit, _unit) in small_profit.LIMITS.items():
        found[key].update((limit, limit + 1))
    return {key: tuple(sorted(values)) for key, values in found.items()}
