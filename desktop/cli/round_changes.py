"""Verbs on what becomes of a round: renamed, extended, closed, reopened, withdrawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import click

from desktop.cli import round_words
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import Day, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.file import store
from desktop.workspace.returns import round_changes, rounds
from desktop.workspace.returns.rounds import Round


@click.command("rename", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@click.argument("new_name", type=Words(), metavar="新名称")
@by_option
@json_option
@click.pass_obj
def rename(call: Call, name: str, new_name: str, by: str | None, as_json: bool) -> None:
    """给一个填报轮次改名。已发出的工作簿仍然认得。"""
    made = _changed(
        call,
        name,
        by,
        as_json,
        lambda db, key, who: round_changes.rename(db, key, new_name, by=who, at=call.now),
    )
    if not as_json:
        print(f"轮次现在的名称是“{made.name}”。")


@click.command("extend", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@click.option("--reply-by", type=Day(), metavar="年-月-日", help="新的反馈时限，必须写。")
@by_option
@json_option
@click.pass_context
def extend(context: click.Context, name: str, reply_by: date | None, by: str | None, as_json: bool) -> None:
    """改一个填报轮次的反馈时限：延期，或者提前（不早于今天）。

    已发出的工作簿上写的仍是原来的时限，请另行告知各单位；催报文字会写明新的和原定的时限。
    """
    call: Call = context.obj
    if reply_by is None:
        raise WrongUsage("缺少选项 --reply-by，请写新的反馈时限，例如 --reply-by 2026-03-31。", context)
    day = reply_by
    made = _changed(
        call, name, by, as_json, lambda db, key, who: round_changes.extend(db, key, day, by=who, at=call.now)
    )
    if not as_json:
        first = f"（原定{made.first_day}）" if made.first_day else ""
        print(f"“{made.name}”的反馈时限是{made.reply_by}{first}。")
        if first:
            print("已发出的工作簿上写的仍是原来的时限，请告知各单位，可以用 round show 的催报文字。")


@click.command("close", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@by_option
@json_option
@click.pass_obj
def close(call: Call, name: str, by: str | None, as_json: bool) -> None:
    """结束一个填报轮次：不再催报。以后收到的仍可并入，会说明是结束以后收到的。"""
    made = _changed(
        call, name, by, as_json, lambda db, key, who: round_changes.close(db, key, by=who, at=call.now)
    )
    if not as_json:
        print(f"已结束“{made.name}”轮次，不再催报。以后收到的回填仍可并入。")


@click.command("reopen", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@by_option
@json_option
@click.pass_obj
def reopen(call: Call, name: str, by: str | None, as_json: bool) -> None:
    """恢复一个已结束或已撤回的填报轮次，反馈时限不变。"""
    made = _changed(
        call, name, by, as_json, lambda db, key, who: round_changes.reopen(db, key, by=who, at=call.now)
    )
    if not as_json:
        print(f"已恢复“{made.name}”轮次，反馈时限是{made.reply_by}。")
        if made.reply_by < call.today:
            print("反馈时限已过，需要时用 round extend 延期。")


@click.command("withdraw", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="名称")
@by_option
@json_option
@click.pass_obj
def withdraw(call: Call, name: str, by: str | None, as_json: bool) -> None:
    """撤回一个还没有收到任何回填的填报轮次。

    发出的工作簿以后仍然认得：交回时会说明这一轮已撤回，加 import --round 才并入。
    """
    made = _changed(
        call, name, by, as_json, lambda db, key, who: round_changes.withdraw(db, key, by=who, at=call.now)
    )
    if not as_json:
        print(f"已撤回“{made.name}”轮次。已发出的工作簿请通知各单位不再填报。")


VERBS = (rename, extend, close, reopen, withdraw)


def _changed(
    call: Call,
    name: str,
    by: str | None,
    as_json: bool,
    change: Callable[[sqlite3.Connection, str, str], Round],
) -> Round:
    """Change the round of that name; return it as it is then, and print it when it is asked for as JSON.

    An empty name is no name: a round is only changed when it is named.
    """
    if not name.strip():
        raise KnownError("没有写轮次名称，没有改动。", "用 round list 查看各轮次的名称。")
    with opened_catalogue(call) as (_, catalogue):
        with store.open_for_reading(call.folder) as workspace:  # where there is none, none is made
            asked = rounds.find(workspace.db, name)
        with store.open_for_writing(call.folder) as workspace:
            made = change(workspace.db, asked.key, person(workspace.db, by))
        if as_json:
            print_json(round_words.as_json(catalogue, made))
    return made
