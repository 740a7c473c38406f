"""A disk that may only be read: that is said in a line, all can be read, and nothing is asked in vain.

As an ordinary user in a folder without rights, with a lock of somebody else's: tests/workspace/file/
test_hindered.py. Whatever can be pressed in such a window: tests/flows/test_read_only_flow.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults import disks
from tests.faults.remote import Remote
from tests.faults.test_full_disk import entered


def test_a_window_on_it(tmp_path: Path) -> None:
    with disks.ext4(tmp_path) as disk:
        folder = disk.path / "工作库"
        with Remote(folder) as window:
            window.do("type 甲")
            window.close()
        disks.run("mount", "-o", "remount,ro", str(disk.path))
        with Remote(folder) as window:
            assert (
                "line: <b>本窗口只读，可以查阅和导出，不能填报。</b>工作库所在的位置不能写入" in window.seen
            )
            assert "dialog" not in window.seen
            assert "progress: 甲" in window.do("type 乙")
            window.close()
        disks.run("mount", "-o", "remount,rw", str(disk.path))
        assert entered(folder) == ["甲"]
