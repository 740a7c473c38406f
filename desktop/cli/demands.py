"""Verbs on demands: demand add, list, act, undo, and those of demand_books."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli import demand_books, demand_facts, text
from desktop.cli.call import Call, opened_catalogue, print_json, read_json, unit_name
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Day, OneOf, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.demands import acting, chosen, demands, recording
from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit
from desktop.workspace.demands.model import LAST
from desktop.workspace.demands.process import Satisfaction
from desktop.workspace.enterprises import enterprises
from desktop.workspace.file import store
from desktop.workspace.items import changes
from desktop.workspace.journal.model import Stamp

_HINT = "没有记入诉求。"
unit_option = click.option("--unit", type=Words(), default="", metavar="单位", help="代表哪个单位办理。")


@click.group("demand", cls=Noun)
def demand() -> None:
    """诉求：登记、列出、办理下一步、撤销最后一步；选办理流程；发给单位的工作簿，并入，撤销。"""


for _verb in (demand_books.send, demand_books.take, demand_books.untake):
    demand.add_command(_verb)


@demand.command("add", cls=VerbCommand)
@click.option("--file", "path", type=AnyPath(), metavar="文件", help="诉求的 JSON 文件，必须写。")
@by_option
@json_option
@click.pass_context
def add(context: click.Context, path: Path | None, by: str | None, as_json: bool) -> None:
    """登记一件诉求（来电、来信、12345转办等；走访中的随走访记入）。"""
    call: Call = context.obj
    if path is None:
        raise WrongUsage("缺少选项 --file，请写诉求的 JSON 文件。", context)
    data = read_json(path, _HINT)
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        fields = demand_facts.given(catalogue, data)
        given: dict[str, Any] = data if isinstance(data, dict) else {}
        if given.get("enterprise"):
            fields["enterprise"] = enterprises.find(db, str(given["enterprise"])).key
        stamp = Stamp(person(db, by), changes.COMMAND, call.now)
        key = demand_facts.register(db, fields, _day(given.get("received"), call.today), stamp)
        _tell(db, catalogue, key, call, as_json, "已登记诉求")
        strangers = demand_facts.strangers(catalogue, given.get("unit"))
    if unread := demand_facts.unread(given, also=("enterprise", "received")):
        text.tell_unread(unread)
    _tell_strangers(strangers)


@demand.command("list", cls=VerbCommand)
@click.option("--enterprise", type=Words(), metavar="企业", help="只列这家企业的，写名称或统一社会信用代码。")
@click.option("--unit", type=Words(), metavar="单位", help="只列这个单位正在办理的。")
@click.option("--open", "only_open", is_flag=True, help="只列还没有结束的。")
@json_option
@click.pass_obj
def list_(call: Call, enterprise: str | None, unit: str | None, only_open: bool, as_json: bool) -> None:
    """列出诉求：进展、时限、亮灯，新的在前。窗口开着时也可以用。"""
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        db = workspace.db
        if enterprise is not None:
            keys = enterprises.keys_of(db, enterprises.find(db, enterprise).key)
            found = demands.of_enterprises(db, *keys)
        elif unit is not None:
            found = demands.of_unit(db, demand_facts.unit_key(catalogue, unit))
        else:
            found = demands.every(db)
        stands = demands.standings(db, (one for one in found if one.is_open or not only_open), call.today)
        told = [demand_facts.told(db, catalogue, one) for one in stands]
    if as_json:
        print_json(told)
        return
    if not told:
        print("没有符合的诉求。")
        return
    heads = ("编号", "企业", "诉求", "类别", "主办单位", "进展", "时限", "亮灯")
    names = ("number", "enterprise", "text", "category", "lead", "state", "due", "light")
    rows = [[str(one[name] or "") for name in names] for one in told]
    for row, one in zip(rows, told, strict=True):
        row[5] += "（两台电脑不同，待决定）" if LAST in one["conflicts"] else ""
    print(text.table([heads, *map(tuple, rows)]))
    print(f"\n共{len(told)}件诉求。")


@demand.command("act", cls=VerbCommand)
@click.argument("number", type=Words(), metavar="编号")
@click.argument("act", type=Words(), metavar="[步骤]", required=False, default="")
@click.option("--day", "on", type=Day(), metavar="年-月-日", help="办理的日期，不写时为今天。")
@unit_option
@click.option("--text", "words", type=Words(), default="", metavar="文字", help="理由或答复内容。")
@click.option("--told", type=Words(), default="", metavar="方式", help="以什么方式告知企业，如电话、当面。")
@click.option("--told-on", type=Day(), metavar="年-月-日", help="哪天告知企业，不写时为办理的日期。")
@click.option("--told-whom", type=Words(), default="", metavar="姓名", help="告知了企业的谁。")
@click.option("--lead", type=Words(), default="", metavar="单位", help="主办单位。")
@click.option(
    "--support", "supports", type=Words(), multiple=True, metavar="单位", help="协办单位，可写多次。"
)
@click.option("--mode", type=Words(), default="", metavar="方式", help="单独办理、分别办理、会同办理。")
@click.option("--due", type=Day(), metavar="年-月-日", help="办理时限。")
@click.option("--asked-by", type=Words(), default="", metavar="姓名", help="企业提出的人。")
@click.option(
    "--satisfaction",
    type=OneOf({str(one): str(one) for one in Satisfaction}),
    metavar="评价",
    help=f"回访时企业的评价：{'、'.join(Satisfaction)}。",
)
@by_option
@json_option
@click.pass_obj
def act(
    call: Call,
    number: str,
    act: str,
    on: date | None,
    unit: str,
    words: str,
    told: str,
    told_on: date | None,
    told_whom: str,
    lead: str,
    supports: tuple[str, ...],
    mode: str,
    due: date | None,
    asked_by: str,
    satisfaction: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """办理一件诉求的下一步，如受理、交办、首次联系、办结、回访、销号；不写步骤时列出现在可以办理的。"""
    with opened_catalogue(call) as (_, catalogue):
        if not act:
            with store.open_for_reading(call.folder) as reading:
                _offer(reading.db, number, as_json)
            return
        day = on or call.today
        with store.open_for_writing(call.folder) as workspace:
            db = workspace.db
            found = demands.find(db, number)
            step = DemandStep(
                act,
                day,
                person(db, by),
                unit=demand_facts.unit_key(catalogue, unit),
                text=words,
                told=FirmTold(told, told_on or day, told_whom) if told else None,
                lead=demand_facts.unit_key(catalogue, lead),
                supports=tuple(SupportUnit(demand_facts.unit_key(catalogue, one)) for one in supports),
                mode=mode,
                due=due,
                asked_by=asked_by,
                satisfaction=Satisfaction(satisfaction) if satisfaction else None,
            )
            differed = LAST in found.conflicts
            recording.act(db, found.key, step, Stamp(person(db, by), changes.COMMAND, call.now))
            _tell(db, catalogue, found.key, call, as_json, f"已办理“{act}”")
            notes = demand_facts.strangers(catalogue, unit, lead, *supports)
            if differed:
                before = found.chain.last.act if found.chain else ""
                notes.append(f"两台电脑办理过不同的步骤，这一步接在“{before}”之后；另一条仍留在历史中。")
            _tell_strangers(notes)


@demand.command("undo", cls=VerbCommand)
@click.argument("number", type=Words(), metavar="编号")
@by_option
@json_option
@click.pass_obj
def undo(call: Call, number: str, by: str | None, as_json: bool) -> None:
    """撤销一件诉求的最后一步；撤销的步骤仍留在历史中。"""
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        found = demands.find(db, number)
        recording.undo(db, found.key, Stamp(person(db, by), changes.UNDO, call.now))
        _tell(db, catalogue, found.key, call, as_json, "已撤销最后一步")


@demand.command("process", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="[名称]", required=False, default="")
@json_option
@click.pass_obj
def process_(call: Call, name: str, as_json: bool) -> None:
    """选定新登记的诉求按哪个办理流程办理：山西、泉州、山东或自定；不写名称时列出。"""
    opened = store.open_for_writing if name else store.open_for_reading
    with opened(call.folder) as workspace:
        db = workspace.db
        here = chosen.processes_here(db)
        if name:
            meant = [key for key, one in here.items() if name == key or one.title.startswith(name)]
            if len(meant) != 1:
                titles = "、".join(one.title for one in here.values())
                raise KnownError(f"没有“{name}”这个办理流程，没有改动任何内容。", f"现有：{titles}。")
            chosen.choose(db, meant[0])
        key = chosen.choice(db).key
    if as_json:
        print_json([{"key": one.key, "title": one.title, "chosen": one.key == key} for one in here.values()])
        return
    for one in here.values():
        print(text.printable(f"{'*' if one.key == key else ' '} {one.title}　{one.note}"))


VERBS = (demand,)


def _tell(
    db: sqlite3.Connection, catalogue: Catalogue, key: str, call: Call, as_json: bool, what: str
) -> None:
    (stands,) = demands.standings(db, [demands.one(db, key)], call.today)
    if as_json:
        print_json(demand_facts.told(db, catalogue, stands))
        return
    one = stands.demand
    told = f"{what}：{one.number}，现在是“{one.state}”"
    if stands.next_limit:
        limit = stands.next_limit
        told += f"，{unit_name(catalogue, limit.unit) or '受理人'}须在{limit.due}前办理“{limit.name}”"
        told += f"（{limit.caveat}）" if limit.caveat else ""
    print(text.printable(f"{told}。"))


def _tell_strangers(sentences: Iterable[str]) -> None:
    for one in sentences:
        print(text.printable(one), file=sys.stderr)


def _offer(db: sqlite3.Connection, number: str, as_json: bool) -> None:
    found = demands.find(db, number)
    if found.chain is None:
        raise KnownError("这件诉求的登记还没有并入。", "请先并入登记它的数据包。")
    acts = acting.offered(chosen.process_of(db, found.process), found.chain)
    if as_json:
        print_json([{"act": one.name, "must": [str(each) for each in acting.required(one)]} for one in acts])
        return
    print(f"{found.number}现在是“{found.state}”，可以办理：")
    for one in acts:
        must = "、".join(acting.required(one))
        print(f"  {one.name}" + (f"（须写明{must}）" if must else ""))


def _day(value: object, today: date) -> date:
    if value in (None, ""):
        return today
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise KnownError(f"“{value}”不是日期。", f"{_HINT}请按 2026-11-26 的样子写 received。") from None
