"""Opening the window from the command line, and what is done where there is no screen."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli import guard
from desktop.errors import KnownError

DISPLAY_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
TOUR_FOLDER = Path("out")


def has_screen() -> bool:
    """Return whether a window may be shown; a platform chosen for Qt counts as a screen."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in DISPLAY_NAMES)


def open_window(workspace: Path | None, file: Path | None = None) -> int:
    """Open the window and return its exit code; without a screen say so and make the tour instead.

    ``file`` is a 数据包 or a 发文包 (absolute) that is to be looked at in it.

    What keeps any window of the program from opening is said in one of the desktop's own, too.
    """
    if not has_screen():
        return _without_screen(
            "这台电脑没有图形界面（未设置 DISPLAY 或 WAYLAND_DISPLAY），不能打开窗口。", workspace, file
        )

    gc.disable()  # until the window stands: what is made so far lives as long as the program
    try:
        with libraries():
            from desktop.ui.frame.app import run
            from desktop.ui.frame.screen import NoScreenError
        try:
            return run(workspace, guard.complain, file=file)
        except NoScreenError as nobody:
            gc.enable()
            return _without_screen(nobody.message, workspace, file)
    except KnownError as problem:
        from desktop.cli import desktop_dialog

        desktop_dialog.show(problem)
        raise
    except Exception as error:
        from desktop.cli import desktop_dialog
        from desktop.disk import unforeseen

        told = unforeseen(error) or guard.unexpected(error, workspace)
        desktop_dialog.show(told)
        raise told from error


@contextmanager
def libraries() -> Iterator[None]:
    """Say of a missing library in which package it comes, of a missing part of the program how to get it.

    Raises KnownError.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if not error.name or error.name.startswith("desktop"):
            raise
        raise KnownError(
            f"程序缺少组件 {error.name}，打不开。",
            "从源代码运行的，请执行 python3 packaging/desk.py run；解压使用的，请重新解压整个文件夹。",
        ) from error
    except ImportError as error:
        from desktop import libraries

        absent = libraries.told(str(error))
        if absent is None:
            raise
        raise absent from error


def _without_screen(why: str, workspace: Path | None, file: Path | None) -> int:
    """Do the main job without a window, in the current folder.

    Raises KnownError where it is read-only, or where a file was to be looked at.
    """
    if file is not None:
        raise KnownError(
            f"{why}没有打开“{file.name}”。", "命令行中请用 unpack（数据包）或 data import（发文包）。"
        )
    try:
        out = Path.cwd() / TOUR_FOLDER
        writable = os.access(out if out.is_dir() else out.parent, os.W_OK)
    except FileNotFoundError:  # somebody removed the current folder
        writable = False
    if not writable:
        raise KnownError(
            f"{why}当前文件夹不能写入，也没有在后台绘制页面、导出清单。",
            "请到可以写入的文件夹中再执行，或者用 tour -o 文件夹 写明保存到哪里。",
        )
    guard.complain(f"{why}改为在后台绘制各页面并导出清单，保存到 {out}。")
    return make_tour(TOUR_FOLDER, workspace)


def make_tour(folder: Path, workspace: Path | None) -> int:
    """Draw each page of the real window and export the checklists into ``folder``; print the paths."""
    from desktop import paths
    from desktop.exchange.sheets import names

    with libraries():
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
