"""Verbs on what the units send back: import takes workbooks in, import undo takes an import back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli import guard, receipt_words
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.deciding import DECIDE, LEFT_OVER, decide
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Count, Words, clean
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.file import backup, store
from desktop.workspace.file.store import Workspace
from desktop.workspace.returns import intake, other_files, plans, reversal, rounds
from desktop.workspace.returns.counting import NOT_SAID, Counting
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState, ReceiptFile
from desktop.workspace.returns.returned import Returned
from desktop.workspace.returns.three_way import Choice

UNDO = "undo"


class Import(VerbCommand):
    """The verb import. With the literal first word undo or decide it is another verb.

    A file of that name is ./undo or ./decide.
    """

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of the verb that is meant."""
        if args[:1] == [DECIDE]:
            return decide.make_context(f"{info_name} {DECIDE}", args[1:], parent, **extra)
        if args[:1] == [UNDO]:
            return undo.make_context(f"{info_name} {UNDO}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("import", cls=Import)
@click.argument("paths", type=AnyPath(), metavar="路径…", nargs=-1)
@click.option("--dry-run", is_flag=True, help="只看会怎样，什么也不写。")
@click.option("--ours", is_flag=True, help="待决定的保留本库内容。")
@click.option("--theirs", is_flag=True, help="待决定的采用回填内容；须确认而有建议的，按建议采用。")
@click.option(
    "--round",
    "in_round",
    type=Words(),
    metavar="轮次",
    help="不是按轮次发出的（或该轮已撤回的）工作簿，算作这个轮次的回填。",
)
@click.option("--notes", is_flag=True, help="各单位自己加的行，存为上一行措施的批注。")
@by_option
@json_option
@click.pass_context
def take_in(
    context: click.Context,
    paths: tuple[Path, ...],
    dry_run: bool,
    ours: bool,
    theirs: bool,
    in_round: str | None,
    notes: bool,
    by: str | None,
    as_json: bool,
) -> int:
    """并入各单位回填的工作簿：可以写多个文件或文件夹，文件夹中的 .xlsx 都算。

    逐项与发出时的内容、本库现在的内容比对：只有单位改过的采用回填；两边都改过的是冲突。
    不写 --ours、--theirs 时，冲突和须确认的保留本库内容并列出，其余照常并入。
    全部文件一次写完，不会只写一半；写之前自动备份。

    平时导出、不是按轮次发出的工作簿照常并入，写了 --round 才算作该轮的回填。已撤回的轮次发出的，
    写了 --round 才并入。

    继续决定以前没有决定的各处：import decide。撤销一次导入：import undo [编号]。
    名叫 undo、decide 的文件请写 ./undo、./decide。
    全部并入或没有变化时退出码为 0，有文件未并入或待决定时为 3。
    """
    call: Call = context.obj
    if not paths:
        raise WrongUsage("缺少参数 路径，请写要并入的工作簿或文件夹。", context)
    if ours and theirs:
        raise WrongUsage("--ours 和 --theirs 只能写一个。", context)
    found, passed_over = workbooks(paths)
    if passed_over:
        guard.complain(other_files.sentence(passed_over))
    choice = Choice.OURS if ours else Choice.THEIRS if theirs else Choice.UNDECIDED
    with opened_catalogue(call) as (_, catalogue), ExitStack() as stack:
        if dry_run:
            workspace = stack.enter_context(store.opened_in_memory(call.folder))
        else:
            workspace = stack.enter_context(store.open_for_writing(call.folder))
        who = person(workspace.db, by)
        read = [one for path in found for one in _read(path)]
        said = Counting(True, rounds.find(workspace.db, in_round).key) if in_round else NOT_SAID
        planned = _planned(workspace, catalogue, read, call, who, said, choice, notes)
        if not dry_run and any(map(_brings, planned)):
            backup.save(workspace.db, workspace.folder, backup.IMPORT)
            backup.prune(workspace.folder)
        receipt = intake.apply(workspace.db, catalogue, planned, by=who, at=call.now)
        names = {one.key: one.name for one in rounds.every(workspace.db)}
    offered = [names.get(plan.offered, "") for plan in planned]
    files = [
        (one.path, _whole(file, plan)) for one, file, plan in zip(read, receipt.files, planned, strict=True)
    ]
    if as_json:
        told = receipt_words.as_json(catalogue, files, names, offered)
        print_json(told | {"passed_over": [clean(str(path)) for path in passed_over]})
    else:
        print(receipt_words.told(catalogue, files, offered, 0 if dry_run else receipt.id))
        if dry_run:
            print("以上只是预览，没有改动任何内容。")
    fine = all(file.state in (FileState.ACCEPTED, FileState.UNCHANGED) for file in receipt.files)
    return 0 if fine else LEFT_OVER


@click.command(UNDO, cls=VerbCommand)
@click.argument("intake_id", type=Count(), metavar="[编号]", required=False, default="0")
@by_option
@json_option
@click.pass_obj
def undo(call: Call, intake_id: int, by: str | None, as_json: bool) -> None:
    """撤销一次导入：全部改动退回导入前；导入之后又改过的保留现有内容并列出。

    不写编号时撤销最近一次。撤销也记入历史；撤销后同一文件可以再导入。
    """
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        who = person(workspace.db, by)
        undone = reversal.undo(workspace.db, catalogue, intake_id, by=who, at=call.now)
    if as_json:
        print_json(receipt_words.undone_as_json(catalogue, undone))
    else:
        print(receipt_words.undone_told(catalogue, undone))


VERBS = (take_in,)


@dataclass(frozen=True, slots=True)
class _Read:
    """One checklist read from the file at ``path``: what it says, or the plan that refuses it."""

    path: Path
    returned: Returned | None = None
    refused: Plan | None = None


def workbooks(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to read, and the other files in the folders, each in the order of names.

    Read are the files among ``paths``, whatever they are, and the .xlsx workbooks in the folders among them.
    Raises KnownError when a folder cannot be read, or when there is no workbook at all.
    """
    found: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        files = _within(path)
        found += [file for file in files if file.suffix.lower() == ".xlsx"]
        others += [file for file in files if file.suffix.lower() != ".xlsx"]
    if not found:
        told = f"{other_files.sentence(others)}\n" if others else ""
        raise KnownError(
            "没有找到 .xlsx 工作簿，没有导入。", f"{told}请检查文件夹中有没有各单位发回的工作簿。"
        )
    return found, others


def _within(folder: Path) -> list[Path]:
    """Return the files in a folder and in those under it, without those that open workbooks leave."""

    def refuse(error: OSError) -> None:
        raise KnownError(
            f"文件夹“{folder}”读不了，没有导入任何文件。", "请检查 U 盘或网络盘是否仍然连接，以及有没有权限。"
        ) from error

    return sorted(
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if not other_files.is_nobodys(name)
    )


def _read(path: Path) -> list[_Read]:
    """Read the checklists of one file. A name of undecodable bytes is kept as far as it is text."""
    from desktop.exchange.returned import book
    from desktop.exchange.returned.package import RefusedError, shown_name

    try:
        found = book.read(path)
    except RefusedError as error:
        return [_Read(path, refused=plans.refused(shown_name(path), str(error)))]
    return [_Read(path, one) for one in found]


def _planned(
    workspace: Workspace,
    catalogue: Catalogue,
    read: Sequence[_Read],
    call: Call,
    who: str,
    said: Counting,
    choice: Choice,
    notes: bool,
) -> list[Plan]:
    """Return what each file would do, with what was chosen on the command line."""
    returned = [one.returned for one in read if one.returned is not None]
    fresh = iter(plans.plan_all(workspace.db, catalogue, returned, call.today, by=who, said=said))
    planned = [one.refused or next(fresh) for one in read]
    if choice is not Choice.UNDECIDED:
        planned = [plans.decide_all(plan, choice) for plan in planned]
    if notes:
        for at, plan in enumerate(planned):
            for added in plan.added:
                plan = plans.keep_added(plan, added, True)
            planned[at] = plan
    return planned


def _whole(file: ReceiptFile, plan: Plan) -> ReceiptFile:
    """Return a file's receipt with what must still be chosen on.

    That is kept in the receipt of the import that first took the file in, and is not kept again.
    """
    if file.state is not FileState.CONFLICTS or file.conflicts:
        return file
    return replace(file, lines=(*file.lines, *plan.conflicts))


def _brings(plan: Plan) -> bool:
    """Tell whether a file may bring anything that was not taken in before."""
    return plan.state is not FileState.REFUSED and (plan.decided if plan.known else bool(plan.compared))
