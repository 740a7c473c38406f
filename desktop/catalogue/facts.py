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


@cache
def vocabulary() -> Mapping[str, AskedFact]:
    """Return the facts by their keys, in the order in which they are shown. Raises ValueError for a wrong one."""
    path = paths.resources() / "verdicts" / "facts.toml"
    found: dict[str, AskedFact] = {}
    for entry in tomllib.loads(path.read_text("utf-8"))["fact"]:
        fact = _fact(entry)
        if fact.key in found:
            raise ValueError(f"{fact.key} twice in {path.name}")
        found[fact.key] = fact
    for fact in found.values():
        if unknown := set(fact.implies) - found.keys():
            raise ValueError(f"{fact.key} implies {min(unknown)}, which is no fact")
    return MappingProxyType(found)


def _fact(entry: dict[str, Any]) -> AskedFact:
    texts = [entry.get(name) for name in _TEXTS]
    implied = entry.get("implies", [])
    if entry.keys() - {*_TEXTS, "implies"} or not all(isinstance(text, str) and text for text in texts):
        raise ValueError(f"a fact has {', '.join(_TEXTS)}: {entry}")
    if not _KEY.fullmatch(entry["key"]):
        raise ValueError(f"not a key: {entry['key']}")
    return AskedFact(*texts, tuple(implied))
