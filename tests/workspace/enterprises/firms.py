"""Enterprises for tests: who writes, and codes that pass their check."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any

from desktop.classification import credit_code
from desktop.workspace.enterprises import recording
from desktop.workspace.journal.model import Stamp

NOON = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
DAY = date(2026, 11, 26)
STAMP = Stamp("张三", "录入", NOON)


def code(number: int) -> str:
    """Return a 统一社会信用代码 that passes its check."""
    body = f"911403{number:011}"
    return body + credit_code.check_character(body)


def add(db: sqlite3.Connection, name: str, /, **fields: Any) -> str:
    """Add an enterprise; ``__`` in the name of a field stands for its slashes."""
    return recording.add(db, name, STAMP, {field.replace("__", "/"): each for field, each in fields.items()})
