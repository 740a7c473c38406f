"""Prove that the package never asks for a network: ``.venv/bin/python packaging/offline.py``, after a build.

Linux with Xvfb and strace. A whole round of work is done with the packaged program while strace writes down
each call about sockets: only those of this machine (AF_UNIX: the screen, the desktop's services) may be made.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from watch import WatchError, display, watch

PROGRAM = Path(__file__).resolve().parent.parent / "dist" / "measures-desk" / "measures-desk"
NAME = "阳泉某某铸造有限公司"
FIRM = {"name": NAME, "industry": "C33", "employees": 86, "revenue": 3200}
LOCAL = {"AF_UNIX", "AF_LOCAL", "AF_UNSPEC", "AF_NETLINK"}
"""Within the machine; the last to its kernel: a session bus started for the window opens its audit."""
FAMILY = re.compile(r"\b(?:AF|PF)_[A-Z0-9]+\b")
NEEDED = 12  # calls about sockets: a window makes more, so fewer mean that nothing was seen


class OfflineError(Exception):
    """The program asked for a network, or could not be watched; the text says which."""


def rounds(folder: Path) -> list[list[str]]:
    """Return the command lines of a round of work whose files are in ``folder``."""
    firm = folder / "firm.json"
    firm.write_text(json.dumps(FIRM), encoding="utf-8")
    back = folder / "out"
    return [
        ["doctor"],
        ["search", "担保"],
        ["tour", "-o", str(folder / "tour")],  # each page, each print preview's paper
        ["export", "--each", "-o", str(back)],
        ["import", str(back)],
        ["enterprise", "add", "--file", str(firm)],
        ["leaflet", NAME, "-o", str(folder / "leaflet.pdf")],
        ["pack", "-o", str(folder / "desk.pack")],
        ["backup"],
    ]


def traced(command: list[str], home: Path, trace: Path) -> None:
    """Run a command under strace in a bare environment. Raises :class:`OfflineError` where it fails."""
    bare = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": "/nowhere", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*strace(trace), str(PROGRAM), *command], env=bare, cwd=home, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        raise OfflineError(f"{' '.join(command)} gave exit code {done.returncode}\n{said}")


def strace(trace: Path) -> list[str]:
    """Return the beginning of a command line whose calls about sockets are added to ``trace``."""
    return ["/usr/bin/strace", "-f", "-qq", "-A", "-o", str(trace), "-e", "trace=network"]


def families(trace: Path) -> Counter[str]:
    """Return how often each family of addresses stands in a trace."""
    return Counter(FAMILY.findall(trace.read_text(errors="replace")))


def main() -> int:
    """Do the round, look through the trace, and say what was asked for."""
    with tempfile.TemporaryDirectory() as scratch:
        home, trace = Path(scratch) / "home", Path(scratch) / "trace"
        home.mkdir(mode=0o700)
        try:
            for command in rounds(home):
                traced(command, home, trace)
            with display(home) as (name, screen):
                watch([*strace(trace), PROGRAM], name, screen, home)
            found = families(trace)
            if found.keys() - LOCAL or found.total() < NEEDED:
                lines = [line for line in trace.read_text(errors="replace").splitlines() if "AF_INET" in line]
                raise OfflineError("\n".join([f"the sockets asked for: {dict(found)}", *lines[:10]]))
        except (OfflineError, WatchError) as error:
            print(error, file=sys.stderr)
            return 1
    print("offline: " + ", ".join(f"{count} × {name}" for name, count in sorted(found.items())))
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
