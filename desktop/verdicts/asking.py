"""Which question to ask next: the one whose answer settles the most measures that are still open.

Each question is tried with the answers that can make a difference (yes and no; a figure at each limit of the
tables; each division of the industries), and what each would settle is counted. Asking again after each
answer takes account of what it brought.

At the table one sentence asks for several of them (``facts.askings``), and several are answered at once. What
that would settle is counted over answers given together: all yes, none, each alone, figures small to large.
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


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What one sentence asks: ``keys`` are its facts and figures that an open measure depends on.

    ``settles`` and ``surely`` are of the answers to all of them together, as in :class:`NextQuestion`.
    """

    name: str
    question: str
    keys: tuple[str, ...]
    settles: int
    surely: float


def ask_next(
    verdicts: Iterable[Verdict], clauses: Mapping[str, Sequence[Clause]], profile: Profile
) -> tuple[NextQuestion, ...]:
    """Return the questions of the open ``verdicts`` of a profile, the one that settles most first.

    A question that settles nothing alone, but is needed together with another, comes last.
    """
    asking = _asking(verdicts, clauses)
    order = [*facts.figures(), *facts.vocabulary()]
    found = [_tried(key, asking[key], profile) for key in order if key in asking]
    return tuple(sorted(found, key=_best_first))


def ask_groups(
    verdicts: Iterable[Verdict], clauses: Mapping[str, Sequence[Clause]], profile: Profile
) -> tuple[GroupQuestion, ...]:
    """Return what can be asked in one sentence, the one that settles most first."""
    asking = _asking(verdicts, clauses)
    found = []
    for group in facts.askings():
        if keys := tuple(key for key in group.keys if key in asking):
            measures = {id(each): each for key in keys for each in asking[key]}
            settles, surely = _settled(_together(keys), list(measures.values()), profile)
            found.append(GroupQuestion(group.name, group.question, keys, settles, surely))
    return tuple(sorted(found, key=_best_first))


def answered(profile: Profile, key: str, answer: Any) -> Profile:
    """Return the profile with a fact or figure filled in; an industry as a code or an :class:`Industry`."""
    return _all_answered(profile, {key: answer})


def _asking(
    verdicts: Iterable[Verdict], clauses: Mapping[str, Sequence[Clause]]
) -> dict[str, list[Sequence[Clause]]]:
    """Return for each fact that is missing the clauses of each open measure that depends on it."""
    found: dict[str, list[Sequence[Clause]]] = {}
    for verdict in verdicts:
        if verdict.finding is Finding.MAYBE:
            for fact in verdict.missing:
                found.setdefault(fact.key, []).append(clauses[verdict.measure_key])
    return found


def _best_first(each: NextQuestion | GroupQuestion) -> tuple[float, float]:
    return -each.settles, -each.surely


def _all_answered(profile: Profile, answers: Mapping[str, Any]) -> Profile:
    given = {**profile.facts, **{key: value for key, value in answers.items() if key in facts.vocabulary()}}
    changed = {key: value for key, value in answers.items() if key not in facts.vocabulary()}
    if isinstance(code := changed.get("industry"), str):
        changed["industry"] = industries.parse(code)
    return replace(profile, facts=given, **changed)


def _tried(key: str, asking: Sequence[Sequence[Clause]], profile: Profile) -> NextQuestion:
    asked = facts.asked(key)
    settles, surely = _settled([{key: answer} for answer in _answers(key)], asking, profile)
    return NextQuestion(key, asked.name, asked.question, settles, surely)


def _settled(
    tries: Sequence[Mapping[str, Any]], asking: Sequence[Sequence[Clause]], profile: Profile
) -> tuple[int, float]:
    """Return how many measures some of the answers settle, and how many they do on the average."""
    settled = [0] * len(asking)
    for answers in tries:
        known = Known(_all_answered(profile, answers))
        for at, of_measure in enumerate(asking):
            settled[at] += judging.finding_of(of_measure, known) is not Finding.MAYBE
    return sum(map(bool, settled)), sum(settled) / len(tries)


def _together(keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return answers to several questions at once."""
    lists = {key: list(_answers(key)) for key in keys}
    most = max(map(len, lists.values()))
    tries: list[dict[str, Any]] = []
    for at in range(most):
        rising = {
            key: answers[at * len(answers) // most] for key, answers in lists.items() if key in _limits()
        }
        tries.append({key: answers[at % len(answers)] for key, answers in lists.items()} | rising)
    asked = [facts.vocabulary()[key] for key in keys if key in facts.vocabulary()]
    for one in asked if len(asked) > 1 else ():
        tries.append({other.key: other is one or other.key in one.implies for other in asked})
    return tries


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
