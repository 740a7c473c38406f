"""Whose names may stand in what was written of an enterprise, so that they can be masked."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from desktop.workspace.demands import demands
from desktop.workspace.demands.model import Demand
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import Visit

Named = Mapping[str, frozenset[str]]


def by_firm(db: sqlite3.Connection) -> Named:
    """Return the names that occur with each enterprise, by the key that stands for it; "" for none."""
    into = enterprises.merged(db)
    found: dict[str, set[str]] = {"": set()}

    def add(firm: str, *names: str) -> None:
        known = {name.strip() for name in names if name.strip()}
        found.setdefault(enterprises.resolved(into, firm) if firm else "", set()).update(known)

    for firm in enterprises.recorded(db):
        add(firm.key, *_contacts(firm))
    for visit in visits.every(db):
        add(visit.enterprise, *_of_visit(visit))
    for demand in demands.every(db):
        add(demand.enterprise, *_of_demand(demand))
    return {firm: frozenset(names) for firm, names in found.items()}


def of_firm(db: sqlite3.Connection, key: str) -> frozenset[str]:
    """Return the names that occur with one enterprise; with none, those in what belongs to none."""
    return by_firm(db).get(enterprises.resolve(db, key) if key else "", frozenset())


def _contacts(firm: Enterprise) -> list[str]:
    return [one.name for one in firm.contacts]


def _of_visit(visit: Visit) -> list[str]:
    return [*visit.visitors, *(one.name for one in visit.met), *(one.visitors for one in visit.joined)]


def _of_demand(demand: Demand) -> list[str]:
    named = [demand.contact]
    for step in demand.chain.steps if demand.chain else ():
        named += [step.by, step.entered_by, step.asked_by, step.told.whom if step.told else ""]
    return named
