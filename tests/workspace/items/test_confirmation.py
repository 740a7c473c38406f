"""销号 is for someone else than the one who claimed 已完成, as the history tells it."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.workspace.history import undo as undoing
from desktop.workspace.items import checklist, confirmation
from desktop.workspace.items.model import Change, Status
from desktop.workspace.returns import intake, plans, receipts, three_way
from desktop.workspace.returns.returned import Cell
from tests.workspace import books, sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TODAY


def _status(db: sqlite3.Connection, catalogue: Catalogue) -> Status:
    return checklist.item(db, catalogue, FINANCE_1, TODAY).entry.status


def _import(
    db: sqlite3.Connection, catalogue: Catalogue, status: str, by: str = "张三", **more: str
) -> receipts.Receipt:
    book = books.fill(books.blank(db, catalogue, "finance"), {FINANCE_1: {"status": status, **more}})
    made = plans.plan(db, catalogue, book, TODAY, by=by)
    return intake.apply(db, catalogue, [made], by=by, at=NOON)


@pytest.mark.parametrize("status", ["未启动", "推进中"])
def test_only_what_is_done_can_be_closed(enter: Enter, status: str) -> None:
    enter(FINANCE_1, owner="甲", status=status)
    with pytest.raises(RuleError, match="不能直接改为“已销号”"):
        enter(FINANCE_1, by="李四", status="已销号")


def test_what_does_not_apply_cannot_be_closed(enter: Enter) -> None:
    enter(FINANCE_1, status="不适用", reason="无此业务")
    with pytest.raises(RuleError, match="不能直接改为“已销号”"):
        enter(FINANCE_1, by="李四", status="已销号", reason="")


@pytest.mark.parametrize("name", ["张三", " 张三", "张 三", "张三\u3000"])
def test_nobody_confirms_their_own_claim_however_the_name_is_typed(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter, name: str
) -> None:
    enter(FINANCE_1, status="已完成")
    for source in ("录入", "命令行"):
        with pytest.raises(RuleError, match="“已完成”是张三填报的，销号须由另一人确认") as refused:
            enter(FINANCE_1, by=name, source=source, status="已销号", progress="已核实")
        assert "本机使用人" in refused.value.hint
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.progress == ""
    enter(FINANCE_1, by="李四", status="已销号")
    assert _status(db, catalogue) is Status.CLOSED


def test_what_is_closed_can_be_edited_on_by_anyone(enter: Enter) -> None:
    enter(FINANCE_1, status="已完成")
    enter(FINANCE_1, by="李四", status="已销号")
    (change,) = enter(FINANCE_1, status="已销号", progress="补充")
    assert change.field == "progress"


def test_the_newest_claim_counts(enter: Enter) -> None:
    enter(FINANCE_1, status="已完成")
    enter(FINANCE_1, by="李四", status="推进中")
    enter(FINANCE_1, by="李四", status="已完成")
    with pytest.raises(RuleError, match="是李四填报的"):
        enter(FINANCE_1, by="李四", status="已销号")
    enter(FINANCE_1, by="张三", status="已销号")


def test_an_undo_is_no_claim(db: sqlite3.Connection, catalogue: Catalogue, enter: Enter) -> None:
    def undo(change: Change, by: str) -> Change:
        return undoing.undo(db, catalogue, change.id, by=by, at=NOON)[0]

    (claimed,) = enter(FINANCE_1, by="张三", status="已完成")
    (closed,) = enter(FINANCE_1, by="李四", status="已销号")
    undo(closed, "王五")
    assert confirmation.claim(db, FINANCE_1) == claimed
    with pytest.raises(RuleError, match="是张三填报的"):
        enter(FINANCE_1, by="张三", status="已销号")
    (back,) = enter(FINANCE_1, by="李四", status="推进中")
    (second,) = enter(FINANCE_1, by="李四", status="已完成")
    undo(second, "王五")
    undo(back, "王五")
    assert confirmation.claim(db, FINANCE_1) == claimed
    forth = undo(undo(claimed, "王五"), "赵六")
    assert (forth.after, confirmation.claim(db, FINANCE_1)) == ("已完成", claimed)
    enter(FINANCE_1, by="李四", status="已销号")


def test_an_undo_does_not_confirm_either(db: sqlite3.Connection, catalogue: Catalogue, enter: Enter) -> None:
    """张三 cannot get at 已销号 by taking back an old step that left it, after claiming anew."""
    enter(FINANCE_1, by="张三", status="已完成")
    enter(FINANCE_1, by="李四", status="已销号")
    (reopened,) = enter(FINANCE_1, by="李四", status="已完成")
    enter(FINANCE_1, by="李四", status="推进中")
    enter(FINANCE_1, by="张三", status="已完成")
    with pytest.raises(RuleError, match="是张三填报的"):
        undoing.undo(db, catalogue, reopened.id, by="张三", at=NOON)
    undoing.undo(db, catalogue, reopened.id, by="李四", at=NOON)
    assert _status(db, catalogue) is Status.CLOSED


def test_in_a_workbook_it_is_the_unit_that_claims(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    _import(db, catalogue, "已完成", by="张三")
    receipt = _import(db, catalogue, "已销号", by="李四")
    (line,) = receipt.files[0].lines
    assert (line.kind, line.reason) == ("refused", "“已完成”是该单位自己回填的，不能再由该单位的工作簿销号")
    assert _status(db, catalogue) is Status.DONE
    enter(FINANCE_1, by="张三", status="已销号")


def test_a_workbook_cannot_confirm_what_the_importer_typed(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, by="张三", status="已完成")
    receipt = _import(db, catalogue, "已销号", by="张三", owner="王五")
    (file,) = receipt.files
    assert [(line.field, line.kind) for line in file.lines if line.kind != "take"] == [("status", "refused")]
    assert [change.field for change in file.changes] == ["owner"]
    assert _status(db, catalogue) is Status.DONE
    _import(db, catalogue, "已销号", by="李四", owner="赵六")
    assert _status(db, catalogue) is Status.CLOSED


def test_a_workbook_cannot_close_what_is_not_done(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    receipt = _import(db, catalogue, "已销号", progress="全部完成")
    (file,) = receipt.files
    refused = [line for line in file.lines if line.kind == "refused"]
    assert [(line.field, line.reason) for line in refused] == [
        ("status", "当前状态是“未启动”，不能直接改为“已销号”")
    ]
    entry = checklist.item(db, catalogue, FINANCE_1, TODAY).entry
    assert (entry.status, entry.progress) == (Status.NOT_STARTED, "全部完成")


def test_a_word_that_seems_to_mean_closed_is_no_way_around(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    asked = Cell("销号", None, "是否为“已销号”？", "已销号")
    book = books.fill(books.blank(db, catalogue, "finance"), {FINANCE_1: {"status": asked}})
    made = plans.plan(db, catalogue, book, TODAY, by="张三")
    assert made.refusals == ((8, "状态：当前状态是“未启动”，不能直接改为“已销号”"),)
    intake.apply(db, catalogue, [plans.decide_all(made, three_way.Choice.THEIRS)], by="张三", at=NOON)
    assert _status(db, catalogue) is Status.NOT_STARTED


def test_a_claim_that_the_history_does_not_know_can_be_confirmed(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, status="推进中")
    db.execute("UPDATE entries SET status = '已完成'")
    enter(FINANCE_1, by="张三", status="已销号")


def test_many_items_are_closed_together_or_none_of_them(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, by="李四", status="已完成")
    enter(FINANCE_2, by="张三", status="已完成")
    values = {"status": "已销号"}
    with pytest.raises(RuleError, match="是张三填报的"):
        checklist.edit_each(
            db, catalogue, (FINANCE_1, FINANCE_2), values, by="张三", source="录入", at=sample.NOON
        )
    assert _status(db, catalogue) is Status.DONE
