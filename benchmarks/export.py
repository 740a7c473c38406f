"""Exporting all units' checklists, beside bare openpyxl writing the same cells.

``python -m benchmarks.export``. The reference writes the values of the very workbooks that the program has
written: same sheets, same cells, no style, no width, no rule. Runs of the two alternate; medians are told.
The program brings each file to disk before it says that it is written; the ratio is taken without that wait
(``os.fsync`` does nothing), and the time with it is told beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from desktop.catalogue import query, store
from desktop.exchange.checklists import book as checklist_book
from desktop.workspace.file import store as workspaces
from desktop.workspace.items import checklist, deadline
from desktop.workspace.items.model import Entry, Item, Status
from desktop.workspace.items.progress import light

TODAY = date(2026, 11, 23)
TARGET = 1.5
PROGRESS = "已会同有关单位梳理企业名单，完成第一批资金拨付12笔、合计380万元；第二批正在审核，预计月底前完成。"

Cells = list[tuple[str, list[tuple[int, int, Any]]]]


def filled_in(number: int, item: Item) -> Item:
    """Return ``item`` as a unit might have filled it in."""
    entry = (
        Entry(),
        Entry(
            Status.UNDER_WAY,
            deadline.on(date(2026, 12, 1)),
            "张建国",
            PROGRESS,
            "部分企业材料不齐。",
            "月底前完成。",
            "",
            3,
        ),
        Entry(Status.DONE, deadline.on(date(2026, 10, 31)), "李梅", PROGRESS, revision=2),
        Entry(Status.UNDER_WAY, deadline.on(date(2026, 9, 30)), "王小明", "正在推进。", revision=1),
    )[number % 4]
    return replace(item, entry=entry, light=light(entry, TODAY))


def cells_of(path: Path) -> Cells:
    """Return title, and row, column and value of every cell that has one, for each sheet of a workbook."""
    return [
        (
            sheet.title,
            [(c.row, c.column, c.value) for row in sheet.iter_rows() for c in row if c.value is not None],
        )
        for sheet in load_workbook(path)
    ]


def write_bare(path: Path, sheets: Cells) -> None:
    """Write the cells with openpyxl and nothing else."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets:
        sheet = book.create_sheet(title)
        for row, column, value in cells:
            sheet.cell(row, column, value)
    book.save(path)


@contextlib.contextmanager
def without_the_disk() -> Iterator[None]:
    """Let ``os.fsync`` return at once."""
    real = os.fsync
    os.fsync = lambda _: None
    try:
        yield
    finally:
        os.fsync = real


def medians(runs: int, *works: Callable[[], object]) -> list[float]:
    """Return the median seconds of each of ``works``, run in turn."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, seconds in zip(works, taken, strict=True):
            gc.collect()
            begin = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begin)
    return [statistics.median(seconds) for seconds in taken]


def main() -> int:
    """Measure both ways of exporting all units; 1 when one is over the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    catalogue = query.load(store.open_catalogue())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with workspaces.open_for_reading(folder / "workspace") as empty:
            items = checklist.every_item(empty.db, catalogue, TODAY)
        items = [filled_in(number, item) for number, item in enumerate(items)]
        one, each, bare = folder / "all.xlsx", folder / "each", folder / "bare"
        bare.mkdir()

        def all_in_one() -> object:
            return checklist_book.write_all(one, checklist_book.Sending(catalogue, TODAY), items)

        def one_each() -> object:
            return checklist_book.write_each(each, checklist_book.Sending(catalogue, TODAY), items)

        all_in_one()
        one_each()
        book = cells_of(one)
        books = {bare / path.name: cells_of(path) for path in sorted(each.iterdir())}

        def bare_all_in_one() -> object:
            return write_bare(bare / "all.xlsx", book)

        def bare_one_each() -> object:
            return [write_bare(path, sheets) for path, sheets in books.items()]

        worst = 0.0
        for words, ours, reference, sheets in (
            ("one workbook", all_in_one, bare_all_in_one, book),
            (f"{len(books)} workbooks", one_each, bare_one_each, [s for b in books.values() for s in b]),
        ):
            with without_the_disk():
                mine, theirs = medians(runs, ours, reference)
            (waiting,) = medians(3, ours)
            worst = max(worst, mine / theirs)
            count = sum(len(cells) for _, cells in sheets)
            print(
                f"{words}, {count} cells: {mine * 1000:.0f} ms, bare openpyxl {theirs * 1000:.0f} ms,"
                f" ratio {mine / theirs:.2f}; brought to disk {waiting * 1000:.0f} ms"
            )
    return 1 if worst > TARGET else 0


if __name__ == "__main__":
    raise SystemExit(main())
