"""enterprise on the command line, and the forms that docs/commands.md promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop import paths

from .conftest import Call

PAGE = (paths.home() / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of docs/commands.md."""
    words, *_ = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    path = tmp_path / "企业.json"
    path.write_text(words, "utf-8")
    return path


def described(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content, ensure_ascii=True), "utf-8")
    return str(path)


def test_an_enterprise_is_added_listed_and_judged(call: Call, example: Path) -> None:
    data = json.loads(example.read_text("utf-8"))
    made = call("enterprise", "add", "--file", str(example), "--json").json
    told = ["key", "name", "uscc", "uscc_state", "industry", "figures", "taxpayer", "town", "facts", "size"]
    assert list(made) == [*told, "size_reason", "marks"]
    assert (made["name"], made["industry"], made["facts"]) == (data["name"], "C33", data["facts"])
    assert {"figure": "revenue", "as_of": "2026-11-26", "value": 3200} in made["figures"]
    (row,) = call("enterprise", "list", "--json").json
    assert list(row) == ["key", "name", "uscc", "size", "industry", "town", "last_visit", "open_demands"]
    assert call("enterprise", "list", "--as-of", "2026-12-01", "yqsl", "--json").json[0]["size"] == "小型"
    judged = call("match", "--enterprise", "示例铸造", "--as-of", "2026-12-01", "--json").json
    by_file = call("match", "--file", str(example), "--as-of", "2026-12-01", "--json").json
    assert judged == by_file
    assert call("match", "--enterprise", made["key"], "--json").json["size"] is None  # figures of a later day


def test_what_looks_wrong_is_kept_and_told(call: Call, tmp_path: Path) -> None:
    path = described(
        tmp_path / "a.json",
        {"name": "甲\x00厂\ud800𠮷", "uscc": "9114o", "industry": "H62 种树", "phone": "1"},
    )
    found = call("enterprise", "add", "--file", path)
    assert (found.code, found.out.splitlines()[0]) == (0, "已新增企业：甲厂𠮷")
    assert "请注意：" in found.out
    assert "phone" in found.out
    again = call("enterprise", "add", "--file", path, "--json").json
    assert any("可能是同一家企业" in mark for mark in again["marks"])
    assert (again["uscc"], again["industry"]) == ("9114o", "H62 种树")
    assert any("名称与 H62 餐饮业 不一致" in mark for mark in again["marks"])


@pytest.mark.parametrize("written", ["Z99", "种树", "A33"])
def test_an_industry_that_there_is_not_is_kept_and_marked(call: Call, tmp_path: Path, written: str) -> None:
    path = described(tmp_path / "a.json", {"name": "甲厂", "industry": written, "employees": 86})
    made = call("enterprise", "add", "--file", path, "--json").json
    assert (made["industry"], made["size"]) == (written, None)
    assert made["figures"][0]["value"] == 86
    assert any("行业" in mark or "没有代码" in mark for mark in made["marks"])
    assert call("enterprise", "list", "--json").json[0]["industry"] == written
    assert "请注意：" in call("enterprise", "add", "--file", path).out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "JSON 对象"),
        ({}, "企业名称不能为空"),
        ({"name": 7}, "name应为文字"),
        ({"name": "甲", "employees": "86"}, "应为数字"),
        ({"name": "甲", "employees": 1.5}, "应为整数"),
        ({"name": "甲", "revenue": 10**400}, "数字过大"),
        ({"name": "甲", "industry": 33}, "industry应为文字"),
        ({"name": "\u200b\u3000"}, "企业名称不能为空"),
        ({"name": "甲", "employees": 86.5}, "应为整数"),
        ({"name": "甲", "taxpayer": "一般"}, "general或small"),
        ({"name": "甲", "facts": {"patents": 1}}, "true、false"),
        ({"name": "甲", "as_of": "2026"}, "这样的日期"),
        ({"name": "甲" * 201}, "最多可填200个字"),
    ],
)
def test_a_wrong_description_adds_nothing(call: Call, tmp_path: Path, content: Any, words: str) -> None:
    found = call("enterprise", "add", "--file", described(tmp_path / "a.json", content), "--json")
    assert (found.code, found.out) == (1, "")
    assert words in found.err
    assert call("enterprise", "list", "--json").json == []


def test_a_file_is_needed(call: Call, tmp_path: Path) -> None:
    assert call("enterprise", "add").code == 2
    assert "读不到文件" in call("enterprise", "add", "--file", str(tmp_path / "无")).err
    (tmp_path / "a.json").write_text("{", "utf-8")
    assert "不是合格的 JSON" in call("enterprise", "add", "--file", str(tmp_path / "a.json")).err


def test_two_become_one_and_two_again(call: Call, tmp_path: Path) -> None:
    for name, content in {"甲厂": {"town": "义井镇"}, "乙厂": {"town": "荫营镇", "uscc": "无"}}.items():
        call("enterprise", "add", "--file", described(tmp_path / "a.json", {"name": name, **content}))
    done = call("enterprise", "merge", "甲厂", "乙厂", "--json").json
    assert (done["name"], done["uscc"], done["taken"]) == ("甲厂", "无", ["uscc"])
    assert done["differing"] == ["name", "town"]
    assert [row["name"] for row in call("enterprise", "list", "--json").json] == ["甲厂"]
    assert "已是同一家" in call("enterprise", "merge", "甲厂", "乙厂").err
    assert call("match", "--enterprise", "乙厂", "--json").code == 0
    again = call(
        "enterprise", "add", "--file", described(tmp_path / "a.json", {"name": "乙厂"}), "--json"
    ).json
    assert again["marks"][0].startswith("与已有的“甲厂”可能是同一家企业：从前的“乙厂”已并入它，企业名称相同")
    assert call("enterprise", "undo", done["batch"]).out == "已撤销。\n"
    assert len(call("enterprise", "list", "--json").json) == 3
    assert "没有可撤销" in call("enterprise", "undo", done["batch"]).out
    assert call("enterprise", "undo", "abc").code == 2
    assert "撤销：enterprise undo" in call("enterprise", "merge", "甲厂", again["key"]).out


def test_a_list_for_people(call: Call, example: Path) -> None:
    assert call("enterprise", "list").out == "工作库中还没有企业。\n"
    call("enterprise", "add", "--file", str(example))
    assert call("enterprise", "list", "没有").out == "没有符合的企业。\n"
    shown = call("enterprise", "list").out
    assert "C33 金属制品业" in shown
    assert shown.endswith("共1家。\n")


def test_an_enterprise_that_is_not_there(call: Call) -> None:
    found = call("match", "--enterprise", "甲厂")
    assert found.code == 1
    assert "没有企业“甲厂”" in found.err


def listed(path: Path, *rows: list[Any]) -> str:
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
    return str(path)


def test_a_list_is_taken_in_and_taken_back(call: Call, tmp_path: Path) -> None:
    path = listed(
        tmp_path / "名单.csv",
        ["企业名称", "信用代码", "2025年营业收入（元）", "行业"],
        ["甲厂", "9.11E+17", "32000000", "C33"],
        ["乙厂", "", "", "C34"],
    )
    seen = call("enterprise", "import", path, "--dry-run", "--json")
    assert seen.code == 3
    assert call("enterprise", "list", "--json").json == []
    done = call("enterprise", "import", path, "--json")
    assert done.code == 3
    assert {**done.json, "batch": None} == seen.json
    assert (done.json["added"], done.json["filled"], done.json["skipped"]) == (2, 0, 0)
    column = {"column": 3, "heading": "2025年营业收入（元）", "field": "revenue"}
    assert done.json["columns"][2] == {**column, "as_of": "2025-12-31", "unit": "元"}
    assert done.json["rows"][0]["fields"]["figure/revenue/2025-12-31"] == 3200
    assert [asked["about"] for asked in done.json["questions"]] == ["code"]
    assert [row["uscc"] for row in call("enterprise", "list", "--json").json] == ["", ""]
    again = call("enterprise", "import", path)
    assert "2家没有新内容" in again.out
    assert call("enterprise", "undo", done.json["batch"]).code == 0
    assert call("enterprise", "list", "--json").json == []


def test_a_list_as_people_see_it(call: Call, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv", ["企业名称", "营业收入", "其他"], ["甲厂", "x", "y"])
    shown = call("enterprise", "import", path, "--dry-run", "--as-of", "2025-12-31", "--unit", "元")
    assert shown.code == 0
    assert "营业收入→营业收入（2025-12-31）" in shown.out
    assert "没有读取的栏目：其他。" in shown.out
    assert "不是数字" in shown.out
    assert "新增1家，补充0家，跳过0行。" in shown.out
    assert shown.out.endswith("以上只是预览，没有改动任何内容。\n")
    assert "撤销：enterprise undo" in call("enterprise", "import", path).out


def test_what_may_be_the_same_is_decided_for_all(call: Call, tmp_path: Path) -> None:
    call("enterprise", "import", listed(tmp_path / "a.csv", ["企业名称"], ["示例有限责任公司"]))
    path = listed(tmp_path / "b.csv", ["企业名称", "镇街"], ["示例有限公司", "义井镇"])
    assert call("enterprise", "import", path, "--dry-run").code == 3
    for choice, count in {"跳过": 1, "补充": 1, "新增": 2}.items():
        assert call("enterprise", "import", path, "--alike", choice).code == 0
        assert len(call("enterprise", "list", "--json").json) == count
    assert call("enterprise", "import", path, "--alike", "别的").code == 2


def test_a_file_that_is_no_list(call: Call, tmp_path: Path) -> None:
    found = call("enterprise", "import", str(tmp_path / "无.xlsx"))
    assert found.code == 1
    assert "不存在" in found.err
