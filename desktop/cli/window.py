"""Opening the window from the command line, and what is done where there is no screen."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from desktop.cli import guard

DISPLAY_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
TOUR_FOLDER = Path("out")


def has_screen() -> bool:
    """Return whether a window can be shown; a platform chosen for Qt counts as one."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in DISPLAY_NAMES)


def open_window(workspace: Path | None) -> int:
    """Open the window and return its exit code; without a screen say so and make the tour instead."""
    if not has_screen():
        guard.complain(
            "这台机器没有图形界面（未设置 DISPLAY 或 WAYLAND_DISPLAY），不能打开窗口。"
            f"改为在后台绘制各页面并导出清单，保存到 {TOUR_FOLDER.absolute()}。"
        )
        return make_tour(TOUR_FOLDER, workspace)

    gc.disable()  # until the window stands: what is made so far lives as long as the program
    from desktop.ui.frame.app import run

    return run(workspace)


def make_tour(folder: Path, workspace: Path | None) -> int:
    """Draw each page of the real window and export the checklists into ``folder``; print the paths."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

    from desktop import paths
    from desktop.exchange.sheets import names
    from desktop.ui.demo import tour

    made = tour.run(folder, workspace)
    for path in made:
        print(path)
    if made and made[0].name.startswith(names.SAMPLE):
        where = paths.workspace_folder(workspace)
        guard.complain(
            f"还没有工作库（查找的位置：{where}）。以上图片和清单是示例，内容为虚构，文件名以“示例”开头。"
        )
    return 0
