"""Workbooks that LibreOffice has saved, and one of the first version of the program: kept as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.returned import book
from desktop.exchange.returned.package import RefusedError
from desktop.workspace.items.model import ItemKey
from tests.exchange import units
from tests.exchange.units import differing, read, row_of

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_what_was_sent_out_earlier_can_be_read_for_ever() -> None:
    found = read(FIXTURES / "sent.xlsx")
    assert (found.schema, found.program, found.unit_key, found.round_key) == (2, "1.0.0", "finance", "a1b2c3")
    assert [row.number for row in found.rows] == [1, 2, 3, 4, 5, 6, 16, 19, 25]
    assert [row.base_revision for row in found.rows] == [3, 1, 2, 0, 9, 3, 1, 2, 0]
    assert (differing(found), found.added, found.missing, found.notes) == ({}, (), (), ())


def test_the_first_version_of_the_program_is_read_too() -> None:
    found = read(FIXTURES / "sent-first.xlsx")
    assert (found.schema, found.unit_key, found.document_key) == (1, "finance", "czbf-2023-3.1")
    assert (found.notice_number, found.round_key) == ("城政办发〔2023〕3号", "")
    row = row_of(found, 1)
    assert (row.key, row.base_revision) == (ItemKey("finance", "czbf-2023-3.1.m01"), 3)
    assert {name: cell.value for name, cell in row.values.items()} == {
        "status": "推进中",
        "deadline": "2026-12-01",
        "owner": "张建国",
        "progress": "拨付12笔。\n第二批在审。",
        "problems": "",
        "next_step": "",
        "reason": "",
    }


@pytest.mark.parametrize("name", ["through-ods.xlsx", "through-xls.xlsx"])
def test_a_way_through_other_formats_changes_nothing(name: str) -> None:
    sent, found = read(FIXTURES / "sent.xlsx"), read(FIXTURES / name)
    assert differing(found) == {}
    assert (found.schema, found.unit_key, found.round_key) == (sent.schema, sent.unit_key, sent.round_key)
    assert [(row.key, row.base, row.text, row.base_text_sha256) for row in found.rows] == [
        (row.key, row.base, row.text, row.base_text_sha256) for row in sent.rows
    ]
    assert (found.added, found.missing, found.notes) == ((), (), ())


def test_what_was_filled_in_and_rearranged_in_libreoffice_is_read() -> None:
    found = read(FIXTURES / "edited.xlsx")
    assert differing(found) == {
        (1, "progress"): "新的进展\n第二行",
        (2, "status"): None,
        (2, "deadline"): "2026-03-01",
        (3, "deadline"): "2026-05-20",
        (4, "deadline"): None,
        (4, "status"): "推进中",
        (4, "owner"): "13800138000",
        (5, "progress"): "",
    }
    assert row_of(found, 2).values["status"].guess == "已完成"
    assert row_of(found, 4).values["deadline"].guess == "2027-03-01"
    above = ItemKey("finance", "czbf-2023-3.1.m01")
    assert [(row.text, row.after) for row in found.added] == [
        ("措施：自己加的一行；工作进展：开展了宣传", above)
    ]
    assert found.missing == ()
    assert found.notes == ("第6行“佐证材料”写有“见附件1”，请另行添加佐证材料。",)
    assert [row.number for row in found.rows] == [6, 5, 4, 3, 2, 1, 16, 19, 25]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("locked.xlsx", "加了打开密码"),
        ("old.xls", "是旧格式（.xls 或 .et）的文件"),
        ("table.ods", "是 OpenDocument 表格（.ods）"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        book.read(FIXTURES / name)
    assert caught.value.reason == reason
    assert caught.value.hint


def test_what_openpyxl_saves_is_read(tmp_path: Path) -> None:
    copy = tmp_path / "sent.xlsx"
    copy.write_bytes((FIXTURES / "sent.xlsx").read_bytes())
    assert differing(read(units.edit(copy, lambda sheet: None))) == {}
