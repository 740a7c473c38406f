"""Verbs on a unit's checklist: checklist reads it, mark writes one item of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from desktop.catalogue.model import Unit
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json, validity_line
from desktop.cli.notice_option import chosen, key_of, number_option, of_items, only_option
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import Due, MeasureNumber, OneOf, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace import words
from desktop.workspace.file import store
from desktop.workspace.items import changes, progress
from desktop.workspace.items import checklist as entries
from desktop.workspace.items.model import FIELD_NAMES, FINISHED, Item, ItemKey, Status

LONG_FIELDS = ("progress", "problems", "next_step", "reason")


@click.command(cls=VerbCommand)
@click.argument("unit", type=Words(), metavar="单位")
@only_option
@json_option
@click.pass_obj
def checklist(call: Call, unit: str, notices: tuple[str, ...], as_json: bool) -> None:
    """显示一个责任单位的清单和填写情况。

    单位写名称或无歧义的简称；没有写明单位的措施在“未明确责任单位”下。窗口开着时也可以用。
    """
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, notices)
        found = catalogue.find_unit(unit)
        items = of_items(catalogue, notices, entries.items(workspace.db, catalogue, found.key, call.today))
        if as_json:
            print_json([_row(catalogue, item) for item in items])
            return
        tally = progress.tally(items)
        print(f"{found.name}　{tally.total}项，{'或'.join(FINISHED)}{tally.finished}项，逾期{tally.late}项\n")
        print(_human(catalogue, items))
        for line in _worded_before(call, catalogue, items):
            print(line)
        print(f"\n{validity_line(_concerned(catalogue, items), call.today)}")


@click.command(cls=VerbCommand)
@click.argument("unit", type=Words(), metavar="单位")
@click.argument("number", type=MeasureNumber(), metavar="编号")
@click.option(
    "--status", type=OneOf({s.value: s.value for s in Status}), metavar="状态", help="、".join(Status)
)
@click.option(
    "--deadline",
    type=Due(),
    metavar="时限",
    help="完成时限：日期 2026-03-31，时段 2026-01-01/2026-12-31，或 长期。",
)
@click.option("--owner", type=Words(), metavar="文字", help="责任人。")
@click.option("--progress", type=Words(), metavar="文字", help="工作进展。")
@click.option("--problems", type=Words(), metavar="文字", help="存在问题。")
@click.option("--next-step", type=Words(), metavar="文字", help="下一步举措。")
@click.option("--reason", type=Words(), metavar="文字", help="不适用理由；状态改为不适用时必须有。")
@number_option
@by_option
@json_option
@click.pass_context
def mark(
    context: click.Context,
    /,
    unit: str,
    number: int,
    notice: str,
    by: str | None,
    as_json: bool,
    **fields: str | None,
) -> None:
    """填写一个责任单位清单中的一项。

    只改写出的内容，写空内容（""）为清空；每处改动都记入历史。销号须由填报“已完成”以外的人确认。
    """
    call: Call = context.obj
    values = {name: value for name, value in fields.items() if value is not None}
    if not values:
        raise WrongUsage("没有写要改的内容，请至少写一个选项，例如 --status 推进中。", context)
    with opened_catalogue(call) as (_, catalogue):
        catalogue = chosen(catalogue, [notice])
        found = catalogue.find_unit(unit)
        key = item_key(catalogue, found, number)
        with store.open_for_writing(call.folder) as workspace:
            made = entries.edit(
                workspace.db,
                catalogue,
                key,
                values,
                by=person(workspace.db, by),
                source=changes.COMMAND,
                at=call.now,
            )
            item = entries.item(workspace.db, catalogue, key, call.today)
        if as_json:
            told = [{"field": c.field, "before": c.before, "after": c.after} for c in made]
            print_json({"unit": found.name, "changes": told, "item": _row(catalogue, item)})
            return
        print(f"{found.name}　{words.number(catalogue, key.measure_key)}　{typeset(item.title)}")
        told_rows = [
            (FIELD_NAMES[c.field], f"{words.value(c.field, c.before)} → {words.value(c.field, c.after)}")
            for c in made
        ]
        print(text.table(told_rows, indent="  ") if made else "  内容与原来相同，没有改动。")
        print(f"\n{validity_line(_concerned(catalogue, [item]), call.today)}")


VERBS = (checklist, mark)


def item_key(catalogue: Catalogue, unit: Unit, number: int) -> ItemKey:
    """Return the key of the unit's item for this measure; KnownError when the unit does not carry it."""
    measure = catalogue.by_number(number)
    if measure not in catalogue.measures_of(unit.key):
        carriers = "、".join(u.name for u in catalogue.units_of(measure.key)) or "未明确责任单位"
        raise KnownError(
            f"{measure.cited}不在{unit.name}的清单中，没有改动。", f"{measure.cited}的责任单位：{carriers}。"
        )
    return ItemKey(unit_key=unit.key, measure_key=measure.key)


def _concerned(catalogue: Catalogue, items: Sequence[Item]) -> Catalogue:
    """Return the catalogue of the documents that items are about, of all in use for none."""
    return catalogue.narrowed({item.document_key for item in items}) if items else catalogue


def _row(catalogue: Catalogue, item: Item) -> dict[str, Any]:
    """Return one item as JSON values."""
    entry = item.entry
    return {
        "key": item.key.measure_key,
        "number": item.number,
        "title": item.title,
        "position": item.position,
        "status": entry.status.value,
        "deadline": entry.deadline.stored or None,
        "light": item.light.value,
        "owner": entry.owner,
        "progress": entry.progress,
        "problems": entry.problems,
        "next_step": entry.next_step,
        "revision": entry.revision,
        "notice": key_of(catalogue, item.document_key),
    }


def _human(catalogue: Catalogue, items: Sequence[Item]) -> str:
    """Return the checklist as aligned lines, what was written in words under each item.

    Items of several documents stand under the name of theirs.
    """
    papers = list(dict.fromkeys(item.document_key for item in items))
    if len(papers) < 2:
        return _table(catalogue, items)
    return "\n\n".join(
        f"〔{words.document(catalogue, paper)}〕\n"
        + _table(catalogue, [item for item in items if item.document_key == paper])
        for paper in papers
    )


def _worded_before(call: Call, catalogue: Catalogue, items: Sequence[Item]) -> Iterator[str]:
    """Yield how measures were worded that were changed since something was entered, where that is known."""
    changed = [item for item in items if item.text_changed]
    if not changed:
        return
    from desktop.library import folders, versions

    root = folders.root(call.folder)
    for item in changed:
        measure = catalogue.measure(item.key.measure_key)
        if told := versions.told_change(root, measure, item.entered_for):
            yield f"\n{item.cited}　{typeset(item.title)}"
            yield from (f"  {line}" for line in text.wrap(typeset(told), 76))


def _table(catalogue: Catalogue, items: Sequence[Item]) -> str:
    heads = text.table(
        [
            ("编号", "状态", "亮灯", "完成时限", "责任人", "措施"),
            *(
                (
                    _label(catalogue, item),
                    item.entry.status.value,
                    item.light.value,
                    item.entry.deadline.words if item.entry.deadline.stored else "－",
                    item.entry.owner or "－",
                    typeset(item.title) + _remark(item),
                )
                for item in items
            ),
        ]
    ).split("\n")
    lines = heads[:1]
    for head, item in zip(heads[1:], items, strict=True):
        lines.append(head)
        for name in LONG_FIELDS:
            written = text.printable(getattr(item.entry, name))
            if written:
                lines += [
                    f"      {FIELD_NAMES[name]}：",
                    *(f"        {line}" for line in text.wrap(written, 72)),
                ]
    return "\n".join(lines)


def _label(catalogue: Catalogue, item: Item) -> str:
    """Return the number by which a verb knows an item, with what is printed where that is another."""
    label = "" if item.orphaned else catalogue.measure(item.key.measure_key).label
    printed = "" if label.strip(".．、 ") in ("", str(item.number)) else f" {label}"
    return f"{item.number:>4}{printed}"


def _remark(item: Item) -> str:
    if item.orphaned:
        return "（现行措施库中已无此条）"
    return "（措施文字与填写时不同）" if item.text_changed else ""
