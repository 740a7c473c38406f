"""A list of enterprises, planned row by row and taken in as one edit."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from desktop.errors import RuleError
from desktop.workspace.enterprises import enterprises, intake, joining, recording
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.intake import FirmAsks, FirmChoice, FirmLine, FirmPlan, LineAnswer
from desktop.workspace.visits import recording as visits

from .firms import DAY, STAMP, add, code


def plan(db: sqlite3.Connection, *rows: dict[str, Any], **answers: LineAnswer) -> FirmPlan:
    """Plan rows numbered from 1; ``row2=…`` answers for the second."""
    lines = [FirmLine(number, row) for number, row in enumerate(rows, 1)]
    said = {int(name.removeprefix("row")): answer for name, answer in answers.items()}
    return intake.planned(lines, KnownFirms(enterprises.every(db)), said)


def choices(found: FirmPlan) -> list[FirmChoice]:
    return [row.choice for row in found.rows]


def test_new_known_and_repeated_rows_are_told_apart(db: sqlite3.Connection) -> None:
    known = add(db, "甲厂", uscc=code(1), town="义井镇")
    found = plan(
        db,
        {"name": "甲厂（新）", "uscc": code(1), "town": "荫营镇", "taxpayer": "small"},
        {"name": "乙公司", "town": "义井镇"},
        {"name": "乙 公司", "address": "1号", "town": "荫营镇"},
        {"town": "义井镇"},
    )
    assert choices(found) == [FirmChoice.FILL, FirmChoice.NEW, FirmChoice.FILL, FirmChoice.SKIP]
    assert [row.same_as for row in found.rows] == [0, 0, 2, 0]
    assert found.rows[0].target == known
    assert (
        "保留已有的：企业名称为甲厂（本行甲厂（新））；镇街为义井镇（本行荫营镇）。"
        in found.rows[0].marks[-1]
    )
    assert "与第2行是同一家企业" in found.rows[2].marks[0]
    assert [(asked.about, asked.row) for asked in found.questions] == [(FirmAsks.SAME, 1)]
    receipt = intake.apply(db, found, STAMP)
    assert (receipt.added, receipt.filled, receipt.same, receipt.skipped) == (1, 2, 0, 1)
    first, second = enterprises.find(db, "甲厂"), enterprises.find(db, "乙公司")
    assert (first.name, first.town, first.taxpayer) == ("甲厂", "义井镇", "small")
    assert (second.town, second.address) == ("义井镇", "1号")
    assert receipt.batch is not None
    recording.undo(db, receipt.batch, STAMP)
    assert [one.name for one in enterprises.every(db)] == ["甲厂"]
    assert enterprises.one(db, known).taxpayer is None


def test_what_may_be_the_same_is_asked_and_the_answer_counts(db: sqlite3.Connection) -> None:
    known = add(db, "示例有限责任公司")
    row = {"name": "示例有限公司", "town": "义井镇"}
    found = plan(db, row)
    assert (choices(found), [asked.row for asked in found.questions]) == ([FirmChoice.NEW], [1])
    assert "是不是同一家" in found.questions[0].text
    filled = plan(db, row, row1=LineAnswer(FirmChoice.FILL))
    assert (filled.rows[0].target, filled.questions) == (known, ())
    assert choices(plan(db, row, row1=LineAnswer(FirmChoice.SKIP))) == [FirmChoice.SKIP]
    other = add(db, "别的公司")
    chosen = plan(db, row, row1=LineAnswer(FirmChoice.FILL, target=other))
    intake.apply(db, chosen, STAMP)
    assert enterprises.one(db, other).town == "义井镇"


def test_a_lost_code_is_asked_for_and_kept_out(db: sqlite3.Connection) -> None:
    line = FirmLine(7, {"name": "甲厂"}, lost_code="9.11E+17")
    (asked,) = intake.planned([line], KnownFirms(())).questions
    assert (asked.about, asked.row) == (FirmAsks.CODE, 7)
    answered = intake.planned([line], KnownFirms(()), {7: LineAnswer(uscc=code(3))})
    assert answered.questions == ()
    intake.apply(db, answered, STAMP)
    assert enterprises.every(db)[0].uscc == code(3)


def test_a_row_of_a_skipped_one_stands_for_itself(db: sqlite3.Connection) -> None:
    found = plan(db, {"name": "甲厂"}, {"name": "甲 厂"}, row1=LineAnswer(FirmChoice.SKIP))
    receipt = intake.apply(db, found, STAMP)
    assert (receipt.added, receipt.skipped) == (1, 1)


def test_the_same_list_again_brings_nothing(db: sqlite3.Connection) -> None:
    rows: list[dict[str, Any]] = [
        {"name": f"企业{n}号", "uscc": code(n), "contact/a": {"name": "王五", "post": "", "phone": ""}}
        for n in range(9)
    ]
    intake.apply(db, plan(db, *rows), STAMP)
    before = enterprises.every(db)
    receipt = intake.apply(db, plan(db, *rows), STAMP)
    assert (receipt.batch, receipt.same, receipt.filled) == (None, 9, 0)
    assert enterprises.every(db) == before


def test_a_supplement_goes_to_where_its_firm_was_merged_meanwhile(db: sqlite3.Connection) -> None:
    first, second = add(db, "甲厂"), add(db, "乙厂")
    found = plan(db, {"name": "乙厂", "town": "义井镇"})
    joining.merge(db, first, second, STAMP)
    intake.apply(db, found, STAMP)
    assert enterprises.one(db, first).town == "义井镇"


def test_an_import_undone_leaves_the_firms_that_were_visited_since(db: sqlite3.Connection) -> None:
    receipt = intake.apply(db, plan(db, {"name": "甲厂", "town": "义井镇"}, {"name": "乙厂"}), STAMP)
    first = enterprises.find(db, "甲厂")
    visits.begin(db, first.key, DAY, STAMP)
    assert receipt.batch is not None
    assert recording.held(db, receipt.batch) == {first.key}
    assert recording.undo(db, receipt.batch, STAMP)
    assert enterprises.every(db) == (first,)
    assert recording.undo(db, receipt.batch, STAMP) is None


def test_nothing_is_taken_in_where_one_row_cannot_be_kept(db: sqlite3.Connection) -> None:
    found = plan(db, {"name": "甲厂"}, {"name": "乙厂", "figure/revenue/": -1})
    with pytest.raises(RuleError, match="不能小于0"):
        intake.apply(db, found, STAMP)
    assert enterprises.every(db) == ()
