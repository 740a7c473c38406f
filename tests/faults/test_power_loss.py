"""The power goes: what was acknowledged is on the disk, nothing is half done.

An ext4 file system is shut down as by a power cut: what was not brought to disk is gone. The control lets
SQLite sync nothing and must lose, else the test could see no loss.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import deeds, disks, striking
from tests.faults.deeds import DEEDS


@pytest.mark.parametrize("deed", ["writing", "merging", "saving", "restoring"])
def test_nothing_acknowledged_is_lost(tmp_path: Path, deed: str) -> None:
    with disks.ext4(tmp_path) as disk:
        assert striking.struck(deed, disk.path, 1, random.Random(f"{deed} 2027"), disk.fail) >= 1


def test_without_syncing_it_is(tmp_path: Path) -> None:
    """The control."""
    with disks.ext4(tmp_path) as disk:
        DEEDS["unsynced"].prepare(disk.path, deeds.bundled())
        said = striking.strike("unsynced", disk.path, 0, random.Random(2028), disk.fail)
        lost = striking.lost("unsynced", disk.path, len(said))
    assert lost > 0
