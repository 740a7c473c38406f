"""Verbs on visits: visit add, list."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli import demand_facts, text
from desktop.cli.call import Call, day, item_name, opened_catalogue, print_json, read_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import enterprises
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import changes
from desktop.workspace.journal.model import Stamp
from desktop.workspace.visits import recording, visits
from desktop.workspace.visits.model import EXPLAINED, Visit, VisitState, Wish

_FIELDS = ("kind", "place", "unit", "visitors", "met", "summary", "confirmation")
_KNOWN = {*_FIELDS, "enterprise", "date", "explained", "demands"}
_HINT = "没有记入走访。"
_MOST_TOLD = 5


@click.group("visit", cls=Noun)
def visit() -> None:
    """走访：记一次走访，列出走访。"""


@visit.command("add", cls=VerbCommand)
@click.option("--file", "path", type=AnyPath(), metavar="文件", help="走访情况的 JSON 文件，必须写。")
@click.option("--final", is_flag=True, help="记入后即定稿；不写时为草稿。")
@by_option
@json_option
@click.pass_context
def add(context: click.Context, path: Path | None, final: bool, by: str | None, as_json: bool) -> None:
    """记一次走访，连同讲解的措施和提出的诉求。企业须已在工作库中，写名称或统一社会信用代码。"""
    call: Call = context.obj
    if path is None:
        raise WrongUsage("缺少选项 --file，请写走访情况的 JSON 文件。", context)
    data = read_json(path, _HINT)
    if not isinstance(data, dict):
        raise KnownError("走访情况应为一个 JSON 对象。", f"{_HINT}请改正后重试。")
    with opened_catalogue(call) as (_, catalogue), store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        stamp = Stamp(person(db, by), changes.COMMAND, call.now)
        with transaction(db):
            key = _record(db, catalogue, data, stamp)
            if final:
                recording.finish(db, key, stamp)
        made = _told(db, catalogue, visits.one(db, key))
        marks = _marks(db, catalogue, visits.one(db, key), data)
    if as_json:
        print_json({**made, "marks": marks})
        return
    print(
        text.printable(
            f"已记入走访 {made['number']}：{made['enterprise']}，{made['date']}，{made['state']}。"
        )
    )
    for one in made["demands"]:
        print(text.printable(f"  诉求 {one['number']}：{one['text']}"))
    for mark in marks:
        print(text.printable(f"请注意：{mark}"))


@visit.command("list", cls=VerbCommand)
@click.option("--enterprise", type=Words(), metavar="企业", help="只列这家企业的，写名称或统一社会信用代码。")
@json_option
@click.pass_obj
def list_(call: Call, enterprise: str | None, as_json: bool) -> None:
    """列出走访，新的在前。窗口开着时也可以用。"""
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        db = workspace.db
        found = visits.every(db)
        if enterprise is not None:
            keys = enterprises.keys_of(db, enterprises.find(db, enterprise).key)
            found = visits.of_enterprises(db, *keys)
        told = [_told(db, catalogue, one) for one in found]
    if as_json:
        print_json(told)
        return
    if not told:
        print("工作库中还没有走访。")
        return
    heads = ("编号", "日期", "企业", "方式", "走访人", "讲解", "诉求", "状态")
    rows = [
        (
            str(one["number"]),
            str(one["date"] or ""),
            str(one["enterprise"]),
            str(one["kind"]),
            "、".join(one["visitors"]),
            "、".join(each["cited"] for each in one["explained"]),
            str(len(one["demands"]) or ""),
            str(one["state"]),
        )
        for one in told
    ]
    print(text.table([heads, *rows]))
    print(f"\n共{len(told)}次走访。")


VERBS = (visit,)


def _record(db: sqlite3.Connection, catalogue: Catalogue, data: Mapping[str, Any], stamp: Stamp) -> str:
    """Write a visit and its demands; inside a transaction. Raises KnownError for what cannot be kept."""
    if not isinstance(data.get("enterprise"), str) or not data["enterprise"].strip():
        raise KnownError("没有写走访哪家企业。", f"{_HINT}请写 enterprise：企业名称或统一社会信用代码。")
    firm = enterprises.find(db, data["enterprise"])
    fields = {name: data[name] for name in _FIELDS if data.get(name) not in (None, "", [])}
    for name, value in fields.items():
        if name in ("visitors", "met"):
            for one in _list(value, name):
                _must_be_words(one, name, parts=name == "met")
        else:
            _must_be_words(value, name)
    for measure, wish in _explained(catalogue, data.get("explained")):
        fields[f"{EXPLAINED}/{measure}"] = wish
    day = _day(data.get("date"))
    state = VisitState.PLANNED if day > stamp.at.date() else VisitState.DRAFT
    key = recording.begin(db, firm.key, day, stamp, state=state, **fields)
    for one in _list(data.get("demands"), "demands"):
        given = {"source": "走访", **demand_facts.given(catalogue, one), "enterprise": firm.key, "visit": key}
        demand_facts.register(db, given, visits.one(db, key).day or stamp.at.date(), stamp)
    return key


def _marks(db: sqlite3.Connection, catalogue: Catalogue, made: Visit, data: Mapping[str, Any]) -> list[str]:
    """Return in sentences what should be looked at: what was not read, and other visits about that time."""
    given = data.get("demands") or ()
    marks = []
    if unread := sorted({*data} - _KNOWN) + demand_facts.unread(*given):
        marks.append(f"不认识的内容没有记入：{'、'.join(unread)}。")
    marks += demand_facts.strangers(catalogue, *(one.get("unit") for one in given))
    assert made.day is not None
    if made.state is VisitState.PLANNED:
        marks.append("走访日期还没有到，记为计划。")
    keys = enterprises.keys_of(db, made.enterprise)
    others = [one for one in visits.near(db, keys, made.day) if one.key != made.key]
    if others:
        told = "、".join(f"{one.number}（{one.day}{one.unit}）" for one in others[:_MOST_TOLD])
        rest = f"等{len(others)}次" if len(others) > _MOST_TOLD else ""
        marks.append(
            f"前后{visits.NEAR_DAYS}天内还有这家企业的走访：{told}{rest}，请核对是否重复，尽量合并走访。"
        )
    return marks


def _explained(catalogue: Catalogue, given: object) -> list[tuple[str, str]]:
    """Return measure and 意见 of each: numbers or keys, or objects ``{"measure", "said"}``."""
    found = []
    for one in _list(given, "explained"):
        measure, said = (one.get("measure"), one.get("said")) if isinstance(one, dict) else (one, None)
        found.append((demand_facts.measure_key(catalogue, measure, _HINT), str(said or Wish.TOLD)))
    return found


def _list(given: object, name: str) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise KnownError(f"{name} 应为一列。", f"{_HINT}请改正后重试。")
    return given


def _must_be_words(value: object, name: str, *, parts: bool = False) -> None:
    """Raise KnownError for what is no text; with ``parts`` the name and post of a Met will do."""
    if parts and isinstance(value, dict) and {*value} <= {"name", "post"} and value:
        for one in value.values():
            _must_be_words(one or "", name)
    elif not isinstance(value, str):
        raise KnownError(f"{name} 应为文字：{value}", f"{_HINT}请改正后重试。")


def _day(value: object) -> date:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise KnownError("没有写走访日期，或日期不对。", f"{_HINT}请写 date，例如 2026-11-26。")


def _told(db: sqlite3.Connection, catalogue: Catalogue, one: Visit) -> dict[str, Any]:
    """Return a visit as JSON values."""
    return {
        "key": one.key,
        "number": one.number,
        "enterprise": demand_facts.firm_name(db, one.enterprise),
        "date": day(one.day),
        "kind": str(one.kind),
        "state": str(one.state),
        "unit": one.unit,
        "place": one.place,
        "visitors": list(one.visitors),
        "met": [{"name": each.name, "post": each.post} for each in one.met],
        "summary": one.summary,
        "explained": [
            {"measure": key, "cited": item_name(catalogue, key), "said": str(wish)}
            for key, wish in one.explained.items()
        ],
        "demands": [{"number": each.number, "text": each.text} for each in demands.of_visit(db, one.key)],
        "files": [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in one.files],
        "confirmation": str(one.confirmation),
    }
