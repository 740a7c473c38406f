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
    (words,) = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
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
    assert list(row) == ["key", "name", "uscc", "size", "industry", "town", "last_visit"]
    assert call("enterprise", "list", "--as-of", "2026-12-01", "yqsl", "--json").json[0]["size"] == "小型"
    judged = call("match", "--enterprise", "示例铸造", "--as-of", "2026-12-01", "--json").json
    by_file = call("match", "--file", str(example), "--as-of", "2026-12-01", "--json").json
    assert judged == by_file
    assert call("match", "--enterprise", made["key"], "--json").json["size"] is None  # figures of a later day


def test_what_looks_wrong_is_kept_and_told(call: Call, tmp_path: Path) -> None:
    path = described(tmp_path / "a.json", {"name": "甲\x00厂\ud800𠮷", "uscc": "9114o", "phone": "1"})
    found = call("enterprise", "add", "--file", path)
    assert (found.code, found.out.splitlines()[0]) == (0, "已新增企业：甲厂𠮷")
    assert "请注意：" in found.out
    assert "phone" in found.out
    again = call("enterprise", "add", "--file", path, "--json").json
    assert any("可能是同一家企业" in mark for mark in again["marks"])
    assert again["uscc"] == "9114o"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "JSON对象"),
        ({}, "企业名称不能为空"),
        ({"name": 7}, "name应为文字"),
        ({"name": "甲", "employees": "86"}, "应为数字"),
        ({"name": "甲", "employees": 1.5}, "应为整数"),
        ({"name": "甲", "revenue": 10**400}, "大得不正常"),
        ({"name": "甲", "industry": "Z99"}, "没有代码"),
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
    assert "不是合格的JSON" in call("enterprise", "add", "--file", str(tmp_path / "a.json")).err


def test_two_become_one_and_two_again(call: Call, tmp_path: Path) -> None:
    for name, content in {"甲厂": {"town": "义井镇"}, "乙厂": {"town": "荫营镇", "uscc": "无"}}.items():
        call("enterprise", "add", "--file", described(tmp_path / "a.json", {"name": name, **content}))
    done = call("enterprise", "merge", "甲厂", "乙厂", "--json").json
    assert (done["name"], done["uscc"], done["taken"]) == ("甲厂", "无", ["uscc"])
    assert done["differing"] == ["name", "town"]
    assert [row["name"] for row in call("enterprise", "list", "--json").json] == ["甲厂"]
    assert call("enterprise", "merge", "甲厂", "乙厂").code == 1
    assert call("enterprise", "undo", done["batch"]).out == "已撤销。\n"
    assert len(call("enterprise", "list", "--json").json) == 2
    assert "没有可撤销" in call("enterprise", "undo", done["batch"]).out
    assert call("enterprise", "undo", "abc").code == 2
    assert "撤销：enterprise undo" in call("enterprise", "merge", "甲厂", "乙厂").out


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
