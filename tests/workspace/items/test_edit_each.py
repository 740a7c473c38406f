"""One edit for many items: 责任人变更, deadlines for chosen rows."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.workspace.history import search, steps, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import checklist
from desktop.workspace.items.deadline import LONG_TERM
from desktop.workspace.items.model import Change, ItemKey
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOBODY_4, NOON, TAX_2, TODAY


def _owners(db: sqlite3.Connection, catalogue: Catalogue) -> list[str]:
    return [item.entry.owner for item in checklist.every_item(db, catalogue, TODAY)]


def _hand_over(db: sqlite3.Connection, catalogue: Catalogue, unit_key: str, owner: str) -> tuple[Change, ...]:
    return checklist.hand_over(db, catalogue, unit_key, owner, by="张三", source="录入", at=NOON)


def test_a_hand_over_gives_all_items_of_a_unit_to_one_person(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲", progress="一")
    enter(TAX_2, owner="丙")
    made = _hand_over(db, catalogue, "finance", "乙")
    assert [(change.key, change.field, change.before, change.after) for change in made] == [
        (FINANCE_1, "owner", "甲", "乙"),
        (FINANCE_2, "owner", "", "乙"),
    ]
    assert _owners(db, catalogue) == ["乙", "乙", "丙", "", ""]
    assert _hand_over(db, catalogue, "finance", "乙") == ()
    assert [change.key for change in _hand_over(db, catalogue, UNASSIGNED, "丁")] == [NOBODY_4]


@pytest.mark.parametrize("which", [0, 1])
def test_a_hand_over_is_undone_as_one_from_any_of_its_changes(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter, which: int
) -> None:
    enter(FINANCE_1, owner="甲")
    made = _hand_over(db, catalogue, "finance", "乙")
    assert steps.last_undoable(db, Kind.ITEMS) == made[-1]
    back = undo.undo(db, catalogue, made[which].id, by="李四", at=NOON)
    assert {(change.key, change.after, change.undoes) for change in back} == {
        (FINANCE_1, "甲", made[0].id),
        (FINANCE_2, "", made[1].id),
    }
    forth = undo.undo(db, catalogue, back[which].id, by="李四", at=NOON)
    assert {(change.key, change.after) for change in forth} == {(FINANCE_1, "乙"), (FINANCE_2, "乙")}


def test_a_hand_over_is_undone_whole_or_not_at_all(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    made = _hand_over(db, catalogue, "finance", "乙")
    enter(FINANCE_2, owner="丙")
    with pytest.raises(RuleError, match="“责任人”在这之后又改过"):
        undo.undo(db, catalogue, made[0].id, by="李四", at=NOON)
    assert _owners(db, catalogue)[:2] == ["乙", "丙"]


def test_a_deadline_is_set_for_the_chosen_rows(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    chosen = (FINANCE_2, TAX_2, FINANCE_2)
    made = checklist.edit_each(db, catalogue, chosen, {"deadline": "长期"}, by="张三", source="录入", at=NOON)
    assert [change.key for change in made] == [FINANCE_2, TAX_2]
    deadlines = {item.key: item.entry.deadline for item in checklist.every_item(db, catalogue, TODAY)}
    assert [key for key, deadline in deadlines.items() if deadline == LONG_TERM] == [FINANCE_2, TAX_2]


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ((FINANCE_1, ItemKey("finance", "m3")), {"owner": "甲"}),
        ((FINANCE_1, FINANCE_2), {"deadline": "明天"}),
        ((FINANCE_1, FINANCE_2), {"status": "不适用"}),
    ],
)
def test_what_one_item_refuses_changes_none(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter, keys, values: dict[str, str]
) -> None:
    before = db.total_changes
    with pytest.raises(RuleError):
        checklist.edit_each(db, catalogue, keys, values, by="张三", source="录入", at=NOON)
    assert db.total_changes == before or search.page(db, Scope()) == []
    assert _owners(db, catalogue) == [""] * 5
