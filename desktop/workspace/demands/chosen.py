"""Which process demands are handled by here, the one that was made here, and the holidays that were entered.

The process of one's own and the holidays travel with the demands that need them, so they are kept in the
journal; which process new demands take is a setting of this workspace.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.demands import process as processes
from desktop.workspace.demands import working_days
from desktop.workspace.demands.process import Process
from desktop.workspace.demands.working_days import WorkCalendar, YearOfDays
from desktop.workspace.items import settings
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Stamp

CUSTOM = "custom"
"""The key of 自定, the process that is made by form."""
FIRST = "shanxi"
_SETTING = "demand_process"
_PROCESS, _CALENDAR = "process", "calendar"


def processes_here(db: sqlite3.Connection) -> dict[str, Process]:
    """Return the processes by key: those of the program, and 自定 where one was made that holds."""
    found = dict(processes.bundled())
    content = custom_content(db)
    if content is not None:
        with contextlib.suppress(
            RuleError
        ):  # of a later version of the program: only its limits are not shown
            found[CUSTOM] = processes.parse(CUSTOM, content)
    return found


def custom_content(db: sqlite3.Connection) -> Mapping[str, Any] | None:
    """Return 自定 in the form of a process's file, None where none was made."""
    record = state.record(db, _PROCESS, CUSTOM)
    content = record.values.get("content") if record else None
    return content if isinstance(content, dict) else None


def keep_custom(db: sqlite3.Connection, content: Mapping[str, Any], stamp: Stamp) -> Process:
    """Keep 自定, in the form of a process's file. Raises RuleError where it does not hold."""
    made = processes.parse(CUSTOM, content)
    writing.write(db, [Edit(_PROCESS, CUSTOM, "content", dict(content))], stamp, grow=False)
    return made


def choice(db: sqlite3.Connection) -> Process:
    """Return the process that a new demand is handled by."""
    here = processes_here(db)
    return here.get(settings.get(db, _SETTING, FIRST)) or here[FIRST]


def choose(db: sqlite3.Connection, key: str) -> None:
    """Let new demands be handled by a process. Raises RuleError for one that is not there."""
    if key not in processes_here(db):
        raise RuleError("没有这个办理流程，没有改动任何内容。", "请先编辑并保存自定流程。")
    settings.put(db, _SETTING, key)


def process_of(db: sqlite3.Connection, key: str) -> Process:
    """Return the process of a demand; the chosen one where it is not here any more."""
    return processes_here(db).get(key) or choice(db)


def calendar(db: sqlite3.Connection) -> WorkCalendar:
    """Return which days are worked on: the years of the program, and over them what was entered here."""
    return working_days.bundled().over(_entered(db))


def keep_year(
    db: sqlite3.Connection, year: int, off: Iterable[date], on: Iterable[date], stamp: Stamp, source: str = ""
) -> YearOfDays:
    """Keep the holidays and make-up workdays of a year. Raises RuleError for days that cannot be right."""
    made = working_days.arranged(year, off, on, source)
    value = {
        "off": [day.isoformat() for day in sorted(made.off)],
        "on": [day.isoformat() for day in sorted(made.on)],
        "source": source,
    }
    writing.write(db, [Edit(_CALENDAR, str(year), "days", value)], stamp, grow=False)
    return made


def drop_year(db: sqlite3.Connection, year: int, stamp: Stamp) -> None:
    """Let a year be again as the program has it, or unknown."""
    writing.write(db, [Edit(_CALENDAR, str(year), "days", None)], stamp, grow=False)


def _entered(db: sqlite3.Connection) -> Iterable[YearOfDays]:
    for record in state.records(db, _CALENDAR):
        value: Any = record.values.get("days")
        try:
            yield working_days.arranged(
                int(record.key),
                [date.fromisoformat(day) for day in value["off"]],
                [date.fromisoformat(day) for day in value["on"]],
                str(value["source"]),
            )
        except (KeyError, TypeError, ValueError, RuleError):  # nothing, or no such year
            continue
