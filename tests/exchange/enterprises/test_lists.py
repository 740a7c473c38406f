"""Lists of enterprises read from workbooks and CSV files, and understood by their headings."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.exchange.enterprises import headings, lists
from desktop.exchange.enterprises.headings import ColumnUse

from .workbooks import HEADS, made

YEAR_25 = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("head", "use"),
    [
        ("企业名称", ColumnUse("name")),
        ("单位 详细名称", ColumnUse("name")),
        ("纳税人名称", ColumnUse("name")),
        ("统一社会信用代码\n（组织机构代码）", ColumnUse("uscc")),
        ("纳税人识别号", ColumnUse("uscc")),
        ("行业名称", ColumnUse("industry")),
        ("国民经济行业代码", ColumnUse("industry")),
        ("2025年营业收入（万元）", ColumnUse("revenue", YEAR_25, "万元")),
        ("营业收入(元) 2025", ColumnUse("revenue", YEAR_25, "元")),
        ("主营业务收入（亿元）", ColumnUse("revenue", None, "亿元")),
        ("2025年6月末资产总额", ColumnUse("assets", date(2025, 6, 30))),
        ("资产总计（2025年12月31日）", ColumnUse("assets", YEAR_25)),
        ("2024-02-29资产总额", ColumnUse("assets", date(2024, 2, 29))),
        ("2025-13-01资产总额", ColumnUse("assets")),
        ("２０２５年末从业人员", ColumnUse("employees", YEAR_25)),
        ("职工人数（人）", ColumnUse("employees")),
        ("应纳税所得额（千元）", ColumnUse("taxable_income", None, "千元")),
        ("增值税纳税人类型", ColumnUse("taxpayer")),
        ("所属乡镇（街道）", ColumnUse("town")),
        ("注册地址", ColumnUse("address")),
        ("法定代表人", ColumnUse("contact")),
        ("联系人电话", ColumnUse("phone")),
        ("联系人职务", ColumnUse("post")),
        ("备注", ColumnUse("notes")),
        ("是否“专精特新”企业", ColumnUse("fact/specialised")),
        ("小巨人", ColumnUse("fact/little_giant")),
        ("高新技术企业（是/否）", ColumnUse("fact/high_tech")),
        ("是否为个体工商户？", ColumnUse("fact/individual")),
        ("有无融资需求", ColumnUse("fact/financing_need")),
        ("*企业名称：", ColumnUse("name")),
        ("企业名称*", ColumnUse("name")),
        ("总资产（亿）", ColumnUse("assets", None, "亿元")),
        ("营业总收入[万]", ColumnUse("revenue", None, "万元")),
        ("2025年1—12月营业收入", ColumnUse("revenue", YEAR_25)),
        ("是否国家级专精特新“小巨人”企业", ColumnUse("fact/little_giant")),
        ("是否高企", ColumnUse("fact/high_tech")),
        ("营业收入增速（%）", None),
        ("研发费用占营业收入比重", None),
        ("2025年1-9月营业收入", None),
        ("上半年营业收入", None),
        ("开户银行名称", None),
        ("产品名称", None),
        ("是否规上企业", None),
        ("序号", None),
        ("", None),
        ("名" * 61, None),
    ],
)
def test_what_a_heading_asks_for(head: str, use: ColumnUse | None) -> None:
    assert headings.use_of(head) == use


def test_columns_are_proposed_once_and_the_better_one_first() -> None:
    heads = {
        1: "行业名称",
        2: "企业名称",
        3: "行业代码",
        4: "主营业务收入",
        5: "2025年营业收入",
        6: "营业收入",
    }
    uses = headings.proposed(heads, ["单位：元"], date(2024, 12, 31))
    assert {column: (use.target, use.day, use.unit) for column, use in uses.items()} == {
        2: ("name", None, ""),
        3: ("industry", None, ""),
        5: ("revenue", YEAR_25, "元"),
        6: ("revenue", date(2024, 12, 31), "元"),
    }
    assert headings.proposed(heads, ["年营业收入10亿元以上企业"], unit="千元")[6].unit == "千元"
    for above in ("计量单位：人、千元", "金额单位:人民币千元", "填报单位：区工信局　　单位：千元"):
        assert headings.proposed(heads, [above])[6].unit == "千元"


@given(st.text(max_size=80))
def test_any_heading_is_something_or_nothing(head: str) -> None:
    use = headings.use_of(head)
    assert use is None or use.words


def test_the_headings_are_found_wherever_they_stand(tmp_path: Path) -> None:
    rows = [["义井镇企业名单"], ["单位：万元"], [], HEADS, [1, "甲厂", "9114"], [], HEADS, [2, "乙厂"]]
    (sheet,) = lists.read(made(tmp_path / "a.xlsx", *rows))
    assert (sheet.title, sheet.head, sheet.above) == ("名单", 4, ("义井镇企业名单", "单位：万元"))
    assert [row.number for row in sheet.rows] == [5, 8]
    assert sheet.headings[2] == "企业名称"
    again = lists.listed("名单", sheet.rows, head=5)
    assert again is not None
    assert again.headings == {2: "甲厂", 3: "9114"}


def test_headings_of_two_storeys_are_read_as_one(tmp_path: Path) -> None:
    top = ["序号", "企业名称", "营业收入（万元）", None, "从业人员", "备注"]
    for under in ([None, None, "2024年", "2025年", "2025年末"], [None, None, 2024, 2025, 2025]):
        (sheet,) = lists.read(made(tmp_path / "a.xlsx", top, under, [1, "甲厂", 1, 2, 3], top, under))
        uses = headings.proposed(sheet.headings)
        assert {column: use.day for column, use in uses.items()} == {
            2: None,
            3: date(2024, 12, 31),
            4: YEAR_25,
            5: YEAR_25,
            6: None,
        }
        assert uses[4].unit == "万元"
        assert [row.number for row in sheet.rows] == [3]


def test_a_first_firm_is_no_second_storey(tmp_path: Path) -> None:
    for first in ([1, None, "2025年", "无"], [1, "甲厂", "2025年"], [None, None, "丙", "丁"]):
        (sheet,) = lists.read(
            made(tmp_path / "a.xlsx", ["序号", "企业名称", "地址", "备注"], first, [2, "乙厂"])
        )
        assert [row.number for row in sheet.rows] == [2, 3]
        assert sheet.headings[3] == "地址"


def test_what_has_no_headings_is_no_list(tmp_path: Path) -> None:
    for rows in ([["甲厂", "9114"]], [], [["标题"]] * 20 + [HEADS]):
        with pytest.raises(KnownError, match="没有找到企业名单"):
            lists.read(made(tmp_path / "a.xlsx", *rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [HEADS, ["1", '"𠮷祥,\n厂"', '"=""9114"""', "", '="86"']]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    (sheet,) = lists.read(path)
    (row,) = sheet.rows
    assert [row.text(column) for column in range(1, 6)] == ["1", "𠮷祥,\n厂", "9114", "", "86"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"", "空文件"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "旧格式"),
        ("a.xlsx", b"PK\x03\x04" + bytes(99), "不完整或已损坏"),
        ("a.csv", b"\xff\xfe\xff", "编码认不出"),
        ("a.csv", b"", "没有找到企业名单"),
        ("a.csv", "企业名称\0".encode(), "编码认不出"),
        ("a.csv", b'"' + b"x" * 200_000, "不是合格的 CSV"),
        ("a.csv", ("企业名称\n" + "甲\n" * 50_000).encode(), "大得不正常"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KnownError, match=words) as found:
        lists.read(path)
    assert "该单位" not in found.value.hint
    assert "清单" not in found.value.hint


@given(data=st.binary(max_size=300))
def test_no_bytes_are_more_than_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("lists") / "a.csv"
    path.write_bytes("企业名称,".encode() + data)
    with contextlib.suppress(KnownError):
        assert lists.read(path)
