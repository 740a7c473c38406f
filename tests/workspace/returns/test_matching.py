"""Which workbooks and which of their rows are taken in, and on which base."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import rounds
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import NO_REVISION, Cell, Returned, ReturnedRow
from tests.workspace import books, sample
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter, row
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOBODY_4, TAX_2, TAX_3


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    return Counter(db, catalogue)


def _with(book: Returned, item: ItemKey, /, **fields: object) -> Returned:
    """Return the workbook with something about the row of ``item`` changed."""
    at = row(book, item)
    return replace(book, rows=(*book.rows[:at], replace(book.rows[at], **fields), *book.rows[at + 1 :]))


def _filled(counter: Counter) -> Returned:
    return books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}, FINANCE_2: {"progress": "二"}})


def _only(counter: Counter, book: Returned) -> Plan:
    (plan,) = counter.plan(book)
    return plan


# ---- the file


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"document_key": "another"}, "属于另一份措施文件，本程序收录的是〔2023〕3号"),
        ({"notice_number": "〔2023〕5号"}, "属于另一份发文（〔2023〕5号）"),
        ({"unit_key": "police"}, "看不出这是哪个责任单位的清单"),
        ({"round_key": "0" * 32}, "不是本工作库发出的"),
        ({"rows": ()}, "没有找到清单的任何一行"),
    ],
)
def test_a_workbook_from_elsewhere_is_refused_as_a_whole(counter: Counter, fields, said: str) -> None:
    before = counter.db.total_changes
    plan = _only(counter, replace(_filled(counter), **fields))
    assert (plan.state, plan.lines, plan.changed) == (FileState.REFUSED, (), 0)
    assert said in plan.reason
    receipt = counter.apply(plan)
    assert (receipt.id, receipt.files[0].state, counter.db.total_changes) == (0, FileState.REFUSED, before)


def test_a_round_that_did_not_ask_the_unit_is_no_way_in(counter: Counter) -> None:
    asked = rounds.new(
        counter.db, counter.catalogue, "补报", sample.TODAY, ("tax",), by="张三", at=sample.NOON
    )
    plan = _only(counter, replace(_filled(counter), round_key=asked.key))
    assert (plan.state, "没有向区财政局发出过清单" in plan.reason) == (FileState.REFUSED, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"notice_number": " 〔２０２３〕 3 号"},
        {"notice_number": "", "document_key": ""},
        {"unit_key": ""},
        {"path_name": "新建 工作表.xlsx", "program": "", "schema": 0},
    ],
)
def test_what_does_not_speak_against_it_does_not_matter(counter: Counter, fields) -> None:
    plan = _only(counter, replace(_filled(counter), **fields))
    assert (plan.state, plan.changed, plan.unit_key) == (FileState.ACCEPTED, 2, "finance")


def test_without_a_name_the_rows_must_be_of_one_unit(counter: Counter) -> None:
    mixed = replace(counter.blank(), unit_key="")
    mixed = replace(mixed, rows=(*mixed.rows, *counter.blank("tax").rows))
    assert _only(counter, mixed).state is FileState.REFUSED


def test_measures_without_a_unit_come_back_like_any_other(counter: Counter) -> None:
    book = books.fill(counter.blank(UNASSIGNED), {NOBODY_4: {"owner": "甲"}})
    counter.take(book)
    assert counter.values(NOBODY_4)["owner"] == "甲"


# ---- the rows


def test_the_order_of_the_rows_and_their_numbers_do_not_matter(counter: Counter) -> None:
    book = _filled(counter)
    shuffled = replace(book, rows=tuple(replace(each, row=90 - each.row) for each in reversed(book.rows)))
    counter.take(shuffled)
    assert (counter.values(FINANCE_1)["progress"], counter.values(FINANCE_2)["progress"]) == ("一", "二")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "一（已修改）"}, "措施原文被改动；措施原文不由填报单位修改"),
        ({"base_text_sha256": "0" * 64}, "按另一版本的措施原文填报"),
        ({"key": None}, "认不出这一行是哪条措施"),
        ({"key": TAX_3}, "这一行是区税务局的事项"),
        ({"key": ItemKey("finance", "m3")}, "措施数据中没有这个事项"),
        ({"key": ItemKey("police", "m1")}, "措施数据中没有这个事项"),
        ({"base_revision": 5}, "标明的版本比工作库中的还新"),
        ({"base": {"progress": "改过的基准"}}, "发出时内容与工作库中的不符"),
        ({"refused": "第8、9行是同一事项而内容不同"}, "第8、9行是同一事项而内容不同"),
    ],
)
def test_a_row_that_is_not_as_it_was_sent_is_refused_the_others_are_taken(
    counter: Counter, fields, said: str
) -> None:
    plan = _only(counter, _with(_filled(counter), FINANCE_1, **fields))
    ((at, reason),) = plan.refusals
    assert (at, said in reason) == (8, True), reason
    assert plan.state is FileState.ACCEPTED
    (refused,) = plan.rows_refused
    assert refused.values["progress"] == "一"
    (file,) = counter.apply(plan).files
    assert counter.values(FINANCE_2)["progress"] == "二"
    assert all(values["progress"] != "一" for values in counter.all_values().values())
    assert file.rows_refused == (refused,)


def test_what_stood_in_a_refused_row_is_in_the_history_of_its_item(counter: Counter) -> None:
    counter.take(_with(_filled(counter), FINANCE_1, text="改写"))
    assert counter.aside() == [(FINANCE_1, "progress", "", "一")]
    (change,) = search.page(counter.db, Scope.item(FINANCE_1))
    assert (change.file_name, change.adopted) == ("finance.xlsx", False)


def test_a_workbook_of_which_no_row_can_be_taken_is_refused(counter: Counter) -> None:
    book = _filled(counter)
    for key in (FINANCE_1, FINANCE_2):
        book = _with(book, key, text="改写")
    plan = _only(counter, book)
    assert (plan.state, plan.reason, len(plan.refusals)) == (
        FileState.REFUSED,
        "没有一行可以并入，原因见各行。",
        2,
    )
    assert counter.apply(plan).id == 0
    copies = counter.plan(book, replace(book, path_name="副本.xlsx"))
    assert [copy.state for copy in copies] == [FileState.REFUSED] * 2


@pytest.mark.parametrize("text", ["", " \n", "一 ", "一\n", "\u3000一"])
def test_space_around_the_text_and_a_text_covered_by_a_merge_do_no_harm(counter: Counter, text: str) -> None:
    plan = _only(counter, _with(_filled(counter), FINANCE_1, text=text))
    assert (plan.refusals, plan.changed) == ((), 2)


def test_full_and_half_width_are_the_same_text(db: sqlite3.Connection) -> None:
    counter = Counter(db, sample.catalogue({1: "1.对企业,给予补贴(1%以下)", 2: "二", 3: "三"}))
    book = _with(_filled(counter), FINANCE_1, text="1.对企业，给予补贴（1%以下）")
    assert _only(counter, book).refusals == ()
    assert _only(counter, _with(book, FINANCE_1, text="1.对企业，给予补贴（2%以下）")).refusals != ()


def test_the_same_row_twice_is_one_row_when_it_says_the_same(counter: Counter) -> None:
    book = _filled(counter)
    copied = replace(book, rows=(*book.rows, replace(book.rows[0], row=20)))
    assert (_only(counter, copied).refusals, _only(counter, copied).changed) == ((), 2)
    other = replace(book.rows[0], row=20, values={**book.rows[0].values, "progress": Cell("另", "另")})
    plan = _only(counter, replace(book, rows=(*book.rows, other)))
    assert plan.refusals == ((20, "与第8行是同一条措施，只取前一行"),)
    counter.apply(plan)
    assert counter.aside() == [(FINANCE_1, "progress", "一", "另")]


def test_a_column_that_is_gone_changes_nothing(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_1, owner="甲", status="推进中")
    book = _filled(counter)
    cells = {name: cell for name, cell in book.rows[0].values.items() if name not in ("owner", "status")}
    counter.take(_with(book, FINANCE_1, values=cells))
    values = counter.values(FINANCE_1)
    assert (values["owner"], values["status"], values["progress"]) == ("甲", "推进中", "一")


# ---- the base


def test_the_record_of_the_round_decides_what_was_sent_out(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_1, progress="发出时")
    counter.ask()
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    forged = _with(book, FINANCE_1, base={"progress": "伪造"})
    plan = _only(counter, forged)
    assert next((line.base, line.kind) for line in plan.lines if line.field == "progress") == (
        "发出时",
        "take",
    )
    enter(FINANCE_1, progress="之后改的")
    assert [line.field for line in _only(counter, _with(book, FINANCE_1, base={})).conflicts] == ["progress"]


def test_a_row_that_the_round_did_not_send_like_that_is_refused(counter: Counter, enter: Enter) -> None:
    counter.ask()
    enter(FINANCE_1, progress="之后改的")
    ((_, reason),) = _only(counter, books.fill(counter.blank(), {FINANCE_2: {"owner": "甲"}})).refusals
    assert "发出时内容与本轮次的记录不符" in reason


def _send_again(counter: Counter, round_key: str) -> None:
    items = checklist.items(counter.db, counter.catalogue, "finance", sample.TODAY)
    rounds.record_export(
        counter.db,
        counter.catalogue,
        round_key,
        "finance",
        items,
        file_name="二.xlsx",
        by="张三",
        at=sample.NOON,
    )


def test_a_workbook_sent_twice_in_a_round_may_come_back_in_either_form(
    counter: Counter, enter: Enter
) -> None:
    asked = counter.ask()
    first = books.fill(counter.blank(), {FINANCE_1: {"owner": "甲"}})
    enter(FINANCE_1, progress="补充")
    _send_again(counter, asked.key)
    second = books.fill(counter.blank(), {FINANCE_1: {"problems": "乙"}})
    assert [plan.state for plan in counter.plan(first, second)] == [FileState.ACCEPTED] * 2
    counter.take(second, first)
    values = counter.values(FINANCE_1)
    assert (values["owner"], values["problems"], values["progress"]) == ("甲", "乙", "补充")


def test_without_its_revision_a_row_is_held_against_what_was_sent_last(
    counter: Counter, enter: Enter
) -> None:
    enter(FINANCE_1, progress="第一次发出时")
    asked = counter.ask()
    enter(FINANCE_1, progress="发出时")
    _send_again(counter, asked.key)
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    plan = _only(counter, _with(book, FINANCE_1, base_revision=NO_REVISION, base={}))
    assert next((line.base, line.kind) for line in plan.lines if line.field == "progress") == (
        "发出时",
        "take",
    )


def test_a_workbook_of_no_round_says_itself_what_was_sent_out(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_1, progress="发出时", owner="甲")
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    enter(FINANCE_1, owner="乙")
    counter.take(book)
    assert (counter.values(FINANCE_1)["progress"], counter.values(FINANCE_1)["owner"]) == ("回填", "乙")


def test_an_older_workbook_without_values_is_held_against_the_history(counter: Counter, enter: Enter) -> None:
    enter(FINANCE_1, progress="发出时", owner="甲")
    book = books.fill(counter.blank(), {FINANCE_1: {"progress": "回填"}})
    book = _with(book, FINANCE_1, base={})
    assert _only(counter, book).changed == 1
    enter(FINANCE_1, owner="乙")
    enter(FINANCE_1, problems="丙")
    plan = _only(counter, book)
    assert (plan.changed, plan.conflicts) == (1, ())
    bases = {line.field: line.base for line in plan.lines if line.key == FINANCE_1}
    assert (bases["owner"], bases["progress"], bases["problems"]) == ("甲", "发出时", "")


def test_a_row_of_which_nothing_is_known_is_taken_only_where_nothing_stands(
    counter: Counter, enter: Enter
) -> None:
    book = _filled(counter)
    for key in (FINANCE_1, FINANCE_2):
        book = _with(book, key, base={}, base_revision=NO_REVISION)
    enter(FINANCE_2, owner="甲")
    plan = _only(counter, book)
    assert [line.kind for line in plan.lines if line.key == FINANCE_1 and line.field == "progress"] == [
        "take"
    ]
    assert [(line.field, line.base) for line in plan.conflicts] == [("progress", None)]


def test_rows_of_another_unit_pasted_in_are_refused(counter: Counter) -> None:
    pasted: ReturnedRow = replace(counter.blank("tax").rows[0], row=30)
    book = _filled(counter)
    plan = _only(counter, replace(book, rows=(*book.rows, pasted)))
    assert plan.refusals == ((30, "这一行是区税务局的事项，不是本单位的"),)
    counter.apply(plan)
    assert counter.values(TAX_2) == books.BLANK
