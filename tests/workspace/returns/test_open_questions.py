"""What an import left open is decided on without the workbook, and stands in the history as what it said."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.file import backup, store
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist
from desktop.workspace.returns import open_questions, plans, receipts, reversal, rounds
from desktop.workspace.returns.open_questions import OpenScope
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import Cell
from desktop.workspace.returns.three_way import Choice, FieldOutcome
from desktop.workspace.safety import restore
from tests.workspace import books, sample
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_3

Enter = Callable[..., None]
ASKED = Cell("已办结", None, "是否为“已完成”？", "已完成")


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    made = Counter(db, catalogue)
    made.ask()
    return made


@pytest.fixture
def torn(counter: Counter, enter: Enter) -> Counter:
    """Return a counter that took in a workbook with a conflict and a question, and one with a conflict."""
    finance = books.fill(
        counter.blank(), {FINANCE_1: {"progress": "回填", "owner": "甲"}, FINANCE_2: {"status": ASKED}}
    )
    tax = books.fill(counter.blank("tax"), {TAX_3: {"progress": "三"}})
    enter(FINANCE_1, progress="本库")
    enter(TAX_3, progress="税")
    counter.take(finance, tax)
    return counter


def again(counter: Counter, scope: OpenScope = open_questions.EVERYTHING) -> tuple[plans.Plan, ...]:
    return open_questions.plan_again(counter.db, counter.catalogue, scope, by=counter.by)


def take(counter: Counter, *made: plans.Plan) -> receipts.Receipt:
    return counter.apply(*made)


def test_what_was_left_open_is_asked_again_as_the_workbook_said_it(torn: Counter) -> None:
    finance, tax = again(torn)
    assert (finance.file.path_name, tax.file.path_name) == ("finance.xlsx", "tax.xlsx")
    assert (finance.state, finance.unchanged, finance.tells) == (FileState.CONFLICTS, 0, False)
    assert [(line.field, line.kind, line.base, line.ours, line.theirs) for line in finance.conflicts] == [
        ("progress", FieldOutcome.CONFLICT, "", "本库", "回填"),
        ("status", FieldOutcome.ASK, "未启动", "未启动", "已办结"),
    ]
    assert finance.conflicts[1].question == ASKED.question
    assert "第1号导入" in finance.notes[0]
    assert [line.key for line in tax.conflicts] == [TAX_3]


def test_it_is_one_edit_with_its_receipt_and_the_workbook_as_its_source(torn: Counter) -> None:
    finance, tax = again(torn)
    decided = plans.decide_all(finance, Choice.THEIRS)
    receipt = take(torn, decided, tax)
    assert [file.path_name for file in receipt.files] == ["finance.xlsx"]  # nothing was chosen on the other
    assert [(change.field, change.after) for change in receipt.files[0].changes] == [
        ("progress", "回填"),
        ("status", "已完成"),
    ]
    (told, *_) = search.page(torn.db, Scope.item(FINANCE_1))
    assert (told.source, told.file_name, told.intake, told.adopted) == (
        "导入",
        "finance.xlsx",
        receipt.id,
        True,
    )
    assert open_questions.count(torn.db) == 1
    assert [line.key for plan in again(torn) for line in plan.conflicts] == [TAX_3]
    assert rounds.standing(torn.db, rounds.find(torn.db), sample.TODAY).conflicting == ("tax",)


@pytest.mark.parametrize(
    ("choice", "value", "progress"),
    [
        (Choice.OURS, "", "本库"),
        (Choice.THEIRS, "", "回填"),
        (Choice.BOTH, "", "【本库原有】\n本库\n【区财政局回填】\n回填"),
        (Choice.VALUE, "另填", "另填"),
    ],
)
def test_each_choice_settles_it_for_good(torn: Counter, choice: Choice, value: str, progress: str) -> None:
    (finance, _) = again(torn, OpenScope())
    receipt = take(torn, plans.decide(finance, finance.conflicts[0], choice, value))
    assert torn.values(FINANCE_1)["progress"] == progress
    assert [line.choice for line in receipt.files[0].lines] == [choice]
    assert [line.field for line in again(torn)[0].conflicts] == ["status"]


def test_nothing_chosen_leaves_nothing_behind(torn: Counter) -> None:
    assert take(torn, *again(torn)).id == 0
    assert len(receipts.receipts(torn.db)) == 1


def test_taken_back_it_is_open_again_and_with_its_import_it_is_gone(torn: Counter) -> None:
    take(torn, *(plans.decide_all(plan, Choice.THEIRS) for plan in again(torn)))
    assert open_questions.count(torn.db) == 0
    torn.undo()
    assert open_questions.count(torn.db) == 3
    assert torn.values(FINANCE_1)["progress"] == "本库"
    torn.undo(1)
    assert again(torn) == ()


def test_its_import_can_go_back_and_come_again_meanwhile(torn: Counter) -> None:
    take(torn, plans.decide_all(again(torn)[0], Choice.THEIRS))
    torn.undo(1)
    assert torn.values(FINANCE_1)["owner"] == ""
    reversal.redo(torn.db, torn.catalogue, 1, by="李四", at=NOON)
    assert (torn.values(FINANCE_1)["owner"], torn.values(FINANCE_1)["progress"]) == ("甲", "回填")
    assert [line.key for plan in again(torn) for line in plan.conflicts] == [TAX_3]


def test_the_scopes(torn: Counter, enter: Enter) -> None:
    db, key = torn.db, rounds.find(torn.db).key
    torn.ask("第二季度")
    later = books.fill(torn.blank("tax"), {TAX_3: {"owner": "乙"}})
    enter(TAX_3, owner="丙")
    torn.take(later)
    counted = {
        scope: open_questions.count(db, scope)
        for scope in (
            OpenScope(),
            OpenScope(1),
            OpenScope(2),
            OpenScope(round_key=key),
            OpenScope(round_key="没有"),
            OpenScope(unit_key="tax"),
            OpenScope(files=(later.file_sha256,)),
            OpenScope(1, unit_key="tax"),
        )
    }
    assert list(counted.values()) == [4, 3, 1, 3, 0, 2, 1, 1]


def test_a_receipt_tells_what_is_still_open(torn: Counter) -> None:
    def counted() -> list[int]:
        (first,) = [one for one in receipts.receipts(torn.db) if one.id == 1]
        return [len(file.conflicts) for file in first.files]

    assert counted() == [2, 1]
    (finance, _) = again(torn)
    take(torn, plans.decide(finance, finance.conflicts[0], Choice.OURS))
    assert counted() == [1, 1]
    assert sum(len(file.conflicts) for file in receipts.receipt(torn.db, 2).files) == 0
    torn.undo(1)
    assert counted() == [0, 0]


def test_what_was_filled_in_by_hand_since_is_settled(torn: Counter, enter: Enter) -> None:
    enter(FINANCE_1, progress="核实后填的")
    assert [line.field for line in again(torn)[0].conflicts] == ["status"]


def test_it_is_compared_with_what_stands_here_when_it_is_written(torn: Counter, enter: Enter) -> None:
    decided = plans.decide_all(again(torn)[0], Choice.THEIRS)
    enter(FINANCE_1, progress="这时又改了")
    take(torn, decided)
    assert torn.values(FINANCE_1)["progress"] == "这时又改了"  # chosen on other facts
    assert torn.values(FINANCE_2)["status"] == "已完成"


def test_a_reason_waits_for_its_status(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"status": "不适用", "reason": "无此业务"}})
    enter(FINANCE_1, status="推进中")
    counter.take(book)
    (plan,) = again(counter)
    assert [line.field for line in plan.conflicts] == ["status"]
    decided = plans.decide(plan, plan.conflicts[0], Choice.THEIRS)
    assert {line.field: line.outcome for line in decided.lines} == {"status": "不适用", "reason": "无此业务"}
    take(counter, decided)
    assert (counter.values(FINANCE_1)["status"], counter.values(FINANCE_1)["reason"]) == (
        "不适用",
        "无此业务",
    )


def test_two_workbooks_that_left_the_same_cell_open_follow_on_one_another(
    counter: Counter, enter: Enter
) -> None:
    one = books.fill(counter.blank(), {FINANCE_1: {"progress": "甲"}})
    two = replace(books.fill(counter.blank(), {FINANCE_1: {"progress": "乙"}}), path_name="再报.xlsx")
    enter(FINANCE_1, progress="本库")
    counter.take(one, two)
    made = again(counter)
    assert [line.here for plan in made for line in plan.conflicts] == ["本库", "本库"]
    order = plans.in_order(counter.db, made)
    first, second = made[order[0]], made[order[1]]
    first = plans.decide_all(first, Choice.THEIRS)
    first, second = plans.together(counter.db, (first, second), counter.by)
    (line,) = second.conflicts
    assert (line.here, line.other) == ("本库", first.file.path_name)
    assert {line.ours, line.theirs} == {"甲", "乙"}


def test_what_belongs_to_no_item_any_more_is_told(torn: Counter) -> None:
    fewer = sample.catalogue(duties=(FINANCE_1, FINANCE_2))
    made = open_questions.plan_again(torn.db, fewer, OpenScope(unit_key="tax"), by="张三")
    (plan,) = made
    assert (plan.conflicts, plan.state, plan.tells) == ((), FileState.UNCHANGED, False)
    assert "不能再决定" in plan.notes[1]


def test_an_answer_to_another_text_of_the_measure_is_told(torn: Counter) -> None:
    reworded = sample.catalogue({1: "一", 2: "二", 3: "三，另行规定", 4: "四"})
    finance, tax = open_questions.plan_again(torn.db, reworded, by="张三")
    assert (len(finance.conflicts), tax.conflicts) == (2, ())
    assert "措施原文在导入之后变了" in tax.notes[1]


def test_what_was_kept_comes_back_with_a_backup(torn: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    before = [plan.conflicts for plan in again(torn)]
    kept = backup.save(torn.db, folder, backup.BY_HAND)
    take(torn, *(plans.decide_all(plan, Choice.THEIRS) for plan in again(torn)))
    assert open_questions.count(torn.db) == 0
    restore.into(torn.db, folder, kept.path, by="张三", at=NOON)
    assert [plan.conflicts for plan in again(torn)] == before
    take(torn, *(plans.decide_all(plan, Choice.THEIRS) for plan in again(torn)))
    assert torn.values(FINANCE_1)["progress"] == "回填"


def test_what_an_earlier_release_left_open_can_be_decided(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parents[1] / "fixtures" / "workspace-8.db", tmp_path / store.DATABASE)
    with store.open_for_writing(tmp_path) as workspace:
        there = Counter(workspace.db, sample.catalogue())
        (plan,) = again(there)
        take(there, plans.decide_all(plan, Choice.THEIRS))
        assert there.values(plan.conflicts[0].key)["progress"] == "回填"
        assert checklist.every_item(workspace.db, sample.catalogue(), sample.TODAY)
