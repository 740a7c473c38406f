"""How records, fields and values of every noun are called where two machines meet."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.workspace.demands import recording as demands
from desktop.workspace.journal import state
from desktop.workspace.journal.model import Stamp, Write, WriteId
from desktop.workspace.merging import naming
from tests.workspace.merging.machines import Machine

NAME = WriteId("0123456789", 1)


def write(noun: str, field: str, value: Any, record: str = "r1") -> Write:
    return Write(NAME, noun, record, field, value, (), NAME, "2026-11-23T09:30:00+08:00", "张三", "录入")


@pytest.mark.parametrize(
    ("noun", "field", "value", "words"),
    [
        ("item", "deadline", "2026-01-01/2026-12-31", "2026-01-01至2026-12-31"),
        ("item", "evidence/x", {"name": "图.png", "size": 3}, "图.png"),
        ("enterprise", "name", None, "（空）"),
        ("enterprise", "fact/high_tech", True, "是"),
        ("enterprise", "figure/revenue/", 3200.5, "3200.5"),
        ("visit", "visitors", ["甲", "乙"], "甲、乙"),
        ("visit", "enterprise", "e1", "山西泉新"),
        ("visit", "card", {"a": 1}, "（走访时的匹配结果）"),
        ("visit", "met", [{"name": "王某", "post": "经理"}, {"name": "李某", "post": ""}], "王某 经理、李某"),
        ("visit", "advice/x", {"text": "多讲", "answer": "记下了"}, "多讲 记下了"),
        ("visit", "explained/gone", "想申请", "gone：想申请"),
        ("visit", "unit", "finance", "区财政局"),
        ("visit", "evidence/x", {"name": "车间.jpg", "size": 3}, "车间.jpg"),
        ("enterprise", "taxpayer", "small", "小规模纳税人"),
        ("enterprise", "contact/x", {"name": "王某", "post": "经理", "phone": "1380"}, "王某 经理 1380"),
        ("demand", "supports", "finance、某协会", "区财政局、某协会"),
        ("demand", "measure", "gone", "gone"),
        ("demand", "step/x", {"act": "受理", "day": "2026-11-23", "key": "x"}, "受理 2026-11-23"),
        ("novelty", "a", {"b": 1}, '{"b": 1}'),
        ("demand", "last", "unknown", "unknown"),
    ],
)
def test_values(office: Machine, noun: str, field: str, value: Any, words: str) -> None:
    office.write("e1", name="山西泉新")
    assert naming.value(office.db, office.catalogue, write(noun, field, value)) == words


def test_a_step_of_a_demand_is_called_by_what_was_done(office: Machine) -> None:
    stamp = Stamp("张三", "录入", office.clock)
    key = demands.add(office.db, "想要贷款", office.clock.date(), stamp)
    found = state.record(office.db, "demand", key)
    assert found is not None
    last = write("demand", "last", found.values["last"], key)
    assert naming.value(office.db, office.catalogue, last).endswith("2026-11-23")
    assert naming.record(office.db, office.catalogue, "demand", key).startswith("SQ-20261123-")


@pytest.mark.parametrize(
    ("noun", "field", "words"),
    [
        ("item", "progress", "工作进展"),
        ("item", "evidence/x", "佐证材料"),
        ("note", "text", "批注"),
        ("visit", "advice/x", "建议"),
        ("enterprise", "uscc", "统一社会信用代码"),
        ("demand", "last", "办理进展"),
        ("novelty", "a/b", "a"),
    ],
)
def test_fields(noun: str, field: str, words: str) -> None:
    assert naming.field(noun, field) == words


def test_records_and_nouns(office: Machine) -> None:
    office.write("e1", name="山西泉新")
    office.write("e2", town="义井镇")
    office.write("v1", "visit", enterprise="e1", date="2026-11-26", number="ZF-1")

    def called(noun: str, key: str) -> str:
        return naming.record(office.db, office.catalogue, noun, key)

    assert called("enterprise", "e2") == "（名称还没有收到）e2"
    assert called("visit", "v1") == "ZF-1　2026-11-26　山西泉新"
    assert called("item", "finance/m1") == "区财政局　第1条　第1项"
    assert called("note", "gone") == "gone"
    assert naming.noun("novelty") == "novelty"
    assert naming.machine(office.db, "abcdefabcd") == "一台电脑（abcd）"


@pytest.mark.parametrize(
    ("noun", "field", "may"),
    [
        ("enterprise", "town", True),
        ("enterprise", "taxpayer", False),
        ("enterprise", "industry", False),
        ("visit", "summary", True),
        ("visit", "enterprise", False),
        ("demand", "last", False),
        ("item", "progress", True),
        ("item", "status", False),
        ("note", "text", True),
        ("novelty", "a", False),
    ],
)
def test_only_what_holds_any_text_may_be_typed(noun: str, field: str, *, may: bool) -> None:
    assert naming.may_be_typed(noun, field) is may
