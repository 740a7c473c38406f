"""Striking a deed down at a moment that nobody chose, and looking at what it left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop.errors import KnownError
from desktop.workspace.file import backup, packed, store
from tests.faults import deeds
from tests.faults.deeds import DEEDS, WORKSPACE

ROOT = Path(__file__).parents[2]
Blow = Callable[["subprocess.Popen[str]"], object]


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()


def strike(name: str, place: Path, first: int, chance: random.Random, blow: Blow = kill) -> list[int]:
    """Let a deed begin with step ``first``, strike, and return the numbers that it acknowledged.

    The blow falls somewhere within the step after a few: for how long those take is measured on the way.
    """
    command = [sys.executable, "-m", deeds.__name__, name, str(place), str(first)]
    paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said, took = [process.stdout.readline()], 0.0
        for _ in range(chance.randrange(1, 4)):
            began = time.monotonic()
            said.append(process.stdout.readline())
            took = time.monotonic() - began
        assert all(said), process.stderr.read()  # it came this far
        time.sleep(chance.uniform(0, 1.2 * took))
        blow(process)
        process.kill()
        said += process.stdout.read().splitlines(keepends=True)
    assert said[0] == "ready\n"
    return [int(line) for line in said[1:] if line.endswith("\n")]


def settled(name: str, place: Path, acknowledged: int) -> int:
    """Check that nothing acknowledged is lost and nothing half done; return how many steps are done.

    What a reader finds, the next start finds too; the database, its backups and the files are whole, and the
    program leaves no litter.
    """
    folder, catalogue, count = place / WORKSPACE, deeds.bundled(), DEEDS[name].count
    with store.open_for_reading(folder) as reader:
        seen = count(place, catalogue, reader.db, acknowledged)
    with store.open_for_writing(folder) as writer:
        assert writer.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert writer.db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert count(place, catalogue, writer.db, acknowledged) == seen
    for saved in backup.every(folder):
        with packed.opened(saved.path) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not list(folder.rglob("*.part"))
    assert acknowledged <= seen <= acknowledged + 1, f"{acknowledged} acknowledged, {seen} there"
    return seen


def struck(name: str, place: Path, times: int, chance: random.Random, blow: Blow = kill) -> int:
    """Strike a deed down time after time on one place; return how many steps were acknowledged in all."""
    DEEDS[name].prepare(place, deeds.bundled())
    done = total = 0
    for _ in range(times):
        numbers = strike(name, place, done, chance, blow)
        assert numbers == list(range(done, done + len(numbers)))
        total += len(numbers)
        done = settled(name, place, done + len(numbers))
    return total


def lost(name: str, place: Path, acknowledged: int) -> int:
    """Return how many acknowledged steps are not there; all, when the workspace cannot even be opened."""
    try:
        with store.open_for_writing(place / WORKSPACE) as writer:
            return acknowledged - DEEDS[name].count(place, deeds.bundled(), writer.db, acknowledged)
    except (KnownError, AssertionError):
        return acknowledged
