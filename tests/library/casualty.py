"""A program that changes several files as one and is killed in the midst of it, at each step in turn.

``python -m … BASE PLACES`` copies the folder ``BASE`` to ``PLACES/1``, ``PLACES/2`` … and lets a child do
what :func:`deed` says and kill itself before its n-th step; it ends when a child comes to its end.
"""

from __future__ import annotations

import os
import shutil
import sys
from itertools import count
from pathlib import Path

from desktop.library import moves
from tests.workspace.casualty import die_at

NAMES = ("a", "b", "links.json")


def deed(root: Path) -> None:
    """Replace the folder a, add b, replace a file, and keep what a was."""
    with moves.staged(root) as new:
        for name in ("a", "b"):
            (new / name).mkdir()
            (new / name / "notice.txt").write_text(f"new {name}", "utf-8")
        (new / "links.json").write_text("new", "utf-8")
        moves.replace(root, NAMES, keep=[("a", "removed/a")])


def main(base: Path, places: Path) -> None:
    """Let one child after the other die a step later, until one comes to its end."""
    for step in count(1):
        place = places / str(step)
        shutil.copytree(base, place)
        child = os.fork()
        if child == 0:
            die_at(step)
            deed(place)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
