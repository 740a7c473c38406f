"""The verb enterprise import: a list of enterprises from a workbook or a CSV."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, day, print_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Day, OneOf, clean
from desktop.cli.wording import VerbCommand
from desktop.workspace.enterprises import enterprises, intake
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.intake import FirmAsks, FirmChoice, FirmPlan, FirmReceipt, LineAnswer
from desktop.workspace.file import backup, store
from desktop.workspace.journal.model import Stamp

if TYPE_CHECKING:
    from desktop.exchange.enterprises.headings import Mapped
    from desktop.exchange.enterprises.lists import FirmSheet

SOURCE = "导入名单"
LEFT_OVER = 3
PAGE_CELLS = 88
_UNITS = ("元", "千元", "万元", "百万元", "亿元")
_CHOICES = {"新增": FirmChoice.NEW, "补充": FirmChoice.FILL, "跳过": FirmChoice.SKIP}
_MOST_TOLD = 30


@click.command("import", cls=VerbCommand)
@click.argument("path", type=AnyPath(), metavar="文件")
@click.option("--dry-run", is_flag=True, help="只看会怎样，什么也不写。")
@click.option("--as-of", "on", type=Day(), metavar="年-月-日", help="栏目名称没有写明年度的数据是哪一天的。")
@click.option(
    "--unit",
    type=OneOf({unit: unit for unit in _UNITS}),
    metavar="单位",
    help=f"表中没有写明单位的金额按什么读：{'、'.join(_UNITS)}；不写时按万元。",
)
@click.option(
    "--alike",
    type=OneOf({word: word for word in _CHOICES}),
    metavar="办法",
    help="可能是已有企业、又不能确定的怎么办：新增、补充或跳过；不写时新增并列出。",
)
@by_option
@json_option
@click.pass_obj
def import_(
    call: Call,
    path: Path,
    dry_run: bool,
    on: date | None,
    unit: str | None,
    alike: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """导入企业名单（.xlsx 工作簿或 CSV）：栏目按名称对应，已有的企业只补充空缺，不改动原有内容。

    全部写完算一次改动，可以用 enterprise undo 撤销；写之前自动备份。
    被 Excel 存成数字的信用代码不会记入，逐条列出：请在表中改正后再导入一次，会补充到已有的企业。
    全部记入时退出码为 0，还有待核对的信用代码或企业时为 3。
    """
    from desktop.exchange.enterprises import headings, lists, plan

    sheet = lists.read(path)[0]
    mapping = headings.proposed(sheet.headings, sheet.above, on, unit or "")
    with ExitStack() as stack:
        opened = store.opened_in_memory(call.folder) if dry_run else store.open_for_writing(call.folder)
        db = stack.enter_context(opened).db
        existing = KnownFirms(enterprises.recorded(db))
        found = plan.plan(sheet, mapping, existing)
        if alike:
            answer = LineAnswer(_CHOICES[alike])
            open_rows = [asked.row for asked in found.questions if asked.about is FirmAsks.SAME]
            found = plan.plan(sheet, mapping, existing, dict.fromkeys(open_rows, answer))
        if not dry_run and any(row.choice is not FirmChoice.SKIP for row in found.rows):
            backup.save(db, call.folder, backup.IMPORT)
            backup.prune(call.folder)
        receipt = intake.apply(db, found, Stamp(person(db, by), SOURCE, call.now))
    if as_json:
        print_json(_told(path, sheet, mapping, found, receipt, dry_run))
    else:
        _print(sheet, mapping, found, receipt, dry_run)
    is_open = any(asked.about is not FirmAsks.COLUMN for asked in found.questions)
    return LEFT_OVER if is_open else 0


def _print(sheet: FirmSheet, mapping: Mapped, found: FirmPlan, receipt: FirmReceipt, dry_run: bool) -> None:
    heads = [f"{sheet.headings[column]}→{use.words}" for column, use in mapping.items()]
    lines = [f"工作表“{sheet.title}”，栏目：{'；'.join(heads)}。"]
    unread = [head for column, head in sheet.headings.items() if column not in mapping]
    lines += [f"没有读取的栏目：{'、'.join(unread)}。"] if unread else []
    marked = [
        f"第{row.number}行{row.name}（{row.choice}）：{''.join(row.marks)}" for row in found.rows if row.marks
    ]
    for title, told in (("请核对", [asked.text for asked in found.questions]), ("各行的提示", marked)):
        if told:
            lines += ["", f"{title}（{len(told)}条）", *(f"  {each}" for each in told[:_MOST_TOLD])]
            lines += (
                [f"  另有{len(told) - _MOST_TOLD}条，用 --json 列出全部。"] if len(told) > _MOST_TOLD else []
            )
    for line in lines:
        print("\n".join(text.wrap(text.printable(line), PAGE_CELLS)))
    same = f"，{receipt.same}家没有新内容" if receipt.same else ""
    print(f"\n新增{receipt.added}家，补充{receipt.filled}家{same}，跳过{receipt.skipped}行。")
    if dry_run:
        print("以上只是预览，没有改动任何内容。")
    elif receipt.batch:
        print(f"撤销：enterprise undo {receipt.batch}")


def _told(
    path: Path, sheet: FirmSheet, mapping: Mapped, found: FirmPlan, receipt: FirmReceipt, dry_run: bool
) -> dict[str, Any]:
    return {
        "file": clean(str(path)),
        "sheet": sheet.title,
        "columns": [
            {"column": column, "heading": sheet.headings[column], "field": use.target, "as_of": day(use.day)}
            | ({"unit": use.unit or "万元"} if use.target in _MONEY else {})
            for column, use in mapping.items()
        ],
        "rows": [
            {
                "row": row.number,
                "name": row.name,
                "choice": row.choice.name.lower(),
                "target": row.target or None,
                "same_as": row.same_as or None,
                "fields": dict(row.fields),
                "marks": list(row.marks),
            }
            for row in found.rows
        ],
        "questions": [
            {"about": asked.about.name.lower(), "row": asked.row or None, "text": asked.text}
            for asked in found.questions
        ],
        "added": receipt.added,
        "filled": receipt.filled,
        "same": receipt.same,
        "skipped": receipt.skipped,
        "batch": str(receipt.batch) if receipt.batch and not dry_run else None,
    }


_MONEY = ("revenue", "assets", "taxable_income")
