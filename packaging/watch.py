"""Start a packaged program on a screen of its own and watch from outside until its window is complete.

Linux with Xvfb, which keeps its screen in a file: no client of the display disturbs what is watched. The
package check and the package benchmark both look this way.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, HEIGHT, PIXEL = 1366, 768, 4
ROW = WIDTH * PIXEL
STILL_SECONDS = 0.6  # no change for so long: the window is complete
SMALL_CHANGE = 0.002  # of the screen; a blinking cursor is no change
GIVE_UP_SECONDS = 30.0
POLL_SECONDS = 0.002


class WatchError(Exception):
    """The display or the program did not do what it should; the text says what."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first and to the last change of the screen, its colours, PSS in bytes."""

    first: float
    complete: float
    colours: int
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
            raise WatchError("Xvfb did not start")
        yield f":{number}", Screen(folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


def watch(command: Sequence[str | Path], name: str, screen: Screen, home: Path) -> Start:
    """Run ``command`` on the display ``name``, wait for its complete window, measure it and end it.

    Its environment holds nothing but the display, a home and a path without any program. What it starts
    itself is weighed and ended with it. Raises :class:`WatchError` when it ends by itself or shows nothing,
    or never the same for long enough.
    """
    environment = {
        "DISPLAY": name,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "LANG": "C.UTF-8",
        "PATH": "/nowhere",
    }
    last = screen.picture()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=home, stdin=subprocess.DEVNULL, start_new_session=True
    )
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
                raise WatchError(f"{command[0]} ended by itself with code {process.returncode}")
            if now > GIVE_UP_SECONDS:
                raise WatchError(f"{command[0]} showed no complete window within {GIVE_UP_SECONDS:.0f} s")
            time.sleep(POLL_SECONDS)
        time.sleep(1.0)
        return Start(first, complete, colours(last), sum(map(pss, session(process.pid))))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        time.sleep(0.3)  # the server clears the screen


def colours(picture: bytes) -> int:
    """Return how many different colours a picture has."""
    return len({picture[at : at + PIXEL] for at in range(0, len(picture), PIXEL)})


def session(leader: int) -> list[int]:
    """Return the processes of the session that the process ``leader`` began, itself included."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if int(status.read_text(errors="replace").rpartition(")")[2].split()[3]) == leader:
                found.append(int(status.parent.name))
    return found


def pss(process_id: int, kind: str = "Pss") -> int:
    """Return the proportional set size of a process in bytes; of kind ``Pss_Anon``, what is its own."""
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) * 1024
    raise LookupError("no PSS")
