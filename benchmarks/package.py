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
import contextlib
import mmap
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "measures-desk" / "measures-desk"
EMPTY = ROOT / "build" / "empty-window" / "empty-window"
MB = 1_000_000

WIDTH, HEIGHT, PIXEL = 1366, 768, 4
ROW = WIDTH * PIXEL
STILL_SECONDS = 0.6  # no change for so long: the window is complete
SMALL_CHANGE = 0.002  # of the screen; a blinking cursor is no change
GIVE_UP_SECONDS = 20.0
POLL_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first and to the last change of the screen, PSS in bytes."""

    first: float
    complete: float
    pss: int


class Screen:
    """The picture on an Xvfb screen, read from the file in which the server keeps it (XWD format)."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self._memory[:100])
        header_size, colours = header[0], header[19]
        self._start = header_size + 12 * colours

    def picture(self) -> bytes:
        """Return the pixels as they are now."""
        return self._memory[self._start : self._start + ROW * HEIGHT]


def changed(before: bytes, after: bytes) -> float:
    """Return the part of the screen that differs (0.0 to 1.0), by cells of 16 pixels in every fourth row."""
    if before == after:
        return 0.0
    cell = 16 * PIXEL
    starts = [row + column for row in range(0, len(before), 4 * ROW) for column in range(0, ROW - cell, cell)]
    return sum(before[at : at + cell] != after[at : at + cell] for at in starts) / len(starts)


@contextlib.contextmanager
def display(folder: Path) -> Iterator[tuple[str, Screen]]:
    """Run an Xvfb of its own and give its name and its screen."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder),
         "-nolisten", "tcp", "-noreset"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            sys.exit("Xvfb did not start")
        yield f":{number}", Screen(folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


def start(program: Path, name: str, screen: Screen, home: Path) -> Start:
    """Start ``program`` once on the display ``name``, wait for its complete window, measure and end it."""
    environment = {"DISPLAY": name, "HOME": str(home), "LANG": "C.UTF-8", "PATH": "/nowhere"}
    last = screen.picture()
    began = time.perf_counter()
    process = subprocess.Popen([program], env=environment, cwd=home, stdin=subprocess.DEVNULL)
    first = complete = 0.0
    try:
        while True:
            now = time.perf_counter() - began
            picture = screen.picture()
            if changed(last, picture) > SMALL_CHANGE:
                complete = now
                first = first or now
                last = picture
            elif complete and now - complete > STILL_SECONDS:
                break
            if process.poll() is not None:
                sys.exit(f"{program} ended by itself with code {process.returncode}")
            if now > GIVE_UP_SECONDS:
                sys.exit(f"{program} showed no complete window within {GIVE_UP_SECONDS:.0f} s")
            time.sleep(POLL_SECONDS)
        time.sleep(1.0)
        return Start(first, complete, pss(process.pid))
    finally:
        process.terminate()
        process.wait()
        time.sleep(0.3)  # the server clears the screen


def pss(process_id: int) -> int:
    """Return the proportional set size of a process in bytes."""
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise LookupError("no PSS")


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
                    one = start(program, name, screen, home)
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
