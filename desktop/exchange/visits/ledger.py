"""走访台账: every visit, newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.exchange.sheets import names, table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Field, Value
from desktop.workspace import words
from desktop.workspace.demands import demands
from desktop.workspace.demands.model import Demand
from desktop.workspace.demands.reminding import called
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.items.deadline import on
from desktop.workspace.masking import masked, person
from desktop.workspace.visits import people, persons, visits
from desktop.workspace.visits.model import Visit

WHAT = "走访台账"
FIELDS = (
    Field("序号", 5, 5, True),
    Field("走访编号", 15.5, 15, True),
    Field("走访日期", 12, 12, True),
    Field("企业", 16, 12),
    Field("方式", 7, 7, True),
    Field("走访单位", 9, 8, True),
    Field("走访人", 10, 8, True),
    Field("企业参加人", 11, 9, True),
    Field("企业近况", 17, 12),
    Field("讲解的措施", 18, 16.5),
    Field("诉求", 20, 14),
    Field("建议和答复", 12, 9),
    Field("状态", 6, 6, True),
)


def file_name(catalogue: Catalogue, today: date) -> str:
    """Return a file name, e.g. 走访台账-城政办发〔2023〕3号-20261123.xlsx."""
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
    """Write all visits of a workspace to ``path``, replacing what is there, and return ``path``.

    Names of persons and phones are masked unless ``with_contacts``. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    book = Book(catalogue, today, at, report, cancelled)
    found = visits.every(db)
    named = persons.by_firm(db)
    firms = {one.key: one for one in enterprises.recorded(db)}
    into = enterprises.merged(db)
    asked: dict[str, list[Demand]] = {}
    for one in reversed(demands.every(db)):
        asked.setdefault(one.visit, []).append(one)
    rows = []
    for index, visit in enumerate(found, 1):
        own = enterprises.resolved(into, visit.enterprise)
        names_of = frozenset[str]() if with_contacts else named.get(own, frozenset())
        row = _row(
            catalogue, visit, firms.get(own), asked.get(visit.key, []), names_of, masks=not with_contacts
        )
        rows.append(table.ordered(FIELDS, {**row, "序号": index}))
    head = (WHAT, f"共{len(found)}次走访")
    notes = () if with_contacts else ("人名、电话已作遮盖。",)
    return book.fill(
        path, [lambda: table.listing(book, WHAT, FIELDS, head, rows, "还没有走访。", notes)], WHAT
    )


def _row(
    catalogue: Catalogue,
    visit: Visit,
    firm: Enterprise | None,
    asked: list[Demand],
    named: frozenset[str],
    *,
    masks: bool,
) -> Mapping[str, Value]:
    def own(text: str) -> str:
        return masked(text, named) if masks else text

    def whole(text: str) -> str:
        return person(text) if masks else text

    return {
        "走访编号": visit.number,
        "走访日期": on(visit.day) if visit.day else "",
        "企业": firm.name if firm else "",
        "方式": str(visit.kind),
        "走访单位": called(catalogue, visit.unit) if visit.unit else "",
        "走访人": whole(people.names_line(visit.visitors)),
        "企业参加人": whole(people.met_line(visit.met)),
        "企业近况": own(visit.summary),
        "讲解的措施": "\n".join(
            f"{words.number(catalogue, key)}（{wish}）" for key, wish in visit.explained.items()
        ),
        "诉求": own("\n".join(f"{one.number}\n{one.text}" for one in asked)),
        "建议和答复": own(
            "\n".join(f"{one.text}（{one.answer}）" if one.answer else one.text for one in visit.advice)
        ),
        "状态": str(visit.state),
    }
