"""`open`: a 数据包 or a 发文包 looked at in the window. The file alone, without the verb, means the same."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli import window
from desktop.cli.call import Call
from desktop.cli.values import AnyPath
from desktop.cli.wording import VerbCommand


@click.command("open", cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="文件")
@click.pass_obj
def open_file(call: Call, file: Path) -> int:
    """打开窗口，查看一个数据包（.sjb）或发文包（.fwb）会带来什么，确认后才并入。

    命令可以不写，只写文件；窗口已经打开的，就在那个窗口中查看。
    """
    return window.open_window(call.workspace, file.expanduser().absolute())


VERBS = (open_file,)
