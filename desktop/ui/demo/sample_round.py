"""An invented round for the tour: sent to all, answered by most, and three workbooks that just came in."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.ui.rounds import figures
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import Item, Status
from desktop.workspace.returns import intake, plans, rounds
from desktop.workspace.returns.returned import AddedRow, Cell, Returned, ReturnedRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from desktop.catalogue.query import Catalogue
    from desktop.workspace.returns.rounds import Round

BY = "演示"
SENT_BEFORE = 9  # days
SILENT = frozenset({5, 9, 10, 13, 16, 19})  # places in the list of units
JUST_IN = (5, 9, 16)


def fill(db: sqlite3.Connection, catalogue: Catalogue, at: datetime) -> Round:
    """Begin a round some days before ``at``, record what went out, and take in what most units answered."""
    sent_at = at - timedelta(days=SENT_BEFORE)
    name = figures.proposed_name(at.date(), frozenset())
    reply_by = figures.proposed_day(at.date())
    made = rounds.new(db, catalogue, name, reply_by, by=BY, at=sent_at)
    for key in made.unit_keys:
        items = checklist.items(db, catalogue, key, at.date())
        file_name = f"{catalogue.unit(key).name}.xlsx"
        rounds.record_export(db, catalogue, made.key, key, items, file_name=file_name, by=BY, at=sent_at)
    answered = [key for place, key in enumerate(made.unit_keys) if place not in SILENT]
    files = [_workbook(db, catalogue, made, key, {}) for key in answered]
    planned = plans.plan_all(db, catalogue, files, at.date(), by=BY)
    intake.apply(db, catalogue, planned, by=BY, at=at - timedelta(days=1))
    return made


def just_in(db: sqlite3.Connection, catalogue: Catalogue, made: Round) -> tuple[Returned, ...]:
    """Return workbooks that bring news, questions, a refused field and a row of the unit's own."""
    told = {
        0: {"progress": Cell(_NEWS, _NEWS), "status": Cell("已办结", None, _ASKED, Status.DONE.value)},
        1: {
            "deadline": Cell("3月底", None, "完成时限填的是“3月底”，应为哪一天？"),
            "owner": Cell("周××", "周××"),
        },
        2: {"status": Cell("不适用", "不适用")},
    }
    return tuple(_workbook(db, catalogue, made, made.unit_keys[place], told) for place in JUST_IN)


_NEWS = "本季度走访企业 18 户，收集问题 9 条，已协调解决 6 条，其余转相关部门办理。"
_ASKED = "状态填的是“已办结”，是否为“已完成”？"
_OWN = "措施：配合开展“助企纾困”专项行动；工作进展：已制定方案"


def _workbook(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    made: Round,
    unit_key: str,
    told: Mapping[int, Mapping[str, Cell]],
) -> Returned:
    """Return a unit's workbook as it was sent out, but for what is ``told`` in its rows by their place."""
    items = checklist.items(db, catalogue, unit_key, made.sent_on)
    document = catalogue.document_with(items[0].document_key)
    number = catalogue.notice_with(document.notice_key).number
    name = f"{catalogue.unit(unit_key).name}-责任清单-{number}.xlsx"
    rows = tuple(_row(catalogue, place, item, told.get(place, {})) for place, item in enumerate(items))
    return Returned(
        path_name=name,
        file_sha256=hashlib.sha256(repr((made.key, rows)).encode()).hexdigest(),
        size=18_432,
        schema=2,
        program="",
        document_key=document.key,
        notice_number=number,
        unit_key=unit_key,
        round_key=made.key,
        rows=rows,
        added=(AddedRow(len(rows) + 6, _OWN, items[-1].key),) if told else (),
    )


def _row(catalogue: Catalogue, place: int, item: Item, told: Mapping[str, Cell]) -> ReturnedRow:
    measure = catalogue.measure(item.key.measure_key)
    base = entries.values_of(item.entry)
    return ReturnedRow(
        row=place + 6,
        key=item.key,
        number=item.number,
        base_revision=item.entry.revision,
        base_text_sha256=measure.text_sha256,
        text=measure.text,
        base=base,
        values={**{name: Cell(value, value) for name, value in base.items()}, **told},
    )
