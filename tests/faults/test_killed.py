"""Killed at any moment: what was acknowledged is there, nothing is half done, the next start works.

A dozen kills here; ``python -m tests.faults.long`` makes hundreds. Kills at each step of a deed in turn, or
at each statement of SQLite, stand with the deeds: tests/workspace/file/test_kill.py,
…/returns/test_intake_kill.py, …/safety/test_kill_safety.py, …/merging/test_killed.py,
tests/library/test_kill_packs.py.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import striking


@pytest.mark.parametrize(
    ("deed", "kills"), [("typing", 4), ("importing", 2), ("merging", 2), ("saving", 2), ("restoring", 2)]
)
def test_nothing_acknowledged_is_lost(tmp_path: Path, deed: str, kills: int) -> None:
    assert striking.struck(deed, tmp_path, kills, random.Random(f"{deed} 2026")) >= kills
