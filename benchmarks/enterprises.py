"""The list of five thousand enterprises: ``python -m benchmarks.enterprises [HOW MANY]``.

Opening it is what is shown of all records read, put in order by how the names sound, and the size of the rows
on one screen judged; the reference beside it, in the same run, is SQLite reading the same records and Python
parsing their JSON. Filtering is one key typed, over rows that are there; its reference is one pass over names
with ``in``. In seconds of the processor, the median of the runs by turns; what is done once a session (the
first opening, the pinyin) is done once.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop.classification import credit_code, industry
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises import duplicates, enterprises, listing, recording
from desktop.workspace.enterprises.model import figure_field
from desktop.workspace.file import store
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Stamp

COUNT = 5000
RUNS = 5
ON_SCREEN = 15
DAY = date(2026, 11, 26)
TARGET_OPEN_SECONDS, TARGET_FILTER_SECONDS = 0.3, 0.01
TYPED = ("铸造", "义井", "yq", "yqzz", "zhuzao", "9114", "没有这家")
_PARTS = "阳泉义井平定郊区城示例铸造机械化工建材商贸物流科技电子食品医药"


def main(count: int) -> int:
    """Print the figures; return 1 when a target, taken for five thousand, is missed."""
    with tempfile.TemporaryDirectory() as folder, store.open_for_writing(Path(folder) / "ws") as workspace:
        db = workspace.db
        began = time.process_time()
        _fill(db, count)
        written = time.process_time() - began
        opened = _once(lambda: _opened(db))
        again, read = _in_turns(lambda: _opened(db), lambda: _read(db))
        (paired,) = _in_turns(lambda: duplicates.pairs(enterprises.every(db)))
        firms = listing.FirmList(listing.rows(db, DAY))
    names = [row.name for row in firms.rows]
    firms.filtered("义")
    first = _once(lambda: firms.filtered("yq"))

    def typed(text: str) -> list[float]:
        return _in_turns(lambda: firms.filtered(text), lambda: [text in name for name in names])

    times = {text: typed(text) for text in TYPED}
    print(f"{count} enterprises, median of {RUNS} runs")
    print(f"  written as one edit   {written:7.2f} s")
    print(f"  list opened           {opened * 1000:7.0f} ms   ratio {opened / read:4.1f}")
    print(f"  opened again          {again * 1000:7.0f} ms   ratio {again / read:4.1f}")
    print(f"  SQLite and JSON alone {read * 1000:7.0f} ms")
    print(f"  who may be the same   {paired * 1000:7.0f} ms")
    print(f"  first letter typed    {first * 1000:7.0f} ms   (pinyin of all names)")
    for text, (filtered, scanned) in times.items():
        found = len(firms.filtered(text))
        print(f"  {text:8} {found:5} found  {filtered * 1000:6.2f} ms   ratio {filtered / scanned:5.1f}")
    slowest = max(filtered for filtered, _ in times.values())
    share = count / COUNT
    return int(opened > TARGET_OPEN_SECONDS * share or slowest > TARGET_FILTER_SECONDS * share)


def _fill(db: sqlite3.Connection, count: int) -> None:
    """Add enterprises of which more or less is known, the same ones each time."""
    chance = random.Random(3)
    codes = [one.code for one in industry.table().values() if len(one.digits) >= 2]
    stamp = Stamp("张三", "录入", datetime(2026, 11, 26, tzinfo=UTC))
    edits = []
    for at in range(count):
        body = f"911403{at:011}"
        fields: dict[str, Any] = {
            "name": f"阳泉{''.join(chance.choices(_PARTS, k=5))}有限公司",
            "uscc": body + credit_code.check_character(body),
            "industry": chance.choice(codes),
            "town": chance.choice(("义井镇", "荫营镇", "北大街街道")),
            "fact/specialised": chance.random() < 0.1,
        }
        for year in (2023, 2024, 2025):
            for name in FIGURES:
                if chance.random() < 0.6:
                    fields[figure_field(name, date(year, 12, 31))] = chance.randrange(5000)
        edits += recording.adding(writing.new_key(), fields)
    writing.write(db, edits, stamp, grow=False)


def _opened(db: sqlite3.Connection) -> list[str]:
    return [row.size for row in listing.rows(db, DAY)[:ON_SCREEN]]


def _read(db: sqlite3.Connection) -> list[object]:
    return [json.loads(data) for (data,) in db.execute("SELECT data FROM records WHERE noun = 'enterprise'")]


def _once(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def _in_turns(*calls: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(RUNS):
        for call, taken in zip(calls, times, strict=True):
            taken.append(_once(call))
    return [statistics.median(each) for each in times]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
