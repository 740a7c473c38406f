"""A library of 300 notices (10,000 measures) beside the bundled notice alone: start, memory, tree, search.

Linux with Xvfb. Build first (``python3 packaging/desk.py package``), then
``.venv/bin/python -m benchmarks.library``. The packaged program is started by turns on a workspace with the
one notice and on one with 300 more, watched from outside as :mod:`benchmarks.package` does. What is done in
the window is measured in this process, beside the same on the one notice.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from watch import Start, display, watch  # noqa: E402

from benchmarks import generated  # noqa: E402
from desktop.catalogue import search  # noqa: E402
from desktop.library import opening  # noqa: E402
from desktop.ui.browse import navigator_model  # noqa: E402

DESK = ROOT / "dist" / "measures-desk" / "measures-desk"
MB = 1_000_000
NOTICES, MEASURES = 300, 10_000
TERMS = ("企业", "担保", "danbao", "中小企业 服务", "不在其中", "第16条")


def starts(runs: int, folder: Path, workspaces: dict[str, Path]) -> dict[str, list[Start]]:
    """Start the program on each workspace by turns, after one start that does not count."""
    found: dict[str, list[Start]] = {name: [] for name in workspaces}
    with display(folder) as (screen_name, screen):
        for run in range(runs + 1):
            for name, workspace in workspaces.items():
                home = folder / f"home-{name}"
                home.mkdir(mode=0o700, exist_ok=True)
                one = watch([DESK, "--workspace", workspace], screen_name, screen, home)
                if run:
                    found[name].append(one)
    return found


def within(workspace: Path) -> dict[str, float]:
    """Return the seconds that things take in a window on a workspace, each the fastest of five."""
    opened = opening.opened(workspace)
    catalogue, db = opened.catalogue, opened.db
    acts: dict[str, Callable[[], object]] = {
        "tree by category": lambda: navigator_model.by_category(catalogue),
        "tree by unit": lambda: navigator_model.by_unit(catalogue),
        "all texts": lambda: [measure.text for measure in catalogue.measures],
    }
    for term in TERMS:
        acts[f"search {term}"] = lambda term=term: search.search(db, term, limit=50)  # type: ignore[misc]
    found = {}
    for name, act in acts.items():
        taken = []
        for _ in range(5):
            begun = time.perf_counter()
            act()
            taken.append(time.perf_counter() - begun)
        found[name] = min(taken)
    db.close()
    return found


def main() -> int:
    """Measure, print the tables, and return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description="Measure a large library beside the one notice.")
    parser.add_argument("--runs", type=int, default=10, help="starts on each workspace (default 10)")
    runs = parser.parse_args().runs
    if not DESK.exists():
        sys.exit("build first: python3 packaging/desk.py package")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        one, many = folder / "one", folder / "many"
        for workspace in (one, many):
            workspace.mkdir()
        begun = time.perf_counter()
        generated.library(many, MEASURES, notices=NOTICES)
        size = (many / "library.db").stat().st_size / MB
        print(f"made in {time.perf_counter() - begun:.0f} s, {size:.0f} MB\n")
        measured = starts(runs, folder, {"one": one, "many": many})
        seconds = {name: statistics.median(each.complete for each in done) for name, done in measured.items()}
        memory = {name: statistics.median(each.pss for each in done) / MB for name, done in measured.items()}
        ratio, more = seconds["many"] / seconds["one"], memory["many"] - memory["one"]
        print("| | one notice | 301 notices |", "|---|---:|---:|", sep="\n")
        print(f"| complete window | {seconds['one']:.3f} s | {seconds['many']:.3f} s |")
        print(f"| memory (PSS) | {memory['one']:.1f} MB | {memory['many']:.1f} MB |")
        few, lots = within(one), within(many)
        for name, taken in few.items():
            print(f"| {name} | {taken * 1000:.1f} ms | {lots[name] * 1000:.1f} ms |")
    print(f"\nstart {ratio:.2f}× (≤ 1.2 ×), memory +{more:.1f} MB (≤ 20 MB)")
    return int(ratio > 1.2 or more > 20)


if __name__ == "__main__":
    sys.exit(main())
