"""Who is reminded of what, in which words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.catalogue import query
from desktop.catalogue import store as catalogue_store
from desktop.workspace.demands import chosen, demands, recording, reminding
from desktop.workspace.demands.chain import DemandStep, SupportUnit
from desktop.workspace.demands.limits import LimitSpan
from desktop.workspace.demands.working_days import bundled
from desktop.workspace.file import store
from desktop.workspace.journal.model import Stamp

NOON = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
DAY = date(2026, 11, 2)
STAMP = Stamp("张三", "录入", NOON)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.open_for_writing(tmp_path / "ws") as workspace:
        yield workspace.db


def test_each_unit_is_reminded_of_its_own(db: sqlite3.Connection) -> None:
    chosen.choose(db, "quanzhou")
    key = recording.add(db, "贷款到期，\n希望续贷", DAY, STAMP, enterprise="e1")
    recording.act(db, key, DemandStep("受理", DAY, ""), STAMP)
    assigned = DemandStep(
        "交办", DAY, "", lead="finance", supports=(SupportUnit("供电公司", date(2026, 11, 13)),)
    )
    recording.act(db, key, assigned, STAMP)
    recording.add(db, "尚早", DAY, STAMP)  # 泉州 has no limit for accepting
    number = demands.one(db, key).number
    found = reminding.due(
        db, demands.standings(db, demands.every(db), date(2026, 11, 12)), date(2026, 11, 12)
    )
    assert [(one.unit, len(one.due)) for one in found] == [("finance", 1), ("供电公司", 1)]
    with closing(catalogue_store.open_catalogue()) as measures:
        catalogue = query.load(measures)
        told = [
            reminding.text(one, catalogue, {"e1": "某某公司"}, chosen.calendar(db), date(2026, 11, 12))
            for one in found
        ]
    assert told[0] == (
        "诉求催办：区财政局\n"
        f"1.{number}　某某公司　贷款到期， 希望续贷：办结时限为2026年11月11日，已逾期1个工作日。\n"
        "请按时限办理，将结果告知企业，并反馈办理情况。\n"
    )
    assert "诉求催办：供电公司" in told[1]
    assert "协办时限为2026年11月13日，还有1个工作日" in told[1]


@pytest.mark.parametrize(
    ("due", "today", "said"),
    [
        (date(2026, 11, 13), date(2026, 11, 13), "受理时限为2026年11月13日，今日到期"),
        (date(2026, 11, 13), date(2026, 11, 14), "受理时限为2026年11月13日，已逾期"),
        (date(2026, 11, 13), date(2026, 11, 16), "受理时限为2026年11月13日，已逾期1个工作日"),
    ],
)
def test_how_far_a_limit_is(due: date, today: date, said: str) -> None:
    assert reminding.when(LimitSpan("受理", "", DAY, due), bundled(), today) == said


def test_a_gap_in_the_calendar_is_told() -> None:
    span = LimitSpan(
        "受理", "", DAY, date(2027, 1, 4), caveat="2027年的节假日安排尚未录入，只按周六、周日推算"
    )
    assert reminding.when(span, bundled(), DAY).endswith("（2027年的节假日安排尚未录入，只按周六、周日推算）")
