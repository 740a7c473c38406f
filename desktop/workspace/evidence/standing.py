"""How the files attached to items stand: how many there are, and which of them are missing or altered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from desktop.workspace.evidence import attached
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.names import MOST_NAMED
from desktop.workspace.items.model import ItemKey

FAULTS = {State.MISSING: "缺失", State.ALTERED: "改动"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of one item, and the state of each by its id."""

    files: tuple[Evidence, ...] = ()
    states: Mapping[int, State] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the files' names, as far as a cell can hold them."""
        named = tuple(one.name for one in self.files[:MOST_NAMED])
        return (*named, "……") if len(self.files) > MOST_NAMED else named

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what is wrong with the files, e.g. 缺失 1 份, 改动 2 份."""
        counted = ((words, self.faulty(state)) for state, words in FAULTS.items())
        return tuple(f"{words} {len(files)} 份" for words, files in counted if files)

    def state(self, one: Evidence) -> State:
        """Return how a file stands."""
        return self.states.get(one.id, State.MISSING)

    def faulty(self, state: State) -> tuple[Evidence, ...]:
        """Return the files that stand like that."""
        return tuple(one for one in self.files if self.state(one) is state)


NOTHING = Standing()


def by_item(
    folder: Path, files: Iterable[Evidence], read: Mapping[int, State] = MappingProxyType({})
) -> dict[ItemKey, Standing]:
    """Return how the ``files`` of the workspace in ``folder`` stand, item by item.

    ``read`` is what reading whole files has found, by their ids: what looks untouched may be altered.
    """
    grouped: dict[ItemKey, list[Evidence]] = defaultdict(list)
    for one in files:
        grouped[one.key].append(one)
    return {
        key: Standing(tuple(group), _states(attached.check(folder, group), read))
        for key, group in grouped.items()
    }


def _states(seen: Mapping[int, State], read: Mapping[int, State]) -> dict[int, State]:
    return {number: read.get(number, state) if state is State.OK else state for number, state in seen.items()}
