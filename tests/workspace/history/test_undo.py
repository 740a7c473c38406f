from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.workspace.history import search, steps
from desktop.workspace.history import undo as undoing
from desktop.workspace.history.search import Scope
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import changes, checklist, notes
from desktop.workspace.items.model import Change, Entry, ItemKey, Status
from tests.workspace import sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TODAY


class Undo:
    """Takes back and looks, on one workspace."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.db = db
        self.catalogue = catalogue

    def __call__(self, change: Change | int) -> tuple[Change, ...]:
        number = change if isinstance(change, int) else change.id
        return undoing.undo(self.db, self.catalogue, number, by="李四", at=NOON + timedelta(hours=1))

    def entry(self, key: ItemKey = FINANCE_1) -> Entry:
        return checklist.item(self.db, self.catalogue, key, TODAY).entry


@pytest.fixture
def undo(db: sqlite3.Connection, catalogue: Catalogue) -> Undo:
    return Undo(db, catalogue)


def test_history_is_newest_first_by_order_not_by_clock(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    for hours, owner in ((0, "甲"), (-5000, "乙"), (3, "丙")):
        at = NOON + timedelta(hours=hours)
        checklist.edit(db, catalogue, FINANCE_1, {"owner": owner}, by="张三", source="命令行", at=at)
    made = search.page(db, Scope.item(FINANCE_1))
    assert [(change.before, change.after) for change in made] == [("乙", "丙"), ("甲", "乙"), ("", "甲")]
    assert made[1].at < made[2].at
    assert {(change.by, change.source, change.field, change.undoes) for change in made} == {
        ("张三", "命令行", "owner", 0)
    }
    assert changes.newest(db) == made[0].id


def test_history_of_a_unit_holds_its_items_only(db: sqlite3.Connection, enter: Enter) -> None:
    assert changes.newest(db) == 0
    enter(FINANCE_1, owner="甲")
    enter(TAX_2, owner="乙")
    enter(FINANCE_2, owner="丙")
    assert [change.key for change in search.page(db, Scope("finance"))] == [FINANCE_2, FINANCE_1]
    assert [change.after for change in search.page(db, Scope.item(TAX_2))] == ["乙"]


def test_typing_on_in_a_session_is_one_change(db: sqlite3.Connection, enter: Enter) -> None:
    first = enter(FINANCE_1, session="s1", progress="已")
    enter(FINANCE_2, session="s1", progress="别项")
    grown = enter(FINANCE_1, session="s1", progress="已受理")
    assert [change.id for change in grown] == [change.id for change in first]
    enter(FINANCE_1, session="s1", problems="缺材料")
    enter(FINANCE_1, session="s1", progress="已受理12户")
    enter(FINANCE_1, session="s2", progress="已受理13户")
    enter(FINANCE_1, session="s1", progress="已受理14户")
    progress = [
        (change.before, change.after)
        for change in search.page(db, Scope.item(FINANCE_1))
        if change.field == "progress"
    ]
    assert progress == [("已受理13户", "已受理14户"), ("已受理12户", "已受理13户"), ("", "已受理12户")]


@pytest.mark.parametrize("other", [{"by": "李四"}, {"source": "命令行"}, {"session": ""}, {"session": "s2"}])
def test_only_the_same_person_source_and_session_goes_on(
    db: sqlite3.Connection, enter: Enter, other: dict[str, str]
) -> None:
    enter(FINANCE_1, session="s1", progress="一")
    enter(FINANCE_1, **{"session": "s1", "progress": "一二", **other})
    assert len(search.page(db, Scope.item(FINANCE_1))) == 2


def test_choices_never_melt_together_within_a_session(db: sqlite3.Connection, enter: Enter) -> None:
    for status in ("推进中", "已完成", "未启动"):
        enter(FINANCE_1, session="s", status=status)
    assert [change.after for change in search.page(db, Scope.item(FINANCE_1))] == [
        "未启动",
        "已完成",
        "推进中",
    ]


def test_an_edit_of_several_fields_stays_one_edit_within_a_session(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    enter(FINANCE_1, session="s", owner="甲")
    made = enter(FINANCE_1, session="s", owner="乙", progress="一")
    assert [(change.field, change.before, change.after) for change in made] == [
        ("owner", "甲", "乙"),
        ("progress", "", "一"),
    ]
    undo(made[1])
    assert (undo.entry().owner, undo.entry().progress) == ("甲", "")


def test_typing_back_to_the_start_leaves_no_change_to_see_or_undo(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    (typed,) = enter(FINANCE_1, session="s", owner="甲")
    enter(FINANCE_1, session="s", owner="")
    assert search.page(db, Scope.item(FINANCE_1)) == []
    assert steps.last_undoable(db, Kind.ITEMS) is None
    with pytest.raises(RuleError, match="没有可撤销的改动"):
        undo(typed)
    enter(FINANCE_1, session="s", owner="乙")
    assert [(change.id, change.after) for change in search.page(db, Scope.item(FINANCE_1))] == [
        (typed.id, "乙")
    ]


def test_an_edit_of_several_fields_is_undone_as_one(db: sqlite3.Connection, enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, owner="甲", progress="一")
    made = enter(FINANCE_1, status="不适用", reason="无此业务", owner="乙")
    back = undo(made[1])
    assert {(change.field, change.before, change.after) for change in back} == {
        ("status", "不适用", "未启动"),
        ("reason", "无此业务", ""),
        ("owner", "乙", "甲"),
    }
    assert {change.undoes for change in back} == {change.id for change in made}
    assert {(change.by, change.source, change.at) for change in back} == {
        ("李四", "撤销", "2026-11-23T13:00:00+08:00")
    }
    assert undo.entry() == Entry(owner="甲", progress="一", revision=3, updated_at=back[0].at)
    assert len(search.page(db, Scope.item(FINANCE_1))) == 8


def test_an_undo_can_be_undone(enter: Enter, undo: Undo) -> None:
    (made,) = enter(FINANCE_1, owner="甲")
    (back,) = undo(made)
    (forth,) = undo(back)
    assert (forth.before, forth.after, forth.undoes) == ("", "甲", back.id)
    assert undo.entry().owner == "甲"


def test_what_was_changed_since_is_not_undone(enter: Enter, undo: Undo) -> None:
    (first,) = enter(FINANCE_1, owner="甲")
    enter(FINANCE_1, owner="乙")
    with pytest.raises(RuleError, match="“责任人”在这之后又改过"):
        undo(first)
    made = enter(FINANCE_1, progress="一", problems="二")
    enter(FINANCE_1, problems="三")
    with pytest.raises(RuleError, match="“存在问题”在这之后又改过"):
        undo(made[0])
    assert (undo.entry().owner, undo.entry().progress) == ("乙", "一")


def test_there_is_nothing_to_undo_under_an_unknown_id(undo: Undo) -> None:
    with pytest.raises(RuleError, match="没有可撤销的改动"):
        undo(7)


def test_undoing_a_confirmation_leaves_the_claim(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, status="已完成")
    (closed,) = enter(FINANCE_1, by="李四", status="已销号")
    undo(closed)
    assert undo.entry().status is Status.DONE


def test_leaving_a_confirmed_state_by_mistake_can_be_undone_at_once(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, status="已完成")
    enter(FINANCE_1, by="李四", status="已销号")
    (slip,) = enter(FINANCE_1, status="推进中")
    enter(FINANCE_1, progress="补充")
    undo(slip)
    assert undo.entry().status is Status.CLOSED


def test_a_confirmed_state_does_not_come_back_by_undoing_an_old_step(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, status="已完成")
    enter(FINANCE_1, by="李四", status="已销号")
    (reopened,) = enter(FINANCE_1, status="推进中")
    enter(FINANCE_1, status="已完成")
    enter(FINANCE_1, status="推进中")
    with pytest.raises(RuleError, match="已销号"):
        undo(reopened)
    assert undo.entry().status is Status.UNDER_WAY


def test_leaving_not_applicable_and_undoing_it_brings_the_reason_back(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, status="不适用", reason="无此业务")
    made = enter(FINANCE_1, status="推进中")
    assert {change.field for change in made} == {"status", "reason"}
    undo(made[0])
    assert (undo.entry().status, undo.entry().reason) == (Status.NOT_APPLICABLE, "无此业务")


def test_leaving_not_applicable_within_the_typing_session_can_be_undone_too(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, session="s", status="不适用", reason="无")
    enter(FINANCE_1, session="s", reason="无此业务")
    made = enter(FINANCE_1, session="s", status="推进中")
    undo(made[0])
    assert (undo.entry().status, undo.entry().reason) == (Status.NOT_APPLICABLE, "无此业务")


def test_stepping_back_takes_the_newest_first_and_never_to_and_fro(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    (old,) = enter(TAX_2, owner="旧")
    enter(FINANCE_1, owner="甲")
    enter(FINANCE_2, status="不适用", reason="无此业务")
    enter(FINANCE_1, owner="乙")
    gone = []
    while (change := steps.last_undoable(db, Kind.ITEMS, after=old.id)) is not None:
        undo(change)
        gone.append((change.key, change.before))
    assert gone == [(FINANCE_1, "甲"), (FINANCE_2, ""), (FINANCE_1, "")]
    assert undo.entry().owner == ""
    assert undo.entry(FINANCE_2).status is Status.NOT_STARTED
    assert undo.entry(TAX_2).owner == "旧"
    assert steps.last_undoable(db, Kind.ITEMS) == old


def test_stepping_back_passes_over_an_edit_that_was_partly_changed_since(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    (first,) = enter(TAX_2, owner="一")
    enter(FINANCE_1, owner="甲", progress="一")
    (later,) = enter(FINANCE_1, progress="二")
    enter(FINANCE_1, progress="三")
    with pytest.raises(RuleError):
        undo(later)
    db.execute("UPDATE entries SET progress = '别处改的' WHERE unit_key = 'finance'")
    assert steps.last_undoable(db, Kind.ITEMS) == first


def test_an_undo_never_breaks_a_rule_even_where_another_tool_has_been(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    (made,) = enter(FINANCE_1, status="推进中")
    db.execute("UPDATE entries SET reason = '别处写的'")
    with pytest.raises(RuleError, match="只有状态为“不适用”"):
        undo(made)
    assert undo.entry().status is Status.UNDER_WAY


def test_an_orphan_is_not_undone(db: sqlite3.Connection, enter: Enter) -> None:
    (made,) = enter(FINANCE_1, owner="甲")
    newer = sample.catalogue(duties=(FINANCE_2,))
    with pytest.raises(RuleError, match="没有这个事项"):
        undoing.undo(db, newer, made.id, by="", at=NOON)


def test_a_note_is_undone_like_any_other_change(
    db: sqlite3.Connection, catalogue: Catalogue, undo: Undo
) -> None:
    (first,) = notes.set_note(db, catalogue, "m3", "问税务局", "张三", NOON)
    (second,) = notes.set_note(db, catalogue, "m3", "问区税务局", "张三", NOON)
    with pytest.raises(RuleError, match="“批注”在这之后又改过"):
        undo(first)
    assert steps.last_undoable(db, Kind.NOTES) == second
    assert steps.last_undoable(db, Kind.ITEMS) is None
    undo(second)
    assert notes.note(db, "m3") == "问税务局"
    undo(first)
    assert notes.note(db, "m3") == ""
    assert len(changes.select(db, "unit_key = ? AND measure_key = ?", notes.NO_UNIT, "m3")) == 4
    assert search.page(db, Scope("tax")) == []


def test_the_file_itself_refuses_to_lose_or_rewrite_history(db: sqlite3.Connection, enter: Enter) -> None:
    enter(FINANCE_1, owner="甲")
    for statement in (
        "DELETE FROM changes",
        "UPDATE changes SET before = '乙'",
        "UPDATE changes SET person = '乙'",
        "UPDATE changes SET id = 9",
        "UPDATE changes SET adopted = 0",
        "UPDATE changes SET intake_file = 9",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            db.execute(statement)
    assert [change.before for change in search.page(db, Scope.item(FINANCE_1))] == [""]


def test_what_was_put_again_can_be_taken_back_from_its_first_change(
    db: sqlite3.Connection, enter: Enter, undo: Undo
) -> None:
    (made,) = enter(FINANCE_1, owner="甲")
    (back,) = undo(made)
    assert search.undone(db, [made, back]) == {made.id}
    (again,) = undo(back)
    assert (again.source, search.undone(db, [made, back, again])) == ("重做", {back.id})
    (back_again,) = undo(made)
    assert (back_again.source, back_again.undoes) == ("撤销", again.id)
    assert search.undone(db, [made, back, again]) == {made.id, again.id}
    assert undo.entry().owner == ""


def test_a_confirmation_taken_back_is_put_again_by_whoever(enter: Enter, undo: Undo) -> None:
    enter(FINANCE_1, by="张三", status="已完成")
    (closed,) = enter(FINANCE_1, by="李四", status="已销号")
    (back,) = undo(closed)
    assert undo.entry().status is Status.DONE
    undo(back)
    assert undo.entry().status is Status.CLOSED
