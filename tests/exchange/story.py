"""What happened in an office until today: entries, a round, workbooks that came back, an import."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from desktop.catalogue.query import Catalogue
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import plans, rounds
from desktop.workspace.returns.receipts import Receipt
from desktop.workspace.returns.returned import AddedRow, Cell
from desktop.workspace.returns.three_way import Choice
from tests.workspace import books
from tests.workspace.counter import Counter
from tests.workspace.sample import NOON

WHO = "陈科长"
ROUND = "2026年第四季度"


class Office:
    """A workspace with the real catalogue, to which things happen one after the other."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.db = db
        self.catalogue = catalogue
        self.counter = Counter(db, catalogue, by=WHO)
        self.now = NOON

    def key(self, unit: str, index: int) -> ItemKey:
        """Return one of the items of the unit called ``unit``, counted from 0."""
        unit_key = self.catalogue.find_unit(unit).key
        return ItemKey(unit_key, self.catalogue.measures_of(unit_key)[index].key)

    def enter(self, key: ItemKey, by: str = "张建国", **values: str) -> None:
        """Enter values for an item."""
        checklist.edit(self.db, self.catalogue, key, values, by=by, source="录入", at=NOON)

    def quarter(self) -> Receipt:
        """Let a round go out and four workbooks come back, one with everything that can be wrong."""
        finance = [self.key("区财政局", index) for index in range(6)]
        tech = self.key("区科技局", 0)
        self.enter(finance[0], status="推进中", deadline="2026-11-01", owner="张建国", progress="拨付12笔。")
        self.counter.ask(ROUND)
        sent = self.counter.blank(finance[0].unit_key)
        self.enter(finance[0], by="王主任", progress="区里统计：拨付15笔。")
        self.enter(finance[1], by="王主任", owner="李梅")
        answered = books.fill(
            sent,
            {
                finance[0]: {
                    "progress": "拨付18笔。",
                    "status": "已完成",
                    "deadline": "2026-01-01/2026-12-31",
                },
                finance[1]: {"owner": "王小明"},
                finance[2]: {
                    "status": Cell("已办结", None, "“已办结”是否为“已完成”？", "已完成"),
                    "owner": "赵",
                },
                finance[3]: {"status": "不适用"},
                finance[4]: {"progress": "=1+1"},
            },
        )
        rows = [
            replace(row, refused="措施原文被改动，本行没有并入。", text="改过的原文")
            if row.key == finance[4]
            else row
            for row in answered.rows
            if row.key != finance[5]
        ]
        finance_book = replace(
            answered,
            path_name="区财政局（终稿）.xlsx",
            rows=tuple(rows),
            added=(AddedRow(15, "另：走访企业12户", finance[1], keep=True), AddedRow(16, "合计")),
            missing=(finance[5],),
            notes=("工作表改过名称。",),
        )
        tech_book = books.fill(self.counter.blank(tech.unit_key), {tech: {"progress": "已受理3家。"}})
        tech_book = replace(tech_book, path_name="科技局.xlsx")
        silent = replace(self.counter.blank(self.key("区审计局", 0).unit_key), path_name="审计局.xlsx")
        planned = list(self.counter.plan(finance_book, tech_book, silent))
        (owner,) = [line for line in planned[0].conflicts if line.field == "owner" and line.key == finance[1]]
        planned[0] = plans.decide(planned[0], owner, Choice.THEIRS)
        foreign = plans.refused("外区清单.xlsx", "这份清单属于其他区的文件，没有并入。", file_sha256="f" * 64)
        return self.counter.apply(*planned, foreign)

    def round(self) -> rounds.Round:
        """Return the round that went out."""
        return rounds.find(self.db)
