"""Several workbooks of one import: what one leaves, and what another says of the same cell; one left out."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.returns import plans, receipts, rounds
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import Returned
from desktop.workspace.returns.three_way import Choice, FieldOutcome
from tests.workspace import books
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, TODAY


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    made = Counter(db, catalogue)
    made.ask()
    return made


def two(counter: Counter, one: dict[str, str], other: dict[str, str]) -> tuple[Plan, Plan]:
    """Return the plans of two workbooks of a unit, in the order in which they are taken in."""
    made = counter.plan(
        books.fill(counter.blank(), {FINANCE_1: one}),
        replace(books.fill(counter.blank(), {FINANCE_1: other}), path_name="再报.xlsx"),
    )
    first, second = plans.in_order(counter.db, made)
    return made[first], made[second]


def line(plan: Plan, field: str = "progress"):
    (found,) = [each for each in plan.lines if (each.key, each.field) == (FINANCE_1, field)]
    return found


def test_the_second_names_the_first_beside_what_the_workspace_holds(counter: Counter, enter: Enter) -> None:
    first, second = two(counter, {"progress": "甲"}, {"progress": "乙"})
    assert (line(first).kind, line(first).here, line(first).other) == (FieldOutcome.TAKE, "", "")
    asked = line(second)
    assert (asked.kind, asked.here, asked.other) == (FieldOutcome.CONFLICT, "", first.file.path_name)
    assert {asked.ours, asked.theirs} == {"甲", "乙"}
    assert counter.values(FINANCE_1)["progress"] == ""


def test_the_receipt_keeps_whose_answer_it_was(counter: Counter) -> None:
    first, second = two(counter, {"progress": "甲"}, {"progress": "乙"})
    made = counter.apply(first, plans.decide(second, line(second), Choice.BOTH))
    (kept,) = receipts.receipt(counter.db, made.id).files[1].lines
    assert (kept.here, kept.ours, kept.other) == ("", line(second).ours, first.file.path_name)
    assert counter.values(FINANCE_1)["progress"] == (
        f"【区财政局另一份回填】\n{line(second).ours}\n【区财政局回填】\n{line(second).theirs}"
    )


def test_the_same_answer_twice_is_not_asked_about(counter: Counter) -> None:
    first, second = two(counter, {"progress": "甲"}, {"progress": "甲", "owner": "李"})
    assert (first.conflicts, second.conflicts) == ((), ())


def test_a_choice_on_the_first_is_what_the_second_is_compared_with(counter: Counter) -> None:
    first, second = two(counter, {"progress": "甲"}, {"progress": "乙"})
    declined = plans.decide(first, line(first), Choice.OURS)
    _, alone = plans.together(counter.db, (declined, second), counter.by)
    assert (line(alone).kind, line(alone).other, alone.conflicts) == (FieldOutcome.TAKE, "", ())
    filled = plans.decide(first, line(first), Choice.VALUE, "丙")
    _, beside = plans.together(counter.db, (filled, second), counter.by)
    assert (line(beside).ours, line(beside).other) == ("丙", first.file.path_name)


def test_a_claim_of_one_workbook_is_not_confirmed_by_the_next(counter: Counter) -> None:
    claims = books.fill(counter.blank(), {FINANCE_1: {"status": "已完成"}})
    closes = books.fill(counter.blank(), {FINANCE_1: {"status": "已销号"}})
    for made in (counter.plan(claims, closes), counter.plan(closes, claims)):
        assert [line(plan, "status").outcome for plan in made].count("已销号") == 0
        counter.apply(*made)
        assert counter.values(FINANCE_1)["status"] == "已完成"
        counter.undo()


# ---- left out


def test_a_workbook_left_out_brings_nothing_and_is_named(counter: Counter) -> None:
    first, second = two(counter, {"progress": "甲"}, {"progress": "乙"})
    made = plans.together(counter.db, (plans.leave_out(first), second), counter.by)
    assert (made[0].tells, made[0].changed, made[1].conflicts) == (False, 0, ())
    receipt = counter.apply(*made)
    assert [(file.left_out, file.state, file.reason) for file in receipt.files] == [
        (True, FileState.REFUSED, plans.LEFT_OUT),
        (False, FileState.ACCEPTED, ""),
    ]
    assert receipts.receipt(counter.db, receipt.id) == receipt
    assert counter.values(FINANCE_1)["progress"] == line(second).theirs
    assert counter.aside() == []
    (again,) = counter.plan(first.file)
    assert (again.known, again.state) == ("", FileState.CONFLICTS)  # it was not taken in


def test_alone_it_leaves_no_receipt_and_no_answer(counter: Counter) -> None:
    (plan,) = counter.plan(books.fill(counter.blank(), {FINANCE_1: {"progress": "甲"}}))
    assert counter.apply(plans.leave_out(plan)).id == 0
    asked = rounds.find(counter.db)
    assert "finance" in rounds.standing(counter.db, asked, TODAY).missing


def test_taken_up_again_its_choices_are_still_there(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "甲"}, FINANCE_2: {"owner": "乙"}})
    enter(FINANCE_1, progress="本库")
    (plan,) = counter.plan(book)
    chosen = plans.decide(plan, line(plan), Choice.THEIRS)
    assert plans.take_up(plans.leave_out(chosen)) == chosen


def test_a_copy_takes_the_place_of_the_one_left_out(counter: Counter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "甲"}})
    copy: Returned = replace(book, path_name="副本.xlsx")
    first, second = counter.plan(book, copy)
    assert (second.twin, second.lines) == ("finance.xlsx", ())
    first, second = plans.together(counter.db, (plans.leave_out(first), second), counter.by)
    assert (second.twin, second.changed) == ("", 1)
    first, second = plans.together(counter.db, (plans.take_up(first), second), counter.by)
    assert (first.changed, second.twin) == (1, "finance.xlsx")
