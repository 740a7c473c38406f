from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue, load
from desktop.catalogue.store import open_catalogue
from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist, deadline, entries, settings
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import Entry, ItemKey, Light, Status
from tests.workspace import sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOBODY_4, NOON, TAX_2, TODAY


def test_a_new_workspace_shows_every_item_untouched(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    rows = checklist.items(db, catalogue, "finance", TODAY)
    assert [(row.key, row.number, row.title, row.category, row.position) for row in rows] == [
        (FINANCE_1, 1, "第1项", "一、资金支持", 1),
        (FINANCE_2, 2, "第2项", "一、资金支持", 1),
    ]
    assert {row.entry for row in rows} == {Entry()}
    assert {row.light for row in rows} == {Light.GREY}
    unassigned = checklist.items(db, catalogue, UNASSIGNED, TODAY)
    assert [(row.key, row.position) for row in unassigned] == [(NOBODY_4, 0)]


def test_an_edit_is_what_the_checklist_shows(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    made = enter(FINANCE_1, status="推进中", deadline="2026-12-01", owner="王五", progress="已受理\n12户")
    assert [(change.field, change.before, change.after) for change in made] == [
        ("status", "未启动", "推进中"),
        ("deadline", "", "2026-12-01"),
        ("owner", "", "王五"),
        ("progress", "", "已受理\n12户"),
    ]
    row = checklist.item(db, catalogue, FINANCE_1, TODAY)
    assert row.entry == Entry(
        status=Status.UNDER_WAY,
        deadline=deadline.on(date(2026, 12, 1)),
        owner="王五",
        progress="已受理\n12户",
        revision=1,
        updated_at="2026-11-23T12:00:00+08:00",
    )
    assert row.light is Light.YELLOW
    assert checklist.items(db, catalogue, "finance", TODAY)[0] == row
    assert checklist.item(db, catalogue, TAX_2, TODAY).entry == Entry()


def test_each_edit_that_changes_something_raises_the_revision(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲", progress="一")
    assert enter(FINANCE_1, owner="甲") == ()
    assert enter(FINANCE_1) == ()
    enter(FINANCE_1, owner="乙")
    enter(FINANCE_1, owner="乙二", session="s")
    enter(FINANCE_1, owner="乙二三", session="s")
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.revision == 4


@pytest.mark.parametrize(
    "values",
    [
        {"owner": "甲", "status": "已销号"},
        {"owner": "甲", "status": "不适用"},
        {"owner": "甲", "deadline": "2026-02-30"},
        {"owner": "甲", "phone": "1"},
        {"owner": "甲" * 201, "progress": "一"},
        {"owner": "甲", "reason": "无"},
    ],
)
def test_an_edit_that_breaks_a_rule_changes_nothing_at_all(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter, values: dict[str, str]
) -> None:
    with pytest.raises(RuleError, match="没有改动任何内容"):
        enter(FINANCE_1, **values)
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry == Entry()
    assert search.page(db, Scope.item(FINANCE_1)) == []
    assert not db.in_transaction


def test_done_and_closed_cannot_be_claimed_and_confirmed_in_one_edit(enter: Enter) -> None:
    enter(FINANCE_1, status="推进中")
    with pytest.raises(RuleError, match="已销号"):
        enter(FINANCE_1, status="已销号", progress="完成并确认")
    enter(FINANCE_1, status="已完成")
    (change,) = enter(FINANCE_1, by="李四", status="已销号")
    assert (change.before, change.after) == ("已完成", "已销号")


@pytest.mark.parametrize(
    "key", [ItemKey("finance", "m3"), ItemKey("police", "m1"), ItemKey("finance", "m9"), ItemKey("", "m1")]
)
def test_an_item_that_the_catalogue_does_not_have_is_refused(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter, key: ItemKey
) -> None:
    with pytest.raises(RuleError, match="没有这个事项"):
        enter(key, owner="甲")
    with pytest.raises(RuleError, match="没有这个事项"):
        checklist.item(db, catalogue, key, TODAY)


def test_every_item_comes_unit_by_unit(db: sqlite3.Connection, catalogue: Catalogue, enter: Enter) -> None:
    enter(TAX_2, owner="甲")
    rows = checklist.every_item(db, catalogue, TODAY)
    assert [row.key for row in rows] == list(sample.EVERY_KEY)
    assert [row.entry.owner for row in rows] == ["", "", "甲", "", ""]


def test_near_days_come_from_the_settings(db: sqlite3.Connection, catalogue: Catalogue, enter: Enter) -> None:
    enter(FINANCE_1, deadline=(TODAY + timedelta(days=20)).isoformat())
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).light is Light.GREEN
    settings.put(db, "near_days", "20")
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).light is Light.YELLOW
    assert checklist.items(db, catalogue, "finance", TODAY)[0].light is Light.YELLOW
    assert checklist.every_item(db, catalogue, TODAY)[0].light is Light.YELLOW


def test_a_list_costs_three_queries_however_long(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    for key in sample.EVERY_KEY:
        enter(key, owner="甲")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    checklist.every_item(db, catalogue, TODAY)
    checklist.items(db, catalogue, "finance", TODAY)
    db.set_trace_callback(None)
    assert len(asked) == 6


def test_a_row_whose_measure_is_gone_stays_visible(db: sqlite3.Connection, enter: Enter) -> None:
    enter(FINANCE_1, owner="甲", deadline="2026-11-01")
    enter(TAX_2, owner="乙")
    newer = sample.catalogue({2: "二", 3: "三"}, duties=(FINANCE_2, sample.TAX_3))
    rows = checklist.every_item(db, newer, TODAY)
    assert [(row.key, row.orphaned) for row in rows] == [
        (FINANCE_2, False),
        (sample.TAX_3, False),
        (FINANCE_1, True),
        (TAX_2, True),
    ]
    gone = checklist.items(db, newer, "finance", TODAY)[-1]
    assert gone == rows[2] == checklist.item(db, newer, FINANCE_1, TODAY)
    assert (gone.number, gone.title, gone.position, gone.entry.owner) == (0, "第1项", 0, "甲")
    assert gone.light is Light.RED
    with pytest.raises(RuleError, match="仍保留在工作库中"):
        checklist.edit(db, newer, FINANCE_1, {"owner": "丙"}, by="", source="录入", at=NOON)


def test_an_entry_made_for_another_text_says_so_until_it_is_edited(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    assert not checklist.item(db, catalogue, FINANCE_1, TODAY).text_changed
    revised = replace(catalogue.measure("m1"), title="第1项（修订）", text_sha256="0" * 64)
    newer = replace(catalogue, measures=(revised, *catalogue.measures[1:]))
    assert [row.text_changed for row in checklist.items(db, newer, "finance", TODAY)] == [True, False]
    checklist.edit(db, newer, FINANCE_1, {"owner": "乙"}, by="", source="录入", at=NOON)
    assert not checklist.item(db, newer, FINANCE_1, TODAY).text_changed
    assert db.execute("SELECT measure_title, text_sha256 FROM entries").fetchall() == [
        (revised.title, revised.text_sha256)
    ]
    assert db.execute("SELECT text_sha256 FROM changes ORDER BY id").fetchall() == [
        (catalogue.measure("m1").text_sha256,),
        (revised.text_sha256,),
    ]


def test_a_time_without_offset_is_taken_as_local(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    naive = datetime(2026, 11, 23, 12, 0, 30, 999)
    (change,) = checklist.edit(db, catalogue, FINANCE_1, {"owner": "甲"}, by="", source="录入", at=naive)
    assert datetime.fromisoformat(change.at) == naive.astimezone().replace(microsecond=0)


def test_the_real_notice_gives_63_duties_and_4_measures_of_nobody(db: sqlite3.Connection) -> None:
    with closing(open_catalogue()) as measures:
        real = load(measures)
    rows = checklist.every_item(db, real, TODAY)
    assert len(rows) == 67
    units = list(dict.fromkeys(row.key.unit_key for row in rows))
    assert units == [unit.key for unit in real.checklist_units()]
    assert [row.number for row in rows if row.key.unit_key == UNASSIGNED] == [29, 30, 31, 32]
    for unit in units:
        assert checklist.items(db, real, unit, TODAY) == [row for row in rows if row.key.unit_key == unit]


@pytest.mark.parametrize("status", Status)
def test_each_status_can_be_kept(db: sqlite3.Connection, catalogue: Catalogue, status: Status) -> None:
    measure = checklist.measure_of(catalogue, FINANCE_1)
    with transaction(db):
        entries.keep(db, FINANCE_1, measure, values_of(Entry(status)), 1, NOON.isoformat())
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.status is status


def test_what_is_late_is_what_is_late_of_every_item(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, status="推进中", deadline="2026-11-01")
    enter(FINANCE_2, status="推进中", deadline="2026-12-31")
    enter(NOBODY_4, deadline="2026-10-01")
    enter(TAX_2, status="已完成", deadline="2026-10-01")
    every = checklist.every_item(db, catalogue, TODAY)
    late = checklist.late_items(db, catalogue, TODAY)
    assert {row.key for row in late} == {FINANCE_1, NOBODY_4}
    assert sorted(late, key=str) == sorted((row for row in every if row.light is Light.RED), key=str)


def test_what_is_late_without_its_measure_is_late_as_well(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, status="推进中", deadline="2026-11-01")
    without = replace(catalogue, measures=catalogue.measures[1:])
    (late,) = checklist.late_items(db, without, TODAY)
    assert late.orphaned
    assert late in checklist.every_item(db, without, TODAY)
