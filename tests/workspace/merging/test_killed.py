"""Killed at any step of taking a package in, the workspace is as before or as after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.workspace import sample
from tests.workspace.merging import casualty
from tests.workspace.merging.machines import machine

ROOT = Path(__file__).parents[3]


def state(place: Path) -> object:
    """Return what there is after whatever happened, and that the package can be taken in then."""
    with machine(place, "办公室") as office:
        found = office.shown(), office.entry(sample.FINANCE_1)
        office.take(place / "a.sjb")
        assert office.take(place / "a.sjb").nothing
    return found


def test_killed_at_steps_all_over(tmp_path: Path) -> None:
    base, places, after = tmp_path / "base", tmp_path / "places", tmp_path / "after"
    with (
        machine(base, "办公室") as office,
        machine(after, "办公室") as other,
        machine(tmp_path, "李四") as one,
    ):
        office.write("e1", name="甲")
        path = office.pack("a.sjb")
        one.take(path)
        other.take(path)
        one.write("e1", name="乙")
        one.enter(sample.FINANCE_1, progress="现场")
        one.attach(sample.FINANCE_1, "图.png", b"image")
        made = one.pack("a.sjb")
        other.take(made)
        expected = other.shown(), other.entry(sample.FINANCE_1)
        before = office.shown(), office.entry(sample.FINANCE_1)
    made.rename(base / "a.sjb")
    places.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    command = [sys.executable, "-m", casualty.__name__, str(base), str(places)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, timeout=300)
    found = [state(place) for place in sorted(places.iterdir())]
    assert len(found) > casualty.PLACES // 2
    assert all(each in (before, expected) for each in found)
    assert before in found
    assert expected in found
