"""What the overview shows, computed: tiles, bars and the rows behind each of them. No widget here.

A bar's parts are disjoint, which the tally's ``late`` is not: an item past its deadline is drawn as late
whatever its status, unless it is finished.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole overview. ``orphaned`` counts entries whose measure is no longer in the library.

    ``groups`` are the bars of the categories, or of the papers where it is about several.
    """

    items: tuple[Item, ...]
    tally: Tally
    units: tuple[Bar, ...]
    groups: tuple[Bar, ...]
    orphaned: int

    @property
    def untouched(self) -> bool:
        """Return whether nothing was entered yet."""
        return all(item.entry.revision == 0 for item in self.items)

    def in_tile(self, tile: Tile) -> tuple[Item, ...]:
        """Return the items that a tile counts, the most urgent first."""
        return by_urgency(item for item in self.items if _IN_TILE[tile](item))

    def due(self) -> tuple[Item, ...]:
        """Return what is late and what is due soon, the most urgent first."""
        return by_urgency((*self.in_tile(Tile.LATE), *self.in_tile(Tile.NEAR)))

    def without_deadline(self) -> int:
        """Return how many open items have no deadline, so that no light can tell of them."""
        return sum(item.entry.status in OPEN and item.entry.deadline == UNSTATED for item in self.items)


def figures(catalogue: Catalogue, items: Iterable[Item]) -> Figures:
    """Return the overview of ``items``, every unit's, in checklist order."""
    every = tuple(items)
    known = tuple(item for item in every if not item.orphaned)
    return Figures(
        items=known,
        tally=progress.tally(known),
        units=tuple(_units(catalogue, known)),
        groups=tuple(
            _papers(catalogue, known) if origin.several(catalogue) else _categories(catalogue, known)
        ),
        orphaned=len(every) - len(known),
    )


def _papers(catalogue: Catalogue, items: Sequence[Item]) -> Iterator[Bar]:
    own = _grouped(items, lambda item: item.document_key)
    for each in catalogue.documents:
        yield _bar(each.key, words.document(catalogue, each.key), own.get(each.key, ()))


def _categories(catalogue: Catalogue, items: Sequence[Item]) -> Iterator[Bar]:
    category_of = {measure.key: measure.category_key for measure in catalogue.measures}
    own = _grouped(items, lambda item: category_of[item.key.measure_key])
    for each in catalogue.categories:
        yield _bar(each.key, typeset(each.heading), own.get(each.key, ()))


def _units(catalogue: Catalogue, items: Sequence[Item]) -> Iterator[Bar]:
    own = _grouped(items, lambda item: item.key.unit_key)
    for each in catalogue.checklist_units():
        yield _bar(each.key, each.name, own.get(each.key, ()))


def _grouped(items: Sequence[Item], by: Callable[[Item], str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(by(item), []).append(item)
    return found


def in_category(found: Figures, catalogue: Catalogue, category_key: str) -> tuple[Item, ...]:
    """Return a category's items, the most urgent first."""
    keys = {measure.key for measure in catalogue.measures_in(category_key)}
    return by_urgency(item for item in found.items if item.key.measure_key in keys)


def tile_note(found: Figures, tile: Tile, near_days: int) -> str:
    """Return the small line under a tile's figure."""
    tally = found.tally
    late = sum(item.light is Light.RED for item in found.in_tile(tile))
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
    return f"其中逾期 {late}" if late else "无逾期" if found.in_tile(tile) else ""


def _bar(key: str, name: str, items: Sequence[Item]) -> Bar:
    return Bar(key, name, tuple(parts_of(items).items()))
