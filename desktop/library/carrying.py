"""Keys over versions: a measure that stayed keeps its key when its notice is amended, a new one gets another.

What was entered for a measure hangs on its key, so a key must never come to mean another measure. In doubt a
measure counts as new: what was entered for the old one then has no measure any more, and everybody sees so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from desktop.catalogue.model import Measure
from desktop.library.likeness import Likeness, likenesses, plain

SAME_TITLE_FROM = 0.2
"""How alike the words must be where the title is the same."""
SAME_FROM = 0.5
"""How alike two measures must be where neither words nor title are the same.

Different measures of one notice were never more alike than 0.34, in 35 notices.
"""
CLEAR_BY = 0.15
"""By how much the likeness must be above that to any other measure of the notice."""
_NUMBER = re.compile(r"\.m(\d+)")


def carried_keys(old: Sequence[Measure], new: Sequence[Measure]) -> dict[int, str]:
    """Return the keys that measures of the amended notice carry on, by their index in ``new``.

    First goes who has the same text, then the same words under another number, then the same title once on
    either side with words that are alike, then who is plainly more alike than any other. Keys are carried
    within a document only: ``old`` and ``new`` are the measures of one.
    """
    carried: dict[int, int] = {}
    _by_same(old, new, carried, lambda measure: measure.text_sha256)
    _by_same(old, new, carried, _words)
    if len(carried) < min(len(old), len(new)):
        alike = likenesses(old, new)
        _by_title(old, new, carried, alike)
        _by_likeness(carried, alike)
    return {j: old[i].key for j, i in sorted(carried.items())}


def key_numbers(old: Sequence[Measure], new: Sequence[Measure], used: Iterable[int] = ()) -> tuple[int, ...]:
    """Return the number for the key of each of ``new``: as carried, else one that was never used.

    ``used`` are numbers that other versions of the document used.
    """
    carried = carried_keys(old, new)
    following = max([0, *used, *(number_of(measure.key) for measure in old)])
    numbers = []
    for at in range(len(new)):
        if at in carried:
            numbers.append(number_of(carried[at]))
        else:
            following += 1
            numbers.append(following)
    return tuple(numbers)


def number_of(key: str) -> int:
    """Return the number at the end of a measure's key, e.g. 7 of x-2026-1.1.m07. Raises ValueError."""
    found = _NUMBER.search(key, key.rfind("."))
    if found is None or found.end() != len(key):
        raise ValueError(f"no key of a measure: {key}")
    return int(found[1])


def _words(measure: Measure) -> Hashable:
    return (measure.title, measure.body, measure.printed_units)


def _by_same(
    old: Sequence[Measure],
    new: Sequence[Measure],
    carried: dict[int, int],
    same: Callable[[Measure], Hashable],
) -> None:
    """Let those carry on that have the same; where several have it, in their order and only if all stayed."""
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    taken = set(carried.values())
    for i, measure in enumerate(old):
        if i not in taken:
            places[same(measure)][0].append(i)
    for j, measure in enumerate(new):
        if j not in carried:
            places[same(measure)][1].append(j)
    for before, after in places.values():
        if len(before) == len(after):
            carried.update(zip(after, before, strict=True))


def _by_title(
    old: Sequence[Measure],
    new: Sequence[Measure],
    carried: dict[int, int],
    alike: dict[tuple[int, int], Likeness],
) -> None:
    titles = [Counter(filter(None, (plain(one.title) for one in each))) for each in (old, new)]
    taken = set(carried.values())
    places = {plain(measure.title): i for i, measure in enumerate(old) if i not in taken}
    for j, measure in enumerate(new):
        title = plain(measure.title)
        i = places.get(title)
        if j in carried or i is None or any(count[title] != 1 for count in titles):
            continue
        found = alike.get((i, j))
        if found is not None and found.words >= SAME_TITLE_FROM:
            carried[j] = i


def _by_likeness(carried: dict[int, int], alike: dict[tuple[int, int], Likeness]) -> None:
    taken = set(carried.values())
    of_old: dict[int, list[float]] = defaultdict(list)
    of_new: dict[int, list[float]] = defaultdict(list)
    for (i, j), found in alike.items():
        of_old[i].append(found.value)
        of_new[j].append(found.value)
    for (i, j), found in sorted(alike.items(), key=lambda each: -each[1].value):
        if i in taken or j in carried or found.value < SAME_FROM:
            continue
        others = [*_others(of_old[i], found.value), *_others(of_new[j], found.value)]
        if found.value >= max(others, default=0.0) + CLEAR_BY:
            taken.add(i)
            carried[j] = i


def _others(values: Sequence[float], own: float) -> list[float]:
    rest = list(values)
    rest.remove(own)
    return rest
