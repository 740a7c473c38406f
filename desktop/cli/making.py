"""Verbs that make something: export, build, tour; and doctor, which checks what was made."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import click

from desktop import paths
from desktop.catalogue import validity
from desktop.cli import text, window
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.reading import json_option
from desktop.cli.values import Place, Words
from desktop.cli.wording import Verb, WrongUsage
from desktop.errors import KnownError


@click.command(cls=Verb)
@click.option("--unit", type=Words(), metavar="单位", help="导出一个责任单位的清单。")
@click.option("--all", "all_units", is_flag=True, help="全部单位导出到一个工作簿，含汇总表。")
@click.option("--each", "each_unit", is_flag=True, help="每个单位导出一个工作簿，放进同一个文件夹。")
@click.option(
    "--output", "-o", type=Place(), metavar="路径", help="保存到哪里：.xlsx 文件或文件夹；--each 时为文件夹。"
)
@json_option
@click.pass_context
def export(
    context: click.Context,
    unit: str | None,
    all_units: bool,
    each_unit: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """把责任清单导出为 Excel 工作簿，列出写好的文件。

    --unit、--all、--each 选一个；-o 必须写。
    """
    call: Call = context.obj
    if (unit is not None) + all_units + each_unit != 1:
        raise WrongUsage("--unit、--all、--each 须写且只写一个。", context)
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)
    if not each_unit and output.suffix and not output.is_dir() and output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"只能导出为 .xlsx 文件，“{output.name}”不是。", context)

    from desktop.exchange import checklist_book
    from desktop.workspace import checklist as entries
    from desktop.workspace import settings, store

    with opened_catalogue() as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        facts: dict[str, Any] = {
            "validity": validity.state(catalogue.notice, call.today),
            "today": call.today,
            "near_days": settings.near_days(workspace.db),
            "at": call.now,
            "report": _progress,
        }
        if unit is not None:
            found = catalogue.find_unit(unit)
            path = _target(output, checklist_book.file_name(catalogue, found.name, call.today))
            items = entries.items(workspace.db, catalogue, found.key, call.today)
            written = [checklist_book.write_unit(path, catalogue, items, found, **facts)]
        else:
            items = entries.every_item(workspace.db, catalogue, call.today)
            if each_unit:
                written = list(checklist_book.write_each(output, catalogue, items, **facts))
            else:
                name = checklist_book.file_name(catalogue, checklist_book.ALL_UNITS, call.today)
                written = [checklist_book.write_all(_target(output, name), catalogue, items, **facts)]
        if as_json:
            print_json([str(path) for path in written])
            return
        for path in written:
            print(path)


@click.command(cls=Verb)
@click.option(
    "--output", "-o", type=Place(), metavar="文件", help="写到哪里；不写时为程序自带的 measures.db。"
)
def build(output: Path | None) -> None:
    """由发文原文和标注重新生成 measures.db。

    同样的原文总是生成同样的文件。原文不合格式时指出行号和原因，不生成文件。
    """
    if importlib.util.find_spec("pypinyin") is None:
        raise KnownError(
            "本程序包不含生成数据库所需的拼音组件，没有生成任何文件。",
            "请在源代码目录中按说明安装后运行 python -m desktop build。",
        )

    from desktop.catalogue import build as building

    path = output or paths.bundled_database()
    building.build(paths.resources() / "notices", path)
    print(path)


@click.command(cls=Verb)
@click.option(
    "--output", "-o", type=Place(), default="out", metavar="文件夹", help="保存到哪里；不写时为 out。"
)
@click.pass_obj
def tour(call: Call, output: Path) -> int:
    """在后台绘制窗口的各个页面（PNG）并导出各单位清单，列出写好的文件。"""
    return window.make_tour(output, call.workspace)


@click.command(cls=Verb)
@json_option
def doctor(as_json: bool) -> int:
    """检查本程序能否正常工作：数据、检索、工作库、工作簿、窗口和各部件版本。

    全部通过时退出码为 0。检查只在临时文件夹中读写，不动用户的数据。
    """
    from desktop import doctor as checking

    checks = checking.examine()
    if as_json:
        print_json(
            [{"name": c.name, "ok": c.ok, "detail": c.detail, "seconds": round(c.seconds, 3)} for c in checks]
        )
    else:
        print(text.table([("通过" if c.ok else "不通过", c.name, c.detail) for c in checks]))
        failed = sum(not c.ok for c in checks)
        print(f"\n{failed}项检查不通过。" if failed else "\n各项检查全部通过。")
    return 0 if all(c.ok for c in checks) else 1


VERBS = (export, build, tour, doctor)


def _target(output: Path, name: str) -> Path:
    """Return the workbook's path: ``output`` itself when it names a workbook, else ``name`` within it.

    In a folder, a workbook of that name that someone has worked on stays; the new one gets a number.
    """
    from desktop.exchange import checklist_book

    if output.suffix.lower() == ".xlsx" and not output.is_dir():
        return output
    return checklist_book.free_path(output / name)


def _progress(done: int, total: int) -> None:
    """Show on a terminal how far the export is."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r正在导出 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
