"""What an edit did, in one line."""

from __future__ import annotations

import sqlite3

from desktop.catalogue.query import Catalogue
from desktop.workspace.history.told import told
from desktop.workspace.items import checklist, notes
from tests.workspace import sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2


def test_one_change_is_told_with_what_stood_before_and_after(catalogue: Catalogue, enter: Enter) -> None:
    made = enter(FINANCE_1, status="推进中")
    assert told(catalogue, made) == "区财政局第1条的状态由“未启动”改为“推进中”"
    made = enter(FINANCE_1, deadline="2026-06-30")
    assert told(catalogue, made) == "区财政局第1条的完成时限由（空）改为“2026-06-30”"
    made = enter(FINANCE_1, progress="已受理十二户企业申请，\n正在逐户核实材料")
    assert told(catalogue, made) == "区财政局第1条的工作进展由（空）改为“已受理十二户企业申请， 正在逐…”"


def test_several_changes_are_told_by_their_place_and_fields(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    made = enter(FINANCE_1, status="不适用", reason="无此业务")
    assert told(catalogue, made) == "区财政局第1条的状态、不适用理由"

    def owners(*keys: sample.ItemKey) -> str:
        made = checklist.edit_each(
            db, catalogue, keys, {"owner": f"{len(keys)}人"}, by="张三", source="录入", at=NOON
        )
        return told(catalogue, made)

    assert owners(FINANCE_1, FINANCE_2) == "区财政局 2 项的责任人"
    assert owners(FINANCE_1, FINANCE_2, TAX_2) == "2 个单位 3 项的责任人"
    assert told(catalogue, ()) == "（没有改动）"


def test_a_note_and_a_measure_that_is_gone_are_told_too(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    made = notes.set_note(db, catalogue, "m3", "问区税务局", "张三", NOON)
    assert told(catalogue, made) == "第3条的批注由（空）改为“问区税务局”"
    made = enter(FINANCE_1, owner="甲")
    newer = sample.catalogue({2: "二", 3: "三"}, duties=(FINANCE_2, TAX_2))
    assert "现行措施库中已无此项" in told(newer, made)
