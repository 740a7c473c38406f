"""check on the command line, and the form that docs/commands.md promises."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from desktop import paths
from desktop.library import folders
from tests.library import noticed

from .conftest import Call

PAGE = (paths.home() / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report of docs/commands.md."""
    found = re.search(r"Of a report `([^`]+)` it says\s*```jsonc\n", PAGE)
    assert found
    path = tmp_path / "材料.txt"
    path.write_text(found[1], "utf-8")
    return path


def test_a_report_for_programs(call: Call, report: Path) -> None:
    found = call("check", str(report), "--json")
    expected = re.search(r"it says\s*```jsonc\n(.*?)```", PAGE, flags=re.DOTALL)
    assert expected
    assert found.code == 0
    assert found.json == json.loads(expected[1])


def test_a_report_for_people(call: Call, report: Path) -> None:
    found = call("check", str(report))
    assert found.code == 0
    assert found.out.startswith("有出入1处　查无0处　一致2处\n")
    for words in (
        "有出入　数字　第1行　2%",
        "原文：【1%】",
        "材料：【2%】",
        "出处：城政办发〔2023〕3号第3条",
    ):
        assert words in found.out


def test_a_row_of_a_workbook(call: Call, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["城政办发〔2023〕3号落实情况"])
    book.active.append(["序号", "条号", "措施", "责任单位"])
    book.active.append([1, "第16条", "持续清理拖欠中小企业账款", "区工信局、区商务局"])
    path = tmp_path / "清单.xlsx"
    book.save(path)
    found = [each for each in call("check", str(path), "--json").json if each["verdict"] != "same"]
    assert [(each["kind"], each["text"]) for each in found] == [("unit", "区商务局")]
    assert found[0]["difference"] == [["-", "区中小企业发展中心、区财政局"], ["+", "区商务局"]]


def test_notices_of_the_user_count_and_may_be_chosen(call: Call, folder: Path, tmp_path: Path) -> None:
    noticed.put(folders.root(folder) / noticed.KEY, noticed.MEASURES)
    path = tmp_path / "材料.txt"
    path.write_text("某县政发〔2030〕2号第3条：按贷款本金的2%给予风险补偿，由县人社局牵头。", "utf-8")
    found = [each for each in call("check", str(path), "--json").json if each["verdict"] != "same"]
    assert [(each["kind"], each["text"]) for each in found] == [("figure", "2%"), ("unit", "县人社局")]
    other = call("check", str(path), "--notice", "czbf-2023-3", "--json").json
    assert [(each["kind"], each["verdict"]) for each in other] == [("number", "unknown")]


def test_a_file_that_cannot_be_read(call: Call, tmp_path: Path) -> None:
    found = call("check", str(tmp_path / "无.txt"), "--json")
    assert (found.code, found.out) == (1, "")
