"""Demands found: one, all, of an enterprise, a visit or a unit; and how each stands on a day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.errors import RuleError
from desktop.workspace.demands import acting, chosen, limits
from desktop.workspace.demands.limits import LimitSpan
from desktop.workspace.demands.model import NOUN, Demand, demand_of
from desktop.workspace.demands.process import DemandState, Party, Process
from desktop.workspace.demands.working_days import WorkCalendar
from desktop.workspace.items import settings
from desktop.workspace.items.model import Light
from desktop.workspace.journal import state


@dataclass(frozen=True, slots=True)
class DemandStanding:
    """How a demand stands: its light, the limit that ends first (None: nothing is due), and all limits."""

    demand: Demand
    light: Light
    next_limit: LimitSpan | None
    spans: tuple[LimitSpan, ...]

    @property
    def is_late(self) -> bool:
        """Tell whether something that is due is past its day."""
        return self.light is Light.RED


@dataclass(frozen=True, slots=True)
class DemandFigures:
    """What 总览 says of demands: how many of each, the most first; ``satisfaction`` of those called back."""

    total: int
    open: int
    late: int
    by_unit: tuple[tuple[str, int], ...]
    by_category: tuple[tuple[str, int], ...]
    satisfaction: tuple[tuple[str, int], ...]


def one(db: sqlite3.Connection, key: str) -> Demand:
    """Return a demand. Raises RuleError when there is none of that key."""
    record = state.record(db, NOUN, key)
    if record is None:
        raise RuleError(
            "工作库中没有这件诉求，没有改动任何内容。", "它可能已按保留期限删除，请在列表中另选一项。"
        )
    return demand_of(record)


def find(db: sqlite3.Connection, number: str) -> Demand:
    """Return the demand of a 编号. Raises RuleError when none or several have it."""
    wanted = number.strip().upper()
    found = [demand for demand in every(db) if demand.number.upper() == wanted]
    if len(found) != 1:
        reason = f"有{len(found)}件诉求的编号是“{number}”" if found else f"没有编号为“{number}”的诉求"
        raise RuleError(f"{reason}，没有改动任何内容。", "请核对编号，可用 demand list 查看。")
    return found[0]


def every(db: sqlite3.Connection) -> tuple[Demand, ...]:
    """Return all demands, newest first."""
    found = [demand_of(record) for record in state.records(db, NOUN)]
    return tuple(sorted(found, key=lambda demand: (demand.received or date.min, demand.number), reverse=True))


def of_enterprises(db: sqlite3.Connection, *enterprises: str) -> tuple[Demand, ...]:
    """Return the demands of one enterprise, newest first; with the keys of all records that are it."""
    return tuple(demand for demand in every(db) if demand.enterprise in enterprises)


def of_visit(db: sqlite3.Connection, visit: str) -> tuple[Demand, ...]:
    """Return the demands that were made at a visit, in the order of their numbers."""
    return tuple(demand for demand in reversed(every(db)) if demand.visit == visit)


def of_unit(db: sqlite3.Connection, unit: str) -> tuple[Demand, ...]:
    """Return the open demands that a unit (by key) leads or supports, newest first."""
    return tuple(demand for demand in every(db) if demand.is_open and unit in demand.units)


def waiting_for(db: sqlite3.Connection, unit: str) -> tuple[Demand, ...]:
    """Return those of a unit's open demands in which the next step may be the unit's, newest first."""
    here, otherwise = chosen.processes_here(db), chosen.choice(db)
    return tuple(one for one in of_unit(db, unit) if _may_act(here.get(one.process) or otherwise, one, unit))


def _may_act(process: Process, demand: Demand, unit: str) -> bool:
    if demand.chain is None:
        return False
    party = Party.LEAD if unit == demand.chain.lead else Party.SUPPORT
    named = unit in (demand.chain.lead, *(one.unit for one in demand.chain.supports))
    return named and any(party in act.who for act in acting.offered(process, demand.chain))


def standing(
    demand: Demand,
    processes: Mapping[str, Process],
    otherwise: Process,
    calendar: WorkCalendar,
    today: date,
    near: int = limits.NEAR_DAYS,
) -> DemandStanding:
    """Return how a demand stands on a day, by the process that it is handled by."""
    if demand.chain is None:
        return DemandStanding(demand, Light.GREY, None, ())
    process = processes.get(demand.process) or otherwise
    spans = limits.spans(process, calendar, demand.chain)
    light = limits.light(demand.chain, spans, calendar, today, near)
    return DemandStanding(demand, light, next(iter(limits.running(spans)), None), spans)


def standings(db: sqlite3.Connection, found: Iterable[Demand], today: date) -> tuple[DemandStanding, ...]:
    """Return how demands stand on a day, with processes and calendar as they are here."""
    here, otherwise, days = chosen.processes_here(db), chosen.choice(db), chosen.calendar(db)
    near = near_days(db)
    return tuple(standing(demand, here, otherwise, days, today, near) for demand in found)


def near_days(db: sqlite3.Connection) -> int:
    """Return within how many working days of its end a limit of a demand is near."""
    kept = settings.get(db, "demand_near_days")
    return int(kept) if kept.isascii() and kept.isdigit() else limits.NEAR_DAYS


def figures(found: Iterable[DemandStanding]) -> DemandFigures:
    """Count demands for 总览: units and categories of the open ones, satisfaction of all."""
    all_of_them = tuple(found)
    open_ones = [one for one in all_of_them if one.demand.is_open]
    said = Counter(
        str(one.demand.chain.call_back.satisfaction)
        for one in all_of_them
        if one.demand.chain and one.demand.chain.call_back
    )
    return DemandFigures(
        total=len(all_of_them),
        open=len(open_ones),
        late=sum(one.is_late for one in open_ones),
        by_unit=tuple(Counter(one.demand.lead for one in open_ones).most_common()),
        by_category=tuple(Counter(str(one.demand.category) for one in open_ones).most_common()),
        satisfaction=tuple(said.most_common()),
    )


def is_answered(demand: Demand) -> bool:
    """Tell whether the enterprise has its final answer, were it called back yet or not."""
    return demand.chain is not None and demand.chain.state in (
        DemandState.FINISHED,
        DemandState.CALLED_BACK,
        DemandState.CLOSED,
    )
