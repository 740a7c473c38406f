"""`pack`, `unpack`: what was entered, carried to another machine as a 数据包 and united with what it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Moment, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.file import store

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.merging.outcome import Conflict, MergeOutcome

UNDO = "undo"
_UNDONE = 1
passphrase_option = click.option(
    "--passphrase-file",
    "secret",
    type=AnyPath(),
    metavar="文件",
    help="密码所在的文件，取第一行。密码不写在命令行上，以免留在历史记录中。",
)


class Unpack(VerbCommand):
    """The verb unpack. With the literal first word undo it is another verb; a file of that name is ./undo."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of the verb that is meant."""
        if args[:1] == [UNDO]:
            return undo.make_context(f"{info_name} {UNDO}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("pack", cls=VerbCommand)
@click.option("--output", "-o", type=AnyPath(), metavar="文件", help="写到哪里，一般以 .sjb 结尾；必须写。")
@click.option(
    "--since",
    type=Moment(),
    metavar="时间",
    help="只装从这时起录入或收到的，以及从未导出过的，写日期或完整的时间；不写时装全部。",
)
@click.option("--unit", type=Words(), metavar="单位", help="只装这个单位的清单事项、诉求和有关的企业、走访。")
@passphrase_option
@by_option
@json_option
@click.pass_context
def pack(
    context: click.Context,
    output: Path | None,
    since: datetime | None,
    unit: str | None,
    secret: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """把录入的内容装成一个数据包，用 U 盘带到另一台电脑并入：企业、走访、诉求、清单、批注和佐证材料。

    “从这时起”按内容到达本机的先后算，不受电脑时钟影响；从未导出过的总在其中。
    数据包里有企业联系人的电话，请只交给本单位的电脑，或者设密码。
    """
    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)

    from desktop.workspace.merging import packing

    passphrase = _secret(secret)
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        found = catalogue.find_unit(unit) if unit else None
        made = packing.pack(
            workspace.db,
            call.folder,
            output,
            by=person(workspace.db, by),
            at=call.now,
            since=since.replace(tzinfo=since.tzinfo or call.now.tzinfo) if since else None,
            unit=(found.key, found.name, *found.aliases) if found else (),
            passphrase=passphrase,
        )
    told = made.manifest
    if as_json:
        print_json(
            {
                "path": str(output),
                "size": made.size,
                "machine": told.machine,
                "writes": told.writes,
                "files": len(told.files),
                "missing": list(told.missing),
            }
        )
        return
    print(output)
    print(f"装入{told.writes}笔录入、{len(told.files)}份佐证材料和照片。")
    if told.missing:
        print(f"有{len(told.missing)}份佐证材料在本机已缺失或被改动，没有装入。")


@click.command("unpack", cls=Unpack)
@click.argument("file", type=AnyPath(), metavar="文件", required=False)
@click.option("--dry-run", is_flag=True, help="只列出会有什么变化，什么也不改；窗口开着时也可以用。")
@passphrase_option
@by_option
@json_option
@click.pass_context
def unpack(
    context: click.Context,
    file: Path | None,
    dry_run: bool,
    secret: Path | None,
    by: str | None,
    as_json: bool,
) -> int:
    """并入一个数据包：全部并入，或者完全不改。先后次序、重复并入都不影响结果。

    两台电脑对同一项填得不同的，两个值都留下并列出，由人决定。撤销最近一次：unpack undo。
    不是数据包、不完整、被改动过、密码不对的，都不并入，并说明原因，退出码为 1。
    """
    call: Call = context.obj
    if file is None:
        raise WrongUsage("缺少参数 文件，请写要并入的数据包。", context)
    try:
        passphrase = _secret(secret)
        found, told = _united(call, file, passphrase, by, dry_run=dry_run)
    except KnownError as error:
        if not as_json:
            raise
        print_json(as_values(None, error.message))
        return _UNDONE
    if as_json:
        print_json(as_values(found))
    else:
        print(text.printable("\n".join(told)))
    return 0


@click.command(UNDO, cls=VerbCommand)
@by_option
@json_option
@click.pass_obj
def undo(call: Call, by: str | None, as_json: bool) -> None:
    """撤销最近一次并入的数据包。之后在上面录入的保留；同一个数据包以后可以再并入。"""
    from desktop.workspace.merging import arrivals

    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        who = person(workspace.db, by)
        taken = arrivals.undo(workspace.db, call.folder, catalogue, by=who, at=call.now)
    if as_json:
        print_json({"id": taken.id, "file": taken.file_name, "at": taken.at, "undone_at": taken.undone_at})
    else:
        print(text.printable(f"已撤销“{taken.file_name}”的并入，之后录入的内容保留。"))


VERBS = (pack, unpack)


def as_values(found: MergeOutcome | None, refused: str | None = None) -> dict[str, Any]:
    """Return what taking in a package brings as JSON values; of one that was refused why."""
    from desktop.workspace.merging import naming

    return {
        "new": found.new if found else 0,
        "changed": found.changed if found else 0,
        "same": found.same if found else 0,
        "conflicts": [_conflict(one) for one in found.conflicts] if found else [],
        "duplicates": [
            {"noun": naming.noun(one.noun), "keys": one.keys, "called": one.called, "why": one.why}
            for one in (found.duplicates if found else ())
        ],
        "gaps": [
            {
                "machine": one.machine,
                "called": one.called,
                "first": one.first,
                "last": one.last,
                "words": one.words,
            }
            for one in (found.gaps if found else ())
        ],
        "clashes": [
            {"write": str(one.name), "noun": naming.noun(one.noun), "record": one.called}
            for one in (found.clashes if found else ())
        ],
        "files_back": [
            {"noun": naming.noun(one.noun), "record": one.called, "name": one.name}
            for one in (found.files_back if found else ())
        ],
        "refused": refused,
    }


def _united(
    call: Call, file: Path, passphrase: str, by: str | None, *, dry_run: bool
) -> tuple[MergeOutcome, list[str]]:
    """Take a package in; return what that brought, also as lines for people."""
    from desktop.workspace.merging import opening, taking

    here = (call.folder / store.DATABASE).exists()
    if not here:  # what is refused makes no workspace
        with TemporaryDirectory() as empty, opening.opened(file, Path(empty), passphrase):
            pass
    deed, opened = (
        (taking.plan, store.opened_in_memory) if dry_run else (taking.apply, store.open_for_writing)
    )
    with ExitStack() as stack:
        _, catalogue = stack.enter_context(opened_catalogue(call))
        workspace = stack.enter_context(opened(call.folder))
        nowhere = dry_run and not here
        folder = Path(stack.enter_context(TemporaryDirectory())) if nowhere else call.folder
        who, db = person(workspace.db, by), workspace.db
        outcome = deed(db, folder, catalogue, file, by=who, at=call.now, passphrase=passphrase)
        return outcome, list(_told(db, catalogue, outcome, done=not dry_run))


def _secret(path: Path | None) -> str:
    """Return the passphrase in the first line of a file, "" where none is given."""
    if path is None:
        return ""
    from desktop import disk

    with disk.reading(path):
        data = path.read_bytes()
    try:
        words = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KnownError(
            f"“{path.name}”不是 UTF-8 编码的文字，没有采用。", "请检查是否选对了文件。"
        ) from error
    if not words or not words[0]:
        raise KnownError(f"“{path.name}”的第一行是空的，没有采用。", "请把密码写在第一行。")
    return words[0]


def _conflict(one: Conflict) -> dict[str, Any]:
    from desktop.workspace.merging import naming

    return {
        "noun": naming.noun(one.noun),
        "key": one.key,
        "field": one.field,
        "record": one.called,
        "field_words": one.field_called,
        "values": [{"value": write.value, "by": write.by, "at": write.at} for write in one.values],
    }


def _told(db: sqlite3.Connection, catalogue: Catalogue, found: MergeOutcome, *, done: bool) -> Iterator[str]:
    from desktop.workspace import words
    from desktop.workspace.merging import conflicts, naming

    made = found.manifest
    yield f"数据包由{made.by}制作于{words.moment(made.made_at)}，有{made.writes}笔录入、{found.files}份文件。"
    yield f"新增{found.new}条，修改{found.changed}条，相同{found.same}条。"
    if found.conflicts:
        yield f"以下{len(found.conflicts)}处两台电脑填得不同，两个值都已留下，待决定："
        for one in found.conflicts:
            values = "；".join(conflicts.told(db, catalogue, write) for write in one.values)
            yield f"  {naming.noun(one.noun)}　{one.called}　{one.field_called}：{values}"
    for pair in found.duplicates:
        yield f"可能重复的{naming.noun(pair.noun)}（{pair.why}）：{'、'.join(pair.called)}"
    for clash in found.clashes:
        yield f"有1笔录入与本库已有的编号相同而内容不同，未并入：{naming.noun(clash.noun)}　{clash.called}"
    for gap in found.gaps:
        yield f"{gap.words}。请向这台电脑索取最近的数据包。"
    for back in found.files_back:
        yield f"补回缺失的佐证材料：{back.called}　{back.name}"
    if found.missing:
        yield f"有{len(found.missing)}份佐证材料对方也没有，没有带来。"
    yield (
        "以上只是预览，没有改动任何内容。"
        if not done
        else "没有需要改动的内容。"
        if found.nothing
        else "已并入。"
    )
