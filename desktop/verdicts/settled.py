"""What follows from known facts: what a true one implies is true, what implies a false one is false."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.catalogue import facts


@dataclass(frozen=True, slots=True)
class SettledFacts:
    """The facts with what follows from them; one about which they disagree is not known.

    ``clashes`` says in Chinese which ones exclude each other, without a full stop.
    """

    values: Mapping[str, bool]
    clashes: tuple[str, ...]


def settle(known: Mapping[str, bool]) -> SettledFacts:
    """Return what follows from ``known``, whose keys are of the vocabulary."""
    true = {key: each for each, value in known.items() if value for key in _implied()[each]}
    false = {key: each for each, value in known.items() if not value for key in _implying()[each]}
    words = facts.vocabulary()
    disagreed = true.keys() & false.keys()
    clashes = {(true[key], false[key]): None for key in words if key in disagreed}
    values = dict.fromkeys(true.keys() - disagreed, True) | dict.fromkeys(false.keys() - disagreed, False)
    return SettledFacts(values, tuple(f"{words[yes].yes}，却{words[no].no}" for yes, no in clashes))


@cache
def _implied() -> Mapping[str, frozenset[str]]:
    """Return for each fact all that are true where it is, itself among them."""
    words = facts.vocabulary()

    def closure(key: str) -> frozenset[str]:
        found, left = set[str](), [key]
        while left:
            if (each := left.pop()) not in found:
                found.add(each)
                left += words[each].implies
        return frozenset(found)

    return {key: closure(key) for key in words}


@cache
def _implying() -> Mapping[str, frozenset[str]]:
    """Return for each fact all that are false where it is, itself among them."""
    return {key: frozenset(each for each, of in _implied().items() if key in of) for key in _implied()}
