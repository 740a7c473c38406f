"""What turned red since someone last looked: whose deadline has passed on a day that was not past then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from desktop.ui.overview.figures import by_urgency
from desktop.workspace.items import progress
from desktop.workspace.items.model import Item

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

SEEN = "reminded"  # the setting ``ui.reminded``: the day on which someone last looked


def turned_red(items: Iterable[Item], since: date) -> tuple[Item, ...]:
    """Return the items that are red now and were not on the day ``since``, the longest past first."""
    return by_urgency(progress.newly_late(items, since))


def last_seen(desk: Desk) -> date | None:
    """Return the day on which someone last looked; None when nobody ever has, or the clock was set back."""
    try:
        seen = date.fromisoformat(desk.setting(f"ui.{SEEN}"))
    except ValueError:
        return None
    return seen if seen <= desk.today() else None


def mark_seen(desk: Desk) -> None:
    """Remember that someone has looked today."""
    desk.remember_place({SEEN: desk.today().isoformat()})


def sentence(items: tuple[Item, ...], since: date, units: dict[str, str]) -> str:
    """Return what turned red, in a line."""
    first = items[0]
    name = f"{units.get(first.key.unit_key, '')}第{first.number}条"
    when = f"{since.month}月{since.day}日"
    if len(items) == 1:
        return f"自{when}以来，{name}转为逾期。"
    return f"自{when}以来，有 {len(items)} 项转为逾期：{name}等。"
