"""Verbs that make something of the program itself: build, tour, manual; and doctor, which checks it."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from desktop import disk, paths
from desktop.cli import text, window
from desktop.cli.call import Call, print_json
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath
from desktop.cli.wording import VerbCommand
from desktop.errors import KnownError


@click.command(cls=VerbCommand)
@click.option(
    "--output", "-o", type=AnyPath(), metavar="文件", help="写到哪里；不写时为程序自带的 measures.db。"
)
def build(output: Path | None) -> None:
    """由发文原文和标注重新生成 measures.db。

    同样的原文总是生成同样的文件。原文不合格式时指出行号和原因，不生成文件。
    """
    from desktop.catalogue import build as building

    notices, own = paths.resources() / "notices", paths.bundled_database()
    if output is None or output.absolute() == own:
        if getattr(sys, "frozen", False):
            raise KnownError(
                "程序包自带的数据库不能在这里重新生成，没有改动任何文件。",
                "请用 -o 写到别处，或在源代码目录中运行 python -m desktop build。",
            )
        print(building.build_bundled(notices))
    else:
        building.build(notices, output)
        print(output)


@click.command(cls=VerbCommand)
@click.option(
    "--output", "-o", type=AnyPath(), default="out", metavar="文件夹", help="保存到哪里；不写时为 out。"
)
@click.pass_obj
def tour(call: Call, output: Path) -> int:
    """在后台绘制窗口的各个页面（PNG）并导出各单位清单，列出写好的文件。"""
    return window.make_tour(output, call.workspace)


@click.command(cls=VerbCommand)
@json_option
@click.pass_obj
def doctor(call: Call, as_json: bool) -> int:
    """检查本程序能否正常工作：数据、检索、工作库、工作簿、回填、备份、窗口和各部件版本。

    收录的发文也一并检查。全部通过时退出码为 0。检查只在临时文件夹中读写，不动用户的数据。
    """
    from desktop.doctor import checks as checking

    checks = checking.examine(call.folder)
    if as_json:
        print_json(
            [{"name": c.name, "ok": c.ok, "detail": c.detail, "seconds": round(c.seconds, 3)} for c in checks]
        )
    else:
        print(text.table([("通过" if c.ok else "不通过", c.name, c.detail) for c in checks]))
        failed = sum(not c.ok for c in checks)
        print(f"\n{failed}项检查不通过。" if failed else "\n各项检查全部通过。")
    return 0 if all(c.ok for c in checks) else 1


@click.command(cls=VerbCommand)
@click.option(
    "--output",
    "-o",
    type=AnyPath(),
    default="使用手册.pdf",
    metavar="文件",
    help="写到哪里；不写时为当前文件夹中的 使用手册.pdf。",
)
def manual(output: Path) -> None:
    """把使用手册写成 PDF，附目录和插图。"""
    with window.libraries():
        from desktop.ui.frame import off_screen
        from desktop.ui.help import guide_paper
        from desktop.ui.printing import pdf

    off_screen.prepare()
    made, epoch = pdf.pdf(guide_paper.paper()), os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        made = guide_paper.dated(made, datetime.fromtimestamp(int(epoch), UTC))
    with disk.write_beside(output) as new:
        new.write_bytes(made)
    print(output)


VERBS = (build, tour, manual, doctor)
