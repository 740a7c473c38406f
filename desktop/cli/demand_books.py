"""Verbs on the workbooks of a unit's demands: demand send, take, untake."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json, unit_name
from desktop.cli.deciding import LEFT_OVER
from desktop.cli.papers import contacts_option, output_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.demands.taking import DemandReceipt


@click.command("send", cls=VerbCommand)
@click.option("--unit", type=Words(), metavar="单位", help="发给哪个单位，必须写。")
@output_option
@contacts_option
@json_option
@click.pass_context
def send(
    context: click.Context, unit: str | None, output: Path | None, with_contacts: bool, as_json: bool
) -> None:
    """把已交办一个单位、还没有办结的诉求导出为工作簿，由单位填写后发回，用 demand take 并入。"""
    from desktop.cli.demand_facts import unit_key
    from desktop.cli.exporting import must_be_workbook, progress, target
    from desktop.exchange.demands import unit_book
    from desktop.workspace.file import store

    call: Call = context.obj
    if unit is None or output is None:
        raise WrongUsage("--unit 和 -o 都必须写。", context)
    must_be_workbook(output, context)
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        key = unit_key(catalogue, unit)
        path = target(output, unit_book.file_name(catalogue, key, call.today))
        unit_book.write(
            path,
            catalogue,
            workspace.db,
            key,
            call.today,
            with_contacts=with_contacts,
            at=call.now,
            report=progress,
        )
    if as_json:
        print_json([str(path)])
        return
    print(path)


@click.command("take", cls=VerbCommand)
@click.argument("path", type=AnyPath(), metavar="文件")
@click.option("--dry-run", is_flag=True, help="只看会怎样，什么也不写。")
@click.option("--theirs", is_flag=True, help="发出之后又有办理的，接着现在的进展采用回填内容。")
@by_option
@json_option
@click.pass_obj
def take(call: Call, path: Path, dry_run: bool, theirs: bool, by: str | None, as_json: bool) -> int:
    """并入单位发回的诉求办理表：每行办理一步，与在窗口中办理一样须合规定。

    发出之后又有办理的待决定，不写 --theirs 时保留现有进展并列出。撤销：demand untake。
    全部采用或没有变化时退出码为 0，有待决定或未采用的为 3。
    """
    from desktop.exchange.demands import returned
    from desktop.workspace.demands import taking
    from desktop.workspace.file import backup, store
    from desktop.workspace.items import changes
    from desktop.workspace.journal.model import Stamp

    book = returned.read(path)
    with opened_catalogue(call) as (_, catalogue), ExitStack() as stack:
        opened = store.opened_in_memory if dry_run else store.open_for_writing
        workspace = stack.enter_context(opened(call.folder))
        if not dry_run:
            backup.save(workspace.db, workspace.folder, backup.IMPORT)
            backup.prune(workspace.folder)
        stamp = Stamp(person(workspace.db, by), changes.IMPORT, call.now)
        receipt = taking.take(workspace.db, book, stamp, theirs=theirs)
        told = _told(catalogue, receipt) | {"notes": list(book.notes)}
    if as_json:
        print_json(told)
    else:
        heads = ("行", "诉求编号", "结果", "步骤", "原因")
        rows = [
            (str(one.row), one.number, str(one.taken), "、".join(one.acts), one.reason)
            for one in receipt.rows
        ]
        print(text.table([heads, *rows]))
        for note in book.notes:
            print(text.printable(f"请注意：{note}"))
        print("以上只是预览，没有改动任何内容。" if dry_run else f"\n回执编号：{receipt.key}")
    return 0 if receipt.is_settled else LEFT_OVER


@click.command("untake", cls=VerbCommand)
@click.argument("key", type=Words(), metavar="[回执编号]", required=False, default="")
@by_option
@json_option
@click.pass_obj
def untake(call: Call, key: str, by: str | None, as_json: bool) -> None:
    """撤销一次诉求回填，不写编号时撤销最近一次；之后又有办理的诉求保留现有进展并列出。"""
    from desktop.workspace.demands import taking
    from desktop.workspace.file import store
    from desktop.workspace.items import changes
    from desktop.workspace.journal.model import Stamp

    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        if not key:
            standing = [one.key for one in taking.receipts(workspace.db) if one.may_be_undone]
            if not standing:
                raise KnownError("没有可以撤销的诉求回填。", "没有改动任何内容。")
            key = standing[0]
        stamp = Stamp(person(workspace.db, by), changes.UNDO, call.now)
        receipt, kept = taking.undo(workspace.db, key, stamp)
        told = _told(catalogue, receipt) | {"kept": list(kept)}
    if as_json:
        print_json(told)
        return
    print(text.printable(f"已撤销诉求回填：{receipt.file}。"))
    for one in kept:
        print(text.printable(f"  {one}"))


def _told(catalogue: Catalogue, receipt: DemandReceipt) -> dict[str, Any]:
    return {
        "key": receipt.key,
        "path": receipt.file,
        "unit": unit_name(catalogue, receipt.unit),
        "at": receipt.at,
        "undone": receipt.undone or None,
        "rows": [
            {
                "row": one.row,
                "number": one.number,
                "result": str(one.taken),
                "acts": list(one.acts),
                "reason": one.reason,
            }
            for one in receipt.rows
        ],
    }
