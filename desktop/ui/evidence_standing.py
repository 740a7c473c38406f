"""How the files attached to items stand: how many there are, and which of them are missing or altered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.workspace import evidence
from desktop.workspace.evidence import Evidence
from desktop.workspace.evidence_files import State
from desktop.workspace.model import ItemKey

MOST_NAMED = 3
LONGEST_NAME = 22
SIZES = ("B", "KB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of one item, and the state of each by its id."""

    files: tuple[Evidence, ...] = ()
    states: Mapping[int, State] = field(default_factory=dict)

    @property
    def names(self) -> str:
        """Return how many files there are and their names, as far as a cell can hold them."""
        named = "、".join(short_name(one.name) for one in self.files[:MOST_NAMED])
        return f"{named}等" if len(self.files) > MOST_NAMED else named

    @property
    def warning(self) -> str:
        """Return what is wrong with the files, e.g. 1份缺失, 2份内容已改动, or an empty string."""
        counted = ((state, self.faulty(state)) for state in (State.MISSING, State.ALTERED))
        return "，".join(f"{len(files)}份{state}" for state, files in counted if files)

    def state(self, one: Evidence) -> State:
        """Return how a file stands."""
        return self.states.get(one.id, State.MISSING)

    def faulty(self, state: State) -> tuple[Evidence, ...]:
        """Return the files that stand like that."""
        return tuple(one for one in self.files if self.state(one) is state)


NOTHING = Standing()


def by_item(folder: Path, files: Iterable[Evidence], *, thorough: bool = False) -> dict[ItemKey, Standing]:
    """Return how the ``files`` of the workspace in ``folder`` stand, item by item."""
    grouped: dict[ItemKey, list[Evidence]] = defaultdict(list)
    for one in files:
        grouped[one.key].append(one)
    return {
        key: Standing(tuple(group), evidence.check(folder, group, thorough=thorough))
        for key, group in grouped.items()
    }


def short_name(name: str, most: int = LONGEST_NAME) -> str:
    """Return a file's name with its middle left out if it is long; the ending stays."""
    if len(name) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending) <= 5 else ""
    stem = stem if tail else name
    keep = most - len(tail) - 1
    return f"{stem[: keep - 3]}…{stem[-3:]}{tail}"


def size_words(size: int) -> str:
    """Return a size as people say it, e.g. 640 KB, 1.2 MB."""
    amount, unit = float(size), SIZES[0]
    for unit in SIZES:
        if amount < 1000 or unit == SIZES[-1]:
            break
        amount /= 1024
    digits = 1 if unit in SIZES[2:] and amount < 100 else 0
    return f"{amount:.{digits}f} {unit}"
