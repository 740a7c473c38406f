"""催办: the words to send to those who have not done what is due of a demand, or who have little time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import date_words
from desktop.workspace.demands import chosen, demands, limits
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.demands.limits import LimitSpan
from desktop.workspace.demands.model import Demand
from desktop.workspace.demands.working_days import WorkCalendar
from desktop.workspace.items.model import Light

OFFICE = "受理人"
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class DemandReminder:
    """What one unit (by key; "" the office) is to be reminded of: the late first, then by day."""

    unit: str
    due: tuple[tuple[Demand, LimitSpan], ...]


def due(db: sqlite3.Connection, found: Iterable[DemandStanding], today: date) -> tuple[DemandReminder, ...]:
    """Return who is to be reminded of what: each limit that is past or near."""
    calendar, near = chosen.calendar(db), demands.near_days(db)
    by_unit: dict[str, list[tuple[Demand, LimitSpan]]] = {}
    for one in found:
        for span in limits.running(one.spans):
            if span.light(calendar, today, near) in (Light.RED, Light.YELLOW):
                by_unit.setdefault(span.unit, []).append((one.demand, span))
    return tuple(
        DemandReminder(unit, tuple(sorted(pairs, key=lambda pair: (pair[1].due, pair[0].number))))
        for unit, pairs in sorted(by_unit.items(), key=lambda pair: (pair[0] == "", pair[0]))
    )


def text(
    reminder: DemandReminder,
    catalogue: Catalogue,
    enterprises: Mapping[str, str],
    calendar: WorkCalendar,
    today: date,
) -> str:
    """Return the words for one unit, ready to be sent; ``enterprises`` are their names by key."""
    lines = [f"诉求催办：{called(catalogue, reminder.unit)}"]
    for number, (demand, span) in enumerate(reminder.due, 1):
        name = enterprises.get(demand.enterprise, "")
        asked = " ".join(demand.text.split())
        asked = asked if len(asked) <= _SHOWN else f"{asked[:_SHOWN]}…"
        head = "　".join(filter(None, (demand.number, name, asked)))
        lines.append(f"{number}.{head}：{when(span, calendar, today)}。")
    lines.append("请按时限办理，将结果告知企业，并反馈办理情况。")
    return "\n".join(lines) + "\n"


def when(span: LimitSpan, calendar: WorkCalendar, today: date) -> str:
    """Return how far a limit is, e.g. 办结时限为2026年11月23日，已逾期3个工作日."""
    said = f"{span.name}时限为{date_words(span.due)}"
    days = calendar.between(today, span.due)
    if span.due < today:
        said += f"，已逾期{-days}个工作日" if days else "，已逾期"
    else:
        said += f"，还有{days}个工作日" if span.due > today else "，今日到期"
    return f"{said}（{span.caveat}）" if span.caveat else said


def called(catalogue: Catalogue, unit: str) -> str:
    """Return what a unit is called; a name that no notice has stands for itself, "" is the office."""
    try:
        return catalogue.unit(unit).name if unit else OFFICE
    except KeyError:
        return unit
