"""Searching the history: held against the whole history, filtered in Python."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Found, Scope, Sought
from desktop.workspace.items import changes, checklist, notes
from desktop.workspace.items.model import Change
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2

PEOPLE = ("张三", "李四", "王五")


@pytest.fixture(autouse=True)
def told(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Enter things on ten days, by three people, for three items; take one back; write a note."""
    for step in range(60):
        key = (FINANCE_1, FINANCE_2, TAX_2)[step % 3]
        field = ("progress", "owner", "problems", "next_step")[step % 4]
        at = NOON + timedelta(days=step // 6)
        source = "命令行" if step % 7 == 0 else "录入"
        checklist.edit(
            db, catalogue, key, {field: f"第{step}次"}, by=PEOPLE[step % len(PEOPLE)], source=source, at=at
        )
    undo.undo(db, catalogue, search.page(db, Scope())[0].id, by="李四", at=NOON + timedelta(days=11))
    notes.set_note(db, catalogue, FINANCE_1.measure_key, "批注", by="张三", at=NOON)


def oracle(db: sqlite3.Connection, scope: Scope, sought: Sought) -> list[Change]:
    def fits(change: Change) -> bool:
        day = datetime.fromisoformat(change.at).date()
        return (
            (not scope.unit_key or change.key.unit_key == scope.unit_key)
            and (not scope.measure_key or change.key.measure_key == scope.measure_key)
            and (sought.first is None or day >= sought.first)
            and (sought.last is None or day <= sought.last)
            and (not sought.person or change.by == sought.person)
            and (not sought.source or change.source == sought.source)
            and (not sought.field or change.field == sought.field)
        )

    kept = changes.select(db, "true", set_aside=True)
    return [change for change in kept if change.key.unit_key and fits(change)]


SCOPES = (Scope(), Scope(FINANCE_1.unit_key), Scope.item(FINANCE_2), Scope("无此单位"))
DAY = NOON.date()
SOUGHT = (
    Sought(),
    Sought(first=DAY + timedelta(days=3)),
    Sought(last=DAY + timedelta(days=3)),
    Sought(first=DAY + timedelta(days=2), last=DAY + timedelta(days=2)),
    Sought(first=date(2030, 1, 1)),
    Sought(person="李四"),
    Sought(person="没有此人"),
    Sought(source="命令行"),
    Sought(source="撤销"),
    Sought(field="owner"),
    Sought(DAY, DAY + timedelta(days=8), "王五", "录入", "problems"),
)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("sought", SOUGHT)
def test_finds_what_a_filter_of_the_whole_history_finds(db, scope, sought):
    found = search.page(db, scope, sought)
    assert found == oracle(db, scope, sought)
    assert search.count(db, scope, sought) == len(found)
    assert list(Found(db, scope, sought)) == found
    taken = [change for change in found if change.adopted]
    assert list(Found(db, scope, sought, set_aside=False)) == taken


def test_a_long_history_is_read_in_pieces_while_others_write(db, catalogue, monkeypatch):
    monkeypatch.setattr(search, "_PIECE", 7)
    expected = search.page(db, Scope())
    found = []
    for change in Found(db):
        found.append(change)
        checklist.edit(db, catalogue, TAX_2, {"owner": f"另{len(found)}"}, by="张三", source="录入", at=NOON)
    assert found == expected


def test_the_newest_of_each_item_is_what_its_own_history_begins_with(db):
    newest = {key: search.page(db, Scope.item(key), limit=1)[0] for key in (FINANCE_1, FINANCE_2, TAX_2)}
    assert undo.last_of_each(db) == newest


@pytest.mark.parametrize("last", [date.max, date(9999, 12, 30)])
def test_a_last_day_at_the_end_of_all_days_finds_everything(db, last):
    assert search.page(db, Scope(), Sought(last=last)) == search.page(db, Scope())


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_give_the_whole_without_gap_and_without_repetition(db, limit):
    sought, pages, before = Sought(first=DAY + timedelta(days=1)), [], 0
    while page := search.page(db, Scope(), sought, limit=limit, before=before):
        pages += page
        before = page[-1].id
    assert pages == oracle(db, Scope(), sought)


def test_people_of_a_scope_are_told(db):
    assert set(search.people(db, Scope())) == set(PEOPLE)
    assert search.people(db, Scope.item(FINANCE_1)) == ("张三",)
    assert search.people(db, Scope("无此单位")) == ()


def test_notes_on_measures_are_no_unit_s_history(db):
    assert all(change.field != "note" for change in search.page(db, Scope()))


def test_what_was_taken_back_later_is_told_of_a_page_that_does_not_hold_the_undo(db):
    undo, undone = search.page(db, Scope(), limit=2)
    assert undo.undoes == undone.id
    assert search.undone(db, [undone]) == {undone.id}
    assert search.undone(db, search.page(db, Scope(), before=undone.id)) == set()
    assert search.undone(db, []) == set()


def test_what_a_workbook_said_and_was_not_taken_is_found(db):
    with transaction(db):
        origin = changes.Origin("张三", changes.IMPORT, NOON)
        changes.set_aside(db, FINANCE_1, [("progress", "保留的", "回填的")], origin, "", 9)
    (found,) = search.page(db, Scope.item(FINANCE_1), Sought(source="导入"))
    assert (found.before, found.after, found.adopted) == ("保留的", "回填的", False)
