"""诉求台账: every demand, newest first, how it stands and what was answered."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.exchange.sheets import names, table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Field, Value
from desktop.workspace import words
from desktop.workspace.demands import demands
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.demands.reminding import called
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.items.deadline import on
from desktop.workspace.masking import masked
from desktop.workspace.visits import persons

WHAT = "诉求台账"
FIELDS = (
    Field("序号", 5, 5, True),
    Field("诉求编号", 15.5, 15, True),
    Field("企业", 13, 11),
    Field("诉求内容", 24, 18),
    Field("类别", 6, 6, True),
    Field("性质", 6, 6, True),
    Field("来源", 6.5, 6.5, True),
    Field("依据措施", 8, 8, True),
    Field("主办单位", 9, 8, True),
    Field("协办单位", 8, 7, True),
    Field("进展", 7, 7, True),
    Field("时限", 12, 12, True),
    Field("亮灯", 5, 5, True),
    Field("办结/答复", 20, 15),
    Field("回访", 8, 7, True),
    Field("满意度", 7, 7, True),
)


def file_name(catalogue: Catalogue, today: date) -> str:
    """Return a file name, e.g. 诉求台账-城政办发〔2023〕3号-20261123.xlsx."""
    return names.file_name(catalogue, WHAT, today)


def write(
    path: Path,
    catalogue: Catalogue,
    db: sqlite3.Connection,
    today: date,
    *,
    with_contacts: bool = False,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write all demands of a workspace to ``path``, replacing what is there, and return ``path``.

    Names of persons and phones are masked unless ``with_contacts``. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    book = Book(catalogue, today, at, report, cancelled)
    found = demands.standings(db, demands.every(db), today)
    named = persons.by_firm(db)
    firms = {one.key: one for one in enterprises.recorded(db)}
    into = enterprises.merged(db)
    rows = []
    for index, one in enumerate(found, 1):
        own = enterprises.resolved(into, one.demand.enterprise) if one.demand.enterprise else ""
        row = _row(catalogue, one, firms.get(own), named.get(own, frozenset()), masks=not with_contacts)
        rows.append(table.ordered(FIELDS, {**row, "序号": index}))
    notes = ["时限为现在最先到期的一项；亮灯按制表日期计算。"]
    notes += sorted({span.caveat for one in found for span in one.spans if span.caveat})
    notes += [] if with_contacts else ["人名、电话已作遮盖。"]
    head = (WHAT, _counted(found))
    return book.fill(
        path, [lambda: table.listing(book, WHAT, FIELDS, head, rows, "还没有诉求。", notes)], WHAT
    )


def _counted(found: tuple[DemandStanding, ...]) -> str:
    states = Counter(one.demand.state for one in found)
    late = sum(one.is_late for one in found)
    told = "，".join(f"{state}{count}件" for state, count in states.most_common())
    return f"共{len(found)}件诉求" + (f"：{told}；其中逾期{late}件" if found else "")


def _row(
    catalogue: Catalogue,
    standing: DemandStanding,
    firm: Enterprise | None,
    named: frozenset[str],
    *,
    masks: bool,
) -> Mapping[str, Value]:
    one = standing.demand

    def own(text: str) -> str:
        return masked(text, named) if masks else text

    steps = one.chain.steps if one.chain else ()
    answer = (one.chain.answer if one.chain else None) or next(
        (step for step in reversed(steps) if step.text and step.handles), None
    )
    back = one.chain.call_back if one.chain else None
    return {
        "诉求编号": one.number,
        "企业": firm.name if firm else "",
        "诉求内容": own(one.text),
        "类别": str(one.category),
        "性质": str(one.nature),
        "来源": str(one.source),
        "依据措施": words.number(catalogue, one.measure) if one.measure else "",
        "主办单位": called(catalogue, one.lead) if one.lead else "",
        "协办单位": "、".join(called(catalogue, unit) for unit in one.units if unit != one.lead),
        "进展": one.state,
        "时限": on(standing.next_limit.due) if standing.next_limit else "",
        "亮灯": standing.light,
        "办结/答复": own(f"{answer.day} {answer.text}") if answer else "",
        "回访": str(back.day) if back else "",
        "满意度": str(back.satisfaction) if back and back.satisfaction else "",
    }
