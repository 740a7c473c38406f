"""Five years of use, beside an empty workspace: ``python -m benchmarks.years [FOLDER]``, about ten minutes.

A workspace of five years (``benchmarks.five_years``; made in ``FOLDER`` once, or for this run) and an empty
one take turns: the start, the memory, what blocks the window. The rest is told beside the size of the
workspace: backups as they are when they have settled, the whole history on the command line, the ledger of a
year. Times are those of the processor, which others on the machine disturb least.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks import five_years
from desktop.workspace.file import backup, store
from desktop.workspace.file.backup import BackupFile

ROOT = Path(__file__).resolve().parent.parent
STARTS, WINDOWS = 7, 3
START, MEMORY, BLOCKED_MS, KEPT = 1.2, 1.3, 200, 3.0  # targets
YEARS_OF_BACKUPS = 2


def main(place: Path) -> int:
    """Print tables; return 1 when a target is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        made = place / "five-years"
        if not (made / store.DATABASE).exists():
            five_years.make(made)
        long, short = Path(scratch) / "long", Path(scratch) / "short"
        shutil.copytree(made, long, ignore=shutil.ignore_patterns(backup.FOLDER, "logs", "*.lock*"))
        store.open_for_writing(short).close()
        print(f"workspace.db: {_size(long) / 1e6:.0f} MB\n")
        missed = _start(long, short)
        missed |= _window(long, short)
        missed |= _backups(long, Path(scratch) / "backups")
        _commands(long, Path(scratch))
    return int(missed)


def _start(long: Path, short: Path) -> bool:
    """Print what a start takes on both."""
    found: dict[Path, list[dict[str, float]]] = {long: [], short: []}
    for run in range(STARTS + 1):
        for folder, told in found.items():
            one = _child("benchmarks.years_window", "start", folder)
            if run:  # the first makes the backup, and fills the page cache
                told.append(json.loads(one))
    missed = False
    print("| start | empty | five years | ratio | target |\n|---|---:|---:|---:|---:|")
    names = {"cpu": "processor time to the window, s", "pss": "memory at rest (PSS), MB", "peak": "peak, MB"}
    for key, name in names.items():
        one, other = (statistics.median(each[key] for each in found[folder]) for folder in (short, long))
        target = START if key == "cpu" else MEMORY
        missed |= key != "peak" and other / one > target
        print(f"| {name} | {one:.2f} | {other:.2f} | {other / one:.2f} | ≤ {target} |")
    return missed


def _window(long: Path, short: Path) -> bool:
    """Print how long the window answers nothing, on both: the median of all times that a thing was done."""
    found: dict[Path, dict[str, list[list[float]]]] = {long: {}, short: {}}
    for _ in range(WINDOWS):
        for folder, told in found.items():
            for name, gaps in json.loads(_child("benchmarks.years_window", "blocked", folder)).items():
                told.setdefault(name, []).extend(gaps)
    missed = False
    print("\n| blocks the window, ms | empty | five years | of it in its thread |\n|---|---:|---:|---:|")
    for name, gaps in found[long].items():
        wall, own = (statistics.median(gap[at] for gap in gaps) * 1000 for at in (0, 1))
        empty = statistics.median(gap[0] for gap in found[short][name]) * 1000
        missed |= wall > BLOCKED_MS
        print(f"| {name} | {empty:.0f} | {wall:.0f} | {own:.0f} |{' MISSED' if wall > BLOCKED_MS else ''}")
    return missed


def _backups(long: Path, folder: Path) -> bool:
    """Print what backups take on the disk after two years of daily use with an import a week."""
    folder.mkdir()
    shutil.copy(long / store.DATABASE, folder)
    with store.open_for_writing(folder) as workspace:
        began = time.process_time()
        saved = backup.save(workspace.db, folder, backup.START)
        taken = time.process_time() - began
    kept: list[BackupFile] = []
    for days in range(365 * YEARS_OF_BACKUPS):
        at = datetime(2024, 11, 27, 8, 30) + timedelta(days=days)
        if at.weekday() < 5:
            for reason in (backup.START, *([backup.IMPORT] if days % 7 == 2 else [])):
                kept.insert(
                    0,
                    BackupFile(
                        saved.path.with_name(f"{at:%Y%m%d}{reason}.zip"), days, at, reason, saved.size
                    ),
                )
            wanted = backup.wanted(kept, int(_size(folder) * backup.ROOM))
            kept = [file for file in kept if file in wanted]
    ratio = saved.size * len(kept) / _size(folder)
    reach = (kept[0].at - kept[-1].at).days
    print(
        f"\none backup: {saved.size / _size(folder):.2f} of the workspace, {taken:.1f} s of the processor;"
        f" settled: {len(kept)} of the last {reach} days, {ratio:.2f} times the workspace (target ≤ {KEPT})"
    )
    return ratio > KEPT


def _commands(long: Path, scratch: Path) -> None:
    """Print what the whole history and the ledger of a year take, each in a process that does only that."""
    print("\n| command | processor | peak memory |\n|---|---:|---:|")
    since = date.fromordinal(five_years.LAST_DAY.date().toordinal() - 364)
    for words in (
        "history --limit 100",
        "history",
        "history --json",
        f"ledger -o {scratch / 'ledger.xlsx'} --since {since}",
    ):
        seconds, peak = json.loads(_child("benchmarks.years", "--weigh", long, *words.split()))
        print(f"| `{words.replace(str(scratch) + os.sep, '')}` | {seconds:.1f} s | {peak / 1e3:.0f} MB |")


def weigh(folder: str, *words: str) -> None:
    """Run a command of the program and print its processor time (s) and peak memory (kB)."""
    command = [sys.executable, "-m", "desktop", "--workspace", folder, *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))


def _child(module: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout.splitlines()[-1]


def _size(folder: Path) -> int:
    return (folder / store.DATABASE).stat().st_size


if __name__ == "__main__":
    if sys.argv[1:2] == ["--weigh"]:
        weigh(*sys.argv[2:])
        sys.exit()
    with tempfile.TemporaryDirectory() as own:
        code = main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(own))
    sys.exit(code)
