"""How long there is for each stretch of a demand's way, and which light that gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.errors import RuleError
from desktop.workspace.demands.chain import DemandChain, DemandStep
from desktop.workspace.demands.process import FINISH, SUPPORT, DemandLimit, DemandState, Process
from desktop.workspace.demands.working_days import WorkCalendar
from desktop.workspace.items.model import Light

NEAR_DAYS = 2
"""Within how many working days of its end a limit is near (yellow), unless that is set otherwise."""


@dataclass(frozen=True, slots=True)
class LimitSpan:
    """A limit as it runs, or ran: from ``start`` to ``due``, the last day on which it is kept.

    ``unit`` is whose it is, "" the office's; ``done`` is the day it was done, None while it runs. ``caveat``
    says in words where the list of working days has a gap. An ``optional`` one is never
    late while nothing happens.
    """

    name: str
    unit: str
    start: date
    due: date
    done: date | None = None
    optional: bool = False
    caveat: str = ""

    @property
    def is_late(self) -> bool:
        """Tell whether it was done after its day."""
        return self.done is not None and self.done > self.due

    def light(self, calendar: WorkCalendar, today: date, near: int = NEAR_DAYS) -> Light:
        """Return its light: done green, past red, ``near`` working days before its end yellow."""
        if self.done is not None:
            return Light.GREEN
        if self.optional:
            return Light.GREY
        if self.due < today:
            return Light.RED
        return Light.YELLOW if calendar.between(today, self.due) <= near else Light.GREEN


def spans(process: Process, calendar: WorkCalendar, chain: DemandChain) -> tuple[LimitSpan, ...]:
    """Return every limit that runs or ran to its end, in the order in which they began.

    One that begins again before it was done (改派) is counted from anew; what a demand that is closed left
    open is not due any more and left out.
    """
    found: list[LimitSpan] = []
    for limit in process.limits:
        if not limit.before and limit.name != SUPPORT:
            found += _of(limit, calendar, chain)
    found += _of_supports(process, calendar, chain)
    for limit in process.limits:
        if limit.before:
            found += _ahead(limit, calendar, chain, found)
    kept = (one for one in found if chain.is_open or one.done is not None)
    return tuple(sorted(kept, key=lambda one: (one.start, one.due)))


def running(found: Iterable[LimitSpan]) -> tuple[LimitSpan, ...]:
    """Return those that are due and not done, the one that ends first at the head."""
    return tuple(
        sorted((one for one in found if one.done is None and not one.optional), key=lambda one: one.due)
    )


def light(
    chain: DemandChain,
    found: Iterable[LimitSpan],
    calendar: WorkCalendar,
    today: date,
    near: int = NEAR_DAYS,
) -> Light:
    """Return the light of a demand: that of the limit that ends first; grey where nothing is due."""
    if chain.state is DemandState.CLOSED:
        return Light.GREEN
    first = next(iter(running(found)), None)
    return first.light(calendar, today, near) if first else Light.GREY


def check_stated(process: Process, calendar: WorkCalendar, chain: DemandChain) -> None:
    """Raise RuleError when the newest step states a day that is later than the process allows at all."""
    last = chain.last
    limit = next((one for one in process.limits if one.name == FINISH and one.longest), None)
    if limit is None or last.due is None:
        return
    begun = [one for one in chain.steps if one.act in limit.start]
    if not begun:
        return
    latest = _after(limit, calendar, begun[-1].day, limit.longest)
    if last.due > latest:
        raise RuleError(
            f"办理时限{last.due}超过最长期限{latest}（自{begun[-1].day}起{limit.longest}个工作日），没有改动任何内容。",
            "请填写期限以内的日期。",
        )


def _of(limit: DemandLimit, calendar: WorkCalendar, chain: DemandChain) -> Iterator[LimitSpan]:
    running: LimitSpan | None = None
    began: date | None = None
    stated: date | None = None
    lead = ""
    for step in chain.steps:
        lead = step.lead or lead
        if limit.name == FINISH and step.due and _sets_due(step):
            stated = step.due
        if step.act in limit.until:
            if running is not None:
                yield replace(running, done=step.day)
            running = began = None
        if step.act in limit.start:
            began = step.day
            due = stated if stated and stated == step.due else _due(limit, calendar, began) or stated
            running = _span(limit, calendar, lead, began, due) if due else None
        elif began is not None and stated and stated == step.due:
            running = _span(limit, calendar, lead, began, stated)
        elif running is not None and step.lead:
            running = replace(running, unit=lead)
    if running is not None:
        yield running


def _sets_due(step: DemandStep) -> bool:
    """Tell whether the day that a step states is in force: not that which is only asked for."""
    return step.state is not DemandState.EXTENSION


def _of_supports(process: Process, calendar: WorkCalendar, chain: DemandChain) -> Iterator[LimitSpan]:
    """Yield a span for each supporting unit that has a day: the one stated for it, else the process's."""
    limit = next((one for one in process.limits if one.name == SUPPORT), None)
    limit = limit or DemandLimit(SUPPORT, None, frozenset(), frozenset(("协办意见",)))
    open_: dict[str, LimitSpan] = {}
    for step in chain.steps:
        if step.lead:
            open_ = {unit: one for unit, one in open_.items() if one.done is not None}
        for one in step.supports:
            due = one.due or _due(limit, calendar, step.day)
            if due is not None:
                open_[one.unit] = _span(limit, calendar, one.unit, step.day, due)
        if step.act in limit.until and step.unit in open_ and open_[step.unit].done is None:
            open_[step.unit] = replace(open_[step.unit], done=step.day)
    yield from open_.values()


def _ahead(
    limit: DemandLimit, calendar: WorkCalendar, chain: DemandChain, found: Iterable[LimitSpan]
) -> Iterator[LimitSpan]:
    """Yield the spans that end a number of days before those of another limit do."""
    for other in [one for one in found if one.name == limit.before]:
        due = _after(limit, calendar, other.due, -(limit.days or 0))
        until = other.done or date.max
        done = [one.day for one in chain.steps if one.act in limit.until and other.start <= one.day <= until]
        if done or other.done is None:
            span = _span(limit, calendar, other.unit, other.start, max(due, other.start))
            yield replace(span, done=done[-1] if done else None)


def _due(limit: DemandLimit, calendar: WorkCalendar, start: date) -> date | None:
    return None if limit.days is None else _after(limit, calendar, start, limit.days)


def _after(limit: DemandLimit, calendar: WorkCalendar, day: date, count: int) -> date:
    return calendar.add(day, count) if limit.working else day + timedelta(days=count)


def _span(limit: DemandLimit, calendar: WorkCalendar, unit: str, start: date, due: date) -> LimitSpan:
    caveat = calendar.caveat(start, due) if limit.working else ""
    return LimitSpan(limit.name, unit, start, due, optional=limit.optional, caveat=caveat)
