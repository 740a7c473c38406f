"""A disk without room: what was typed can be copied, what was acknowledged stays, and with room it goes on.

Each part by itself on a full disk: tests/workspace/file/test_hindered.py (also without room for one more
file, and full at the start), …/file/test_backup.py, …/evidence/test_files.py, …/safety/test_bundle.py and
test_restore.py, …/merging/test_lost_elsewhere.py, tests/library/test_kill_packs.py, tests/test_disk.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.workspace.file import store
from tests.faults import disks
from tests.faults.remote import Remote

FULL = "dialog: 磁盘空间不足，无法写入工作库。刚才的内容没有写入，以前录入的内容没有改动。"
LONG = "乙" * 5000


def entered(folder: Path) -> list[str]:
    """Return all that was ever entered, as the next start finds it."""
    with store.open_for_writing(folder) as workspace:
        assert workspace.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [after for (after,) in workspace.db.execute("SELECT after FROM changes ORDER BY id")]


def test_while_somebody_types(tmp_path: Path) -> None:
    with disks.ext4(tmp_path, megabytes=2) as disk:
        folder = disk.path / "工作库"
        with Remote(folder) as window:
            assert "progress: 甲" in window.do("type 甲")
            disk.fill()
            for _ in range(2):
                seen = window.do(f"type {LONG}")
                assert f"{FULL} 请清理磁盘空间后再试。" in seen
                assert f"copyable: {LONG}\n" in seen
                assert "progress: 甲" in seen
            disk.free()
            assert "progress: 丁" in window.do("type 丁")
            window.close()
        assert entered(folder) == ["甲", "丁"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")
def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    import resource

    folder = tmp_path / "工作库"
    with Remote(folder) as window:
        window.do("type 甲")
        window.close()
    size = (folder / store.DATABASE).stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    with Remote(folder, limit) as window:
        seen = window.do(f"type {LONG}")
        assert "没有写入，以前录入的内容没有改动。" in seen
        assert f"copyable: {LONG}" in seen
        window.close()
    assert entered(folder) == ["甲"]
