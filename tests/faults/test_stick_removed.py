"""The stick is pulled out while somebody types: that is said, and what was acknowledged is on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import disks
from tests.faults.remote import Remote
from tests.faults.test_full_disk import entered


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("pull_out", "dialog: 工作库文件 workspace.db 在打开期间被移走、改名、删除或替换了。"),
        ("cut", "dialog: 读写工作库时出错，磁盘或 U 盘可能已断开。"),
        ("vanish", "dialog: 读写工作库时出错，磁盘或 U 盘可能已断开。"),
    ],
    ids=["its folder is empty", "each access fails", "both"],
)
def test_while_somebody_types(tmp_path: Path, how: str, told: str) -> None:
    with disks.ext4(tmp_path) as disk:
        folder = disk.path / "工作库"
        with Remote(folder) as window:
            assert "progress: 甲" in window.do("type 甲")
            getattr(disk, how)()
            seen = window.do("type 乙乙乙")
            assert told in seen
            assert "已损坏" not in seen
            assert "意外错误" not in seen
            assert "copyable: 乙乙乙" in seen
            window.close()
        disk.put_in()
        assert entered(folder) == ["甲"]
        with Remote(folder) as window:
            assert "progress: 丙" in window.do("type 丙")
            window.close()
        assert entered(folder) == ["甲", "丙"]
