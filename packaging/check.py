"""Prove that the package works by itself: ``.venv/bin/python packaging/check.py``, after a build.

Linux with Xvfb. The folder is copied elsewhere, under a name with a blank and Chinese letters, and run there
with an environment that names no Python, no library and no source tree.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from contents import glibc, papers
from watch import WatchError, display, watch

PACKAGE = Path(__file__).resolve().parent.parent / "dist" / "measures-desk"
NEEDED_COLOURS = 64  # a window without text or pictures has fewer


class CheckError(Exception):
    """The package does not do what it should; the text says what."""


def run(program: Path, *arguments: str, home: Path, **environment: str) -> str:
    """Run the program (or a paper beside it) in ``home`` with a bare environment; return what it printed."""
    path = "/usr/bin:/bin" if program.suffix == ".sh" else "/nowhere"
    bare = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": path, **environment}
    done = subprocess.run(
        [program, *arguments],
        cwd=home,
        env=bare,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    text = done.stdout.decode("utf-8")
    if done.returncode != 0:
        raise CheckError(f"{program.name} {' '.join(arguments)} gave exit code {done.returncode}\n{text}")
    return text


def check_contents(folder: Path, newest: str | None) -> None:
    """Check the papers beside the program, and that nothing in it needs a glibc newer than ``newest``."""
    if wrong := papers.wrong(folder):
        raise CheckError("\n".join(wrong))
    print("every file is listed and has its sums")
    needed, files = glibc.highest(folder)
    print(f"glibc {needed} needed by {', '.join(files)}")
    if newest is not None and glibc.version(needed) > glibc.version(newest):
        raise CheckError(f"the package is to run with glibc {newest}")


def check(folder: Path, home: Path) -> None:
    """Make all checks on the copy in ``folder``."""
    program = folder / "measures-desk"
    print(run(program, "doctor", home=home, QT_QPA_PLATFORM="offscreen"), end="")

    with display(home) as (name, screen):
        seen = watch([program], name, screen, home)
    if seen.colours < NEEDED_COLOURS:
        raise CheckError(f"the window has only {seen.colours} colours")
    print(f"window complete after {seen.complete:.2f} s, {seen.colours} colours, {seen.pss / 1e6:.0f} MB")

    beside = folder / "workspace"
    beside.mkdir()
    run(program, "mark", "区财政局", "2", "--status", "推进中", home=home)
    if not any(beside.iterdir()):
        raise CheckError("the workspace beside the program was not used")
    print("portable workspace used")

    run(folder / "add-to-menu.sh", home=home)
    entry = home / ".local" / "share" / "applications" / "measures-desk.desktop"
    paths = dict(line.split("=", 1) for line in entry.read_text(encoding="utf-8").splitlines() if "=" in line)
    for key in ("Exec", "Icon"):
        if not Path(paths[key].strip('"')).is_file():
            raise CheckError(f"{key} of the menu entry points nowhere: {paths[key]}")
    print("menu entry points at the program")


def main() -> int:
    """Copy the package elsewhere, check it there, and say what is wrong if anything is."""
    parser = argparse.ArgumentParser(description="Check the package in dist/measures-desk.")
    parser.add_argument("--glibc", help="the newest version that anything in it may need, as 2.28")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "惠企 手册"
        home = Path(scratch) / "home"
        home.mkdir(mode=0o700)
        shutil.copytree(PACKAGE, folder, symlinks=True)
        try:
            check_contents(folder, options.glibc)
            check(folder, home)
        except (CheckError, WatchError) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
