"""The verb import decide: what imports left open, listed and decided on without the workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli import receipt_words, text
from desktop.cli.call import Call, opened_catalogue, print_json, unit_name
from desktop.cli.notice_option import chosen, number_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import Count, MeasureNumber, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace import words
from desktop.workspace.file import backup, store
from desktop.workspace.returns import intake, open_questions, plans, receipts, rounds
from desktop.workspace.returns.open_questions import OpenScope
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.three_way import Choice, ComparedField

DECIDE = "decide"
LEFT_OVER = 3
"""Exit code: some workbooks were refused, or someone must still choose."""


@click.command(DECIDE, cls=VerbCommand)
@click.argument("intake_id", type=Count(), metavar="[编号]", required=False, default="0")
@click.option("--round", "in_round", type=Words(), metavar="轮次", help="只看这个轮次的。")
@click.option("--unit", type=Words(), metavar="单位", help="只看这个单位的。")
@click.option("--number", type=MeasureNumber(), metavar="序号", help="只看这一条措施的，例如 16。")
@number_option
@click.option("--ours", is_flag=True, help="保留本库内容。")
@click.option("--theirs", is_flag=True, help="采用回填内容；须确认而有建议的，按建议采用。")
@by_option
@json_option
@click.pass_context
def decide(
    context: click.Context,
    intake_id: int,
    in_round: str | None,
    unit: str | None,
    number: int | None,
    notice: str,
    ours: bool,
    theirs: bool,
    by: str | None,
    as_json: bool,
) -> int:
    """继续决定：列出以前导入时没有决定的各处，写了 --ours 或 --theirs 就照此决定，不用再找工作簿。

    写编号时只看那一次导入的，不写时看全部。各处与本库现在的内容重新比对；已在清单中改过的不再列出。
    所做的决定一次写完，另有回执，写之前自动备份。

    没有待决定的内容时退出码为 0，还有时为 3。名叫 decide 的文件请写 ./decide。
    """
    call: Call = context.obj
    if ours and theirs:
        raise WrongUsage("--ours 和 --theirs 只能写一个。", context)
    choice = Choice.OURS if ours else Choice.THEIRS if theirs else Choice.UNDECIDED
    writes = choice is not Choice.UNDECIDED
    with opened_catalogue(call) as (_, catalogue), ExitStack() as stack:
        enter = store.open_for_writing if writes else store.open_for_reading
        workspace = stack.enter_context(enter(call.folder))
        db = workspace.db
        if intake_id:
            receipts.receipt(db, intake_id)  # or there is none
        scope = OpenScope(
            intake_id,
            rounds.find(db, in_round).key if in_round else "",
            catalogue.find_unit(unit).key if unit else "",
        )
        who = person(db, by)
        asked = open_questions.plan_again(db, catalogue, scope, by=who)
        wanted = _wanted(catalogue, asked, number, notice)
        planned = [_decided(plan, wanted, choice) for plan in asked]
        if any(plan.decided for plan in planned):
            backup.save(db, workspace.folder, backup.IMPORT)
            backup.prune(workspace.folder)
        done = intake.apply(db, catalogue, planned, by=who, at=call.now) if writes else None
    shown = [plan for plan in planned if plan.decided or _open(plan, wanted)]
    kept = done.id if done else 0
    if as_json:
        print_json({"id": kept or None, "files": [_as_json(catalogue, plan, wanted) for plan in shown]})
    else:
        print(_told(catalogue, shown, wanted, kept))
    return LEFT_OVER if any(_open(plan, wanted) for plan in shown) else 0


def _wanted(
    catalogue: Catalogue, asked: Sequence[Plan], number: int | None, notice: str
) -> Callable[[ComparedField], bool]:
    """Return what tells whether a line is of the measure and of the notice that were named, if any were.

    Raises :class:`KnownError` for a number that lines of several documents have.
    """
    used = {document.key for document in chosen(catalogue, [notice]).documents} if notice else None

    def wanted(line: ComparedField) -> bool:
        return number in (None, line.number) and (used is None or line.key.document_key in used)

    lines = [line for plan in asked for line in plan.conflicts if wanted(line)]
    keys = dict.fromkeys(line.key.document_key for line in lines)
    if number is not None and len(keys) > 1:
        told = "\n".join(f"  {words.document(catalogue, key)}" for key in keys)
        raise KnownError(
            f"有{len(keys)}份文件的编号为{number}的措施待决定。", f"请用 --notice 写明是哪份发文：\n{told}"
        )
    return wanted


def _open(plan: Plan, wanted: Callable[[ComparedField], bool]) -> list[ComparedField]:
    return [line for line in plan.conflicts if wanted(line)]


def _decided(plan: Plan, wanted: Callable[[ComparedField], bool], choice: Choice) -> Plan:
    """Return the plan with ``choice`` on its open lines that offer it, of one measure or of all."""
    for line in _open(plan, wanted):
        if choice in line.choices:
            plan = plans.decide(plan, line, choice)
    return plan


def _as_json(catalogue: Catalogue, plan: Plan, wanted: Callable[[ComparedField], bool]) -> dict[str, Any]:
    return {
        "import": plan.again,
        "path": plan.file.path_name,
        "unit": unit_name(catalogue, plan.unit_key),
        "changed": plan.changed,
        "conflicts": receipt_words.open_as_json(catalogue, _open(plan, wanted)),
        "notes": list(plan.notes),
    }


def _told(
    catalogue: Catalogue, shown: Sequence[Plan], wanted: Callable[[ComparedField], bool], kept: int
) -> str:
    if not shown:
        return "没有待决定的内容。"
    lines = []
    for plan in shown:
        who = unit_name(catalogue, plan.unit_key) or words.UNKNOWN_UNIT
        counts = f"，改动{plan.changed}处" if plan.changed else ""
        lines.append(f"第{plan.again}号导入　{who}{counts}　{plan.file.path_name}")
        mine = [line for line in plan.lines if wanted(line)]
        lines += [f"    {told}" for line in mine for told in receipt_words.line_told(catalogue, line)]
        lines += [f"    说明　{note}" for note in plan.notes[1:]]  # the first says whose questions they are
    left = sum(len(_open(plan, wanted)) for plan in shown)
    lines.append("")
    if left:
        lines.append(
            f"待决定{left}处，保留了本库内容；采用回填的加 --theirs，保留本库的加 --ours，"
            "没有建议的请用 mark 填写。"
        )
    if kept:
        lines.append(f"并入回执编号：{kept}。撤销所做的决定：import undo {kept}")
    return text.printable("\n".join(lines).rstrip())
