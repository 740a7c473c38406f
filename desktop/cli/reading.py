"""Verbs that read the bundled measures: tree, show, search; search also what was filled in, when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from desktop.catalogue import search as searching
from desktop.catalogue.typeset import typeset
from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, opened_index, print_json, validity_line
from desktop.cli.notice_option import chosen, number_option, only_option
from desktop.cli.values import Count, MeasureNumber, OneOf, SearchText, Words
from desktop.cli.wording import VerbCommand
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.model import Category, Measure
    from desktop.catalogue.query import Catalogue

PAGE_CELLS = 80
_LISTED = 40
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")


@click.command(cls=VerbCommand)
@click.option(
    "--by",
    type=OneOf({"category": "category", "unit": "unit", "beneficiary": "beneficiary"}),
    default="category",
    metavar="方式",
    help="category 按类别（不写时）；unit 按责任单位；beneficiary 按适用对象。",
)
@only_option
@json_option
@click.pass_obj
def tree(call: Call, by: str, notices: tuple[str, ...], as_json: bool) -> None:
    """列出全部措施，按类别、责任单位或适用对象分组。"""
    with opened_catalogue(call) as (_, catalogue):
        catalogue = chosen(catalogue, notices)
        branches = _branches(catalogue, by)
        if as_json:
            print_json(
                [
                    {
                        "key": key,
                        "title": title,
                        "count": len(measures),
                        "measures": [
                            {
                                "key": one.key,
                                "number": one.number,
                                "title": one.title,
                                "notice": catalogue.notice_of(one).key,
                            }
                            for one in measures
                        ],
                    }
                    for key, title, measures in branches
                ]
            )
            return
        for _key, title, measures in branches:
            print(f"{title}（{len(measures)}条）")
            print(text.table([_row(catalogue, one) for one in measures], indent="  "))
        print(f"\n{validity_line(catalogue, call.today)}")


@click.command(cls=VerbCommand)
@click.argument("number", type=MeasureNumber(), metavar="编号")
@number_option
@json_option
@click.pass_obj
def show(call: Call, number: int, notice: str, as_json: bool) -> None:
    """显示一条措施的全文和有关事实。

    编号写 16 或 第16条；不止一份在用的文件有这个编号的，写明是哪份发文。
    """
    from desktop.cli import measure_facts

    with opened_catalogue(call) as (_, catalogue):
        measure = chosen(catalogue, [notice]).by_number(number)
        if as_json:
            print_json(measure_facts.facts(catalogue, measure, call.today))
            return
        print(f"{measure.cited}　{typeset(measure.called)}\n")
        for line in text.wrap(typeset(measure.text), PAGE_CELLS):
            print(f"  {line}")
        print()
        print(text.table(measure_facts.rows(catalogue, measure)))
        print(f"\n{validity_line(catalogue.narrowed([measure.document_key]), call.today)}")


@click.command(cls=VerbCommand, context_settings={"ignore_unknown_options": True})
@click.argument("words", type=SearchText(), metavar="文字")
@click.option("--unit", type=Words(), metavar="单位", help="只看这个责任单位的措施，写名称或无歧义的简称。")
@click.option("--category", type=Words(), metavar="类别", help="只看这个类别，写序号（1 或 一）或标题。")
@click.option(
    "--limit", type=Count(), default="50", metavar="条数", help="最多列出几条；0 为全部。不写时 50。"
)
@only_option
@click.option("--filled", is_flag=True, help="也检索工作库里的填报内容和批注，列在措施之后。")
@json_option
@click.pass_obj
def search(
    call: Call,
    words: str,
    unit: str | None,
    category: str | None,
    notices: tuple[str, ...],
    limit: int,
    filled: bool,
    as_json: bool,
) -> None:
    """检索措施，按相关程度排列。

    多个词用空格隔开并加引号，表示同时包含；可用拼音，也可写文号或措施编号。拼音首字母检索标题、类别和单位名称，
    四个字母以上的也检索正文。
    """
    if as_json and not (
        unit or category or filled or notices
    ):  # the index answers alone: other programs ask often
        with opened_index(call) as (db, out_of_use):
            used = searching.documents_but(db, out_of_use)
            print_json(_hits(searching.search(db, words, searching.Filters(), limit, used)))
        return
    with opened_catalogue(call) as (db, catalogue):
        catalogue = chosen(catalogue, notices)
        filters = searching.Filters(
            category=_find_category(catalogue, category) if category else "",
            unit=catalogue.find_unit(unit).key if unit else "",
        )
        results = searching.search(db, words, filters, limit, catalogue.scope)
        written = _search_filled(call, catalogue, words, filters, limit) if filled else None
        if as_json and written is None:
            print_json(_hits(results))
            return
        if as_json:
            print_json({"measures": _hits(results), "filled": written})
            return
        for hit in results.hits:
            print(_found(catalogue, hit))
            if hit.reason:
                print(f"    （{hit.reason}）")
            for line in text.wrap(typeset(hit.snippet).strip(), PAGE_CELLS - 4):
                print(f"    {line}")
        print(_summary(results))
        if written is not None:
            _print_filled(written)
        print(validity_line(catalogue, call.today))


def _row(catalogue: Catalogue, measure: Measure) -> tuple[str, ...]:
    """Return a measure's line in the tree; where several documents are in use, it says in which it stands."""
    if len(catalogue.documents) == 1:
        return f"{measure.number:>2}", typeset(measure.called)
    return measure.cited, typeset(measure.called), catalogue.notice_of(measure).called


VERBS = (tree, show, search)


def _hits(results: searching.Results) -> list[dict[str, Any]]:
    return [
        {
            "key": hit.key,
            "number": hit.number,
            "title": hit.title,
            "category": hit.category,
            "snippet": hit.snippet,
            "spans": [list(span) for span in hit.spans],
            "notice": hit.notice_key,
        }
        for hit in results.hits
    ]


def _found(catalogue: Catalogue, hit: searching.Hit) -> str:
    """Return the line of a hit; where several documents are in use, it says in which it stands."""
    measure = catalogue.measure(hit.key)
    where = f"　〔{typeset(hit.category)}〕" if hit.category else ""
    notice = f"　{catalogue.notice_of(measure).called}" if len(catalogue.documents) > 1 else ""
    return f"{measure.cited}　{typeset(measure.called)}{where}{notice}"


def _search_filled(
    call: Call, catalogue: Catalogue, words: str, filters: searching.Filters, limit: int
) -> list[dict[str, Any]]:
    """Return what was filled in and is found, as JSON values."""
    from desktop.workspace import words as said
    from desktop.workspace.file import store as workspaces
    from desktop.workspace.items.filled import Filled

    with workspaces.open_for_reading(call.folder) as workspace:
        found = Filled().search(workspace.db, catalogue, words, filters, limit)
    return [
        {
            "unit_key": hit.key.unit_key,
            "unit": said.unit(catalogue, hit.key.unit_key),
            "measure_key": hit.key.measure_key,
            "measure": said.measure(catalogue, hit.key.measure_key),
            "field": hit.field,
            "field_name": said.field(hit.field),
            "snippet": hit.snippet,
            "spans": [list(span) for span in hit.spans],
        }
        for hit in found.hits
    ]


def _print_filled(written: list[dict[str, Any]]) -> None:
    if not written:
        print("填报内容中没有找到。\n")
        return
    print(f"\n填报内容（{len(written)}处）")
    for hit in written:
        where = " · ".join(filter(None, [hit["unit"], hit["field_name"]]))
        print(f"{where}　〔{hit['measure']}〕")
        for line in text.wrap(hit["snippet"].replace("\n", " ").strip(), PAGE_CELLS - 4):
            print(f"    {line}")
    print()


def _branches(catalogue: Catalogue, by: str) -> list[tuple[str, str, tuple[Measure, ...]]]:
    """Return key, title and measures of each branch."""
    if by == "unit":
        return [(u.key, u.name, catalogue.measures_of(u.key)) for u in catalogue.checklist_units()]
    if by == "beneficiary":
        tags = [tag for tag in catalogue.tags if tag.kind == "beneficiary"]
        return [(tag.key, tag.name, catalogue.measures_tagged(tag.key)) for tag in tags]
    return [(c.key, c.heading, catalogue.measures_in(c.key)) for c in catalogue.categories]


def _find_category(catalogue: Catalogue, words: str) -> str:
    """Return the key of the category named by its ordinal (1, 一), key, title or heading."""
    wanted = words.strip()
    found = []
    for category in catalogue.categories:
        names = (str(category.ordinal), category.label, category.key, category.title, category.heading)
        if wanted in names or wanted == typeset(category.heading):
            found.append(category)
    if len(found) == 1:
        return found[0].key
    known = "\n".join(f"  {_category(catalogue, one)}" for one in (found or catalogue.categories)[:_LISTED])
    if found:
        raise KnownError(
            f"有{len(found)}份文件有“{wanted}”这个类别。", f"请用 --notice 写明是哪份发文：\n{known}"
        )
    raise KnownError(f"没有“{wanted}”这个类别。", f"可写序号或标题：\n{known}")


def _category(catalogue: Catalogue, category: Category) -> str:
    if len(catalogue.documents) == 1:
        return category.heading
    notice = catalogue.notice_with(catalogue.document_with(category.document_key).notice_key)
    return f"{category.heading}　{notice.called}"


def _summary(results: searching.Results) -> str:
    """Return the line under the hits."""
    if not results.hits:
        return "没有找到。" + "".join(f"\n  {advice.sentence}" for advice in results.advice)
    shown = len(results.hits)
    if results.total is None or results.total > shown:
        total = f"共{results.total}条，" if results.total is not None else ""
        return f"\n{total}以上列出前{shown}条；列出全部请加 --limit 0。"
    return f"\n共{shown}条。"
