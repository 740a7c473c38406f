"""The verb export: checklists as workbooks, plain or for a round."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from desktop.catalogue.query import Catalogue
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.notice_option import chosen, of_items, only_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError


@click.command(cls=VerbCommand)
@click.option("--unit", type=Words(), metavar="单位", help="导出一个责任单位的清单。")
@click.option("--all", "all_units", is_flag=True, help="全部单位导出到一个工作簿，含汇总表。")
@click.option("--each", "each_unit", is_flag=True, help="每个单位导出一个工作簿，放进同一个文件夹。")
@click.option(
    "--round",
    "in_round",
    type=Words(),
    metavar="轮次",
    help="为这个填报轮次导出，并记下发出时的内容；与 --each 或 --unit 一起写。",
)
@click.option(
    "--output",
    "-o",
    type=AnyPath(),
    metavar="路径",
    help="保存到哪里：.xlsx 文件或文件夹；--each 时为文件夹。",
)
@only_option
@by_option
@json_option
@click.pass_context
def export(
    context: click.Context,
    unit: str | None,
    all_units: bool,
    each_unit: bool,
    in_round: str | None,
    output: Path | None,
    notices: tuple[str, ...],
    by: str | None,
    as_json: bool,
) -> None:
    """把责任清单导出为 Excel 工作簿，列出写好的文件。

    --unit、--all、--each 选一个；-o 必须写。

    发给各单位填报、还要收回并入的，请先用 round new 新建轮次，再加 --round。某个单位要再发一次的，
    用 --unit 和 --round：先后发出的各份都认得，交回哪一份都可以并入。

    一个单位在几份在用的发文中都有事项的，工作簿中每份一张工作表；只要其中一份的加 --notice。
    """
    call: Call = context.obj
    if (unit is not None) + all_units + each_unit != 1:
        raise WrongUsage("--unit、--all、--each 须写且只写一个。", context)
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)
    if not each_unit:
        must_be_workbook(output, context)

    if in_round is not None and all_units:
        raise WrongUsage("--all 是给人看的合订本，不能用于填报轮次；请改用 --each。", context)
    with opened_catalogue(call) as (_, catalogue):
        catalogue = chosen(catalogue, notices)
        if in_round is not None:
            written = _sent(call, catalogue, in_round, unit, output, by)
        else:
            written = _written(call, catalogue, notices, unit, each_unit, output)
    if as_json:
        print_json([str(path) for path in written])
        return
    for path in written:
        print(path)


VERBS = (export,)


def _written(
    call: Call,
    catalogue: Catalogue,
    notices: tuple[str, ...],
    unit: str | None,
    each_unit: bool,
    output: Path,
) -> tuple[Path, ...]:
    """Write checklists as they stand, of no round."""
    from desktop.exchange.checklists import book
    from desktop.exchange.sheets import names
    from desktop.workspace.file import store
    from desktop.workspace.items import checklist, settings

    with store.open_for_reading(call.folder) as workspace:
        near_days = settings.near_days(workspace.db)
        sending = book.Sending(catalogue, call.today, near_days, at=call.now, report=progress)
        if unit is not None:
            found = catalogue.find_unit(unit)
            items = of_items(
                catalogue, notices, checklist.items(workspace.db, catalogue, found.key, call.today)
            )
            if not items and notices:
                raise KnownError(f"{found.name}在所选的发文中没有事项，没有导出。", "请改选发文或责任单位。")
            path = target(output, sending.name_of(found.name, items))
            return (book.write_unit(path, sending, items, found),)
        items = of_items(catalogue, notices, checklist.every_item(workspace.db, catalogue, call.today))
        if each_unit:
            return book.write_each(output, sending, items)
        name = names.checklist_name(catalogue, book.ALL_UNITS, call.today)
        return (book.write_all(target(output, name), sending, items),)


def _sent(
    call: Call, catalogue: Catalogue, name: str, unit: str | None, output: Path, by: str | None
) -> tuple[Path, ...]:
    """Write the workbooks of a round, recording what is sent; the workspace must be free for that."""
    from desktop.exchange.checklists import book, sending
    from desktop.workspace.file import store
    from desktop.workspace.returns import rounds

    wanted = book.Sending(catalogue, call.today, report=progress)
    with store.open_for_reading(call.folder) as workspace:
        asked = rounds.find(workspace.db, name)
    with store.open_for_writing(call.folder) as workspace:
        who = person(workspace.db, by)
        if unit is None:
            return sending.send_each(output, workspace.db, asked, wanted, by=who, at=call.now)
        found = catalogue.find_unit(unit)
        path = target(output, sending.name_of(wanted, asked, found))
        return (sending.send_unit(path, workspace.db, asked, wanted, found, by=who, at=call.now),)


def must_be_workbook(output: Path, context: click.Context) -> None:
    """Raise WrongUsage when ``output`` names a file that is no .xlsx."""
    if output.suffix and not output.is_dir() and output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"只能导出为 .xlsx 文件，“{output.name}”不是。", context)


def target(output: Path, name: str) -> Path:
    """Return the workbook's path: ``output`` itself when it names a workbook, else ``name`` within it.

    In a folder, a workbook of that name that someone has worked on stays; the new one gets a number.
    """
    from desktop.exchange.checklists import book

    if output.suffix.lower() == ".xlsx" and not output.is_dir():
        return output
    return book.free_path(output / name)


def progress(done: int, total: int) -> None:
    """Show on a terminal how far the export is."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r正在导出 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
