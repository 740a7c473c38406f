"""Why Qt found no screen. Asked for only when it found none."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from desktop import libraries
from desktop.errors import KnownError
from desktop.ui.frame.screen import NoScreenError, is_wayland


def reason() -> KnownError:
    """Return what to say: a library that is missing, a desktop without X11, or that nothing answers."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    absent = libraries.told(libraries.complaint(str(plugins / "libqxcb.so")))
    if absent is not None:
        return absent
    if not os.environ.get("DISPLAY") and is_wayland():
        return KnownError(
            "这个桌面是 Wayland，本程序要经 XWayland 才能显示，而这里没有，没有打开。",
            "请由管理员执行 sudo apt-get install xwayland，注销后重新登录；或者在登录界面改选 X11 会话。",
        )
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    asked = "，".join(f"{name}={value}" for name in names if (value := os.environ.get(name)))
    return NoScreenError(f"图形界面没有应答（{asked or '未设置 DISPLAY'}），不能打开窗口。")
