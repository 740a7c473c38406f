"""A unit's demands go out, are filled in, sorted and spoilt, come back, are taken in, and taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.demands import columns, returned, unit_book
from desktop.exchange.demands.columns import (
    ANSWER,
    BY,
    DAY,
    DUE,
    FINISHED,
    HOW,
    NUMBER,
    REASON,
    TEXT,
    TOLD_ON,
)
from desktop.exchange.returned import book as checklists
from desktop.exchange.returned.package import RefusedError
from desktop.workspace.demands import demands, recording, taking
from desktop.workspace.demands.chain import DemandStep, FirmTold
from desktop.workspace.demands.taking import Taken
from desktop.workspace.journal.model import Stamp
from tests.exchange import second_reader

from .conftest import NOW, STAMP, TODAY, handed

OFFICE = Stamp("孙七", "导入", NOW)
AT = {column.title: at for at, column in enumerate(columns.COLUMNS, 1)} | {
    name: len(columns.COLUMNS) + at for at, name in enumerate(columns.HIDDEN, 1)
}
FIRST = 5
DONE = {FINISHED: "是", ANSWER: "已增压。", DAY: date(2026, 11, 26), BY: "周八", HOW: "电话"}

Filled = dict[str, Any]


@pytest.fixture
def unit(catalogue: Catalogue) -> str:
    return catalogue.find_unit("区工信局").key


@pytest.fixture
def three(db: sqlite3.Connection, catalogue: Catalogue, firm: str) -> list[str]:
    """Return demands of the unit in the order of the sheet, the newest number first."""
    texts = ("水压不足", "电费太高\n要降", "招不到人")
    keys = [handed(db, catalogue, text, enterprise=firm, contact="赵小梅，13812340000") for text in texts]
    return list(reversed(keys))


@pytest.fixture
def sent(db: sqlite3.Connection, catalogue: Catalogue, unit: str, three: list[str], tmp_path: Path) -> Path:
    return unit_book.write(tmp_path / "发出.xlsx", catalogue, db, unit, TODAY, at=NOW)


def filled(path: Path, *rows: Filled, change: Callable[[Any], object] | None = None) -> Path:
    """Return the workbook with rows filled in as a spreadsheet program would save it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for at, row in enumerate(rows):
        for head, value in row.items():
            sheet.cell(FIRST + at, AT[head]).value = value
    if change:
        change(sheet)
    made = path.with_name("发回.xlsx")
    book.save(made)
    return made


def test_it_goes_out_masked_and_knows_itself_again(sent: Path, three: list[str], unit: str) -> None:
    sheet, identity = second_reader.read(sent).sheets
    assert identity.state == "veryHidden"
    words = [str(cell.value) for cell in sheet.cells.values()]
    assert any(word.endswith("\n赵××，138****0000") for word in words)
    assert "赵小梅" not in "".join(words)
    assert sheet.cells[f"B{FIRST}"].look.locked
    answer = f"{second_reader.column_of(sheet, ANSWER)}{FIRST}"
    assert not sheet.cells[answer].look.locked
    back = returned.read(sent)
    assert (back.unit, [row.key for row in back.rows], back.notes) == (unit, three, ())
    assert all(row.answer.is_empty and not row.refused for row in back.rows)


def test_where_checklists_come_back_it_is_told_apart(sent: Path) -> None:
    with pytest.raises(RefusedError, match="是诉求办理表"):
        checklists.read(sent)


def test_each_row_is_a_step_and_all_are_taken_back(
    db: sqlite3.Connection, sent: Path, three: list[str]
) -> None:
    interim = {ANSWER: "正在协调", DAY: "2026年11月26日", BY: "周八", HOW: "当面", TOLD_ON: TODAY}
    extend = {DUE: date(2026, 12, 20), REASON: "等设备到货", DAY: TODAY, BY: "周八"}
    book = returned.read(filled(sent, DONE, interim, extend))
    before = [demands.one(db, key) for key in three]
    receipt = taking.take(db, book, OFFICE)
    assert [one.taken for one in receipt.rows] == [Taken.ADOPTED] * 3
    assert [one.acts for one in receipt.rows] == [("办结",), ("阶段答复",), ("延期申请",)]
    assert [demands.one(db, key).state for key in three] == ["办结", "阶段答复", "延期申请"]
    chain = demands.one(db, three[0]).chain
    assert chain is not None
    assert (chain.last.by, chain.last.entered_by, chain.last.text) == ("周八", "孙七", "已增压。")
    assert taking.receipts(db) == (receipt,)
    again = taking.take(db, book, OFFICE)
    assert [one.taken for one in again.rows] == [Taken.UNCHANGED] * 3
    undone, kept = taking.undo(db, receipt.key, OFFICE)
    assert (bool(undone.undone), kept) == (True, ())
    assert [demands.one(db, key) for key in three] == [
        replace(one, conflicts=demands.one(db, one.key).conflicts) for one in before
    ]
    with pytest.raises(KnownError, match="已经撤销"):
        taking.undo(db, receipt.key, OFFICE)
    assert [one.may_be_undone for one in taking.receipts(db)] == [False, False]
    assert [one.taken for one in taking.take(db, book, OFFICE).rows] == [Taken.ADOPTED] * 3


def test_sorted_rows_keep_their_demands(db: sqlite3.Connection, sent: Path, three: list[str]) -> None:
    def turn(sheet: Any) -> None:
        width = len(AT)
        rows = [[sheet.cell(FIRST + at, column).value for column in range(1, width + 1)] for at in range(3)]
        for at, row in enumerate(reversed(rows)):
            for column, value in enumerate(row, 1):
                sheet.cell(FIRST + at, column).value = value

    receipt = taking.take(db, returned.read(filled(sent, DONE, change=turn)), OFFICE)
    assert {one.demand: one.taken for one in receipt.rows}[three[0]] is Taken.ADOPTED
    assert demands.one(db, three[0]).state == "办结"
    assert demands.one(db, three[2]).state == "首次联系"


def test_a_row_without_its_key_is_known_by_its_number(
    db: sqlite3.Connection, sent: Path, three: list[str]
) -> None:
    def strip(sheet: Any) -> None:
        sheet.delete_cols(AT[columns.HIDDEN[0]], 3)
        sheet.cell(FIRST + 6, 1).value = "请尽快"
        sheet.cell(FIRST + 6, AT[ANSWER]).value = "另加的话"

    back = returned.read(filled(sent, DONE, change=strip))
    assert [row.key for row in back.rows] == three
    assert any("看不出是哪件诉求" in note for note in back.notes)


def test_what_went_on_meanwhile_is_never_overwritten(
    db: sqlite3.Connection, sent: Path, three: list[str]
) -> None:
    recording.act(db, three[0], DemandStep("开始办理", TODAY, "周八", text="本地办理"), STAMP)
    recording.edit(db, three[1], {"text": "电费太高，请降"}, STAMP)
    book = returned.read(filled(sent, DONE, DONE))
    receipt = taking.take(db, book, OFFICE)
    assert [one.taken for one in receipt.rows] == [Taken.CONFLICT, Taken.CONFLICT, Taken.UNCHANGED]
    assert "开始办理" in receipt.rows[0].reason
    assert not receipt.is_settled
    assert demands.one(db, three[0]).state == "办理中"
    decided = taking.take(db, book, OFFICE, theirs=True)
    assert decided.is_settled
    chain = demands.one(db, three[0]).chain
    assert chain is not None
    assert [step.act for step in chain.steps][-2:] == ["开始办理", "办结"]
    missed = DemandStep("回访未果", TODAY, "吴九", text="没有接听")
    recording.act(db, three[0], missed, Stamp("吴九", "录入", NOW))
    _, kept = taking.undo(db, decided.key, OFFICE)
    assert len(kept) == 1
    assert "又有办理" in kept[0]
    assert demands.one(db, three[1]).state == "首次联系"


def test_first_contact_is_taken_with_the_answer_that_says_it(
    db: sqlite3.Connection, catalogue: Catalogue, firm: str, unit: str, tmp_path: Path
) -> None:
    key = handed(db, catalogue, "水压不足", contacted=False, enterprise=firm)
    path = unit_book.write(tmp_path / "一项.xlsx", catalogue, db, unit, TODAY, at=NOW)
    receipt = taking.take(db, returned.read(filled(path, DONE)), OFFICE)
    assert receipt.rows[0].acts == ("首次联系", "办结")
    taking.undo(db, receipt.key, OFFICE)
    assert demands.one(db, key).state == "交办"


def test_a_supporting_unit_gives_its_opinion(
    db: sqlite3.Connection, catalogue: Catalogue, three: list[str], tmp_path: Path
) -> None:
    support = catalogue.find_unit("区发改局").key
    path = unit_book.write(tmp_path / "协办.xlsx", catalogue, db, support, TODAY, at=NOW)
    opinion = {ANSWER: "同意增容", DAY: TODAY, BY: "郑十"}
    receipt = taking.take(db, returned.read(filled(path, opinion)), OFFICE)
    assert receipt.rows[0].acts == ("协办意见",)
    assert demands.one(db, three[0]).state == "首次联系"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**DONE, BY: None}, "没有写经办人"),
        ({**DONE, DAY: None}, "没有写办理日期"),
        ({**DONE, HOW: None}, "告知企业"),
        ({**DONE, ANSWER: None}, "答复内容"),
        ({**DONE, DAY: date(2026, 12, 30)}, "晚于今天"),
        ({**DONE, DAY: "11月底"}, "不是一个确定的日期"),
        ({**DONE, FINISHED: "差不多"}, "应填"),
        ({**DONE, DUE: date(2026, 12, 20)}, "又申请延期"),
        ({DAY: TODAY, BY: "周八"}, "没有写办理进展"),
        ({**DONE, NUMBER: "SQ-00000000-0000-99"}, "标识却是"),
    ],
)
def test_what_cannot_be_taken_says_why_and_changes_nothing(
    db: sqlite3.Connection, sent: Path, three: list[str], row: Filled, reason: str
) -> None:
    before = demands.one(db, three[0])
    receipt = taking.take(db, returned.read(filled(sent, row)), OFFICE)
    assert receipt.rows[0].taken is Taken.REFUSED
    assert reason in receipt.rows[0].reason
    assert demands.one(db, three[0]) == before


def test_copies_that_differ_are_both_refused(db: sqlite3.Connection, sent: Path, three: list[str]) -> None:
    def copy(sheet: Any) -> None:
        for column in range(1, len(AT) + 1):
            sheet.cell(FIRST + 2, column).value = sheet.cell(FIRST, column).value
        sheet.cell(FIRST + 2, AT[ANSWER]).value = "另一种说法"

    back = returned.read(filled(sent, DONE, change=copy))
    assert [bool(row.refused) for row in back.rows] == [True, False, True]
    assert any("没有发回" in note for note in back.notes)


def test_foreign_and_spoilt_workbooks_are_refused(sent: Path, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.worksheets[0]["A1"] = "别的表"
    other.save(tmp_path / "别的.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(sent.read_bytes()[:3000])
    (tmp_path / "文.xlsx").write_text("不是工作簿", "utf-8")
    for name in ("别的", "坏", "文", "没有"):
        with pytest.raises(RefusedError):
            returned.read(tmp_path / f"{name}.xlsx")
    with pytest.raises(RefusedError, match="含有公式"):
        returned.read(filled(sent, {**DONE, ANSWER: "=1+1"}))

    def newer(sheet: Any) -> None:
        sheet.parent[columns.SHEET]["B1"] = "2"

    with pytest.raises(RefusedError, match="更新版本"):
        returned.read(filled(sent, change=newer))


def test_a_unit_gets_what_it_may_act_on(
    db: sqlite3.Connection, catalogue: Catalogue, unit: str, three: list[str], tmp_path: Path
) -> None:
    waiting = recording.add(db, "还没有受理的诉求", TODAY, OFFICE, unit=unit)
    done = DemandStep("办结", TODAY, "周八", text="已答复", told=FirmTold("电话", TODAY))
    recording.act(db, three[0], done, OFFICE)
    path = unit_book.write(tmp_path / "该办的.xlsx", catalogue, db, unit, TODAY, at=NOW)
    assert [row.key for row in returned.read(path).rows] == three[1:]
    words = [str(cell.value) for cell in second_reader.read(path).sheets[0].cells.values()]
    assert any("另有2件" in word for word in words)
    assert waiting in [one.key for one in demands.of_unit(db, unit)]


def test_a_unit_with_nothing_to_do_gets_none(
    db: sqlite3.Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="没有正在办理的诉求"):
        unit_book.write(tmp_path / "空.xlsx", catalogue, db, "finance", TODAY)
    assert not (tmp_path / "空.xlsx").exists()


def test_words_that_were_altered_do_not_matter_and_lost_columns_are_told(sent: Path) -> None:
    def alter(sheet: Any) -> None:
        sheet.cell(FIRST, AT[TEXT]).value = "别的话"
        sheet.cell(FIRST - 1, AT[HOW]).value = "怎么告知的"

    back = returned.read(filled(sent, change=alter))
    assert not back.rows[0].refused
    assert back.notes == (f"没有找到“{HOW}”一列，这一列没有读取。",)


@pytest.mark.parametrize("seed", range(15))
def test_whatever_is_done_to_it_no_demand_loses_a_step(
    db: sqlite3.Connection, sent: Path, three: list[str], seed: int
) -> None:
    chance = Random(seed)
    values = ["是", "否", "已办", date(2026, 11, 26), "2026-11-26", "周八", "电话", None, 3.5, "……", "明天"]

    def spoil(sheet: Any) -> None:
        for _ in range(chance.randint(4, 25)):
            cell = sheet.cell(chance.randint(FIRST - 1, FIRST + 4), chance.randint(1, len(AT)))
            if isinstance(cell, Cell):
                cell.value = chance.choice(values)
        if chance.random() < 0.4:
            sheet.delete_rows(chance.randint(1, FIRST + 2))
        if chance.random() < 0.4:
            sheet.move_range(f"A{FIRST}:J{FIRST}", rows=1, cols=0)

    before = {key: demands.one(db, key) for key in three}
    try:
        book = returned.read(filled(sent, DONE, {**DONE, FINISHED: "否"}, change=spoil))
    except RefusedError:
        return
    receipt = taking.take(db, book, OFFICE)
    adopted = {one.demand for one in receipt.rows if one.taken is Taken.ADOPTED}
    for key, was in before.items():
        now = demands.one(db, key)
        assert was.chain is not None
        assert now.chain is not None
        assert now.chain.steps[: len(was.chain.steps)] == was.chain.steps
        assert (now != was) is (key in adopted)
    if adopted:
        taking.undo(db, receipt.key, OFFICE)
    for key, was in before.items():
        assert demands.one(db, key).chain == was.chain
