"""How far things are: the light of one item, the tally of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from desktop.workspace.items.model import FINISHED, Entry, Item, Light, Status, Tally
from desktop.workspace.items.settings import NEAR_DAYS


def light(entry: Entry, today: date, near_days: int = NEAR_DAYS) -> Light:
    """Return the light of ``entry`` on ``today``; the last of ``near_days`` days is near as well.

    长期 and 未写明 have no day that could be missed: no colour.
    """
    if entry.status in FINISHED:
        return Light.GREEN
    due = entry.deadline.due
    if entry.status is Status.NOT_APPLICABLE or due is None:
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
        total=len(rows),
        not_started=status[Status.NOT_STARTED],
        under_way=status[Status.UNDER_WAY],
        done=status[Status.DONE],
        closed=status[Status.CLOSED],
        not_applicable=status[Status.NOT_APPLICABLE],
        late=lights[Light.RED],
        near=lights[Light.YELLOW],
    )
