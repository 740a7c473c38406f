"""Start time, memory and size of the packaged program, beside an empty window and two native programs.

Linux with Xvfb. Build first (``python3 packaging/desk.py package``), then
``.venv/bin/python -m benchmarks.package``; the empty window is packaged by the same recipe into ``build/``
when it is not there. ``apt-get install xvfb sqlitebrowser goldendict`` brings the rest.

All are watched from outside, in the same way: Xvfb keeps its screen in a file, and the clock runs from the
start of the process to the last change of the screen before it stays still. A window that appears empty and
fills itself later counts as late as it is. The runs alternate; medians are told. Memory is the PSS of all
processes of the program a second after that; sizes are those of the folder's files and of its ``tar.xz``.
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
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from watch import Start, display, watch  # noqa: E402

from benchmarks import native  # noqa: E402
from desktop.ui.frame import first_look  # noqa: E402
from desktop.workspace.file import store  # noqa: E402
from desktop.workspace.items import settings  # noqa: E402

DESK = ROOT / "dist" / "measures-desk" / "measures-desk"
EMPTY = ROOT / "build" / "empty-window" / "empty-window"
MEASURES = ROOT / "resources" / "measures.db"
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
    """What was measured of one program: all its starts; bytes of its folder and archive, 0 if not ours."""

    starts: list[Start]
    unpacked: int = 0
    packed: int = 0

    def complete(self) -> float:
        """Return the median of the seconds to the complete window."""
        return statistics.median(start.complete for start in self.starts)

    def pss(self) -> float:
        """Return the median of the memory, in bytes."""
        return statistics.median(start.pss for start in self.starts)

    def row(self, name: str) -> str:
        """Return a row of the table of programs."""
        seconds = sorted(start.complete for start in self.starts)
        first = statistics.median(start.first for start in self.starts)
        sizes = f"{self.unpacked / MB:.1f} MB | {self.packed / MB:.1f} MB" if self.unpacked else "|"
        return (
            f"| {name} | {self.complete():.3f} s | {seconds[0]:.3f}–{seconds[-1]:.3f} s | {first:.3f} s "
            f"| {self.pss() / MB:.1f} MB | {sizes} |"
        )


def programs() -> dict[str, list[str | Path]]:
    """Return what is started, by the name in the table."""
    return {
        "measures-desk": [DESK],
        "empty window": [EMPTY],
        "sqlitebrowser": ["sqlitebrowser"],
        "sqlitebrowser measures.db": ["sqlitebrowser", "measures.db"],
        "goldendict": ["goldendict"],
    }


def look_around(folder: Path) -> None:
    """Leave the first look around behind, as whoever used the program in ``folder`` for a day has."""
    with store.open_for_writing(folder) as workspace:
        settings.put(workspace.db, first_look.SEEN, "1")


def measure(runs: int) -> dict[str, Measured]:
    """Start each program ``runs`` times, by turns, after one start that does not count; weigh our folders.

    The start that does not count fills the page cache and leaves the workspace or the settings behind; each
    program has a home of its own.
    """
    starts: dict[str, list[Start]] = {name: [] for name in programs()}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        with display(scratch) as (screen_name, screen):
            for run in range(runs + 1):
                for at, (name, command) in enumerate(programs().items()):
                    home = scratch / f"home-{at}"
                    if not run:
                        home.mkdir(mode=0o700)
                        shutil.copy(MEASURES, home)
                    started = [shutil.which(command[0]) or command[0], *command[1:]]
                    one = watch(started, screen_name, screen, home)
                    if run:
                        starts[name].append(one)
                    elif command[0] in native.PROGRAMS:
                        native.settle(str(command[0]), home)
                    elif command[0] == DESK:
                        look_around(next(home.rglob(store.DATABASE)).parent)
        ours = {
            name: sizes(command[0].parent, scratch)
            for name, command in programs().items()
            if isinstance(command[0], Path)
        }
    return {name: Measured(done, *ours.get(name, (0, 0))) for name, done in starts.items()}


def targets(measured: dict[str, Measured]) -> list[str]:
    """Return the rows of the table of targets."""
    desk = measured["measures-desk"]
    browser, empty = (
        desk.complete() / measured[name].complete() for name in ("sqlitebrowser", "empty window")
    )
    reached = [
        ("complete window, of sqlitebrowser's", browser, 1.0, "×"),
        ("complete window, of the empty window's", empty, 1.8, "×"),
        ("memory with the window open (PSS)", desk.pss() / MB, 90, " MB"),
        ("unpacked", desk.unpacked / MB, 120, " MB"),
        ("tar.xz", desk.packed / MB, 38, " MB"),
    ]
    return [
        f"| {what} | {value:.{2 if unit == '×' else 1}f}{unit} | ≤ {limit}{unit} "
        f"| {'met' if value <= limit else 'MISSED'} |"
        for what, value, limit, unit in reached
    ]


def main() -> int:
    """Measure, print the tables, and return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description="Measure the packaged program beside others.")
    parser.add_argument("--runs", type=int, default=10, help="starts of each program (default 10)")
    parser.add_argument("--rebuild", action="store_true", help="package the empty window anew")
    options = parser.parse_args()
    lacking = [*native.missing(), *(["xvfb"] if not shutil.which("Xvfb") else [])]
    if lacking:
        sys.exit(f"missing: apt-get install {' '.join(lacking)}")
    if not DESK.exists():
        sys.exit("build first: python3 packaging/desk.py package")
    if options.rebuild or not EMPTY.exists():
        build_empty()
    measured = measure(options.runs)
    print("| program | complete window | lowest–highest | first picture | PSS | unpacked | tar.xz |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    print(*(one.row(name) for name, one in measured.items()), sep="\n")
    rows = targets(measured)
    print(f"\nMedians of {options.runs} starts of each.\n")
    print("| target | measured | limit | |", "|---|---:|---:|---|", *rows, sep="\n")
    return int(any("MISSED" in line for line in rows))


if __name__ == "__main__":
    sys.exit(main())
