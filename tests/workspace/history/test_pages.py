"""A long history is read page by page, by its indexes."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Scope, Sought
from desktop.workspace.items import checklist, notes
from desktop.workspace.items.model import Change
from tests.workspace import books
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2


@pytest.fixture
def told(db: sqlite3.Connection, catalogue: Catalogue, enter: Enter) -> list[Change]:
    """Return the history of 区财政局, newest first: typed, by command, imported, set aside, taken back."""
    counter = Counter(db, catalogue)
    for number in range(6):
        enter((FINANCE_1, FINANCE_2, TAX_2)[number % 3], owner=f"经办{number}")
    counter.ask()
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "problems": "回填"}})
    enter(FINANCE_1, problems="本库", source="命令行")
    counter.take(book)
    counter.undo()
    notes.set_note(db, catalogue, "m1", "批注", "张三", NOON)
    return search.page(db, Scope("finance"))


def test_the_pages_put_together_are_the_whole(db: sqlite3.Connection, told: list[Change]) -> None:
    assert len(told) == 8
    assert [change.id for change in told] == sorted((change.id for change in told), reverse=True)
    for size in (1, 3, 8, 100):
        pages: list[Change] = []
        while page := search.page(db, Scope("finance"), limit=size, before=pages[-1].id if pages else 0):
            assert len(page) <= size
            pages += page
        assert pages == told


def test_an_item_and_everything_are_read_in_the_same_way(db: sqlite3.Connection, told: list[Change]) -> None:
    own = [change for change in told if change.key == FINANCE_1]
    assert search.page(db, Scope.item(FINANCE_1)) == own
    assert search.page(db, Scope.item(FINANCE_1), limit=2, before=own[0].id) == own[1:3]
    everything = search.page(db, Scope())
    assert [change for change in everything if change.key.unit_key == "finance"] == told
    assert search.page(db, Scope(), limit=2, before=everything[3].id) == everything[4:6]
    assert "note" not in {change.field for change in everything}


@pytest.mark.parametrize("source", ["录入", "命令行", "导入", "撤销", "别的"])
def test_a_source_can_be_singled_out(db: sqlite3.Connection, told: list[Change], source: str) -> None:
    chosen = [change for change in told if change.source == source]
    assert search.page(db, Scope("finance"), Sought(source=source)) == chosen
    assert search.page(db, Scope("finance"), Sought(source=source), limit=1) == chosen[:1]
    assert {change.source for change in told} == {"录入", "命令行", "导入", "撤销"}


def test_what_was_not_taken_is_told_and_counts_nowhere_else(
    db: sqlite3.Connection, told: list[Change]
) -> None:
    (aside,) = [change for change in told if not change.adopted]
    assert (aside.field, aside.before, aside.after) == ("problems", "本库", "回填")
    assert aside not in undo.last_of_each(db).values()
    assert aside not in undo.since(db, NOON.date())


def test_the_last_change_of_each_item(db: sqlite3.Connection, told: list[Change]) -> None:
    last = undo.last_of_each(db)
    assert set(last) == {FINANCE_1, FINANCE_2, TAX_2}
    for key, change in last.items():
        assert change == next(each for each in search.page(db, Scope.item(key)) if each.adopted)


def test_what_was_changed_since_a_day(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    for days in (0, 1, -3):
        checklist.edit(
            db,
            catalogue,
            TAX_2,
            {"owner": f"{days}"},
            by="",
            source="录入",
            at=NOON.replace(hour=0, minute=0) + timedelta(days=days),
        )
    assert [change.after for change in undo.since(db, NOON.date())] == ["1", "0"]
    assert len(list(undo.since(db, date(2026, 1, 1)))) == 3


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda db: search.page(db, Scope("finance"), limit=50, before=9), "changes_of_unit"),
        (lambda db: search.page(db, Scope.item(FINANCE_1), limit=50), "changes_of_item"),
        (lambda db: search.page(db, Scope(), limit=50), ""),
    ],
)
def test_a_page_is_found_by_an_index_and_never_sorted(db: sqlite3.Connection, read, index: str) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    read(db)
    db.set_trace_callback(None)
    (statement,) = asked
    plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert index in plan
    assert "TEMP B-TREE" not in plan
