"""Verbs on a round of questions to the units: begun, shown, listed, and what becomes of it."""

from __future__ import annotations

from datetime import date

import click

from desktop.cli import round_changes, round_words, text
from desktop.cli.call import Call, opened_catalogue, print_json, validity_line
from desktop.cli.notice_option import chosen, only_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import Day, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.workspace import words
from desktop.workspace.file import store
from desktop.workspace.returns import reminder, round_documents, rounds
from desktop.workspace.returns import round_changes as changes
from desktop.workspace.returns.rounds import Round, RoundStanding

PAGE_CELLS = 88
INDENT = 16


@click.group("round", cls=Noun)
def asking() -> None:
    """填报轮次：新建一轮填报，查看谁已反馈、谁还没有；改名、改期、结束、撤回、恢复。

    新建后用 export --each --round 导出各单位的工作簿，收回后用 import 并入；
    某个单位要再发一次的，用 export --unit --round。
    """


@asking.command("new", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@click.option("--reply-by", type=Day(), metavar="年-月-日", help="反馈时限，必须写。")
@click.option(
    "--unit",
    "units",
    type=Words(),
    multiple=True,
    metavar="单位",
    help="只请这些单位，可以写多次；不写时请全部责任单位。",
)
@only_option
@by_option
@json_option
@click.pass_context
def new(
    context: click.Context,
    name: str,
    reply_by: date | None,
    units: tuple[str, ...],
    notices: tuple[str, ...],
    by: str | None,
    as_json: bool,
) -> None:
    """新建一个填报轮次，问全部在用的发文；只问其中几份的加 --notice。"""
    call: Call = context.obj
    if reply_by is None:
        raise WrongUsage("缺少选项 --reply-by，请写反馈时限，例如 --reply-by 2026-03-31。", context)
    with opened_catalogue(call) as (_, catalogue):
        catalogue = chosen(catalogue, notices)
        keys = [catalogue.find_unit(unit).key for unit in units]
        with store.open_for_writing(call.folder) as workspace:
            who = person(workspace.db, by)
            about = [document.key for document in catalogue.documents]
            made = rounds.new(
                workspace.db, catalogue, name, reply_by, keys, document_keys=about, by=who, at=call.now
            )
        if as_json:
            print_json(round_words.as_json(catalogue, made))
            return
        print(f"已新建填报轮次“{made.name}”：请{len(made.unit_keys)}个责任单位于{made.reply_by}前反馈。")
        if told := round_words.papers(catalogue, made):
            print(f"所问文件：{'、'.join(told)}")
        print(f"下一步：export --each --round {made.name} -o 文件夹")


@asking.command("show", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="[名称]", required=False, default="")
@only_option
@json_option
@click.pass_obj
def show(call: Call, name: str, notices: tuple[str, ...], as_json: bool) -> None:
    """显示一个填报轮次的应回、实回、缺、重复和待决定，附本轮记录和催报文字。

    不写名称时为进行中的最近一轮；没有进行中的，为最近结束的一轮。窗口开着时也可以用。
    """
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, notices)
        asked = rounds.find(workspace.db, name)
        stands = rounds.standing(workspace.db, asked, call.today)
        sent = rounds.exports(workspace.db, asked.key)
        said = reminder.text(stands, asked, catalogue)
        record = changes.record(workspace.db, asked)
        if as_json:
            told = round_words.standing(catalogue, stands) | {
                "sent": round_words.sent(catalogue, asked, sent),
                "reminder": said,
            }
            print_json(
                round_words.as_json(catalogue, asked)
                | told
                | {"record": [round_words.event(catalogue, one) for one in record]}
            )
            return
        left = round_words.days(asked, stands)
        print(f"{asked.name}　{asked.sent_on}发出，{asked.reply_by}前反馈（{left}）\n")
        if about := round_words.papers(catalogue, asked):
            print(f"所问文件：{'、'.join(about)}\n")
        for title, keys in _groups(asked, stands, sent):
            names = text.wrap("、".join(round_words.names(catalogue, keys)), PAGE_CELLS - INDENT)
            head = text.pad(f"{text.pad(title, INDENT - 8)}{len(keys):>2}家", INDENT)
            print(
                "\n".join(
                    (head if at == 0 else " " * INDENT) + line for at, line in enumerate(names)
                ).rstrip()
            )
        print("\n本轮记录")
        for one in record:
            done = changes.sentence(one, catalogue)
            print(text.printable("　".join(filter(None, (words.moment(one.at), one.by, done)))))
        own = round_documents.asked_in(catalogue, asked.documents)
        print(f"\n{said.rstrip()}\n\n{validity_line(own, call.today)}")


@asking.command("list", cls=VerbCommand)
@only_option
@json_option
@click.pass_obj
def list_(call: Call, notices: tuple[str, ...], as_json: bool) -> None:
    """列出全部填报轮次，最近新建的在前。写了 --notice 的只列问到那份发文的。"""
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, notices)
        used = {document.key for document in catalogue.documents}
        known = [
            (one, rounds.standing(workspace.db, one, call.today))
            for one in rounds.every(workspace.db)
            if not notices or not one.documents or used & one.documents.keys()
        ]
        if as_json:
            print_json(
                [
                    round_words.as_json(catalogue, one) | round_words.standing(catalogue, stands)
                    for one, stands in known
                ]
            )
            return
        if not known:
            print("还没有填报轮次。")
            return
        heads = ("名称", "发出", "反馈时限", "应回", "实回", "缺", "")
        rows = [
            (
                one.name,
                str(one.sent_on),
                str(one.reply_by),
                *(str(len(keys)) for keys in (stands.due, stands.returned, stands.missing)),
                round_words.days(one, stands),
            )
            for one, stands in known
        ]
        print(text.table([heads, *rows]))


for each in round_changes.VERBS:
    asking.add_command(each)

VERBS = (asking,)


def _groups(
    asked: Round, stands: RoundStanding, sent: dict[str, tuple[str, str]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the five groups of units, and the units that were sent nothing yet if there are any."""
    unsent = tuple(key for key in asked.unit_keys if key not in sent)
    return [
        ("应回", stands.due),
        ("实回", stands.returned),
        ("缺", stands.missing),
        ("重复", stands.repeated),
        ("待决定", stands.conflicting),
        *([("部分反馈", tuple(stands.partial))] if stands.partial else []),
        *([("未发出", unsent)] if unsent else []),
    ]
