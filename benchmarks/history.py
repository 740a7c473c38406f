"""A long history, in one run: ``python -m benchmarks.history [ITEMS CHANGES]``.

Two workspaces hold the same items, one with a single change for each, the other with very many (1,000 × 200
unless told). What a page needs when it opens is measured on both: a long history must not be felt. The two
take turns; each figure is the median of its runs.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue import query
from desktop.catalogue.query import Catalogue
from desktop.catalogue.store import open_catalogue
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 12).astimezone()
FIRST = 100
TARGET_MS = 20
FIELDS = ("progress", "problems", "next_step")
RUNS = 21


def main(count: int, changes: int) -> int:
    """Print a table; return 1 when a target is missed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        catalogue = _catalogue(count)
        keys = [
            ItemKey(unit.key, measure.key)
            for unit in catalogue.checklist_units()
            for measure in catalogue.measures_of(unit.key)
        ][:count]
        with (
            store.open_for_writing(folder / "short") as short,
            store.open_for_writing(folder / "long") as long,
        ):
            for workspace, each in ((short, 1), (long, changes)):
                _fill(workspace.db, catalogue, keys, each)
            (told,) = long.db.execute("SELECT count(*) FROM changes").fetchone()
            size = (folder / "long" / store.DATABASE).stat().st_size / 1e6
            print(f"{len(keys)} items, {told} changes, {size:.0f} MB\n")
            print(f"{'':34}{'short':>10}{'long':>10}")
            return max(_measure(short.db, long.db, catalogue, keys))


def _catalogue(count: int) -> Catalogue:
    """Return the bundled catalogue with its measures and responsibilities over and over again."""
    with closing(open_catalogue()) as db:
        once = query.load(db)
    times = range(-(-count // len(once.responsibilities)))
    return replace(
        once,
        measures=tuple(
            replace(measure, key=f"{measure.key}-{time}") for time in times for measure in once.measures
        ),
        responsibilities=tuple(
            replace(duty, measure_key=f"{duty.measure_key}-{time}")
            for time in times
            for duty in once.responsibilities
        ),
    )


def _fill(db: sqlite3.Connection, catalogue: Catalogue, keys: list[ItemKey], changes: int) -> None:
    """Enter something in each item, as often as told, one item after the other and round again."""
    with transaction(db):
        for number in range(changes):
            values = {
                FIELDS[number % len(FIELDS)]: f"第{number}次填报：已走访企业{number}户，拨付{number}笔。"
            }
            for key in keys:
                checklist.edit(db, catalogue, key, values, by="张三", source="录入", at=AT)


def _measure(
    short: sqlite3.Connection, long: sqlite3.Connection, catalogue: Catalogue, keys: list[ItemKey]
) -> list[int]:
    """Print what each reading takes; return, for each, 1 when it takes too long."""
    unit, key = keys[0].unit_key, keys[len(keys) // 2]
    readings: dict[str, Callable[[sqlite3.Connection], object]] = {
        "a unit's checklist": lambda db: checklist.items(db, catalogue, unit, TODAY),
        f"a unit's history, first {FIRST}": lambda db: search.page(db, Scope(unit), limit=FIRST),
        f"an item's history, first {FIRST}": lambda db: search.page(db, Scope.item(key), limit=FIRST),
        f"all units' history, first {FIRST}": lambda db: search.page(db, Scope(), limit=FIRST),
        "what can be undone": undo.last_undoable,
    }
    missed = []
    for name, read in readings.items():
        taken = [(_milliseconds(read, short), _milliseconds(read, long)) for _ in range(RUNS)]
        one, other = (statistics.median(column) for column in zip(*taken, strict=True))
        missed.append(int(other > TARGET_MS))
        print(f"{name:34}{one:>7.2f} ms{other:>7.2f} ms{'  MISSED' if missed[-1] else ''}")
    return missed


def _milliseconds(read: Callable[[sqlite3.Connection], object], db: sqlite3.Connection) -> float:
    began = time.perf_counter()
    read(db)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    raise SystemExit(main(*(given or (1000, 200))))
