"""A program that takes a pack in and is killed in the midst of it, or refused by the disk, at some steps.

``python -m … BASE PLACES`` copies the folder ``BASE`` to ``PLACES/<step>-<how>`` for steps all over the
import, and lets a child take ``BASE/a.fwb`` in there until it comes to that step.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop.errors import KnownError
from desktop.library import packs
from tests.workspace.casualty import die_at

WORKSPACE, PACK, COUNTED = "工作库", "a.fwb", "steps"
AT = datetime(2030, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))
_PLACES = 24
_STEPS = ("open", "os.", "shutil.", "sqlite3.")


def take(place: Path) -> None:
    """Take the pack in."""
    packs.take_in(place / WORKSPACE, place / PACK, at=AT)


def refuse_at(step: int) -> None:
    """Let the disk be full from the ``step``-th step on, once."""
    taken = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal taken
        if event.startswith(_STEPS):
            taken += 1
            if taken == step:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))

    sys.addaudithook(watch)


def steps_of(place: Path, deed: Callable[[Path], None]) -> int:
    """Return how many steps a deed takes, counted by a child."""
    child = os.fork()
    if child == 0:
        taken = 0

        def watch(event: str, _: object) -> None:
            nonlocal taken
            taken += event.startswith(_STEPS)

        sys.addaudithook(watch)
        deed(place)
        (place / COUNTED).write_text(str(taken), "utf-8")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    return int((place / COUNTED).read_text("utf-8"))


def main(base: Path, places: Path) -> None:
    """Let children die, or be refused, at steps all over the import."""
    shutil.copytree(base, places / "whole")
    steps = steps_of(places / "whole", take)
    for at in range(_PLACES):
        step = 1 + at * steps // _PLACES
        for how in (die_at, refuse_at):
            place = places / f"{step}-{how.__name__}"
            shutil.copytree(base, place)
            child = os.fork()
            if child == 0:
                how(step)
                try:
                    take(place)
                except (KnownError, OSError):
                    os._exit(1)
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
