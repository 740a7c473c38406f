"""The clock years wrong, back and forward: what is entered is kept in its order, the next start works.

What single parts make of such clocks: tests/ui/overview/test_clock.py, tests/workspace/file/test_backup.py,
…/history/test_undo.py, …/returns/test_round_changes.py, …/merging/test_lost_elsewhere.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.workspace.file import backup
from tests.faults.remote import Remote
from tests.faults.test_full_disk import entered

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
BACK, FORWARD = "-1826d", "+3652d"
TOLD = "电脑日期"


@pytest.mark.skipif(not LIBRARIES, reason="libfaketime is not installed")
def test_set_back_five_years_and_forward_ten(tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    clocks = ["+0d", BACK, FORWARD, "+0d"]
    seen = []
    for number, clock in enumerate(clocks):
        faked = {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        with Remote(folder, **faked) as window:
            seen.append(window.do("look"))
            assert f"progress: 第{number}次" in window.do(f"type 第{number}次")
            window.close()
    assert [TOLD in each for each in seen] == [False, True, True, True]
    assert entered(folder) == [f"第{number}次" for number in range(len(clocks))]
    assert backup.newest_whole(backup.every(folder)) is not None
