"""A program that does one thing to a workspace and is killed in the midst of it, at each step in turn.

``python -m … DEED BASE PLACES`` copies the folder ``BASE`` to ``PLACES/1``, ``PLACES/2`` … and for each
number n lets a child do the deed there and kill itself just before its n-th step, a step being anything that
Python does to a file or the opening of a database. It ends when a child comes to its end.

``python -m … to-and-fro FOLDER A B`` restores the backups A and B in turn, without end, and says after each
one which it was: for being killed within SQLite's own work.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count, cycle
from pathlib import Path

from desktop.workspace.evidence import attached
from desktop.workspace.file import backup, store
from desktop.workspace.safety import bundle, rescue, restore

from . import sample

WORKSPACE = "工作库"
PAPER = "凭证.pdf"
PACKAGE = "另一台.zip"
_STEPS = ("open", "os.", "shutil.", "sqlite3.")


def create(place: Path) -> None:
    """Open a workspace where there is none."""
    store.open_for_writing(place / WORKSPACE).close()


def save(place: Path) -> None:
    """Make the backup of a start, and thin out."""
    with store.open_for_writing(place / WORKSPACE) as workspace:
        backup.automatic(workspace.db, workspace.folder)


def take_along(place: Path) -> None:
    """Write a package over the one that is there."""
    with store.open_for_writing(place / WORKSPACE) as workspace:
        bundle.save(workspace.db, workspace.folder, place / PACKAGE)


def attach(place: Path) -> None:
    """Attach a paper."""
    with store.open_for_writing(place / WORKSPACE) as workspace:
        attached.add(
            workspace.db,
            workspace.folder,
            sample.catalogue(),
            sample.FINANCE_1,
            place / PAPER,
            by="张三",
            at=sample.NOON,
        )


def restore_package(place: Path) -> None:
    """Restore the package of another machine; a damaged workspace is set aside for it."""
    restore.at_rest(place / WORKSPACE, place / PACKAGE, by="张三", at=sample.NOON)


def accept(place: Path) -> None:
    """Accept what is offered for a damaged workspace."""
    offered = rescue.offer(place / WORKSPACE)
    assert offered is not None
    rescue.accept(offered, by="张三", at=sample.NOON)


DEEDS = {deed.__name__: deed for deed in (create, save, take_along, attach, restore_package, accept)}


def die_at(step: int) -> None:
    """Kill this process just before its ``step``-th step from now."""
    taken = 0

    def watch(event: str, _: object) -> None:
        nonlocal taken
        if event.startswith(_STEPS):
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def work(deed: str, base: Path, places: Path) -> None:
    """Let a child die at each step of the deed in turn."""
    for step in count(1):
        place = places / str(step)
        shutil.copytree(base, place)
        child = os.fork()
        if child == 0:
            die_at(step)
            DEEDS[deed](place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


def to_and_fro(folder: Path, files: list[Path]) -> None:
    """Restore ``files`` in turn until killed."""
    with store.open_for_writing(folder) as workspace:
        for number in cycle(range(len(files))):
            restore.into(workspace.db, folder, files[number], by="", at=sample.NOON)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    first, *rest = sys.argv[1:]
    if first == "to-and-fro":
        to_and_fro(Path(rest[0]), [Path(name) for name in rest[1:]])
    else:
        work(first, Path(rest[0]), Path(rest[1]))
