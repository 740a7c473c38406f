"""Verbs on 佐证材料: evidence add, list, check, remove, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli import text
from desktop.cli.call import Call, item_name, measure_number, opened_catalogue, print_json, unit_name
from desktop.cli.checklists import item_key
from desktop.cli.notice_option import chosen, number_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Count, MeasureNumber, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.evidence import export as evidence_export
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.file import store
from desktop.workspace.file.store import Workspace
from desktop.workspace.items import changes

unit_argument = click.argument("unit", type=Words(), metavar="[单位", required=False, default="")
number_argument = click.argument("number", type=MeasureNumber(), metavar="[编号]]", required=False)


@click.group("evidence", cls=Noun)
def attaching() -> None:
    """佐证材料：给事项附上文件，列出、检查、取下、导出。

    文件复制进工作库，记下大小和校验值；原来的文件不动。
    """


@attaching.command(cls=VerbCommand)
@click.argument("unit", type=Words(), metavar="单位")
@click.argument("number", type=MeasureNumber(), metavar="编号")
@click.argument("file", type=AnyPath(), metavar="文件")
@number_option
@by_option
@json_option
@click.pass_obj
def add(call: Call, unit: str, number: int, file: Path, notice: str, by: str | None, as_json: bool) -> None:
    """给一个责任单位的一项附上一份文件。已附过的同一内容不会重复。"""
    with opened_catalogue(call) as (_, catalogue):
        catalogue = chosen(catalogue, [notice])
        key = item_key(catalogue, catalogue.find_unit(unit), number)
        with store.open_for_writing(call.folder) as workspace:
            one = attached.add(
                workspace.db,
                workspace.folder,
                catalogue,
                key,
                file,
                by=person(workspace.db, by),
                at=call.now,
                source=changes.COMMAND,
            )
        if as_json:
            print_json(_row(catalogue, one, State.OK))
            return
        what = f"“{one.name}”（{words.size(one.stored.size)}）"
        print(f"{unit_name(catalogue, key.unit_key)}　{item_name(catalogue, key.measure_key)}　已附{what}")


@attaching.command("list", cls=VerbCommand)
@unit_argument
@number_argument
@number_option
@json_option
@click.pass_obj
def list_(call: Call, unit: str, number: int | None, notice: str, as_json: bool) -> None:
    """列出附有的文件。不写单位时为全部，不写编号时为该单位的全部。"""
    _tell(call, unit, number, notice, as_json, thorough=False)


@attaching.command(cls=VerbCommand)
@unit_argument
@number_argument
@number_option
@json_option
@click.pass_obj
def check(call: Call, unit: str, number: int | None, notice: str, as_json: bool) -> int:
    """逐份读出文件核对校验值，列出结果；有缺失或改动时退出码为 1。"""
    return 0 if _tell(call, unit, number, notice, as_json, thorough=True) else 1


@attaching.command(cls=VerbCommand)
@click.argument("evidence_id", type=Count(), metavar="编号")
@by_option
@json_option
@click.pass_obj
def remove(call: Call, evidence_id: int, by: str | None, as_json: bool) -> None:
    """把一份文件从事项上取下，编号见 evidence list。文件仍留在工作库中，历史可查。"""
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        who = person(workspace.db, by)
        made = attached.remove(
            workspace.db, catalogue, evidence_id, by=who, at=call.now, source=changes.COMMAND
        )
    if as_json:
        print_json({"removed": len(made)})
    else:
        print("已移除。" if made else "这份材料此前已移除，没有改动。")


@attaching.command(cls=VerbCommand)
@unit_argument
@number_argument
@number_option
@click.option("--output", "-o", type=AnyPath(), metavar="文件夹", help="复制到哪里，必须写。")
@json_option
@click.pass_context
def export(
    context: click.Context, unit: str, number: int | None, notice: str, output: Path | None, as_json: bool
) -> int:
    """把附有的文件复制出来，每个单位一个文件夹；缺失或改动过的不复制，退出码为 1。"""
    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写复制到哪个文件夹。", context)
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, [notice])
        files = _chosen(catalogue, workspace, unit, number, notice)
        done = evidence_export.export_to(workspace.folder, output, catalogue, files)
    if as_json:
        print_json([str(path) for _, path in done.files])
    else:
        print(text.printable(done.words))
    return 1 if done.missing or done.altered else 0


VERBS = (attaching,)


def _chosen(
    catalogue: Catalogue, workspace: Workspace, unit: str, number: int | None, notice: str
) -> tuple[Evidence, ...]:
    """Return what is attached to one item, to a unit's items, or to all; of a notice that is named alone.

    ``catalogue`` is narrowed to that one.
    """
    if not unit:
        files = attached.every(workspace.db)
    elif number is None:
        files = attached.of_unit(workspace.db, catalogue.find_unit(unit).key)
    else:
        files = attached.of_item(workspace.db, item_key(catalogue, catalogue.find_unit(unit), number))
    used = {document.key for document in catalogue.documents}
    return tuple(one for one in files if not notice or one.key.document_key in used)


def _tell(call: Call, unit: str, number: int | None, notice: str, as_json: bool, *, thorough: bool) -> bool:
    """List files with their states; say whether all are as they were."""
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, [notice])
        files = _chosen(catalogue, workspace, unit, number, notice)
        states = attached.check(workspace.folder, files, thorough=thorough)
        if as_json:
            print_json([_row(catalogue, one, states[one.id]) for one in files])
        elif files:
            heads = ("编号", "责任单位", "措施", "状态", "大小", "添加", "文件")
            print(text.table([heads, *(_cells(catalogue, one, states[one.id]) for one in files)]))
        else:
            print("没有佐证材料。")
    return all(states[one.id] is State.OK for one in files)


def _cells(catalogue: Catalogue, one: Evidence, state: State) -> tuple[str, ...]:
    return (
        str(one.id),
        unit_name(catalogue, one.key.unit_key),
        item_name(catalogue, one.key.measure_key),
        state.value,
        words.size(one.stored.size),
        f"{one.at[:10]} {one.by}",
        one.name,
    )


def _row(catalogue: Catalogue, one: Evidence, state: State) -> dict[str, Any]:
    """Return one file as JSON values."""
    return {
        "id": one.id,
        "unit": unit_name(catalogue, one.key.unit_key),
        "number": measure_number(catalogue, one.key.measure_key),
        "name": one.name,
        "sha256": one.stored.sha256,
        "size": one.stored.size,
        "at": one.at,
        "by": one.by,
        "state": state.name.lower(),
    }
