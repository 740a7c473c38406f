"""A thousand visits from a laptop, merged, beside plain SQLite inserts of the same rows in the same run.

``python benchmarks/merging.py [VISITS]``; in time of the processor the target is three times as long at most.
Both take turns, each time into a workspace of its own; the exit code is 1 when the median misses the target.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.library import opening
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Edit, Stamp
from desktop.workspace.merging import packing, taking
from desktop.workspace.visits import recording

NOW = datetime.fromisoformat("2026-11-26T10:00:00+08:00")
TURNS, TARGET = 15, 3.0
TABLES = ("journal", "standing", "records", "machines", "arrivals", "arrival_ranges")
Taken = tuple[float, float]
"""Seconds of the processor, and on the clock."""


def fill(db: sqlite3.Connection, visits: int) -> None:
    """Write visits as people do, each to an enterprise of its own."""
    stamp = Stamp("李四", "录入", NOW)
    with transaction(db):
        for number in range(visits):
            firm = f"{number:016x}"
            writing.write(db, [Edit("enterprise", firm, "name", f"示例第{number}厂")], stamp)
            key = recording.begin(
                db,
                firm,
                date(2026, 1 + number % 12, 1 + number % 28),
                stamp,
                place="厂区",
                visitors=["李四", "王五"],
                met=["赵某（厂长）"],
                summary="生产正常，订单较上年增加，用电和用工稳定。" * 4,
            )
            recording.edit(db, key, {"explained/czbf-2023-3.1.m16": "想申请", "confirmation": "签字"}, stamp)


def timed(call: Callable[[], object]) -> Taken:
    """Return how long a call takes."""
    processor, clock = time.process_time(), time.perf_counter()
    call()
    return time.process_time() - processor, time.perf_counter() - clock


def packed(laptop: sqlite3.Connection, path: Path) -> Taken:
    """Pack the workspace; return how long it takes."""
    return timed(lambda: packing.pack(laptop, path.parent / "laptop", path, by="李四", at=NOW))


def merged(path: Path, folder: Path) -> tuple[Taken, dict[str, list[tuple[object, ...]]]]:
    """Take the package in; return how long it takes, and the rows that are there by then."""
    catalogue = opening.opened(folder).catalogue
    with store.open_for_writing(folder) as workspace:
        db = workspace.db
        took = timed(lambda: taking.apply(db, folder, catalogue, path, by="张三", at=NOW))
        return took, {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def plain(rows: dict[str, list[tuple[object, ...]]], folder: Path) -> Taken:
    """Insert the same rows into the same tables, in one transaction; return how long it takes."""
    with store.open_for_writing(folder) as workspace:
        return timed(lambda: insert(workspace.db, rows))


def insert(db: sqlite3.Connection, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """Insert rows that are at hand, nothing read and nothing checked."""
    with transaction(db):
        for table, some in rows.items():
            if some:
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)


def told(what: str, taken: list[Taken]) -> str:
    """Return medians and ranges of times."""
    of = (
        f"{name} {1000 * statistics.median(times):.0f} ms ({1000 * min(times):.0f}–{1000 * max(times):.0f})"
        for name, times in zip(("processor", "clock"), zip(*taken, strict=True), strict=True)
    )
    return f"{what}: {', '.join(of)}"


def main() -> int:
    """Measure and print."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    packs, inserts, merges = [], [], []
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        path = root / "a.sjb"
        with store.open_for_writing(root / "laptop") as laptop:
            fill(laptop.db, visits)
            for turn in range(TURNS + 1):
                packs.append(packed(laptop.db, path))
                took, rows = merged(path, root / f"merged{turn}")
                merges.append(took)
                inserts.append(plain(rows, root / f"plain{turn}"))
        size = path.stat().st_size
    print(f"{visits} visits, {len(rows['journal'])} writes, {size} bytes; {TURNS} turns, the first left out")
    for what, taken in (("packed", packs), ("the same rows inserted", inserts), ("taken in", merges)):
        print(told(what, taken[1:]))
    ratios = [
        sorted(merge[clock] / insert[clock] for merge, insert in zip(merges[1:], inserts[1:], strict=True))
        for clock in (0, 1)
    ]
    for what, some in zip(("processor", "clock"), ratios, strict=True):
        print(f"ratio, {what}: {statistics.median(some):.2f} ({some[0]:.2f}–{some[-1]:.2f})")
    return int(statistics.median(ratios[0]) > TARGET)


if __name__ == "__main__":
    sys.exit(main())
