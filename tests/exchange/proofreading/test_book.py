"""核查结果 as a workbook: what has to be looked at first, each with its source and what is different."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.catalogue import query, store
from desktop.exchange.proofreading import book
from desktop.proofreading.checking import check
from desktop.proofreading.corpus import Corpus

TEXT = (
    "城政办发〔2023〕3号第3条：平均担保费率降至2%以下。\n"
    "第16条提出“积极推进清欠范围账款的清偿工作”，由区工信局牵头。\n国发〔2022〕12号"
)


@pytest.fixture
def rows(tmp_path: Path) -> list[list[str]]:
    with closing(store.open_catalogue()) as db:
        catalogue = query.load(db)
        found = check(TEXT, Corpus(db, catalogue))
        book.write(tmp_path / "核查.xlsx", catalogue, found, TEXT, "汇报.docx", date(2026, 11, 28))
    made = openpyxl.load_workbook(tmp_path / "核查.xlsx")
    read = [[str(cell.value or "") for cell in row] for row in made.worksheets[0].iter_rows()]
    made.close()
    return read


def test_rows_in_the_order_in_which_they_are_looked_at(rows: list[list[str]]) -> None:
    head = next(at for at, row in enumerate(rows) if row[0] == "序号")
    assert rows[head] == [field.title for field in book.FIELDS]
    told = [row[1:] for row in rows[head + 1 :] if row[0].isdigit()]
    assert told[:3] == [
        ["有出入", "数字", "1", "2%", "1%", "原文“1%”，材料“2%”", "城政办发〔2023〕3号第3条"],
        [
            "有出入",
            "引文",
            "2",
            "积极推进清欠范围账款的清偿工作",
            "积极推进确属清欠范围账款的清偿工作",
            "材料少“确属”",
            "城政办发〔2023〕3号第16条",
        ],
        ["查无", "文号", "3", "国发〔2022〕12号", "", "", ""],
    ]
    assert {row[0] for row in told[3:]} == {"一致"}


def test_the_head_counts(rows: list[list[str]]) -> None:
    words = "\n".join(cell for row in rows for cell in row)
    assert "汇报.docx：有出入2处，查无1处，一致" in words
    assert "没有核查" in words
