"""Importing 20 workbooks, beside openpyxl merely reading them.

``python -m benchmarks.intake``. A round goes to all units; openpyxl, as a second program, fills every answer
in and saves. Then the 20 workbooks are read, compared three ways and taken in, with their receipt, into a
workspace that nobody has touched since; each run begins with a fresh copy of it. The reference is
``load_workbook`` of the same files. Runs of the two alternate; medians are told. The ratio is taken without
waiting for the disk (SQLite's ``synchronous`` is off, ``os.fsync`` does nothing), and the time with it
stands beside it.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.export import PROGRESS, without_the_disk
from desktop.catalogue import query
from desktop.catalogue import store as catalogue_store
from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import sending
from desktop.exchange.checklists.book import Sending
from desktop.exchange.checklists.columns import number
from desktop.exchange.returned import book
from desktop.workspace.file import store
from desktop.workspace.returns import intake, plans, rounds
from desktop.workspace.returns.receipts import FileState, Receipt

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TARGET = 2.0
ANSWERS = {
    number("完成时限"): "2026.12.31",
    number("状态"): "推进中",
    number("责任人"): "张建国",
    number("工作进展"): PROGRESS,
    number("存在问题"): "部分企业材料不齐。",
    number("下一步举措"): "月底前完成。",
}
"""By column of the checklist."""


def send(folder: Path, catalogue: Catalogue, workspace: Path) -> tuple[Path, ...]:
    """Begin a round in a new workspace and send all units their workbooks."""
    with store.open_for_writing(workspace) as opened:
        asked = rounds.new(opened.db, catalogue, "第四季度", date(2026, 12, 10), by="王主任", at=NOW)
        return sending.send_each(folder, opened.db, asked, Sending(catalogue, NOW.date()), by="张三", at=NOW)


def fill_in(path: Path) -> None:
    """Fill every answer in, with openpyxl."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if str(row[13].value or "").count("/") == 1:
            for column, value in ANSWERS.items():
                row[column - 1].value = value
    book.save(path)


def take_in(paths: tuple[Path, ...], catalogue: Catalogue, workspace: Path, wait: bool) -> Receipt:
    """Import the workbooks as the command line does."""
    with store.open_for_writing(workspace) as opened:
        if not wait:
            opened.db.execute("PRAGMA synchronous = OFF")
        read = [one for path in paths for one in book.read(path)]
        planned = plans.plan_all(opened.db, catalogue, read, NOW.date(), by="王主任")
        return intake.apply(opened.db, catalogue, planned, by="王主任", at=NOW)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> int:
    """Measure importing and merely reading; 1 when the ratio is over the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    catalogue = query.load(catalogue_store.open_catalogue())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, now = folder / "before", folder / "now"
        paths = send(folder / "out", catalogue, before)
        for path in paths:
            fill_in(path)

        def fresh(wait: bool) -> float:
            shutil.rmtree(now, ignore_errors=True)
            shutil.copytree(before, now)
            return timed(lambda: take_in(paths, catalogue, now, wait))

        with without_the_disk():
            taken = [
                (
                    fresh(False),
                    timed(lambda: [book.read(path) for path in paths]),
                    timed(lambda: [load_workbook(path) for path in paths]),
                )
                for _ in range(runs)
            ]
        waiting = statistics.median(fresh(True) for _ in range(3))
        shutil.rmtree(now)
        shutil.copytree(before, now)
        receipt = take_in(paths, catalogue, now, wait=True)
    changed = sum(len(file.changes) for file in receipt.files)
    assert all(file.state is FileState.ACCEPTED for file in receipt.files)
    ours, reading, bare = (statistics.median(times) for times in zip(*taken, strict=True))
    print(
        f"{len(paths)} workbooks, {changed} fields: importing {ours * 1000:.0f} ms (of that reading"
        f" {reading * 1000:.0f} ms), openpyxl merely reading {bare * 1000:.0f} ms, ratio {ours / bare:.2f};"
        f" brought to disk {waiting * 1000:.0f} ms"
    )
    return 1 if ours / bare > TARGET else 0


if __name__ == "__main__":
    raise SystemExit(main())
