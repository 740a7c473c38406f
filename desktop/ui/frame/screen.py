"""The screen that Qt is given, and what Qt itself says, which is for the log and for nobody's eyes."""

from __future__ import annotations

import atexit
import os
import stat
import sys
from collections import deque
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication

from desktop.errors import KnownError

NONE = "offscreen"
_said: deque[str] = deque(maxlen=100)  # until there is a log


class NoScreenError(KnownError):
    """No screen answers."""


def arguments() -> list[str]:
    """Return the application's arguments that name the platforms to try, the last of which always works.

    Without the last one Qt ends the process when no screen answers. As an argument they are not handed on to
    the programs that are started from the window, as a variable of the environment would be.
    """
    if not sys.platform.startswith("linux"):
        return []
    return ["-platform", ";".join([*chosen(), "xcb", *(["wayland"] if is_wayland() else []), NONE])]


def chosen() -> list[str]:
    """Return the platforms that the user chose for Qt."""
    return [name for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]


def is_wayland() -> bool:
    """Tell whether the Wayland desktop that the environment names is there."""
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    try:
        return stat.S_ISSOCK(Path(os.environ.get("XDG_RUNTIME_DIR") or "/", name).stat().st_mode)
    except OSError:
        return False


def is_there() -> bool:
    """Tell whether the application got a screen, or is without one because the user wants it so."""
    return not is_unseen() or any(name.startswith(NONE) for name in chosen())


def is_unseen() -> bool:
    """Tell whether windows are drawn for nobody to see."""
    return QGuiApplication.platformName() == NONE


def ensure_legible() -> None:
    """Raise KnownError when the machine has no typeface that holds Chinese."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        from desktop.libraries import CHINESE_FONT

        raise KnownError(
            "这台电脑没有中文字体，文字显示不出来。",
            f"请由管理员执行 sudo apt-get install {CHINESE_FONT}，再试一次。",
        )


def hear() -> None:
    """Keep what Qt says from now on for the log, unless somebody listens already."""
    before = qInstallMessageHandler(_take)
    if before is not None:
        qInstallMessageHandler(before)
        return
    atexit.register(qInstallMessageHandler, None)  # Python is gone before Qt falls silent


def tell_log() -> None:
    """Write what Qt has said so far into the log, which was just begun."""
    import logging

    while _said:
        logging.getLogger(__name__).warning("Qt: %s", _said.popleft())


def _take(kind: QtMsgType, _context: object, words: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        _leave()
    _said.append(words)
    if "logging" in sys.modules and sys.modules["logging"].getLogger("desktop").handlers:
        tell_log()


def _leave() -> NoReturn:
    """End the process before Qt aborts it."""
    sys.stderr.write("程序文件不完整，窗口打不开。请重新解压或重新获取整个程序文件夹。\n")
    sys.stderr.flush()
    os._exit(1)
