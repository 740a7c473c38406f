"""Gaps: writes that are known to exist and are not here. They are named until they come."""

from __future__ import annotations

import sqlite3

from desktop.workspace.merging import naming, spans
from desktop.workspace.merging.outcome import Gap
from desktop.workspace.merging.spans import Spans


def gaps(db: sqlite3.Connection) -> tuple[Gap, ...]:
    """Return all that is missing, by machine and counter.

    Counters have no holes where they are made. So what lies below the highest counter of a machine that is
    here, or that a package's maker meant to hand over, is missing unless some maker left it out on purpose.
    """
    here = spans.held(db)
    promised, left_out = _told(db, 1), _told(db, 0)
    highest = [
        (machine, 1, max(last for _, last in mine))
        for told in (here, promised)
        for machine, mine in told.items()
    ]
    lacking = spans.without(spans.together(highest), here)
    wanted = spans.without(lacking, spans.without(left_out, promised))
    return tuple(_gap(db, *one) for one in spans.rows(wanted))


def keep(db: sqlite3.Connection, arrival: int, holds: Spans, left_out: Spans) -> None:
    """Keep what the maker of the package that came with ``arrival`` holds and left out; in a transaction."""
    for promised, told in ((1, spans.without(holds, left_out)), (0, left_out)):
        db.executemany(
            "INSERT INTO arrival_ranges (arrival, promised, machine, first, last) VALUES (?, ?, ?, ?, ?)",
            [(arrival, promised, *row) for row in spans.rows(told)],
        )


def _told(db: sqlite3.Connection, promised: int) -> Spans:
    """Return what makers said, but for packages that were taken back."""
    rows = db.execute(
        "SELECT machine, first, last FROM arrival_ranges JOIN arrivals ON arrivals.id = arrival"
        " WHERE undone_at IS NULL AND promised = ?",
        (promised,),
    )
    return spans.together(rows)


def _gap(db: sqlite3.Connection, machine: str, first: int, last: int) -> Gap:
    moments = [
        db.execute(
            f"SELECT at FROM journal WHERE machine = ? AND counter {side} LIMIT 1", (machine, counter)
        ).fetchone()
        for side, counter in (("< ? ORDER BY counter DESC", first), ("> ? ORDER BY counter", last))
    ]
    after, before = (str(row[0]) if row else "" for row in moments)
    return Gap(machine, naming.machine(db, machine), first, last, after, before)
