"""A program that takes a package in and is killed in the midst of it, at steps all over.

``python -m … BASE PLACES`` copies the folder ``BASE`` to ``PLACES/<step>`` for steps all over the deed, and
lets a child take ``BASE/a.sjb`` in there until it comes to that step.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from desktop.workspace.merging import taking
from tests.library.pack_casualty import steps_of
from tests.workspace import sample
from tests.workspace.casualty import die_at
from tests.workspace.merging.machines import machine

PLACES = 30


def take(place: Path) -> None:
    """Take the package in; within SQLite each statement is a step, too."""
    with machine(place, "办公室") as office:
        office.db.set_trace_callback(lambda _: sys.audit("sqlite3.statement"))
        taking.apply(office.db, office.folder, office.catalogue, place / "a.sjb", by="张三", at=sample.NOON)


def main(base: Path, places: Path) -> None:
    """Let children die at steps all over the deed."""
    shutil.copytree(base, places / "whole")
    steps = steps_of(places / "whole", take)
    for at in range(PLACES):
        step = 1 + at * steps // PLACES
        place = places / f"{step}"
        shutil.copytree(base, place)
        child = os.fork()
        if child == 0:
            die_at(step)
            take(place)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
