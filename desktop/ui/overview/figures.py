"""What the overview shows, computed: tiles, bars and the rows behind each of them. No widget here.

A bar's parts are disjoint, which the tally's ``late`` is not: an item past its deadline is drawn as late
whatever its status, unless it is finished.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.workspace import words
from desktop.workspace.items import progress
from desktop.workspace.items.deadline import UNSTATED
from desktop.workspace.items.model import FINISHED, LEFT_OUT, OPEN, Light, Status, Tally
from desktop.workspace.items.progress import Bar, by_urgency, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from desktop.catalogue.model import Measure
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.items.model import Item


class Tile(StrEnum):
    """The figures on top of the page."""

    ALL = "事项"
    FINISHED = "已完成 / 已销号"
    UNDER_WAY = "推进中"
    NOT_STARTED = "未启动"
    LATE = "逾期"
    NEAR = "临期"


_IN_TILE: dict[Tile, Callable[[Item], bool]] = {
    Tile.ALL: lambda _item: True,
    Tile.FINISHED: lambda item: item.entry.status in FINISHED,
    Tile.UNDER_WAY: lambda item: item.entry.status is Status.UNDER_WAY,
    Tile.NOT_STARTED: lambda item: item.entry.status is Status.NOT_STARTED,
    Tile.LATE: lambda item: item.light is Light.RED,
    Tile.NEAR: lambda item: item.light is Light.YELLOW,
}
_WITH_UNTOUCHED = (Tile.ALL, Tile.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole overview. ``orphaned`` counts entries whose measure is no longer in the library.

    ``groups`` are the bars of the categories, or of the papers where it is about several. ``untouched_items``
    are counted besides ``items``: nothing was entered for them. ``every`` gives them all.
    """

    items: tuple[Item, ...]
    tally: Tally
    units: tuple[Bar, ...]
    groups: tuple[Bar, ...]
    orphaned: int
    untouched_items: int = 0
    every: Callable[[], Iterable[Item]] = tuple

    @property
    def untouched(self) -> bool:
        """Return whether nothing was entered yet."""
        return all(item.entry.revision == 0 for item in self.items)

    def in_tile(self, tile: Tile) -> tuple[Item, ...]:
        """Return the items that a tile counts, the most urgent first."""
        items = self.all_items() if tile in _WITH_UNTOUCHED else self.items
        return by_urgency(item for item in items if _IN_TILE[tile](item))

    def count(self, tile: Tile) -> int:
        """Return how many items a tile counts."""
        untouched = self.untouched_items if tile in _WITH_UNTOUCHED else 0
        return sum(map(_IN_TILE[tile], self.items)) + untouched

    def all_items(self) -> tuple[Item, ...]:
        """Return all items, also those for which nothing was entered."""
        if not self.untouched_items:
            return self.items
        return tuple(item for item in self.every() if not item.orphaned)

    def due(self) -> tuple[Item, ...]:
        """Return what is late and what is due soon, the most urgent first."""
        return by_urgency((*self.in_tile(Tile.LATE), *self.in_tile(Tile.NEAR)))

    def without_deadline(self) -> int:
        """Return how many open items have no deadline, so that no light can tell of them."""
        of_entered = (item.entry for item in self.items if item.entry.status in OPEN)
        return sum(entry.deadline == UNSTATED for entry in of_entered) + self.untouched_items


def figures(
    catalogue: Catalogue, items: Iterable[Item], every: Callable[[], Iterable[Item]] | None = None
) -> Figures:
    """Return the overview of ``items``, every unit's; with ``every``, of all that gives.

    Then ``items`` are those for which something was entered, and the others are counted without being made.
    """
    told = tuple(items)
    known = tuple(item for item in told if not item.orphaned)
    counted = _Counted(catalogue, known, others=every is not None)
    untouched = counted.untouched
    tally = progress.tally(known)
    new = {
        status: count + untouched * (status is Status.NOT_STARTED)
        for status, count in tally.by_status.items()
    }
    return Figures(
        items=known,
        tally=replace(tally, total=tally.total + untouched, by_status=new),
        units=tuple(counted.units()),
        groups=tuple(counted.papers() if origin.several(catalogue) else counted.categories()),
        orphaned=len(told) - len(known),
        untouched_items=untouched,
        every=every or tuple,
    )


class _Counted:
    """Bars of items, and of ``others``, all that the catalogue has besides, which are counted only."""

    def __init__(self, catalogue: Catalogue, items: Sequence[Item], *, others: bool) -> None:
        self._catalogue, self._items, self._others = catalogue, items, others
        self._checklists = {unit: catalogue.measures_of(unit.key) for unit in catalogue.checklist_units()}

    @property
    def untouched(self) -> int:
        """Return how many others there are."""
        return sum(map(len, self._checklists.values())) - len(self._items) if self._others else 0

    def units(self) -> Iterator[Bar]:
        """Yield a bar for each unit."""
        own = _grouped(self._items, lambda item: item.key.unit_key)
        for unit, measures in self._checklists.items():
            yield self._bar(unit.key, unit.name, own.get(unit.key, ()), len(measures))

    def papers(self) -> Iterator[Bar]:
        """Yield a bar for each paper."""
        own = _grouped(self._items, lambda item: item.document_key)
        there = self._there(lambda measure: measure.document_key)
        for each in self._catalogue.documents:
            name = words.document(self._catalogue, each.key)
            yield self._bar(each.key, name, own.get(each.key, ()), there[each.key])

    def categories(self) -> Iterator[Bar]:
        """Yield a bar for each category."""
        category_of = {measure.key: measure.category_key for measure in self._catalogue.measures}
        own = _grouped(self._items, lambda item: category_of[item.key.measure_key])
        there = self._there(lambda measure: measure.category_key)
        for each in self._catalogue.categories:
            yield self._bar(each.key, typeset(each.heading), own.get(each.key, ()), there[each.key])

    def _there(self, by: Callable[[Measure], str]) -> Counter[str]:
        """Return how many items there are in all, by something of their measures."""
        return Counter(by(measure) for measures in self._checklists.values() for measure in measures)

    def _bar(self, key: str, name: str, items: Sequence[Item], there: int) -> Bar:
        bar = Bar(key, name, tuple(parts_of(items).items()))
        return bar.with_untouched(there - len(items)) if self._others else bar


def _grouped(items: Sequence[Item], by: Callable[[Item], str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(by(item), []).append(item)
    return found


def in_category(found: Figures, catalogue: Catalogue, category_key: str) -> tuple[Item, ...]:
    """Return a category's items, the most urgent first."""
    keys = {measure.key for measure in catalogue.measures_in(category_key)}
    return by_urgency(item for item in found.all_items() if item.key.measure_key in keys)


def tile_note(found: Figures, tile: Tile, near_days: int) -> str:
    """Return the small line under a tile's figure."""
    tally = found.tally
    late = sum(item.light is Light.RED and _IN_TILE[tile](item) for item in found.items)
    if tile is Tile.ALL:
        counts = ((status, tally.by_status[status]) for status in LEFT_OUT)
        aside = "".join(f"，{status} {count}" for status, count in counts if count)
        lost = f"，另有 {found.orphaned} 项已不在发文中" if found.orphaned else ""
        return f"{len(found.units)} 份清单{aside}{lost}"
    if tile is Tile.FINISHED:
        return f"{Status.CLOSED} {tally.by_status[Status.CLOSED]}"
    if tile is Tile.LATE:
        return "已过时限"
    if tile is Tile.NEAR:
        return f"{near_days} 天内到期"
    return f"其中逾期 {late}" if late else "无逾期" if found.count(tile) else ""
