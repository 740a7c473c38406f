"""Numbers that people call a record by: of its day, and of no other machine's making."""

from __future__ import annotations

import sqlite3
from datetime import date

from desktop.workspace.journal import identity

_MARK = 4  # characters of the machine's name


def next_number(db: sqlite3.Connection, noun: str, prefix: str, day: date) -> str:
    """Return the 编号 of a record that begins now, as ``ZF-20261126-3f9a-01``; in the transaction of it.

    Two machines number one day alike but for their marks; where even these are alike the journal still tells
    the records apart by their keys.
    """
    head = f"{prefix}-{day:%Y%m%d}-{identity.current(db)[:_MARK]}-"
    taken = db.execute(
        "SELECT json_extract(data, '$.number') AS number FROM records WHERE noun = ? AND number LIKE ?",
        (noun, f"{head}%"),
    ).fetchall()
    last = [int(number[len(head) :]) for (number,) in taken if number[len(head) :].isdecimal()]
    return f"{head}{max(last, default=0) + 1:02}"
