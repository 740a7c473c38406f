"""Invented enterprises, a visit and what was asked for, for the demonstration."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from desktop.catalogue.query import Catalogue
from desktop.workspace.demands import recording as demands
from desktop.workspace.demands import suggested
from desktop.workspace.demands.chain import DemandStep
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.journal.model import Stamp
from desktop.workspace.visits import recording
from desktop.workspace.visits.model import EXPLAINED, Wish

BY = "张三"
FIRMS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "示例精密铸造有限公司",
        {
            "industry": "C33",
            "figure/employees/": 86,
            "figure/revenue/": 3200,
            "taxpayer": "general",
            "town": "义井镇",
            "address": "工业园区3号",
            "contact/a": {"name": "王某", "post": "厂长", "phone": ""},
            "fact/specialised": True,
            "fact/individual": False,
            "fact/financing_need": True,
            "fact/tech_upgrade": True,
        },
    ),
    ("示例餐饮管理中心", {"industry": "H62", "figure/employees/": 8, "fact/individual": True}),
    ("示例智能装备股份有限公司", {"industry": "C35", "figure/employees/": 420, "figure/revenue/": 26000}),
    ("示例养老服务有限公司", {"industry": "Q85", "figure/employees/": 60}),
    ("示例国际贸易有限公司", {"industry": "F51", "fact/foreign_trade": True}),
)
EXPLAINED_NUMBERS = ((23, Wish.APPLY), (4, Wish.ENJOYS), (20, Wish.TOLD))
ASKED = (
    ("年底贷款到期，希望续贷衔接", "融资", "求助", 8),
    ("自动浇注线技改，想知道能不能申报技改资金，需要什么材料", "政策咨询", "咨询", 23),
)


def fill(db: sqlite3.Connection, catalogue: Catalogue, now: datetime) -> None:
    """Enter the enterprises, and a visit of three days ago to the first of them."""
    stamp = Stamp(BY, "录入", now)
    keys = [firms.add(db, name, stamp, fields) for name, fields in FIRMS]
    day = (now - timedelta(days=3)).date()
    visit = recording.begin(
        db,
        keys[0],
        day,
        stamp,
        visitors=[BY, "李四"],
        met=["王某（厂长）"],
        place="义井镇工业园区3号",
        summary="订单增加，流动资金偏紧。准备上一条自动浇注线。",
        confirmation="口头",
    )
    numbers = {one.number: one.key for one in catalogue.measures}
    explained = {f"{EXPLAINED}/{numbers[at]}": wish for at, wish in EXPLAINED_NUMBERS if at in numbers}
    recording.edit(db, visit, explained, stamp)
    for text, category, nature, number in ASKED:
        measure = numbers.get(number, "")
        key = demands.add(
            db,
            text,
            day,
            stamp,
            enterprise=keys[0],
            visit=visit,
            source="走访",
            category=category,
            nature=nature,
            measure=measure,
            unit=suggested.units(catalogue, measure).lead,
        )
        demands.act(db, key, DemandStep("受理", now.date(), BY), stamp)
