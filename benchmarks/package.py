"""Start time, memory and size of the packaged program, beside an empty window packaged by the same recipe.

Linux with Xvfb (``apt-get install xvfb``). Build first (``python3 packaging/desk.py package``), then
``.venv/bin/python benchmarks/package.py``; the empty window is built into ``build/`` when it is not there.

Both programs are watched from outside, in the same way: Xvfb keeps its screen in a file, and the clock runs
from the start of the process to the last change of the screen before it stays still. A window that appears
empty and fills itself later counts as late as it is. The runs of the two alternate; medians are told. Memory
is the PSS of the process a second after that; sizes are those of the folder's files and of its ``tar.xz``.
Starts are warm: the files are in the page cache, as on a second start.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))

from watch import Start, display, watch  # noqa: E402

PROGRAM = ROOT / "dist" / "measures-desk" / "measures-desk"
EMPTY = ROOT / "build" / "empty-window" / "empty-window"
MB = 1_000_000


def sizes(folder: Path, scratch: Path) -> tuple[int, int]:
    """Return the bytes of all files in ``folder``, and of its ``tar.xz`` as ``tar -cJ`` makes it."""
    unpacked = sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    archive = scratch / "package.tar.xz"
    with tarfile.open(archive, "w:xz", preset=6) as tar:
        tar.add(folder, arcname=folder.name)
    return unpacked, archive.stat().st_size


def build_empty() -> None:
    """Package the empty window by the program's own recipe."""
    print("packaging the empty window ...", file=sys.stderr)
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", EMPTY.parent.parent, "--workpath", ROOT / "build" / "pyinstaller",
         ROOT / "packaging" / "measures-desk.spec",
         "--", "--script", ROOT / "benchmarks" / "empty_window.py", "--name", EMPTY.name],
        check=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one program: all its starts, and the bytes of its folder and of its archive."""

    starts: list[Start]
    unpacked: int
    packed: int

    def complete(self) -> float:
        """Return the median of the seconds to the complete window."""
        return statistics.median(start.complete for start in self.starts)

    def pss(self) -> float:
        """Return the median of the memory, in bytes."""
        return statistics.median(start.pss for start in self.starts)

    def spread(self) -> str:
        """Return how far the starts lie apart, and when the first picture was there."""
        seconds = sorted(start.complete for start in self.starts)
        first = statistics.median(start.first for start in self.starts)
        return f"{seconds[0]:.3f}–{seconds[-1]:.3f} s, first picture after {first:.3f} s"


def measure(programs: list[Path], runs: int) -> list[Measured]:
    """Start each program ``runs`` times, by turns, after one start that does not count; weigh the folders."""
    starts: list[list[Start]] = [[] for _program in programs]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        home = scratch / "home"
        home.mkdir()
        with display(scratch) as (name, screen):
            for run in range(runs + 1):
                for program, done in zip(programs, starts, strict=True):
                    one = watch(program, name, screen, home)
                    if run:  # the first start fills the page cache and makes the workspace
                        done.append(one)
        weights = [sizes(program.parent, scratch) for program in programs]
    return [Measured(done, *weight) for done, weight in zip(starts, weights, strict=True)]


def row(what: str, program: float, empty: float, unit: str, limit: float) -> str:
    """Return a row of the table; ``limit`` is of the ratio for seconds, else of the program's own figure."""
    ratio = program / empty
    seconds = unit == "s"
    digits = 3 if seconds else 1
    target = f"{limit}×" if seconds else f"{limit:.0f} {unit}"
    verdict = "met" if (ratio if seconds else program) <= limit else "MISSED"
    figures = f"{program:.{digits}f} {unit} | {empty:.{digits}f} {unit} | {ratio:.2f}"
    return f"| {what} | {figures} | ≤ {target} | {verdict} |"


def main() -> int:
    """Measure, print the table, and return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description="Measure the packaged program beside an empty window.")
    parser.add_argument("--runs", type=int, default=10, help="starts of each program (default 10)")
    parser.add_argument("--rebuild", action="store_true", help="package the empty window anew")
    options = parser.parse_args()
    if not shutil.which("Xvfb"):
        sys.exit("Xvfb is missing: apt-get install xvfb")
    if not PROGRAM.exists():
        sys.exit("build first: python3 packaging/desk.py package")
    if options.rebuild or not EMPTY.exists():
        build_empty()
    program, empty = measure([PROGRAM, EMPTY], options.runs)
    rows = [
        row("start to the complete window", program.complete(), empty.complete(), "s", 1.3),
        row("memory with the window open (PSS)", program.pss() / MB, empty.pss() / MB, "MB", 90),
        row("unpacked", program.unpacked / MB, empty.unpacked / MB, "MB", 115),
        row("tar.xz", program.packed / MB, empty.packed / MB, "MB", 36),
    ]
    print(
        "| what | program | empty window | ratio | target | |", "|---|---|---|---|---|---|", *rows, sep="\n"
    )
    print(f"\n{options.runs} starts of each. Program: {program.spread()}. Empty window: {empty.spread()}.")
    return int(any("MISSED" in line for line in rows))


if __name__ == "__main__":
    sys.exit(main())
