"""The desktop's own window for what keeps ours from opening: the first program for it that works."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

from desktop.cli import desktop_dialog, window
from desktop.errors import KnownError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a window can always be opened")
PROBLEM = KnownError("缺少组件 $(id) <b>。", "请安装。")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop without any such program, on a screen, in a locale without Chinese."""
    for name in ("LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"PATH": str(tmp_path), "DISPLAY": ":0", "LANG": "C"}.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def put(folder: Path, name: str, *, works: bool) -> None:
    """Put a program there that writes down what it was given, and its locale."""
    script = f"#!{sys.executable}\nimport os, sys\nfrom pathlib import Path\n"
    script += (
        f"Path({str(folder)!r}, '{name}.said').write_text('|'.join([*sys.argv[1:], os.environ['LC_ALL']]))\n"
    )
    script += f"sys.exit({int(not works)})\n"
    (folder / name).write_text(script, encoding="utf-8")
    (folder / name).chmod(0o755)


def test_without_such_a_program_nothing_happens(desktop: Path) -> None:
    desktop_dialog.show(PROBLEM)
    assert list(desktop.iterdir()) == []


def test_the_sentence_is_shown_as_it_is_in_a_locale_that_has_chinese(desktop: Path) -> None:
    put(desktop, "zenity", works=True)
    put(desktop, "kdialog", works=True)
    desktop_dialog.show(PROBLEM)
    *arguments, locale = (desktop / "zenity.said").read_text(encoding="utf-8").split("|")
    assert arguments[-1] == f"--text={PROBLEM}"
    assert "--no-markup" in arguments
    assert locale == "C.UTF-8"
    assert not (desktop / "kdialog.said").exists()


def test_one_that_lacks_the_same_library_is_followed_by_the_next(desktop: Path) -> None:
    put(desktop, "zenity", works=False)
    put(desktop, "notify-send", works=True)
    desktop_dialog.show(PROBLEM)
    assert (desktop / "notify-send.said").read_text(encoding="utf-8").split("|")[-2] == str(PROBLEM)


def test_without_a_screen_none_is_started(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(desktop, "zenity", works=True)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    desktop_dialog.show(PROBLEM)
    assert not (desktop / "zenity.said").exists()
    assert os.environ["LANG"] == "C"


def test_a_mistake_that_keeps_the_window_from_opening_is_said_in_one(
    desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desktop, "zenity", works=True)
    monkeypatch.setattr("desktop.ui.frame.app.run", lambda *_, **__: {}["nobody"])
    try:
        with pytest.raises(KnownError, match="程序出现意外错误") as told:
            window.open_window(desktop / "库")
    finally:
        gc.enable()
    assert str(told.value) in (desktop / "zenity.said").read_text(encoding="utf-8")
    assert "KeyError" in (desktop / "库" / "logs" / "desk.log").read_text(encoding="utf-8")
