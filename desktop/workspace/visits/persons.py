"""Whose names may stand in what was written of a visit or a demand, so that they can be masked."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workspace.demands.model import Demand
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.visits.model import Visit


def of_visit(visit: Visit, firm: Enterprise | None = None) -> frozenset[str]:
    """Return who was there, and the contacts of the enterprise."""
    joined = (one.visitors for one in visit.joined)
    return _names([*visit.visitors, *(one.name for one in visit.met), *joined], firm)


def of_demand(demand: Demand, firm: Enterprise | None = None) -> frozenset[str]:
    """Return who acted or was told, and the contacts of the enterprise."""
    named: list[str] = []
    for step in demand.chain.steps if demand.chain else ():
        named += [step.by, step.entered_by, step.asked_by, step.told.whom if step.told else ""]
    return _names(named, firm)


def _names(named: Iterable[str], firm: Enterprise | None) -> frozenset[str]:
    contacts = (one.name for one in firm.contacts) if firm else ()
    return frozenset(name.strip() for name in (*named, *contacts) if name.strip())
