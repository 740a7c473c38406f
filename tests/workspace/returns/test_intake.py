from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, RuleError
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist, notes
from desktop.workspace.items.model import FIELD_NAMES
from desktop.workspace.returns import plans, receipts
from desktop.workspace.returns.receipts import FileState, ReceiptHead
from desktop.workspace.returns.returned import AddedRow, Cell
from desktop.workspace.returns.three_way import Choice
from tests.workspace import books
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TAX_3, TODAY

ASK_DONE = Cell("已办结", None, "是否为“已完成”？", "已完成")


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    made = Counter(db, catalogue)
    made.ask()
    return made


def test_the_preview_writes_nothing(counter: Counter) -> None:
    before = counter.db.total_changes
    (plan,) = counter.plan(books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}}))
    assert (plan.state, plan.reason, plan.changed, plan.unchanged) == (
        FileState.ACCEPTED,
        "",
        1,
        2 * len(FIELD_NAMES) - 1,
    )
    assert [(line.number, line.field, line.base, line.ours, line.theirs, line.kind) for line in plan.lines][
        list(FIELD_NAMES).index("progress")
    ] == (1, "progress", "", "", "一", "take")
    assert counter.db.total_changes == before


def test_what_was_filled_in_is_taken_and_tells_where_it_came_from(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_2, owner="甲")
    book = books.fill(
        counter.blank(), {FINANCE_1: {"status": "已完成", "progress": "一", "deadline": "长期"}}
    )
    book = replace(book, rows=book.rows[:1])
    receipt = counter.take(book)
    assert (receipt.id, receipt.by, receipt.at, receipt.undone_at) == (
        1,
        "张三",
        "2026-11-23T12:00:00+08:00",
        "",
    )
    (file,) = receipt.files
    assert (file.path_name, file.state, file.unit_key, file.round_key) == (
        "finance.xlsx",
        FileState.ACCEPTED,
        "finance",
        book.round_key,
    )
    assert (file.file_sha256, file.size, file.unchanged) == (
        book.file_sha256,
        4096,
        len(FIELD_NAMES) - 3,
    )
    assert [(change.field, change.before, change.after) for change in file.changes] == [
        ("status", "未启动", "已完成"),
        ("deadline", "", "长期"),
        ("progress", "", "一"),
    ]
    assert {(change.source, change.by, change.intake, change.file_name) for change in file.changes} == {
        ("导入", "张三", 1, "finance.xlsx")
    }
    assert tuple(reversed(search.page(counter.db, Scope.item(FINANCE_1)))) == file.changes
    assert checklist.item(counter.db, counter.catalogue, FINANCE_1, TODAY).entry.revision == 1
    assert receipts.receipt(counter.db, 1) == receipt
    assert receipts.receipts(counter.db) == (receipt,)
    assert counter.aside() == []


def test_what_was_changed_only_here_stays(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    enter(FINANCE_1, owner="本库")
    enter(FINANCE_2, owner="本库")
    counter.take(book)
    assert (counter.values(FINANCE_1)["owner"], counter.values(FINANCE_1)["progress"]) == ("本库", "回填")
    assert counter.values(FINANCE_2)["owner"] == "本库"
    assert counter.aside() == []


def _conflict(counter: Counter, enter: Enter) -> plans.Plan:
    """Return a plan with one conflict on 工作进展 and one change of 责任人."""
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填", "owner": "乙"}})
    enter(FINANCE_1, progress="本库")
    (plan,) = counter.plan(book)
    assert (plan.state, [line.field for line in plan.conflicts], plan.changed) == (
        FileState.CONFLICTS,
        ["progress"],
        1,
    )
    return plan


@pytest.mark.parametrize(
    ("choice", "value", "outcome", "aside"),
    [
        (Choice.UNDECIDED, "", "本库", ["回填"]),
        (Choice.OURS, "", "本库", ["回填"]),
        (Choice.THEIRS, "", "回填", []),
        (Choice.BOTH, "", "【本库原有】\n本库\n【区财政局回填】\n回填", []),
        (Choice.VALUE, "核实为3户", "核实为3户", ["回填"]),
    ],
)
def test_both_values_of_a_conflict_stay_in_the_history(
    counter: Counter, enter: Enter, choice: Choice, value: str, outcome: str, aside: list[str]
) -> None:
    plan = _conflict(counter, enter)
    decided = plans.decide(plan, plan.conflicts[0], choice, value)
    receipt = counter.apply(decided)
    assert counter.values(FINANCE_1)["progress"] == outcome
    assert counter.values(FINANCE_1)["owner"] == "乙"
    told = search.page(counter.db, Scope.item(FINANCE_1))
    assert [change.after for change in told if not change.adopted] == aside
    assert {"本库", "回填"} <= {text for change in told for text in (change.before, change.after)} | {
        part for change in told for part in change.after.splitlines()
    }
    (file,) = receipt.files
    assert file.state is (FileState.ACCEPTED if choice else FileState.CONFLICTS)
    (line,) = [line for line in file.lines if line.field == "progress"]
    assert (line.base, line.ours, line.theirs, line.choice, line.outcome) == (
        "",
        "本库",
        "回填",
        choice,
        outcome,
    )
    assert file.conflicts == (() if choice else (line,))


def test_what_was_not_taken_is_in_the_history_with_the_file_name(counter: Counter, enter: Enter) -> None:
    counter.apply(_conflict(counter, enter))
    newest = search.page(counter.db, Scope("finance"), limit=1)[0]
    assert (newest.adopted, newest.source, newest.file_name, newest.intake) == (
        False,
        "导入",
        "finance.xlsx",
        1,
    )
    with pytest.raises(RuleError, match="没有可撤销的改动"):
        undo.undo(counter.db, counter.catalogue, newest.id, by="", at=NOON)


def test_a_question_is_kept_open_and_its_words_are_kept(counter: Counter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"status": ASK_DONE, "owner": "乙"}})
    (plan,) = counter.plan(book)
    (line,) = plan.conflicts
    assert (plan.state, line.kind, line.question) == (FileState.CONFLICTS, "ask", "是否为“已完成”？")
    counter.apply(plan)
    assert (counter.values(FINANCE_1)["status"], counter.values(FINANCE_1)["owner"]) == ("未启动", "乙")
    assert counter.aside() == [(FINANCE_1, "status", "未启动", "已办结")]
    (again,) = counter.plan(book)
    receipt = counter.apply(plans.decide_all(again, Choice.THEIRS))
    assert counter.values(FINANCE_1)["status"] == "已完成"
    assert [change.field for change in receipt.files[0].changes] == ["status"]
    assert counter.plan(book)[0].state is FileState.UNCHANGED


def test_the_same_file_twice_changes_nothing_and_leaves_no_second_receipt(
    counter: Counter, enter: Enter
) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    counter.take(book)
    enter(FINANCE_1, progress="本库改回")
    before = counter.db.total_changes
    (plan,) = counter.plan(replace(book, path_name="副本.xlsx"))
    assert (plan.state, plan.changed, plan.conflicts) == (FileState.UNCHANGED, 0, ())
    assert plan.reason == "这个文件已于2026-11-23 12:00并入，没有重复并入。"
    receipt = counter.apply(plan)
    assert (receipt.id, receipt.files[0].state) == (0, FileState.UNCHANGED)
    assert counter.db.total_changes == before
    assert counter.values(FINANCE_1)["progress"] == "本库改回"


def test_the_same_plan_applied_twice_is_applied_once(counter: Counter, enter: Enter) -> None:
    plan = _conflict(counter, enter)
    counter.apply(plan)
    told = search.page(counter.db, Scope())
    counter.apply(plan)
    assert search.page(counter.db, Scope()) == told


def test_copies_in_one_import_are_taken_once(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    enter(FINANCE_1, progress="本库")
    first, second = counter.plan(book, replace(book, path_name="副本.xlsx"))
    assert (first.state, second.state) == (FileState.CONFLICTS, FileState.UNCHANGED)
    assert second.reason == "与“finance.xlsx”内容完全相同，没有重复并入。"
    receipt = counter.apply(first, second)
    assert [file.path_name for file in receipt.files] == ["finance.xlsx", "副本.xlsx"]
    assert counter.aside() == [(FINANCE_1, "progress", "本库", "回填")]
    assert [file.state for file in receipt.files] == [FileState.CONFLICTS, FileState.UNCHANGED]


def test_a_known_file_beside_a_new_one_brings_nothing_again(counter: Counter, enter: Enter) -> None:
    torn = _conflict(counter, enter)
    counter.apply(torn)
    told = search.page(counter.db, Scope("finance"))
    tax = books.fill(counter.blank("tax"), {TAX_3: {"progress": "三"}})
    receipt = counter.take(torn.file, tax)
    assert [file.state for file in receipt.files] == [FileState.CONFLICTS, FileState.ACCEPTED]
    assert receipt.files[0].lines == ()
    assert search.page(counter.db, Scope("finance")) == told
    assert counter.values(TAX_3)["progress"] == "三"


def test_a_conflict_can_be_decided_later_with_the_same_file(counter: Counter, enter: Enter) -> None:
    plan = _conflict(counter, enter)
    counter.apply(plan)
    (again,) = counter.plan(plan.file)
    assert (again.state, [line.field for line in again.conflicts]) == (FileState.CONFLICTS, ["progress"])
    receipt = counter.apply(plans.decide_all(again, Choice.THEIRS))
    assert (receipt.id, receipt.files[0].state) == (2, FileState.ACCEPTED)
    assert counter.values(FINANCE_1)["progress"] == "回填"
    assert len(counter.aside()) == 1
    assert counter.plan(plan.file)[0].state is FileState.UNCHANGED


def test_a_reason_waits_with_its_status_for_a_later_decision(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"status": "不适用", "reason": "无此业务"}})
    enter(FINANCE_1, status="推进中")
    counter.take(book)
    assert [(field, theirs) for _, field, _, theirs in counter.aside()] == [
        ("status", "不适用"),
        ("reason", "无此业务"),
    ]
    (again,) = counter.plan(book)
    counter.apply(plans.decide_all(again, Choice.THEIRS))
    assert (counter.values(FINANCE_1)["status"], counter.values(FINANCE_1)["reason"]) == (
        "不适用",
        "无此业务",
    )


def test_what_changed_here_since_the_preview_is_compared_anew(counter: Counter, enter: Enter) -> None:
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}, FINANCE_2: {"progress": "回填"}})
    (plan,) = counter.plan(book)
    enter(FINANCE_1, progress="刚填的")
    receipt = counter.apply(plan)
    assert (counter.values(FINANCE_1)["progress"], counter.values(FINANCE_2)["progress"]) == (
        "刚填的",
        "回填",
    )
    assert receipt.files[0].state is FileState.CONFLICTS
    assert counter.aside() == [(FINANCE_1, "progress", "刚填的", "回填")]


def test_a_change_can_be_declined(counter: Counter) -> None:
    (plan,) = counter.plan(books.fill(counter.blank(), {FINANCE_1: {"progress": "回填", "owner": "乙"}}))
    line = next(line for line in plan.lines if line.field == "progress")
    receipt = counter.apply(plans.decide(plan, line, Choice.OURS))
    assert (counter.values(FINANCE_1)["progress"], counter.values(FINANCE_1)["owner"]) == ("", "乙")
    assert receipt.files[0].state is FileState.ACCEPTED
    assert counter.aside() == [(FINANCE_1, "progress", "", "回填")]


def test_a_rule_that_a_row_breaks_keeps_only_what_breaks_it(counter: Counter) -> None:
    book = books.fill(
        counter.blank(), {FINANCE_1: {"status": "不适用", "progress": "一"}, FINANCE_2: {"owner": "乙"}}
    )
    (plan,) = counter.plan(book)
    assert (plan.state, plan.refusals) == (
        FileState.ACCEPTED,
        ((8, "状态：改为“不适用”须写明理由"),),
    )
    counter.apply(plan)
    assert (counter.values(FINANCE_1)["status"], counter.values(FINANCE_1)["progress"]) == ("未启动", "一")
    assert counter.values(FINANCE_2)["owner"] == "乙"
    assert counter.aside() == [(FINANCE_1, "status", "未启动", "不适用")]


def test_all_files_are_taken_in_together_or_none(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    finance = books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}})
    tax = books.fill(counter.blank("tax"), {TAX_2: {"progress": "二"}})
    planned = counter.plan(finance, tax)
    counter.db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON intake_files WHEN NEW.unit_key = 'tax'"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        counter.apply(*planned)
    assert counter.all_values() == dict.fromkeys(counter.all_values(), books.BLANK)
    assert (search.page(counter.db, Scope()), receipts.receipts(counter.db)) == ([], ())
    counter.db.execute("DROP TRIGGER full")
    receipt = counter.apply(*planned)
    assert (counter.values(FINANCE_1)["progress"], counter.values(TAX_2)["progress"]) == ("一", "二")
    assert [file.path_name for file in receipt.files] == ["finance.xlsx", "tax.xlsx"]


def test_two_workbooks_of_one_unit_give_the_same_in_either_order(
    db: sqlite3.Connection, catalogue: Catalogue, counter: Counter
) -> None:
    one = books.fill(counter.blank(), {FINANCE_1: {"progress": "一", "owner": "甲"}})
    two = books.fill(counter.blank(), {FINANCE_1: {"progress": "二", "problems": "乙"}})
    planned = counter.plan(one, two)
    assert sorted(plan.state for plan in planned) == [FileState.ACCEPTED, FileState.CONFLICTS]
    assert planned == tuple(reversed(counter.plan(two, one)))
    receipt = counter.apply(*planned)
    values = counter.values(FINANCE_1)
    assert (values["owner"], values["problems"]) == ("甲", "乙")
    assert {values["progress"], counter.aside()[0][3]} == {"一", "二"}
    assert [file.state for file in receipt.files] == [plan.state for plan in planned]


def test_a_refused_file_is_told_in_the_receipt_of_the_others(counter: Counter) -> None:
    broken = plans.refused("坏.xlsx", "文件已损坏，没有并入任何内容。", file_sha256="0" * 64, size=3)
    good = books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}})
    receipt = counter.apply(broken, *counter.plan(good))
    assert [(file.path_name, file.state, file.reason) for file in receipt.files] == [
        ("坏.xlsx", FileState.REFUSED, "文件已损坏，没有并入任何内容。"),
        ("finance.xlsx", FileState.ACCEPTED, ""),
    ]
    assert counter.apply(broken).id == 0
    assert len(receipts.receipts(counter.db)) == 1


def test_a_workbook_that_came_back_empty_counts_as_an_answer(counter: Counter) -> None:
    receipt = counter.take(counter.blank())
    assert (receipt.id, receipt.files[0].state, receipt.files[0].changes) == (1, FileState.UNCHANGED, ())
    assert receipt.files[0].unchanged == 2 * len(FIELD_NAMES)


def test_what_the_workbook_lacks_and_what_was_added_is_told(counter: Counter) -> None:
    book = replace(
        counter.blank(),
        added=(AddedRow(12, "新增一项：走访企业", FINANCE_2), AddedRow(13, "合计")),
        missing=(FINANCE_1,),
        notes=("有隐藏的行。",),
    )
    book = replace(book, rows=book.rows[1:])
    (file,) = counter.take(book).files
    assert (file.added, file.missing, file.notes) == (book.added, (FINANCE_1,), ("有隐藏的行。",))
    assert notes.note(counter.db, "m2") == ""


def test_an_added_row_can_be_kept_as_a_note_and_taken_back(counter: Counter) -> None:
    notes.set_note(counter.db, counter.catalogue, "m2", "问财政局", "张三", NOON)
    book = replace(counter.blank(), added=(AddedRow(12, "走访企业", FINANCE_2), AddedRow(13, "合计")))
    (plan,) = counter.plan(book)
    assert plan.state is FileState.UNCHANGED
    kept = plans.keep_added(plans.keep_added(plan, plan.added[0], True), plan.added[1], True)
    receipt = counter.apply(kept)
    assert notes.note(counter.db, "m2") == "问财政局\n【区财政局回填时增加】走访企业"
    assert [added.keep for added in receipt.files[0].added] == [True, False]
    assert [change.field for change in receipt.files[0].changes] == ["note"]
    counter.undo()
    assert notes.note(counter.db, "m2") == "问财政局"


def test_an_added_row_that_finds_no_room_stays_in_the_receipt(counter: Counter) -> None:
    notes.set_note(counter.db, counter.catalogue, "m2", "字" * 9_990, "张三", NOON)
    (plan,) = counter.plan(replace(counter.blank(), added=(AddedRow(12, "走访企业", FINANCE_2),)))
    (file,) = counter.apply(plans.keep_added(plan, plan.added[0], True)).files
    assert (file.added[0].keep, file.added[0].text) == (False, "走访企业")
    assert notes.note(counter.db, "m2") == "字" * 9_990


# ---- undo


def test_the_list_of_imports_tells_in_figures_what_each_receipt_tells(counter: Counter, enter: Enter) -> None:
    counter.apply(_conflict(counter, enter))
    counter.undo()
    broken = plans.refused("坏.xlsx", "文件已损坏，没有并入任何内容。", file_sha256="0" * 64, size=3)
    counter.apply(
        broken, *counter.plan(books.fill(counter.blank("tax"), {TAX_2: {"progress": "一", "owner": "乙"}}))
    )
    kept = receipts.receipts(counter.db)
    assert receipts.heads(counter.db) == tuple(ReceiptHead.of(one) for one in kept)
    newest, oldest = receipts.heads(counter.db)
    assert (newest.files, newest.refused, newest.changed, newest.conflicts) == (2, 1, 2, 0)
    assert (oldest.files, oldest.changed, bool(oldest.undone_at)) == (1, 1, True)
    assert oldest.conflicts == 0  # of what was taken back nobody need choose on anything


def test_a_decision_that_outlives_its_import_does_not_shut_the_file_out(
    counter: Counter, enter: Enter
) -> None:
    plan = _conflict(counter, enter)
    counter.apply(plan)
    counter.apply(plans.decide_all(counter.plan(plan.file)[0], Choice.THEIRS))
    counter.undo(1)
    assert (counter.values(FINANCE_1)["owner"], counter.values(FINANCE_1)["progress"]) == ("", "回填")
    counter.take(plan.file)
    assert (counter.values(FINANCE_1)["owner"], counter.values(FINANCE_1)["progress"]) == ("乙", "回填")


def test_an_unknown_receipt_is_told(counter: Counter) -> None:
    with pytest.raises(KnownError, match="没有编号为9的并入回执"):
        receipts.receipt(counter.db, 9)


def test_a_late_answer_is_taken_and_told(counter: Counter) -> None:
    (plan,) = counter.plan(counter.blank(), today=TODAY + timedelta(days=1))
    assert plan.notes == ("“第一季度”的反馈时限是2026-11-23，属逾期反馈。",)


def test_a_workbook_of_a_former_round_is_taken_by_its_own_base_and_told(counter: Counter) -> None:
    old = books.fill(counter.blank(), {FINANCE_1: {"progress": "旧", "owner": "甲"}})
    counter.ask("第二季度")
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "新"}}))
    (plan,) = counter.plan(old)
    assert "较新的“第二季度”轮次已并入" in plan.notes[0]
    assert [line.field for line in plan.conflicts] == ["progress"]
    counter.apply(plan)
    assert (counter.values(FINANCE_1)["progress"], counter.values(FINANCE_1)["owner"]) == ("新", "甲")
