"""What was written about an enterprise is told with what stood there before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

from desktop.workspace.enterprises import changes, joining, recording
from desktop.workspace.journal.model import Stamp
from desktop.workspace.words import EMPTY

from .firms import STAMP, add


def later(hours: int) -> Stamp:
    return replace(STAMP, at=STAMP.at + timedelta(hours=hours), by=f"使用人{hours}")


def test_each_change_is_told_newest_first(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂")
    recording.edit(db, key, {"figure/employees/2025-12-31": 86, "fact/hiring": True}, later(1))
    recording.edit(db, key, {"figure/employees/2025-12-31": 90}, later(2))
    recording.edit(db, key, {"fact/hiring": None}, later(3))
    told = changes.changes(db, key)
    figures = [(one.before, one.after, one.by) for one in told if one.field == "从业人员（2025-12-31）"]
    assert figures == [("86", "90", "使用人2"), (EMPTY, "86", "使用人1")]
    assert (told[0].before, told[0].after) == ("是", EMPTY)
    assert (told[-1].field, told[-1].before, told[-1].after) == ("企业名称", EMPTY, "甲厂")


def test_what_was_merged_is_told_too(db: sqlite3.Connection) -> None:
    first, second = add(db, "甲厂"), add(db, "甲厂有限公司")
    joining.merge(db, first, second, later(1))
    told = changes.changes(db, second)
    assert [one.after for one in told if one.field == "并入"] == ["甲厂"]
    assert {one.after for one in told if one.field == "企业名称"} == {"甲厂", "甲厂有限公司"}
