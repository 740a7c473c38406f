"""A system with nothing on it, and folders with names that nobody expects.

No typeface, no screen, a missing library: tests/cli/test_window.py. Two instances, a workspace that is
locked, damaged or of a newer program: tests/flows/test_start_flow.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.remote import Remote
from tests.faults.test_full_disk import entered

LONG = "区" * 66  # 198 bytes: with the names within, as long as a path on Windows may be


def used(folder: Path, **environment: str) -> None:
    """Use the program there as ever; nothing is complained of."""
    with Remote(folder, **environment) as window:
        assert "dialog" not in window.seen
        assert "progress: 甲𠮷" in window.do("type 甲𠮷")
        assert window.close() == ""
    assert entered(folder) == ["甲𠮷"]


def test_no_bus_no_locale_no_home(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    used(
        tmp_path / "工作库",
        LANG="C",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="utf-8",  # what this test reads, not what the program needs
        DBUS_SESSION_BUS_ADDRESS=f"unix:path={nowhere}",
        DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={nowhere}",
        QT_IM_MODULE="fcitx",
        XDG_RUNTIME_DIR=nowhere,
        HOME=nowhere,
        TZ="",
    )


@pytest.mark.parametrize(
    "name", [LONG, "我的 U盘 (2)/100% #1?&'x'", " 前后有空格 "], ids=["long", "signs", "spaces"]
)
def test_a_folder_called_so(tmp_path: Path, name: str) -> None:
    used(tmp_path / name / "工作库")
