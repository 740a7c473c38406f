"""What may be asked of an enterprise beside its figures: a closed vocabulary, kept as data.

``resources/verdicts/facts.toml`` has the facts; whoever writes rules, takes facts in or asks for them uses no
other. That one fact implies others holds of the things themselves: a 专精特新“小巨人” is “专精特新”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from desktop import paths

_TEXTS = ("key", "name", "group", "question", "yes", "no")
_KEY = re.compile("[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact: ``question`` as it is asked at the table; ``yes`` and ``no`` as they are said as reasons.

    ``implies`` are the keys of the facts that are true where this one is.
    """

    key: str
    name: str
    group: str
    question: str
    yes: str
    no: str
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """A figure or a registration that is asked for where it is missing, not answered with yes or no."""

    key: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """What one sentence at the table asks for; ``keys`` are the facts and figures that it takes in."""

    name: str
    question: str
    keys: tuple[str, ...]


@cache
def vocabulary() -> Mapping[str, AskedFact]:
    """Return the facts by their keys, in the order in which they are shown; ValueError for a wrong one."""
    found: dict[str, AskedFact] = {}
    for entry in _content()["fact"]:
        fact = _fact(entry)
        if fact.key in found or fact.key in figures():
            raise ValueError(f"{fact.key} twice in the vocabulary")
        found[fact.key] = fact
    for fact in found.values():
        if unknown := set(fact.implies) - found.keys():
            raise ValueError(f"{fact.key} implies {min(unknown)}, which is no fact")
    return MappingProxyType(found)


@cache
def figures() -> Mapping[str, AskedFigure]:
    """Return what is asked for beside the facts, by its keys, in the order in which it is shown."""
    found = (AskedFigure(**entry) for entry in _content()["figure"])
    return MappingProxyType({figure.key: figure for figure in found})


@cache
def askings() -> tuple[AskedTogether, ...]:
    """Return what is asked together; ValueError unless every fact and figure is in exactly one of them."""
    found = []
    for entry in _content()["asking"]:
        named = [fact.key for fact in vocabulary().values() if fact.group in entry.get("groups", ())]
        keys = (*(key for key in figures() if key in entry.get("figures", ())), *named)
        found.append(AskedTogether(entry["name"], entry["question"], keys))
    every = [key for asking in found for key in asking.keys]
    if sorted(every) != sorted((*figures(), *vocabulary())):
        raise ValueError("every fact and figure is asked for in one sentence")
    return tuple(found)


def asked(key: str) -> AskedFact | AskedFigure:
    """Return the fact or figure with this key; KeyError where there is none."""
    return figures()[key] if key in figures() else vocabulary()[key]


def _content() -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "verdicts" / "facts.toml").read_text("utf-8"))


def _fact(entry: dict[str, Any]) -> AskedFact:
    texts: dict[str, Any] = {name: entry.get(name) for name in _TEXTS}
    if entry.keys() - {*_TEXTS, "implies"} or not all(isinstance(text, str) for text in texts.values()):
        raise ValueError(f"a fact has {', '.join(_TEXTS)}: {entry}")
    if not _KEY.fullmatch(entry["key"]):
        raise ValueError(f"not a key: {entry['key']}")
    return AskedFact(**texts, implies=tuple(entry.get("implies", ())))
