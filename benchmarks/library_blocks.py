"""A library of 300 notices beside the program's own one: ``python -m benchmarks.library_blocks [FOLDER]``.

A workspace whose library has 10 000 measures (``benchmarks.generated``; made in ``FOLDER`` once, or for this
run) and one without any library take turns: the start to the window, the memory, what blocks the window.
Times are those of the processor, which others on the machine disturb least. Memory is told twice: the
proportional set size, in which what is shared with other programs that run counts less, and what is the
program's own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import generated
from desktop.workspace.file import store

ROOT = Path(__file__).resolve().parent.parent
STARTS, WINDOWS = 9, 3
START, MEMORY_MB, BLOCKED_MS = 1.2, 20, 200  # targets
NOTICES, MEASURES = 300, 10_000


def main(place: Path) -> int:
    """Print tables; return 1 when a target is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        generated.library(place, MEASURES, notices=NOTICES)
        one = Path(scratch) / "one"
        for folder in (one, place):
            store.open_for_writing(folder).close()
        missed = _start(one, place)
        missed |= _window(one, place)
    return int(missed)


def _start(one: Path, many: Path) -> bool:
    found: dict[Path, list[dict[str, float]]] = {one: [], many: []}
    for run in range(STARTS + 1):
        for folder, told in found.items():
            start = json.loads(_child("start", folder))
            if run:  # the first makes the backup, and fills the page cache
                told.append(start)
    names = {
        "cpu": "processor time to the window, s",
        "pss": "memory at rest (PSS), MB",
        "own": "of it the program's own, MB",
        "peak": "peak, MB",
    }
    middle = {
        folder: {key: statistics.median(each[key] for each in told) for key in names}
        for folder, told in found.items()
    }
    print("| start | one notice | 300 notices | | target |\n|---|---:|---:|---:|---:|")
    for key, name in names.items():
        few, all_ = middle[one][key], middle[many][key]
        apart = f"{all_ / few:.2f} ×" if key == "cpu" else f"{all_ - few:+.1f}"
        target = {"cpu": f"≤ {START} ×", "own": f"≤ +{MEMORY_MB}"}.get(key, "")
        print(f"| {name} | {few:.2f} | {all_:.2f} | {apart} | {target} |")
    return (
        middle[many]["cpu"] / middle[one]["cpu"] > START
        or middle[many]["own"] - middle[one]["own"] > MEMORY_MB
    )


def _window(one: Path, many: Path) -> bool:
    found: dict[Path, dict[str, list[list[float]]]] = {one: {}, many: {}}
    for _ in range(WINDOWS):
        for folder, told in found.items():
            for name, gaps in json.loads(_child("blocked", folder)).items():
                told.setdefault(name, []).extend(gaps)
    missed = False
    print(
        "\n| blocks the window, ms | one notice, first | 300 notices, first | again |\n|---|---:|---:|---:|"
    )
    for name, gaps in found[many].items():
        runs = len(gaps) // WINDOWS
        first = statistics.median(gap[1] for gap in gaps[::runs]) * 1000
        rest = [gap[1] * 1000 for at, gap in enumerate(gaps) if at % runs] or [first]
        few = (
            statistics.median(gap[1] for gap in found[one][name][:: len(found[one][name]) // WINDOWS]) * 1000
        )
        late = first > BLOCKED_MS
        missed |= late
        print(
            f"| {name} | {few:.0f} | {first:.0f} | {statistics.median(rest):.0f} |{' MISSED' if late else ''}"
        )
    return missed


def _child(*arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.library_window", *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        code = main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(own) / "300")
    sys.exit(code)
