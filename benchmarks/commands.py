"""A call of the command line beside an interpreter that only imports: ``python -m benchmarks.commands``.

The reference is ``python -c "import sqlite3, json, click"``: what any such program needs before it begins.
Both from source, warm, by turns; each figure is the median of its runs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 31
TARGET = 1.8
REFERENCE = (sys.executable, "-c", "import sqlite3, json, click")
CALLS = {
    "search 担保 --json": TARGET,
    "search 担保": None,
    "show 16 --json": None,
    "--help": None,
}


def main() -> int:
    """Print a table; return 1 when a target is missed."""
    calls = {words: (sys.executable, "-m", "desktop", *words.split()) for words in CALLS}
    taken: dict[str, list[float]] = {words: [] for words in ("", *calls)}
    for _ in range(RUNS):
        for words, command in {"": REFERENCE, **calls}.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken[words].append(time.perf_counter() - began)
    reference = statistics.median(taken.pop(""))
    print(f"importing sqlite3, json, click: {reference * 1000:.0f} ms, median of {RUNS} runs by turns\n")
    print("| call | measured | ratio | target |\n|---|---:|---:|---:|")
    missed = False
    for words, times in taken.items():
        ratio, target = statistics.median(times) / reference, CALLS[words]
        missed |= target is not None and ratio > target
        wanted = f"≤ {target}" if target else ""
        print(f"| `{words}` | {statistics.median(times) * 1000:.0f} ms | {ratio:.2f} | {wanted} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
