"""What follows from facts: what a true one implies is true, what implies a false one is false.

Verdicts are found from the facts as they are told and from nothing that follows, so that no answer,
however odd, turns 适用 into 不适用. What follows is kept beside an answer when it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from desktop.catalogue import facts


def following(known: Mapping[str, bool]) -> dict[str, bool]:
    """Return what follows from ``known`` about other facts of the vocabulary; nothing where they disagree."""
    true = {key for each, value in known.items() if value for key in _implied()[each]}
    false = {key for each, value in known.items() if not value for key in _implying()[each]}
    values = dict.fromkeys(true - false, True) | dict.fromkeys(false - true, False)
    return {key: value for key, value in values.items() if key not in known}


def clashes(known: Mapping[str, bool]) -> tuple[str, ...]:
    """Say in Chinese, without a full stop, which of ``known`` exclude each other."""
    words = facts.vocabulary()
    return tuple(
        f"{words[yes].yes}，却{words[no].no}"
        for yes in filter(known.get, words)
        for no in words
        if no in _implied()[yes] and known.get(no) is False
    )


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
