"""A receipt read back: every file, every change, both values of what was disputed, every row left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.catalogue.query import Catalogue
from desktop.exchange.reports import receipt as receipt_book
from desktop.workspace.file import store
from desktop.workspace.returns import plans, receipts, reversal
from desktop.workspace.returns.receipts import Receipt
from tests.exchange.paper import assert_readable
from tests.exchange.second_reader import Book, Sheet, read, row
from tests.exchange.story import ROUND, WHO, Office
from tests.workspace import books

Write = Callable[[Receipt], Book]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield workspace.db


@pytest.fixture
def office(db: sqlite3.Connection, catalogue: Catalogue) -> Office:
    return Office(db, catalogue)


@pytest.fixture
def write(catalogue: Catalogue, today: date, tmp_path: Path, office: Office) -> Write:
    def made(receipt: Receipt) -> Book:
        names = {office.round().key: office.round().name}
        path = tmp_path / "receipt.xlsx"
        receipt_book.write(path, catalogue, receipt, today, round_names=names)
        made_book = read(path)
        assert_readable(made_book)
        return made_book

    return made


def lines(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the table's rows, by the headings."""
    head = row(sheet.find("序号"))
    titles = {at[0]: cell.value for at, cell in sheet.cells.items() if row(at) == head}
    found = []
    while (first := sheet.cells.get(f"A{head + len(found) + 1}")) and isinstance(first.value, float):
        at = head + len(found) + 1
        cells = {title: sheet.cells.get(f"{letter}{at}") for letter, title in titles.items()}
        found.append({str(title): cell.value if cell else None for title, cell in cells.items()})
    return found


def test_each_file_is_told_with_hash_unit_round_and_counts(office: Office, write: Write) -> None:
    receipt = office.quarter()
    sheet = write(receipt)["并入回执"]
    assert f"2026-11-23 12:00 由{WHO}并入，共4个文件。" in sheet.texts()
    told = lines(sheet)
    assert [line["文件"] for line in told] == [file.path_name for file in receipt.files]
    by_name = {str(line["文件"]): line for line in told}
    finance = by_name["区财政局（终稿）.xlsx"]
    (file,) = [file for file in receipt.files if file.path_name == "区财政局（终稿）.xlsx"]
    assert finance == {
        "序号": finance["序号"],
        "文件": "区财政局（终稿）.xlsx",
        "责任单位": "区财政局",
        "填报轮次": ROUND,
        "结果": "已并入，有待决定",
        "改动": 5,
        "未变": file.unchanged,
        "待决定": 2,
        "未并入的行": 1,
        "说明": finance["说明"],
        "校验码": file.file_sha256,
    }
    assert "工作表改过名称。" in str(finance["说明"])
    assert by_name["科技局.xlsx"]["结果"] == "已并入"
    assert by_name["审计局.xlsx"]["结果"] == "无变化"
    refused = by_name["外区清单.xlsx"]
    assert (refused["结果"], refused["责任单位"]) == ("未并入", None)
    assert "其他区" in str(refused["说明"])


def test_no_hash_stands_where_people_read(office: Office, write: Write, tmp_path: Path) -> None:
    receipt = office.quarter()
    write(receipt)
    hashes = {file.file_sha256 for file in receipt.files}
    book = openpyxl.load_workbook(tmp_path / "receipt.xlsx")
    hidden = {
        (sheet.title, letter)
        for sheet in book
        for letter, dimension in sheet.column_dimensions.items()
        if dimension.hidden
    }
    with_hash = {
        (sheet.title, cell.column_letter)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if any(digest in str(cell.value) for digest in hashes)
    }
    assert with_hash == hidden == {("并入回执", "K")}
    assert "SHA" not in "".join(write(receipt)["并入回执"].texts())


def test_every_change_is_told_with_both_values(office: Office, write: Write) -> None:
    told = lines(write(office.quarter())["已改动"])
    assert {(line["文件"], line["项目"], line["改前"], line["改后"]) for line in told} == {
        ("区财政局（终稿）.xlsx", "状态", "推进中", "已完成"),
        ("区财政局（终稿）.xlsx", "完成时限", "2026-11-01", "2026-01-01至2026-12-31"),
        ("区财政局（终稿）.xlsx", "责任人", "李梅", "王小明"),
        ("区财政局（终稿）.xlsx", "责任人", "（空）", "赵"),
        ("区财政局（终稿）.xlsx", "批注", "（空）", "【区财政局回填时增加】另：走访企业12户"),
        ("科技局.xlsx", "工作进展", "（空）", "已受理3家。"),
    }
    assert {line["责任单位"] for line in told} == {"区财政局", "区科技局"}


def test_what_was_disputed_is_told_with_all_values_and_the_choice(office: Office, write: Write) -> None:
    told = lines(write(office.quarter())["冲突与未采用"])
    columns = ("项目", "情形", "发出时", "本库", "回填", "处理", "结果")
    assert [tuple(line[column] for column in columns) for line in told] == [
        (
            "工作进展",
            "冲突",
            "拨付12笔。",
            "区里统计：拨付15笔。",
            "拨付18笔。",
            "待决定，暂按本库",
            "区里统计：拨付15笔。",
        ),
        ("责任人", "冲突", "（空）", "李梅", "王小明", "采用回填", "王小明"),
        ("状态", "需确认", "未启动", "未启动", "已办结", "待决定，暂按本库", "未启动"),
        ("状态", "不合规定", "未启动", "未启动", "不适用", "未采用", "未启动"),
    ]
    assert "已完成" in str(told[2]["说明"])
    assert "须写明理由" in str(told[3]["说明"])


def test_another_workbooks_answer_stands_as_that_and_one_left_out_is_named(
    office: Office, write: Write
) -> None:
    counter = office.counter
    counter.ask(ROUND)
    key = office.key("区财政局", 0)
    blank = counter.blank(key.unit_key)
    made = counter.plan(
        *(
            replace(books.fill(blank, {key: {"progress": text}}), path_name=name)
            for text, name in (("甲", "一.xlsx"), ("乙", "二.xlsx"), ("丙", "三.xlsx"))
        )
    )
    first, second, third = (made[place] for place in plans.in_order(counter.db, made))
    receipt = counter.apply(*plans.together(counter.db, (first, second, plans.leave_out(third)), counter.by))
    book = write(receipt)
    (told,) = lines(book["冲突与未采用"])
    (line,) = second.conflicts
    assert (told["本库"], told["回填"], told["处理"]) == ("（空）", line.theirs, "待决定，暂按另一份")
    assert told["说明"] == f"另一份回填（{first.file.path_name}）填的是：{line.ours}"
    named = {row["文件"]: (row["结果"], row["说明"]) for row in lines(book["并入回执"])}
    assert named[third.file.path_name] == ("未并入", plans.LEFT_OUT)


def test_rows_that_were_refused_added_or_deleted_are_told(office: Office, write: Write) -> None:
    sheet = write(office.quarter())["未并入的行"]
    told = lines(sheet)
    assert [(line["情形"], line["行号"], line["回填内容"], line["说明"]) for line in told] == [
        ("未并入", 12, "工作进展：=1+1", "措施原文被改动，本行没有并入。"),
        ("手工增加", 15, "另：走访企业12户", "已记入上一行措施的批注。"),
        ("手工增加", 16, "合计", "只记在本回执中。"),
        ("已删去", None, None, "工作库中的内容不变。"),
    ]
    assert not [cell for cell in sheet.cells.values() if cell.formula]


def test_an_import_that_was_taken_back_says_so(office: Office, write: Write) -> None:
    receipt = office.quarter()
    before = write(receipt)
    assert not [text for text in before["并入回执"].texts() if "撤销" in text]
    reversal.undo(office.db, office.catalogue, receipt.id, by="李四", at=office.now)
    book = write(receipts.receipt(office.db, receipt.id))
    for sheet in book.sheets:
        assert "本次并入已于2026-11-23 12:00 由李四撤销。" in sheet.texts()
    assert lines(book["已改动"]) == lines(before["已改动"])


def test_a_receipt_of_nothing_says_so_on_every_sheet(office: Office, write: Write) -> None:
    office.counter.ask(ROUND)
    book = write(office.counter.apply(plans.refused("坏.xlsx", "文件已损坏。")))
    assert [line["结果"] for line in lines(book["并入回执"])] == ["未并入"]
    for title, words in (
        ("已改动", "没有改动任何内容。"),
        ("冲突与未采用", "没有冲突或未采用的内容。"),
        ("未并入的行", "没有未并入的行。"),
    ):
        assert words in book[title].texts()


def test_every_sheet_states_the_validity(office: Office, write: Write) -> None:
    for sheet in write(office.quarter()).sheets:
        assert "有效期至2025年12月31日，已过有效期327天" in sheet.texts()
        assert sheet.parts["pageSetup"].get("orientation") == "landscape"
