"""Verbs on the enterprises of the workspace: added, listed, merged."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop.classification import industry
from desktop.cli import firm_lists, text
from desktop.cli.call import Call, day, print_json, read_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Day, SearchText, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.verdicts import profile
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import duplicates, enterprises, joining, judged, listing, recording
from desktop.workspace.enterprises.model import FACT, Enterprise, figure_field
from desktop.workspace.file import store
from desktop.workspace.journal import state
from desktop.workspace.journal.model import Stamp, WriteId

SOURCE = "命令行"
_HINT = "没有新增企业。请改正后重试；不知道的可以不写。"


@click.group("enterprise", cls=Noun)
def enterprise() -> None:
    """企业：新增、导入名单、列出、并成一家、撤销。"""


@enterprise.command("add", cls=VerbCommand)
@click.option("--file", "path", type=AnyPath(), metavar="文件", help="企业情况的 JSON 文件，必须写。")
@by_option
@json_option
@click.pass_context
def add(context: click.Context, path: Path | None, by: str | None, as_json: bool) -> None:
    """新增一家企业。信用代码、行业照原样保留，有疑问的提示；与已有企业相像的，也会提示。"""
    call: Call = context.obj
    if path is None:
        raise WrongUsage("缺少选项 --file，请写企业情况的 JSON 文件。", context)
    fields, unread = described(read_json(path, "没有新增企业。"))
    with store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        alike = duplicates.KnownFirms(enterprises.recorded(db)).alike(fields["name"], fields.get("uscc", ""))
        stamp = Stamp(person(db, by), SOURCE, call.now)
        key = recording.add(db, fields["name"], stamp, fields)
        made = enterprises.one(db, key)
    marks = [made.code.words] if made.code.words else []
    if (told := industry.check(made.industry)).words:
        marks.append(f"{told.words}{told.hint}")
    marks += [f"与已有的“{firm.name}”可能是同一家企业：{words}。" for firm, words, _ in alike]
    marks += [f"不认识的内容没有记入：{'、'.join(unread)}。"] if unread else []
    if as_json:
        print_json({**_told(made, call.today), "marks": marks})
        return
    print(text.printable(f"已新增企业：{made.name}"))
    for mark in marks:
        print(text.printable(f"请注意：{mark}"))


@enterprise.command("list", cls=VerbCommand)
@click.argument("words", type=SearchText(), metavar="[查找]", required=False, default="")
@click.option(
    "--as-of", "on", type=Day(), metavar="年-月-日", help="按这一天所知的情况判断规模，不写时为今天。"
)
@json_option
@click.pass_obj
def list_(call: Call, words: str, on: date | None, as_json: bool) -> None:
    """列出企业：名称、规模、行业、镇街、最近走访、在办诉求。可按名称、信用代码、拼音查找。窗口开着时也可以用。"""
    with store.open_for_reading(call.folder) as workspace:
        db = workspace.db
        asked = Counter(demand.enterprise for demand in demands.every(db) if demand.is_open)
        found = listing.FirmList(listing.rows(db, on or call.today, asked)).filtered(words)
    if as_json:
        print_json([_row(one) for one in found])
        return
    if not found:
        print("没有符合的企业。" if words.strip() else "工作库中还没有企业。")
        return
    heads = ("企业名称", "统一社会信用代码", "规模", "行业", "镇街", "最近走访", "在办诉求")
    lines = [
        (one.name, one.uscc, one.size, one.industry, one.town, str(one.visited or ""), str(one.demands or ""))
        for one in found
    ]
    print(text.table([heads, *lines]))
    print(f"\n共{len(found)}家。")


@enterprise.command("merge", cls=VerbCommand)
@click.argument("kept", type=Words(), metavar="企业")
@click.argument("other", type=Words(), metavar="并入的企业")
@by_option
@json_option
@click.pass_obj
def merge(call: Call, kept: str, other: str, by: str | None, as_json: bool) -> None:
    """把后一家并入前一家：前者缺的由后者补上，不一致的以前者为准，后者的记录仍可查看。企业写名称、信用代码或编号。"""
    with store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        first, second = enterprises.find(db, kept), enterprises.find(db, other)
        records = [state.record(db, "enterprise", one.key) for one in (first, second)]
        batch = joining.merge(db, first.key, second.key, Stamp(person(db, by), SOURCE, call.now))
        made = enterprises.one(db, first.key)
    one, two = records
    taken = sorted(joining.lacking(one, two)) if one and two else []
    differing = sorted(joining.differing(one, two)) if one and two else []
    if as_json:
        told = {"batch": str(batch), "merged": second.key, "taken": taken, "differing": differing}
        print_json({**_told(made, call.today), **told})
        return
    print(
        text.printable(
            f"已把“{second.name}”并入“{first.name}”：补上{len(taken)}项，"
            f"{len(differing)}项不一致，以前者为准。"
        )
    )
    print(f"撤销：enterprise undo {batch}")


@enterprise.command("undo", cls=VerbCommand)
@click.argument("batch", type=Words(), metavar="编号")
@by_option
@click.pass_obj
def undo(call: Call, batch: str, by: str | None) -> None:
    """撤销一次导入或并入，编号见当时的提示。之后又改过的内容不动。"""
    try:
        wanted = WriteId.parse(batch.strip())
    except ValueError as error:
        raise WrongUsage(f"“{batch}”不是改动的编号，例如 3f9a51c07e:12。") from error
    with store.open_for_writing(call.folder) as workspace:
        db = workspace.db
        kept = [enterprises.one(db, key).name for key in recording.held(db, wanted)]
        done = recording.undo(db, wanted, Stamp(person(db, by), "撤销", call.now))
    if kept:
        print(text.printable(f"已有走访或诉求的企业没有动：{'、'.join(sorted(kept))}。"))
    if done or not kept:
        print("已撤销。" if done else "没有可撤销的内容：已经撤销，或者之后又改过。")


enterprise.add_command(firm_lists.import_)
VERBS = (enterprise,)


def described(data: object) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields of the enterprise that JSON values describe, and the names in it that are not known.

    An industry that there is not is kept as it is written. Raises KnownError for a value of a wrong type, and
    where there is no name.
    """
    given: dict[str, Any] = data if isinstance(data, dict) else {}
    written = given.get("industry")
    is_unknown = isinstance(written, str) and industry.check(written).industry is None
    try:
        found, unread = profile.read({**given, "industry": None} if is_unknown else data)
    except KnownError as error:
        raise KnownError(error.message, _HINT) from error
    fields: dict[str, Any] = {
        "name": found.name,
        "uscc": given.get("uscc") or "",
        "industry": written or "",
        "taxpayer": found.taxpayer,
        "town": found.town,
    }
    figures = {name: getattr(found, name) for name in profile.FIGURES}
    fields |= {figure_field(name, found.as_of): value for name, value in figures.items() if value is not None}
    return fields | {f"{FACT}/{key}": value for key, value in found.facts.items()}, unread


def _row(one: listing.FirmRow) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "uscc": one.uscc,
        "size": one.size,
        "industry": one.industry,
        "town": one.town,
        "last_visit": day(one.visited),
        "open_demands": one.demands,
    }


def _told(one: Enterprise, today: date) -> dict[str, Any]:
    """Return an enterprise as JSON values."""
    size = judged.size_of(one, today)
    return {
        "key": one.key,
        "name": one.name,
        "uscc": one.uscc,
        "uscc_state": one.code.state,
        "industry": one.industry or None,
        "figures": [
            {"figure": each.indicator, "as_of": day(each.day), "value": each.value} for each in one.figures
        ],
        "taxpayer": one.taxpayer,
        "town": one.town,
        "facts": dict(one.facts),
        "size": size.size,
        "size_reason": size.reason,
    }
