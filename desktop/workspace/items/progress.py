"""How far things are: the light of one item, the tally of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from desktop.workspace.items.model import FINISHED, OPEN, Entry, Item, Light, Part, Status, Tally, part
from desktop.workspace.items.settings import NEAR_DAYS


def light(entry: Entry, today: date, near_days: int = NEAR_DAYS) -> Light:
    """Return the light of ``entry`` on ``today``; the last of ``near_days`` days is near as well.

    长期 and 未写明 have no day that could be missed: no colour.
    """
    if entry.status in FINISHED:
        return Light.GREEN
    due = entry.deadline.due
    if entry.status not in OPEN or due is None:
        return Light.GREY
    if due < today:
        return Light.RED
    return Light.YELLOW if (due - today).days <= near_days else Light.GREEN


def newly_late(items: Iterable[Item], last: date) -> list[Item]:
    """Return those of ``items`` that are red now and were not yet on ``last``, an earlier day."""
    return [item for item in items if item.light is Light.RED and light(item.entry, last) is not Light.RED]


def tally(items: Iterable[Item]) -> Tally:
    """Count ``items`` by status, and across those the late and the near ones."""
    rows = list(items)
    status = Counter(item.entry.status for item in rows)
    lights = Counter(item.light for item in rows)
    return Tally(
        len(rows), {each: status[each] for each in Status}, late=lights[Light.RED], near=lights[Light.YELLOW]
    )


_URGENCY = {Light.RED: 0, Light.YELLOW: 1}


@dataclass(frozen=True, slots=True)
class Bar:
    """How one unit or category stands; ``parts`` holds a count for each :class:`Part`, in its order."""

    key: str
    name: str
    parts: tuple[tuple[Part, int], ...]

    def with_untouched(self, count: int) -> Bar:
        """Return it with as many more items for which nothing was entered."""
        new = part(Status.NOT_STARTED)
        return replace(self, parts=tuple((each, had + count * (each is new)) for each, had in self.parts))

    @property
    def total(self) -> int:
        """Return the number of items."""
        return sum(count for _, count in self.parts)

    @property
    def finished(self) -> int:
        """Return the number of finished items."""
        return dict(self.parts)[Part.FINISHED]

    @property
    def sentence(self) -> str:
        """Return the bar in words, for the tooltip and for screen readers."""
        told = "，".join(f"{part}{count}项" for part, count in self.parts if count)
        return f"{self.name}：共{self.total}项，{told}" if told else f"{self.name}：没有事项"


def part_of(item: Item) -> Part:
    """Return the part of a bar to which an item belongs."""
    late = item.light is Light.RED and item.entry.status in OPEN
    return Part.LATE if late else part(item.entry.status)


def parts_of(items: Iterable[Item]) -> dict[Part, int]:
    """Count ``items`` by part, in the order of :class:`Part`, none left out."""
    counts = Counter(map(part_of, items))
    return {each: counts[each] for each in Part}


def by_urgency(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return ``items`` with the late first, then the near, each by deadline; the others by number."""

    def rank(item: Item) -> tuple[int, date, str, int, int]:
        lit = _URGENCY.get(item.light, len(_URGENCY))
        due = item.entry.deadline.due if item.light in _URGENCY else None
        return lit, due or date.max, item.document_key, item.number, item.position

    return tuple(sorted(items, key=rank))


def due_words(deadline: date, today: date) -> str:
    """Return how far a deadline is, e.g. 逾期 8 天, 今日到期, 还有 13 天."""
    days = (deadline - today).days
    if days < 0:
        return f"逾期 {-days} 天"
    return f"还有 {days} 天" if days else "今日到期"
