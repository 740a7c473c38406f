"""Killed at any point of an import or of taking it back: all of it happened, or nothing did."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.workspace.file import store
from tests.workspace import importer

TESTS = Path(__file__).parents[1]


def _run(folder: Path, what: str, point: int, delay: float | None = None) -> bool:
    """Let the importer work in ``folder``; tell whether it acknowledged before it was killed."""
    command = [sys.executable, "-m", "tests.workspace.importer", str(folder), what, str(point)]
    paths = [str(TESTS.parents[1]), *(path for path in sys.path if path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if delay is not None:
            time.sleep(delay)
            process.kill()
        return process.stdout.read() == "done\n"


def _look(folder: Path) -> object:
    with store.open_for_writing(folder) as workspace:
        assert workspace.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert workspace.db.execute("PRAGMA foreign_key_check").fetchall() == []
        return importer.picture(workspace.db)


def _prepared(folder: Path, what: str) -> None:
    importer.prepare(folder)
    if what == "undo":
        with store.open_for_writing(folder) as workspace:
            importer.step(workspace.db, "import")


def _measured(source: Path, folder: Path, what: str) -> tuple[object, int]:
    """Return what ``source`` holds after the step, and how many statements that takes."""
    shutil.copytree(source, folder)
    with store.open_for_writing(folder) as workspace:
        counter = importer.Countdown(0)
        workspace.db.set_trace_callback(counter)
        importer.step(workspace.db, what)
        workspace.db.set_trace_callback(None)
        return importer.picture(workspace.db), counter.count


@pytest.mark.parametrize("what", ["import", "undo"])
def test_killed_at_many_points(tmp_path: Path, what: str) -> None:
    source = tmp_path / "source"
    _prepared(source, what)
    before = _look(source)
    after, count = _measured(source, tmp_path / "measured", what)
    assert after != before
    assert count > 20
    chance = random.Random(count)
    points = {1, 2, count - 1, count, *chance.sample(range(3, count - 1), 14)}
    happened = []
    for point in sorted(points):
        folder = tmp_path / f"point-{point}"
        shutil.copytree(source, folder)
        assert not _run(folder, what, point)
        held = _look(folder)
        assert held in (before, after)
        happened.append(held == after)
    assert happened == sorted(happened)  # once committed, it stays; the receipt is read after that
    assert happened.count(False) >= len(points) // 2
    folder = tmp_path / "whole"
    shutil.copytree(source, folder)
    assert _run(folder, what, 0)
    assert _look(folder) == after


@pytest.mark.parametrize("what", ["import", "undo"])
def test_killed_at_any_moment(tmp_path: Path, what: str) -> None:
    """By the clock, so that it also falls between the writes of one COMMIT."""
    source = tmp_path / "source"
    _prepared(source, what)
    before = _look(source)
    after, _ = _measured(source, tmp_path / "measured", what)
    chance = random.Random(2026)
    for number in range(12):
        folder = tmp_path / str(number)
        shutil.copytree(source, folder)
        acknowledged = _run(folder, what, 0, chance.uniform(0, 0.04))
        assert _look(folder) in ((after,) if acknowledged else (before, after))
