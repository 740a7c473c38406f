"""A whole import taken back, and taken in again."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.returns import plans, receipts, reversal
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice
from tests.workspace import books
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TAX_3


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    made = Counter(db, catalogue)
    made.ask()
    return made


def redo(counter: Counter, intake_id: int = 1) -> reversal.Undone:
    return reversal.redo(counter.db, counter.catalogue, intake_id, by="王五", at=NOON + timedelta(hours=2))


def test_a_whole_import_is_taken_back_as_one(counter: Counter, enter: Enter) -> None:
    enter(TAX_3, status="推进中")
    counter.ask("第二季度")
    before = counter.all_values()
    finance = books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "status": "已完成"}})
    tax = books.fill(counter.blank("tax"), {TAX_3: {"status": "不适用", "reason": "无此业务"}})
    receipt = counter.take(finance, tax)
    made = [change.id for file in receipt.files for change in file.changes]
    undone = counter.undo()
    assert (undone.intake_id, undone.kept) == (receipt.id, ())
    assert sorted(change.undoes for change in undone.changes) == sorted(made)
    assert {(change.source, change.by) for change in undone.changes} == {("撤销", "李四")}
    assert counter.all_values() == before
    kept = receipts.receipt(counter.db, receipt.id)
    assert (kept.undone_by, kept.undone_at) == ("李四", "2026-11-23T12:00:00+08:00")
    assert [file.changes for file in kept.files] == [file.changes for file in receipt.files]


def test_undoing_an_import_twice_undoes_it_once(counter: Counter) -> None:
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}}))
    counter.undo(1)
    before = counter.db.total_changes
    assert counter.undo(1) == reversal.Undone(1, (), ())
    assert counter.db.total_changes == before
    for missing in (0, 7):
        with pytest.raises(RuleError, match="没有可撤销的导入"):
            counter.undo(missing)


def test_without_an_id_the_newest_import_that_holds_is_taken_back(counter: Counter) -> None:
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}}))
    counter.take(books.fill(counter.blank("tax"), {TAX_2: {"progress": "二"}}))
    assert [counter.undo().intake_id, counter.undo().intake_id] == [2, 1]
    assert (counter.values(FINANCE_1)["progress"], counter.values(TAX_2)["progress"]) == ("", "")


def test_what_was_changed_since_stays_and_is_told(counter: Counter, enter: Enter) -> None:
    counter.take(
        books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "owner": "甲", "problems": "二"}})
    )
    enter(FINANCE_1, owner="乙")
    enter(FINANCE_1, problems="")
    undone = counter.undo()
    assert [change.field for change in undone.changes] == ["progress"]
    assert [(change.field, change.after) for change in undone.kept] == [("owner", "甲")]
    values = counter.values(FINANCE_1)
    assert (values["progress"], values["owner"], values["problems"]) == ("", "乙", "")


def test_one_row_taken_back_before_does_not_stand_in_the_way(counter: Counter) -> None:
    receipt = counter.take(
        books.fill(
            counter.blank(), {FINANCE_1: {"progress": "一", "owner": "甲"}, FINANCE_2: {"owner": "乙"}}
        )
    )
    first = receipt.files[0].changes[0]
    back = undo.undo(counter.db, counter.catalogue, first.id, by="李四", at=NOON)
    assert {change.field for change in back} == {"progress", "owner"}
    undone = counter.undo()
    assert ([change.key for change in undone.changes], undone.kept) == ([FINANCE_2], ())


def test_an_undone_import_can_be_taken_in_again(counter: Counter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}})
    counter.take(book)
    counter.undo()
    receipt = counter.take(book)
    assert (receipt.id, receipt.files[0].state) == (2, FileState.ACCEPTED)
    assert counter.values(FINANCE_1)["progress"] == "一"


def test_two_changes_of_one_field_in_one_import_go_back_to_the_beginning(counter: Counter) -> None:
    one = books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}})
    two = books.fill(counter.blank(), {FINANCE_1: {"progress": "二"}})
    planned = [plans.decide_all(plan, Choice.THEIRS) for plan in counter.plan(one, two)]
    counter.apply(*planned)
    assert len(search.page(counter.db, Scope.item(FINANCE_1))) == 2
    counter.undo()
    assert counter.values(FINANCE_1)["progress"] == ""


def test_status_and_reason_go_back_together_or_not_at_all(counter: Counter, enter: Enter) -> None:
    counter.take(
        books.fill(counter.blank(), {FINANCE_1: {"status": "不适用", "reason": "无此业务", "owner": "甲"}})
    )
    enter(FINANCE_1, reason="本区没有此业务")
    undone = counter.undo()
    assert [change.field for change in undone.changes] == ["owner"]
    assert {change.field for change in undone.kept} == {"status", "reason"}
    values = counter.values(FINANCE_1)
    assert (values["status"], values["reason"], values["owner"]) == ("不适用", "本区没有此业务", "")


def test_an_undo_of_an_import_does_not_confirm_anew(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_1, by="张三", status="已完成")
    enter(FINANCE_1, by="李四", status="已销号")
    counter.ask("第二季度")
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"status": "推进中"}}))
    enter(FINANCE_1, by="李四", status="已完成")
    enter(FINANCE_1, by="李四", status="推进中")
    undone = counter.undo()
    assert ([change.field for change in undone.kept], undone.changes) == (["status"], ())
    assert counter.values(FINANCE_1)["status"] == "推进中"


def test_an_import_of_items_that_are_gone_is_taken_back_as_far_as_it_goes(counter: Counter) -> None:
    from tests.workspace import sample

    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}, FINANCE_2: {"progress": "二"}}))
    newer = Counter(counter.db, sample.catalogue({2: "二", 3: "三"}, duties=(FINANCE_2, TAX_2)))
    undone = newer.undo()
    assert [change.key for change in undone.changes] == [FINANCE_2]
    assert [change.key for change in undone.kept] == [FINANCE_1]


def test_what_was_taken_back_is_taken_in_again_as_it_was(counter: Counter) -> None:
    counter.ask("第二季度")
    counter.take(
        books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "status": "已完成"}}),
        books.fill(counter.blank("tax"), {TAX_3: {"status": "不适用", "reason": "无此业务"}}),
    )
    taken = counter.all_values()
    back = counter.undo()
    again = redo(counter)
    assert (again.intake_id, again.kept) == (1, ())
    assert sorted(change.undoes for change in again.changes) == sorted(change.id for change in back.changes)
    assert {(change.source, change.by) for change in again.changes} == {("重做", "王五")}
    assert counter.all_values() == taken
    assert receipts.receipt(counter.db, 1).undone_at == ""
    assert redo(counter) == reversal.Undone(1, (), ())
    counter.undo()
    assert counter.values(FINANCE_1)["progress"] == ""
    assert redo(counter).kept == ()
    assert counter.all_values() == taken


def test_what_was_entered_after_the_taking_back_stays(counter: Counter, enter: Enter) -> None:
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "owner": "甲"}}))
    counter.undo()
    enter(FINANCE_1, owner="乙")
    again = redo(counter)
    assert [change.field for change in again.changes] == ["progress"]
    assert [change.field for change in again.kept] == ["owner"]
    assert counter.values(FINANCE_1)["owner"] == "乙"


def test_what_had_gone_back_alone_before_does_not_come_again(counter: Counter) -> None:
    receipt = counter.take(
        books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}, FINANCE_2: {"owner": "乙"}})
    )
    first = receipt.files[0].changes[0]
    undo.undo(counter.db, counter.catalogue, first.id, by="李四", at=NOON - timedelta(hours=1))
    counter.undo()
    assert [change.key for change in redo(counter).changes] == [FINANCE_2]
    assert counter.values(FINANCE_1)["progress"] == ""


def test_an_import_whose_workbook_was_taken_in_since_is_not_taken_in_twice(counter: Counter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}})
    counter.take(book)
    counter.undo()
    counter.take(book)
    before = counter.db.total_changes
    with pytest.raises(RuleError, match="在撤销之后又导入过"):
        redo(counter)
    assert counter.db.total_changes == before
    assert receipts.receipt(counter.db, 1).undone_at


def test_what_would_go_back_is_foreseen_and_nothing_of_it_stays(counter: Counter, enter: Enter) -> None:
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "owner": "甲"}}))
    enter(FINANCE_1, owner="乙")
    before = list(counter.db.iterdump())
    seen = reversal.foreseen(counter.db, counter.undo)
    assert list(counter.db.iterdump()) == before
    done = counter.undo()
    assert ([change.field for change in seen.changes], seen.kept) == (["progress"], done.kept)
    with pytest.raises(RuleError, match="没有可撤销的导入"):
        reversal.foreseen(counter.db, lambda: counter.undo(7))


def test_a_value_of_an_import_that_went_back_before_is_told_when_it_stands_again(counter: Counter) -> None:
    blank = counter.blank()
    counter.take(books.fill(blank, {FINANCE_1: {"progress": "一", "owner": "甲"}}))
    (later,) = counter.plan(books.fill(blank, {FINANCE_1: {"progress": "二"}}))
    counter.apply(plans.decide_all(later, Choice.THEIRS))
    assert [change.after for change in counter.undo(1).kept] == ["一"]
    undone = counter.undo(2)
    assert counter.values(FINANCE_1)["progress"] == "一"
    assert [(change.key, change.field, change.intake) for change in undone.older] == [
        (FINANCE_1, "progress", 1)
    ]


def test_a_value_of_an_import_that_holds_is_not_told(counter: Counter) -> None:
    blank = counter.blank()
    counter.take(books.fill(blank, {FINANCE_1: {"progress": "一"}}))
    (later,) = counter.plan(books.fill(blank, {FINANCE_1: {"progress": "二"}}))
    counter.apply(plans.decide_all(later, Choice.THEIRS))
    assert counter.undo(2).older == ()
