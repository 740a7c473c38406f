"""Verbs on what was recorded: history, and the ledger that is handed upward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.cli import exporting, text
from desktop.cli.call import (
    Call,
    item_name,
    measure_number,
    opened_catalogue,
    print_json,
    print_json_list,
    unit_name,
    validity_line,
)
from desktop.cli.checklists import item_key
from desktop.cli.notice_option import chosen, of_items, only_option
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Count, Day, MeasureNumber, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.file import store
from desktop.workspace.history import undo
from desktop.workspace.history.search import Found, Scope
from desktop.workspace.items import checklist, settings
from desktop.workspace.items.model import CHANGE_NAMES, Change

PAGE_CELLS = 88


@click.command(cls=VerbCommand)
@click.argument("unit", type=Words(), metavar="[单位", required=False, default="")
@click.argument("number", type=MeasureNumber(), metavar="[编号]]", required=False)
@click.option(
    "--limit", type=Count(), default="0", metavar="条数", help="最多列出最近几条；不写或写 0 为全部。"
)
@only_option
@json_option
@click.pass_obj
def history(
    call: Call, unit: str, number: int | None, limit: int, notices: tuple[str, ...], as_json: bool
) -> None:
    """列出修改历史，最近的在前：时间、谁、来源、改前、改后。

    不写单位时为全部单位，不写编号时为该单位的全部事项。回填时写了而没有采用的内容也在其中。窗口开着时也可以用。
    """
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        catalogue = chosen(catalogue, notices)
        scope = Scope()
        if unit:
            own = catalogue.find_unit(unit)
            scope = Scope(own.key)
            if number is not None:
                scope = Scope.item(item_key(catalogue, own, number))
        every = _of_notices(catalogue, notices, Found(workspace.db, scope))
        found = islice(every, limit or None)
        if as_json:
            print_json_list(_row(catalogue, change) for change in found)
            return
        former, count = "", 0
        for count, change in enumerate(found, 1):  # noqa: B007
            head = _head(catalogue, change)
            if head != former:
                print(head)
            former = head
            print("\n".join(f"    {line}" for line in text.wrap(_told(change), PAGE_CELLS - 4)))
        print(f"{count}处改动。" if count else "没有改动。")
        print(f"\n{validity_line(catalogue, call.today)}")


@click.command(cls=VerbCommand)
@click.option(
    "--output", "-o", type=AnyPath(), metavar="路径", help="保存到哪里：.xlsx 文件或文件夹，必须写。"
)
@click.option("--since", type=Day(), metavar="年-月-日", help="另附这一天以来的改动。")
@only_option
@json_option
@click.pass_context
def ledger(
    context: click.Context,
    output: Path | None,
    since: date | None,
    notices: tuple[str, ...],
    as_json: bool,
) -> None:
    """导出台账：各单位全部事项的进展、汇总、逾期和未反馈。

    未反馈按进行中的最近一轮列出；没有进行中的，按最近结束的一轮。窗口开着时也可以用。
    """
    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)
    exporting.must_be_workbook(output, context)

    from desktop.exchange.reports import ledger as ledger_book
    from desktop.exchange.reports import ledger_lists

    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        db, catalogue = workspace.db, chosen(catalogue, notices)
        items = of_items(catalogue, notices, checklist.every_item(db, catalogue, call.today))
        files = attached.every(db)
        path = ledger_book.write(
            exporting.target(output, ledger_book.file_name(catalogue, call.today)),
            catalogue,
            items,
            undo.last_of_each(db),
            files,
            call.today,
            states=attached.check(workspace.folder, files),
            asked=ledger_lists.asked_round(db, call.today),
            since=since,
            changes=_of_notices(catalogue, notices, undo.since(db, since)) if since else (),
            near_days=settings.near_days(db),
            at=call.now,
            report=exporting.progress,
        )
    if as_json:
        print_json([str(path)])
    else:
        print(path)


VERBS = (history, ledger)


def _of_notices(catalogue: Catalogue, named: Sequence[str], changes: Iterable[Change]) -> Iterable[Change]:
    """Return those of ``changes`` that concern the notices named; ``catalogue`` is narrowed to them."""
    if not named:
        return changes
    used = {document.key for document in catalogue.documents}
    return [change for change in changes if change.key.document_key in used]


def _row(catalogue: Catalogue, change: Change) -> dict[str, Any]:
    """Return one change as JSON values."""
    return {
        "id": change.id,
        "at": change.at,
        "by": change.by,
        "source": change.source,
        "file": change.file_name,
        "import": change.intake or None,
        "unit": unit_name(catalogue, change.key.unit_key),
        "key": change.key.measure_key,
        "number": measure_number(catalogue, change.key.measure_key),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "adopted": change.adopted,
        "undoes": change.undoes or None,
    }


def _head(catalogue: Catalogue, change: Change) -> str:
    """Return the line that says when, by whom, from where and on which item a change was made."""
    key = change.key.measure_key
    known = measure_number(catalogue, key) is not None
    item = item_name(catalogue, key) + (typeset(catalogue.measure(key).title) if known else "")
    source = f"{change.source}（{change.file_name}）" if change.file_name else change.source
    unit = unit_name(catalogue, change.key.unit_key)
    return text.printable("　".join((words.moment(change.at), change.by, source, unit, item)))


def _told(change: Change) -> str:
    """Return what was and what is; for a value that came back and was not taken, what it was."""
    before, after = words.sides(change)
    name = CHANGE_NAMES.get(change.field, change.field)
    if change.adopted:
        return text.printable(f"{name}：{before} → {after}")
    return text.printable(f"{name}：回填“{after.strip()}”未采用，保留“{before}”")
