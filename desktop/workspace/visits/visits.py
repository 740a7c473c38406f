"""Visits found: one, all, of an enterprise, and those of the last days, so that nobody is called on twice."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from desktop.errors import RuleError
from desktop.workspace.journal import state
from desktop.workspace.visits.model import NOUN, Visit, visit_of

NEAR_DAYS = 30
"""Before a visit is planned, all visits of so many days before and after it are shown (无事不扰)."""


def one(db: sqlite3.Connection, key: str) -> Visit:
    """Return a visit. Raises RuleError when there is none of that key."""
    record = state.record(db, NOUN, key)
    if record is None:
        raise RuleError(
            "工作库中没有这次走访，没有改动任何内容。", "它可能已按保留期限删除，请在列表中另选一次。"
        )
    return visit_of(record)


def every(db: sqlite3.Connection) -> tuple[Visit, ...]:
    """Return all visits, newest first."""
    found = [visit_of(record) for record in state.records(db, NOUN)]
    return tuple(sorted(found, key=lambda visit: (visit.day or date.min, visit.number), reverse=True))


def of_enterprises(db: sqlite3.Connection, *enterprises: str) -> tuple[Visit, ...]:
    """Return the visits to one enterprise, newest first; with the keys of all records that are it."""
    return tuple(visit for visit in every(db) if visit.enterprise in enterprises)


def near(
    db: sqlite3.Connection, enterprises: tuple[str, ...], day: date, days: int = NEAR_DAYS
) -> tuple[Visit, ...]:
    """Return the visits of any unit to an enterprise within ``days`` of ``day``, planned too."""
    span = timedelta(days=days)
    return tuple(
        visit
        for visit in of_enterprises(db, *enterprises)
        if visit.day is not None and abs(visit.day - day) <= span
    )
