"""Enterprises written down, read back and taken back."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest

from desktop.errors import KnownError, RuleError
from desktop.workspace.enterprises import enterprises, judged, recording
from desktop.workspace.enterprises.model import (
    TEXTS,
    DatedFigure,
    FirmContact,
    field_words,
    fields_of,
    figure_field,
    value_words,
)
from desktop.workspace.journal import state, union, writing
from desktop.workspace.journal.model import Edit, WriteId

from .firms import DAY, STAMP, add, code

YEAR_24, YEAR_25 = date(2024, 12, 31), date(2025, 12, 31)


def test_all_that_is_known_of_an_enterprise_is_read_back(db: sqlite3.Connection) -> None:
    fields: dict[str, Any] = {
        "uscc": f" {code(1).lower()} ",
        "industry": "ｃ33",
        "town": "义井镇",
        "address": "工业园\n3号",
        "notes": "先电话\r\n再上门",
        "taxpayer": "general",
        figure_field("employees", YEAR_25): 86.0,
        figure_field("revenue", None): 3200.5,
        "fact/specialised": True,
        "fact/patents": False,
        "contact/a1": FirmContact("a1", "王五", "厂长", "139"),
        "contact/a2": {"name": "", "phone": ""},
    }
    key = recording.add(db, "山西\0𠮷祥\t铸造 厂", STAMP, fields)
    one = enterprises.one(db, key)
    assert (one.name, one.uscc, one.industry) == ("山西𠮷祥 铸造 厂", code(1).lower(), "C33")
    assert (one.address, one.notes) == ("工业园 3号", "先电话\n再上门")
    assert set(one.figures) == {DatedFigure("employees", YEAR_25, 86), DatedFigure("revenue", None, 3200.5)}
    assert one.facts == {"specialised": True, "patents": False}
    assert one.contacts == (FirmContact("a1", "王五", "厂长", "139"),)
    assert one.code.state == "通过"
    assert enterprises.every(db) == (one,)


def test_an_edit_changes_what_is_given_and_can_be_taken_back(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂", town="义井镇", fact__specialised=True)
    before = enterprises.one(db, key)
    batch = recording.edit(db, key, {"town": "", "fact/specialised": None, "taxpayer": "small"}, STAMP)
    after = enterprises.one(db, key)
    assert (after.town, after.facts, after.taxpayer) == ("", {}, "small")
    assert recording.edit(db, key, {"town": "", "taxpayer": "small"}, STAMP) is None
    assert batch is not None
    assert recording.undo(db, batch, STAMP) is not None
    assert enterprises.one(db, key) == before


def test_an_enterprise_whose_beginning_is_taken_back_is_gone(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂", town="义井镇")
    batch = state.history(db, "enterprise", key)[-1].batch
    recording.undo(db, batch, STAMP)
    assert enterprises.every(db) == ()
    with pytest.raises(RuleError, match="没有这家企业"):
        enterprises.one(db, key)


def test_an_edit_of_something_else_is_not_taken_back_here(db: sqlite3.Connection) -> None:
    other = writing.write(db, [Edit("visit", "v", "place", "厂区")], STAMP)
    assert other is not None
    for batch in (other, WriteId("0" * 10, 7)):
        with pytest.raises(RuleError, match="没有编号为"):
            recording.undo(db, batch, STAMP)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " \n"}, "名称不能为空"),
        ({"name": "甲" * 201}, "最多可填200个字"),
        ({"figure/employees/": -1}, "不能小于0"),
        ({"figure/employees/": 1.5}, "应为整数"),
        ({"figure/employees/": True}, "应为数字"),
        ({"figure/revenue/": "3200"}, "应为数字"),
        ({"figure/revenue/": float("nan")}, "应为数字"),
        ({"figure/revenue/": 10**400}, "数字过大"),
        ({"figure/revenue/2025": 1}, "没有名为"),
        ({"figure/profit/": 1}, "没有名为"),
        ({"fact/rich": True}, "没有名为"),
        ({"fact/patents": "是"}, "只能是"),
        ({"taxpayer": "large"}, "只能是一般纳税人、小规模纳税人"),
        ({"merged_into": "x"}, "没有名为"),
        ({"contact/../a": {"name": "王五"}}, "没有名为"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(
    db: sqlite3.Connection, fields: dict[str, Any], words: str
) -> None:
    key = add(db, "甲厂")
    before = enterprises.one(db, key)
    with pytest.raises(RuleError, match=words):
        recording.edit(db, key, {"town": "荫营镇", **fields}, STAMP)
    with pytest.raises(RuleError, match=words):
        recording.add(db, fields.get("name", "乙厂"), STAMP, fields)
    assert enterprises.every(db) == (before,)


def test_a_loss_is_an_income(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂", figure__taxable_income__=-30)
    assert judged.profile(db, key, DAY).taxable_income == -30


def test_what_is_typed_wrong_is_kept_and_marked(db: sqlite3.Connection) -> None:
    one = enterprises.one(db, add(db, "甲厂", uscc="91140300O", industry="铸 造"))
    assert (one.uscc, one.industry, one.known_industry) == ("91140300O", "铸 造", None)
    assert "O" in one.code.words


def test_the_newest_figure_not_later_than_the_day_counts(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂", industry="C33", figure__revenue__=100)
    recording.edit(
        db, key, {figure_field("revenue", YEAR_24): 200, figure_field("revenue", YEAR_25): 300}, STAMP
    )
    found = [
        judged.profile(db, key, day).revenue for day in (date(2024, 1, 1), YEAR_24, date(2025, 12, 30), DAY)
    ]
    assert found == [100, 200, 200, 300]
    assert judged.size_of(enterprises.one(db, key), DAY).possible == {"微型", "小型"}


def test_a_fact_of_a_later_program_is_kept_and_not_judged(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂")
    row = ("f" * 10, 1, "enterprise", key, "fact/new_one", "true", "[]", f"{'f' * 10}:1", "", "", "", "", 0)
    union.add(db, [[row]], 1)
    assert enterprises.one(db, key).facts == {"new_one": True}
    assert judged.profile(db, key, DAY).facts == {}


def test_a_record_without_a_name_waits(db: sqlite3.Connection) -> None:
    writing.write(
        db, [Edit("enterprise", "k1", "town", "义井镇"), Edit("enterprise", "k1", "name", 7)], STAMP
    )
    assert enterprises.every(db) == ()
    assert enterprises.one(db, "k1").town == "义井镇"


def test_an_enterprise_is_found_by_what_people_call_it(db: sqlite3.Connection) -> None:
    add(db, "——")  # typed before the name was known
    first = add(db, "阳泉示例（铸造）有限责任公司", uscc=code(1))
    second = add(db, "阳泉示例机械有限公司")
    for text in (
        code(1),
        code(1).lower(),
        first,
        "阳泉示例(铸造)有限责任公司",
        "山西省阳泉市示例铸造有限公司",
        "铸造",
    ):
        assert enterprises.find(db, text).key == first
    with pytest.raises(KnownError, match=f"可指多家企业.*{second}"):
        enterprises.find(db, "示例")
    for text in ("", " ", "（）", "%", "没有的"):
        with pytest.raises(KnownError, match="没有企业"):
            enterprises.find(db, text)


def test_fields_have_names_for_people() -> None:
    names = {
        field_words(name) for name in ("name", "figure/revenue/2025-12-31", "fact/specialised", "contact/a")
    }
    assert names == {"企业名称", "营业收入（2025-12-31）", "“专精特新”中小企业", "联系人"}
    assert [field_words(name) for name in ("taxpayer", "merged_into", "fact/new_one", "other")] == [
        "增值税纳税人身份", "并入", "new_one", "other",
    ]  # fmt: skip


def test_each_text_is_kept_and_its_fields_are_told_again(db: sqlite3.Connection) -> None:
    fields: dict[str, Any] = {name: f"{words}内容" for name, words in TEXTS.items()}
    fields |= {
        "taxpayer": "small",
        "fact/patents": False,
        "contact/a": {"name": "王五", "post": "", "phone": "1"},
    }
    fields |= {"figure/revenue/": 1.5, "figure/assets/2025-12-31": 7}
    key = recording.add(db, fields["name"], STAMP, fields)
    assert fields_of(enterprises.one(db, key)) == fields
    assert [
        value_words(name, fields[name]) for name in ("taxpayer", "fact/patents", "contact/a", "town")
    ] == [
        "小规模纳税人",
        "否",
        "王五 1",
        "镇街内容",
    ]
