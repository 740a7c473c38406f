"""The bundled notice with its rules, and invented enterprises whose cards were written down by hand.

``enterprises.json`` was made from the notice's text, without sight of the rules or the program: what is known
at first (``partial``), all that is true (``full``), and what must be found of each measure then. Where a
clause can be read in two ways, it has the reading that docs/verdicts.md gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.catalogue import clauses, query, store
from desktop.catalogue.clauses import Clause
from desktop.catalogue.query import Catalogue
from desktop.verdicts import profile
from desktop.verdicts.profile import Profile

Held = Mapping[str, tuple[Clause, ...]]


@dataclass(frozen=True, slots=True)
class Invented:
    """An enterprise; ``expected`` has number of measure and finding, by partial and full."""

    name: str
    size: str
    partial: Profile
    full: Profile
    expected: Mapping[str, Mapping[int, str]]


@cache
def invented() -> tuple[Invented, ...]:
    entries: list[dict[str, Any]] = json.loads(
        Path(__file__).with_name("enterprises.json").read_text(encoding="utf-8")
    )
    return tuple(
        Invented(
            f"{each['id']} {each['what']}",
            each["size"],
            profile.read(each["partial"])[0],
            profile.read(each["full"])[0],
            {
                state: {n: found for found, numbers in each[f"expected_{state}"].items() for n in numbers}
                for state in ("partial", "full")
            },
        )
        for each in entries
    )


@pytest.fixture(scope="session")
def catalogue() -> Iterator[Catalogue]:
    with closing(store.open_catalogue()) as db:
        yield query.load(db)


@cache
def bundled_clauses() -> Held:
    with closing(store.open_catalogue()) as db:
        return clauses.of_documents(db, ["czbf-2023-3.1"])


@pytest.fixture(scope="session")
def held() -> Held:
    return bundled_clauses()
