"""The program started with a file, as desktops do it: looked at here, or in the window that is open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import paths
from tests.cli.conftest import desk

PERSON = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from desktop.__main__ import main
from desktop.ui.frame import app

# closes each dialog that comes, and after so many of them the window
def look():
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            words = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
            if any(word.startswith("正在") for word in words):  # it is still being read
                return
            print(dialog.windowTitle(), *words, sep=" ", end="\\0", flush=True)
            seen.append(dialog)
            dialog.reject()
            if len(seen) == int(sys.argv[1]):
                QTimer.singleShot(0, app.application().closeAllWindows)
            return

seen = []
app.application()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(main(sys.argv[2:]))
"""

SECOND = """
import sys
from desktop.__main__ import main
from desktop.workspace.file import bell
bell.PATIENCE = 60  # a loaded machine is slow
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A 数据包 of another machine."""
    other = str(tmp_path / "other")
    desk("--workspace", other, "mark", "区财政局", "2", "--status", "推进中")
    made = tmp_path / "甲 1.SJB"
    assert desk("--workspace", other, "pack", "-o", str(made)).returncode == 0
    return made


def start(code: str, *arguments: str | Path, runtime: Path) -> subprocess.Popen[str]:
    """Start the program by one of the codes above."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(paths.home()), "XDG_RUNTIME_DIR": str(runtime)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(running: subprocess.Popen[str]) -> str:
    """Return the words of the next dialog."""
    assert running.stdout is not None
    words = ""
    while (letter := running.stdout.read(1)) not in ("\0", ""):
        words += letter
    return words


def test_a_file_is_looked_at_when_the_window_stands_and_another_one_in_the_same_window(
    tmp_path: Path, package: Path
) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(0o700)
    other = tmp_path / "乙.fwb"
    other.write_bytes(b"nothing")
    workspace = ("--workspace", tmp_path / "库")
    with start(PERSON, "2", *workspace, package, runtime=runtime) as running:
        assert told(running).startswith(f"并入数据包 {package.name}")
        second = start(SECOND, *workspace, other, runtime=runtime)
        assert second.communicate() == ("", "惠企措施手册已经打开，已把它的窗口提到最前面。\n")
        assert second.returncode == 0
        assert "乙.fwb" in told(running)
    assert running.returncode == 0


def test_without_a_screen_the_verbs_that_take_it_are_named(package: Path) -> None:
    done = desk("open", str(package), DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert "unpack（数据包）" in done.stderr.decode()


def test_any_other_file_is_no_verb(tmp_path: Path) -> None:
    done = desk(str(tmp_path / "表.xlsx"))
    assert done.returncode == 2
    assert "这个命令" in done.stderr.decode()
