"""A thousand visits from a laptop, merged, beside plain SQLite inserts of the same rows in the same run.

``python benchmarks/merging.py [VISITS]``; the target is three times as long at most.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
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
TIMES = 5
TABLES = ("journal", "standing", "records")


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


def plain(source: sqlite3.Connection, folder: Path) -> float:
    """Insert the same rows into the same tables, in one transaction; return how long it takes in seconds."""
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with store.open_for_writing(folder) as workspace:
        began = time.perf_counter()
        with transaction(workspace.db):
            for table, some in rows.items():
                marks = ", ".join("?" * len(some[0]))
                workspace.db.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
        return time.perf_counter() - began


def merged(path: Path, folder: Path) -> float:
    """Take the package in; return how long it takes in seconds."""
    catalogue = opening.opened(folder).catalogue
    with store.open_for_writing(folder) as workspace:
        began = time.perf_counter()
        made = taking.apply(workspace.db, folder, catalogue, path, by="张三", at=NOW)
        took = time.perf_counter() - began
        assert not made.gaps
        return took


def main() -> None:
    """Measure and print."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        with store.open_for_writing(root / "laptop") as laptop:
            fill(laptop.db, visits)
            path = root / "a.sjb"
            began = time.perf_counter()
            packed = packing.pack(laptop.db, root / "laptop", path, by="李四", at=NOW)
            took = time.perf_counter() - began
            print(
                f"pack  {visits} visits, {packed.manifest.writes} writes, {packed.size} bytes: {took:.3f} s"
            )
            inserts = min(plain(laptop.db, root / f"plain{one}") for one in range(TIMES))
        merges = min(merged(path, root / f"merged{one}") for one in range(TIMES))
        print(f"insert the same rows: {inserts:.3f} s")
        print(f"merge: {merges:.3f} s, {merges / inserts:.1f} times as long")


if __name__ == "__main__":
    main()
