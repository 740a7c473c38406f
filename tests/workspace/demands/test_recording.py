from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.errors import RuleError
from desktop.workspace.demands import chosen, demands, recording
from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit
from desktop.workspace.demands.model import Demand, DemandCategory, DemandNature, DemandSource
from desktop.workspace.demands.process import DemandState, Satisfaction
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items.model import Light
from desktop.workspace.journal import state, union, writing
from desktop.workspace.journal.model import Edit, Stamp

NOON = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
DAY = date(2026, 11, 26)
STAMP = Stamp("张三", "录入", NOON, "session")
TOLD = FirmTold("电话", DAY, "王五")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.open_for_writing(tmp_path / "ws") as workspace:
        yield workspace.db


def step(act: str, by: str = "", **values: object) -> DemandStep:
    return replace(DemandStep(act, DAY, by), **values)


def finished(db: sqlite3.Connection) -> str:
    key = recording.add(
        db, "贷款到期，希望续贷", DAY, STAMP, enterprise="e1", category="融资", unit="finance"
    )
    recording.act(db, key, step("受理"), STAMP)
    recording.act(db, key, step("交办", lead="finance", supports=(SupportUnit("tax"),)), STAMP)
    recording.act(db, key, step("首次联系", "李四", told=TOLD), STAMP)
    recording.act(db, key, step("办结", "李四", text="已续贷", told=TOLD), STAMP)
    return key


def test_a_demand_is_registered_and_read_back(db: sqlite3.Connection) -> None:
    key = recording.add(
        db,
        "想知道能否申报技改资金",
        DAY,
        STAMP,
        source="走访",
        nature="咨询",
        category="政策咨询",
        visit="v1",
        supports=("tax", "甲单位"),
        due=date(2026, 12, 10),
    )
    demand = demands.one(db, key)
    assert demand.number.startswith("SQ-20261126-")
    assert (demand.source, demand.nature) == (DemandSource.VISIT, DemandNature.ASKING)
    assert (demand.category, demand.visit, demand.state) == (DemandCategory.POLICY, "v1", "待受理")
    assert demand.process == "shanxi"
    assert (demand.supports, demand.due) == (("tax", "甲单位"), date(2026, 12, 10))
    assert demands.find(db, demand.number.lower()) == demand
    assert demands.of_visit(db, "v1") == (demand,)
    recording.edit(db, key, {"text": "技改资金怎么申报"}, STAMP)
    assert demands.one(db, key).text == "技改资金怎么申报"


def test_a_demand_goes_its_way_and_is_closed_by_somebody_else(db: sqlite3.Connection) -> None:
    key = finished(db)
    assert demands.of_unit(db, "tax")[0].key == key
    called = step("回访", "李四", told=TOLD, satisfaction=Satisfaction.SATISFIED)
    with pytest.raises(RuleError, match="没有改动任何内容"):
        recording.act(db, key, called, STAMP)  # 李四 handled it
    demand = recording.act(db, key, replace(called, by="赵六"), Stamp("赵六", "录入", NOON))
    assert demand.state == "回访"
    demand = recording.act(db, key, step("销号", "赵六"), Stamp("赵六", "录入", NOON))
    assert demand.state == DemandState.CLOSED
    assert not demand.is_open
    assert demands.of_unit(db, "tax") == ()
    with pytest.raises(RuleError, match="已结束"):
        recording.edit(db, key, {"text": "别的"}, STAMP)
    with pytest.raises(RuleError, match="“销号”是赵六办理的，不能由他人撤销"):
        recording.undo(db, key, STAMP)
    assert recording.undo(db, key, Stamp("赵 六", "撤销", NOON)).state == "回访"
    assert len(state.history(db, "demand", key, "last")) == 8


def test_a_step_that_was_taken_back_still_leads_to_what_followed_it_elsewhere(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    key = finished(db)
    with other_machine(db, tmp_path / "second") as laptop:
        called = step("回访", "赵六", told=TOLD, satisfaction=Satisfaction.SATISFIED)
        recording.act(laptop.db, key, called, Stamp("赵六", "录入", NOON))
        rows = laptop.db.execute(f"SELECT {state.COLUMNS} FROM journal").fetchall()
    assert recording.undo(db, key, STAMP).state == "首次联系"
    with transaction(db):
        union.add(db, [rows], 1)
    assert demands.one(db, key).conflicts == ("last",)
    called_back = next(one for one in state.standing(db, "demand", key, "last") if one.by == "赵六")
    writing.write(db, [Edit("demand", key, "last", called_back.value)], STAMP)
    chain = demands.one(db, key).chain
    assert chain is not None
    assert [one.act for one in chain.steps] == ["登记", "受理", "交办", "首次联系", "办结", "回访"]
    assert chain.handlers == {"李四"}


def test_what_is_said_of_a_step_is_kept_as_it_can_be_shown(db: sqlite3.Connection) -> None:
    key = recording.add(db, "水压不足", DAY, STAMP)
    with pytest.raises(RuleError, match="最多可填10000个字"):
        recording.act(db, key, step("不予受理", text="长" * 10_001, told=TOLD), STAMP)
    kept = recording.act(db, key, step("不予受理", text="不属\x00本区\r\n转告市里", told=TOLD), STAMP)
    assert kept.chain is not None
    assert kept.chain.last.text == "不属本区\n转告市里"


def test_the_registration_is_not_taken_back(db: sqlite3.Connection) -> None:
    key = recording.add(db, "水压不足", DAY, STAMP, category="水电气")
    with pytest.raises(RuleError, match="只有登记"):
        recording.undo(db, key, STAMP)


@pytest.mark.parametrize(
    "fields",
    [
        {"category": "天气"},
        {"source": ""},
        {"nature": "求救"},
        {"colour": "红"},
        {"due": "年底"},
        {"contact": "长" * 501},
    ],
)
def test_what_cannot_be_kept_registers_nothing(db: sqlite3.Connection, fields: dict[str, str]) -> None:
    with pytest.raises(RuleError, match="没有改动任何内容"):
        recording.add(db, "水压不足", DAY, STAMP, **fields)
    assert demands.every(db) == ()


def test_a_day_to_come_and_an_empty_text_are_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(RuleError, match="晚于今天"):
        recording.add(db, "水压不足", DAY + timedelta(days=1), STAMP)
    with pytest.raises(RuleError, match="没有写诉求内容"):
        recording.add(db, " \n", DAY, STAMP)


def test_how_demands_stand_is_counted(db: sqlite3.Connection) -> None:
    finished(db)
    recording.add(db, "水压不足", date(2026, 10, 12), STAMP, category="水电气", unit="housing")
    found = demands.standings(db, demands.every(db), DAY)
    late = next(one for one in found if one.demand.category is DemandCategory.UTILITIES)
    assert late.light is Light.RED  # 15 working days for the acceptance are over
    assert late.next_limit is not None
    figures = demands.figures(found)
    assert (figures.total, figures.open, figures.late) == (2, 2, 1)
    assert dict(figures.by_unit) == {"finance": 1, "housing": 1}
    assert dict(figures.by_category) == {"融资": 1, "水电气": 1}


def other_machine(db: sqlite3.Connection, path: Path) -> store.Workspace:
    path.mkdir()
    with sqlite3.connect(path / "workspace.db") as copy:
        db.backup(copy)
    copy.close()
    return store.open_for_writing(path)


def test_two_steps_after_the_same_one_both_stand_until_somebody_decides(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    key = recording.add(db, "水压不足", DAY, STAMP)
    with other_machine(db, tmp_path / "second") as laptop:
        recording.act(laptop.db, key, step("受理", "钱七"), STAMP)
        recording.act(db, key, step("不予受理", text="不属本区", told=TOLD), STAMP)
        rows = laptop.db.execute(f"SELECT {state.COLUMNS} FROM journal").fetchall()
    with transaction(db):
        union.add(db, [rows], 1)
    demand: Demand = demands.one(db, key)
    assert demand.conflicts == ("last",)
    assert demand.chain is not None
    both = {demands.demand_of(record).state for record in state.records(db, "demand")}
    assert both <= {"受理", "不予受理"}
    stands = state.standing(db, "demand", key, "last")
    accepted = next(one for one in stands if one.by == "张三" and one.value != demand.chain.last.key)
    writing.write(db, [Edit("demand", key, "last", accepted.value)], STAMP)
    assert demands.one(db, key).conflicts == ()


def test_a_process_of_ones_own_and_holidays_are_kept(db: sqlite3.Connection) -> None:
    content = {
        "title": "本区流程",
        "limit": [{"name": "受理", "days": 1, "from": ["登记"], "until": ["受理"]}],
    }
    with pytest.raises(RuleError, match="没有这个办理流程"):
        chosen.choose(db, chosen.CUSTOM)
    chosen.keep_custom(db, content, STAMP)
    chosen.choose(db, chosen.CUSTOM)
    assert chosen.choice(db).title == "本区流程"
    with pytest.raises(RuleError, match="没有名称"):
        chosen.keep_custom(db, {"title": " "}, STAMP)
    chosen.keep_year(db, 2027, [date(2027, 1, 1)], [date(2027, 1, 2)], STAMP)
    days = chosen.calendar(db)
    assert not days.works(date(2027, 1, 1))
    assert days.works(date(2027, 1, 2))
    chosen.drop_year(db, 2027, STAMP)
    assert chosen.calendar(db).works(date(2027, 1, 1))
