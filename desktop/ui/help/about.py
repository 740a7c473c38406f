"""What this copy of the program is, told without anybody's name: versions, data, workspace, screen."""

from __future__ import annotations

import platform
import sqlite3
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontInfo, QGuiApplication

from desktop import TITLE, __version__, disk, paths
from desktop.catalogue import bundled
from desktop.errors import KnownError
from desktop.library import store as library
from desktop.ui.desk import Desk
from desktop.ui.kit.look import BODY_FAMILIES, UI_FAMILIES, font
from desktop.workspace import words
from desktop.workspace.file import backup, migrations

Fact = tuple[str, str]


def facts(desk: Desk) -> tuple[Fact, ...]:
    """Return each fact by its name, in the order in which they are shown."""
    return (
        ("程序", f"{TITLE} {__version__}（{_kind()}）"),
        ("部件", _parts()),
        ("系统", platform.platform()),
        ("措施数据", f"{desk.catalogue.meta.get('data_version', '无')}，{_data_state()}"),
        ("数据校验值", bundled.SHA256),
        ("发文库", _library(desk)),
        ("工作库", _workspace(desk)),
        ("备份", _backups(desk)),
        ("屏幕", _screen()),
        ("字体", _font(desk)),
    )


def text(desk: Desk) -> str:
    """Return all facts as lines to send to somebody."""
    return "".join(f"{name}：{told}\n" for name, told in facts(desk))


def place(desk: Desk) -> str:
    """Return in words where the workspace lies; the path itself may hold somebody's name."""
    folder = desk.workspace.folder
    if folder == paths.user_folder():
        return "本机用户的数据文件夹"
    return "程序旁边的 workspace 文件夹" if folder == paths.home() / "workspace" else "另外指定的文件夹"


def components() -> Path | None:
    """Return the list of components with their licences, which lies in a package; None in the source tree."""
    file = paths.home() / "随附材料" / "第三方组件.txt"
    return file if file.is_file() else None


def _kind() -> str:
    return "安装包" if getattr(sys, "frozen", False) else "源代码"


def _parts() -> str:
    qt = f"Qt {qVersion()}（PySide6 {PySide6.__version__}）"
    return f"Python {platform.python_version()}，{qt}，SQLite {sqlite3.sqlite_version}"


def _data_state() -> str:
    """Compare the bundled file with what the program was made with."""
    try:
        same = disk.digest_of(paths.bundled_database()) == bundled.SHA256
    except (OSError, KnownError):
        return "自带的文件读不出来"
    return "自带的文件与出厂时一致" if same else "自带的文件与出厂时不一致"


def _library(desk: Desk) -> str:
    listed = library.listed(desk.catalogue.whole)
    used = sum(one.in_use for one in listed)
    return f"{len(listed)} 份发文，在用 {used} 份，{desk.catalogue.count} 条措施"


def _workspace(desk: Desk) -> str:
    size = (desk.workspace.folder / backup.DATABASE).stat().st_size
    steps = len(migrations.applied(desk.workspace.db))
    reads = "，只读" if desk.read_only else ""
    return f"{place(desk)}，{words.size(size)}，结构第 {steps} 版{reads}"


def _backups(desk: Desk) -> str:
    files = backup.every(desk.workspace.folder)
    return f"{len(files)} 份，最近一份 {files[0].at:%Y-%m-%d %H:%M}" if files else "还没有"


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    scale, platform_name = screen.devicePixelRatio(), QGuiApplication.platformName()
    return f"{size.width()}×{size.height()}，缩放 {scale:g}，{platform_name}"


def _font(desk: Desk) -> str:
    shown, body = (QFontInfo(font(each, 10)).family() for each in (UI_FAMILIES, BODY_FAMILIES))
    return f"界面 {shown}，正文 {body}，文字大小 {desk.look.tokens.zoom:.0%}"
