"""What leaves on paper and in workbooks of visits and demands: leaflet, visits, demands."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import click

from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Words
from desktop.cli.wording import VerbCommand, WrongUsage

contacts_option = click.option(
    "--with-contacts", is_flag=True, help="人名、电话照原样写出；不写时只留姓氏和号码首尾。"
)


@click.command(cls=VerbCommand)
@click.argument("enterprise", type=Words(), metavar="企业")
@click.option("--output", "-o", type=AnyPath(), metavar="路径", help="保存到哪里：文件或文件夹。")
@click.option("--visitor", "visitors", type=Words(), multiple=True, metavar="姓名", help="走访人，可写多次。")
@contacts_option
@json_option
@click.pass_context
def leaflet(
    context: click.Context,
    enterprise: str,
    output: Path | None,
    visitors: tuple[str, ...],
    with_contacts: bool,
    as_json: bool,
) -> None:
    """为一家企业做一页可以打印的明白纸：适用的条文、与企业有关的理由、找哪个单位。"""
    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)
    if output.suffix and not output.is_dir() and output.suffix.lower() != ".pdf":
        raise WrongUsage(f"只能存为 .pdf 文件，“{output.name}”不是。", context)
    from desktop import disk
    from desktop.catalogue import clauses
    from desktop.cli import guard, window
    from desktop.workspace.enterprises import enterprises, judged
    from desktop.workspace.file import store
    from desktop.workspace.visits import leaflet as contents

    with opened_catalogue(call) as (db, catalogue), store.open_for_reading(call.folder) as workspace:
        firm = enterprises.find(workspace.db, enterprise)
        rules = clauses.of_documents(db, (document.key for document in catalogue.documents))
        profile = judged.profile_of(firm, call.today)
        with window.libraries():
            from desktop.ui.frame import off_screen

            off_screen.prepare()
            from desktop.ui.printing import glyphs, pdf
            from desktop.ui.printing import leaflet as papers
        people = papers.shown(visitors, with_contacts=with_contacts)
        told = contents.of(catalogue, rules, profile, call.today, people)
    name = disk.allowed_name(f"明白纸-{firm.name}-{call.today:%Y%m%d}.pdf")
    path = output if output.suffix.lower() == ".pdf" and not output.is_dir() else output / name
    paper = papers.paper(told)
    pdf.save_pdf(paper, path)
    if lacking := glyphs.lacking(paper):
        guard.complain(str(lacking))
    if as_json:
        print_json(str(path))
        return
    print(path)


output_option = click.option(
    "--output", "-o", type=AnyPath(), metavar="路径", help="保存到哪里：.xlsx 文件或文件夹。"
)


@click.command("visits", cls=VerbCommand)
@output_option
@contacts_option
@json_option
@click.pass_context
def visits_(context: click.Context, output: Path | None, with_contacts: bool, as_json: bool) -> None:
    """把走访台账导出为 Excel 工作簿。"""
    from desktop.exchange.visits import ledger

    _written(context, ledger, output, with_contacts, as_json)


@click.command("demands", cls=VerbCommand)
@output_option
@contacts_option
@json_option
@click.pass_context
def demands_(context: click.Context, output: Path | None, with_contacts: bool, as_json: bool) -> None:
    """把诉求台账导出为 Excel 工作簿：进展、时限、亮灯、答复、回访。"""
    from desktop.exchange.demands import ledger

    _written(context, ledger, output, with_contacts, as_json)


VERBS = (leaflet, visits_, demands_)


def _written(
    context: click.Context, ledger: ModuleType, output: Path | None, with_contacts: bool, as_json: bool
) -> None:
    """Write a ledger and tell where it is."""
    from desktop.cli.exporting import must_be_workbook, progress, target
    from desktop.workspace.file import store

    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)
    must_be_workbook(output, context)
    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        path = target(output, ledger.file_name(catalogue, call.today))
        ledger.write(
            path,
            catalogue,
            workspace.db,
            call.today,
            with_contacts=with_contacts,
            at=call.now,
            report=progress,
        )
    if as_json:
        print_json([str(path)])
        return
    print(path)
