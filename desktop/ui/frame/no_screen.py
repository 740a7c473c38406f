"""Why Qt found no screen. Asked for only when it found none."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from desktop import libraries
from desktop.errors import KnownError
from desktop.ui.frame.screen import NoScreenError, is_wayland


def reason() -> KnownError:
    """Return what to say: a library is missing, the desktop has no X11 or keeps us out, nothing answers."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    absent = libraries.told(libraries.complaint(str(plugins / "libqxcb.so")))
    if absent is not None:
        return absent
    if not os.environ.get("DISPLAY") and is_wayland():
        return KnownError(
            "这个桌面是 Wayland，本程序要经 XWayland 才能显示，这台电脑没有，窗口没有打开。",
            "请由管理员执行 sudo apt-get install xwayland，注销后重新登录；或者在登录界面改选 X11 会话。",
        )
    if _answers(os.environ.get("DISPLAY", "")):
        return KnownError(
            f"图形界面不允许当前用户使用（DISPLAY={os.environ['DISPLAY']}），没有打开。",
            "请用登录桌面的用户打开本程序，不要用 sudo 或 su。",
        )
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    asked = "，".join(f"{name}={value}" for name in names if (value := os.environ.get(name)))
    return NoScreenError(f"图形界面没有应答（{asked or '未设置 DISPLAY'}），不能打开窗口。")


def _answers(display: str) -> bool:
    """Tell whether an X server of this machine takes calls under the name ``display``, whoever may use it."""
    import socket

    number = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if number is None:
        return False
    for place in (path := f"/tmp/.X11-unix/X{number[1]}", f"\0{path}"):
        with socket.socket(socket.AF_UNIX) as caller, suppress(OSError):
            caller.connect(place)
            return True
    return False
