"""From the cells of a list to what would be kept, and what is asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange.enterprises import headings, lists
from desktop.exchange.enterprises.plan import plan
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.intake import FirmAsks, FirmChoice, FirmPlan
from tests.workspace.enterprises.firms import code

from .workbooks import HEADS, made, with_results

FIRST = 2


def planned(path: Path) -> FirmPlan:
    sheet = lists.read(path)[0]
    mapping = headings.proposed(sheet.headings, sheet.above, date(2025, 12, 31))
    return plan(sheet, mapping, KnownFirms(()))


def row(
    tmp_path: Path, head: str, value: Any, form: str = "General"
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a list keeps of one cell under a heading, and its marks."""
    path = made(
        tmp_path / "a.xlsx",
        ["企业名称", head],
        ["甲厂", value],
        formats={"B2": "yyyy-mm-dd" if isinstance(value, date) else form},
    )
    (line,) = planned(path).rows
    return {name: each for name, each in line.fields.items() if name != "name"}, line.marks


@pytest.mark.parametrize(
    ("head", "value", "kept"),
    [
        ("营业收入（万元）", 3200, 3200),
        ("营业收入（万元）", " ３,２００.5 ", 3200.5),
        ("营业收入（元）", 32_000_000, 3200),
        ("营业收入（元）", "1", 0.0001),
        ("营业收入（亿元）", 1.2, 12_000),
        ("营业收入（元）", "1.2亿", 12_000),
        ("营业收入", "300万", 300),
        ("营业收入（万元）", "-", None),
        ("营业收入（万元）", "不详", None),
        ("从业人员", "86人", 86),
        ("从业人员", 86.0, 86),
        ("应纳税所得额", "-30", -30),
    ],
)
def test_numbers_are_read_in_their_unit(tmp_path: Path, head: str, value: Any, kept: float | None) -> None:
    fields, marks = row(tmp_path, head, value)
    assert list(fields.values()) == ([kept] if kept is not None else [])
    assert marks == ()


@pytest.mark.parametrize(
    ("head", "value", "words"),
    [
        ("营业收入", "约三千", "“营业收入”写的是“约三千”，不是数字"),
        ("营业收入", "=1+2", "公式"),
        ("营业收入", "-5", "不能小于0"),
        ("营业收入", "1e99", "数字过大"),
        ("营业收入", "3人", "单位不是金额"),
        ("营业收入", date(2025, 1, 1), "是日期"),
        ("从业人员", "1.5", "应为整数"),
        ("从业人员", "3元", "单位不是人数"),
        ("是否专精特新", "？", "不是“是”或“否”"),
        ("纳税人类型", "其他", "不是一般纳税人或小规模纳税人"),
        ("地址", "长" * 501, "最多可填500个字"),
        ("联系人", "长" * 201, "“联系人姓名”有201个字，最多可填200个字"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_kept(tmp_path: Path, head: str, value: Any, words: str) -> None:
    fields, marks = row(tmp_path, head, value)
    assert fields == {}
    assert words in marks[0]
    assert marks[0].endswith("没有记入。")


def test_of_a_formula_what_it_gave_is_read_and_asked_about(tmp_path: Path) -> None:
    heads = ["企业名称", "2025年营业收入（元）", "2025年从业人员"]
    total = ["合计", "=SUM(B2:B2)", "=SUM(C2:C2)"]
    path = made(tmp_path / "a.xlsx", heads, ["甲厂", "=3200*10000", 86], total)
    found = planned(with_results(path, "32000000"))
    assert [line.fields for line in found.rows] == [
        {"name": "甲厂", "figure/revenue/2025-12-31": 3200, "figure/employees/2025-12-31": 86}
    ]
    assert [one.text for one in found.questions] == [
        "“2025年营业收入（元）”中有公式，读取的是文件保存时算出的值，请核对。"
    ]


@pytest.mark.parametrize(
    ("head", "value", "kept"),
    [
        ("是否专精特新", "√", {"fact/specialised": True}),
        ("是否专精特新", "无", {"fact/specialised": False}),
        ("是否专精特新", 1, {"fact/specialised": True}),
        ("是否专精特新", " ", {}),
        ("是否专精特新", "/", {}),
        ("纳税人类型", "增值税一般纳税人", {"taxpayer": "general"}),
        ("纳税人类型", "小规模", {"taxpayer": "small"}),
        ("行业", "c33金属制品业", {"industry": "C33"}),
        ("镇街", "义井\0镇\n", {"town": "义井镇"}),
        ("备注", "无", {}),
    ],
)
def test_words_are_read_as_what_they_mean(
    tmp_path: Path, head: str, value: Any, kept: dict[str, Any]
) -> None:
    if isinstance(value, str):
        value = value.replace("\0", "")
    assert row(tmp_path, head, value) == (kept, ())


@pytest.mark.parametrize(
    ("value", "form"),
    [(911403000000000012, "General"), (911403000000000012, "0"), ("9.11403E+17", "@"), (9.11e17, "0.00E+00"),
     ("911403000000000000", "@")],
)  # fmt: skip
def test_a_code_that_excel_spoiled_is_asked_for_and_never_kept(tmp_path: Path, value: Any, form: str) -> None:
    path = made(tmp_path / "a.xlsx", ["企业名称", "信用代码"], ["甲厂", value], formats={"B2": form})
    found = planned(path)
    assert found.rows[0].fields == {"name": "甲厂"}
    assert "可能已经丢失" in found.rows[0].marks[0]
    assert [(asked.about, asked.row) for asked in found.questions] == [(FirmAsks.CODE, FIRST)]


@pytest.mark.parametrize(
    ("value", "form", "kept", "mark"),
    [
        (code(1), "@", code(1), ""),
        (code(1).lower(), "@", code(1).lower(), ""),
        (code(1)[:-1] + "O", "@", code(1)[:-1] + "O", "不会有“O”"),
        (140300000012345, "0", "140300000012345", "旧的注册号"),
        (1234, "000000000", "000001234", "组织机构代码"),
    ],
)
def test_other_codes_are_kept_as_written_and_marked(
    tmp_path: Path, value: Any, form: str, kept: str, mark: str
) -> None:
    fields, marks = row(tmp_path, "信用代码", value, form)
    assert fields == {"uscc": kept}
    assert mark in "".join(marks)
    assert bool(mark) == bool(marks)


def test_rows_that_are_no_enterprises_are_passed_over(tmp_path: Path) -> None:
    rows = [
        HEADS,
        [1, "甲厂"],
        [2],
        [None, "合计", None, None, 5],
        [3, None, None, "C33"],
        [None, "填表人：张三"],
    ]
    found = planned(made(tmp_path / "a.xlsx", *rows))
    assert [(line.number, line.choice) for line in found.rows] == [
        (2, FirmChoice.NEW), (5, FirmChoice.SKIP), (6, FirmChoice.SKIP),
    ]  # fmt: skip
    assert "没有企业名称" in found.rows[1].marks[-1]
    assert "表格下方的说明" in found.rows[2].marks[0]


def test_a_contact_is_the_same_in_each_import(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a.xlsx", ["企业名称", "联系人", "职务", "电话"], ["甲厂", "王五", "厂长", 13900000000]
    )
    first, second = planned(path), planned(path)
    assert first == second
    assert list(first.rows[0].fields.values())[1] == {"name": "王五", "post": "厂长", "phone": "13900000000"}


def test_what_a_column_leaves_open_is_asked(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", ["企业名称", "营业收入", "主营业务收入"], ["甲厂", 1, 2])
    sheet = lists.read(path)[0]
    found = plan(sheet, headings.proposed(sheet.headings), KnownFirms(()))
    assert [asked.text for asked in found.questions] == [
        "“营业收入”一栏没有写明单位，按万元读取，请核对。",
        "“营业收入”一栏没有写明年度，记为日期不详，请核对。",
        "“主营业务收入”一栏与别的栏目意思相近，没有读取。",
    ]
