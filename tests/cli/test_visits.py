"""visit and demand on the command line, and the forms that docs/commands.md promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop import paths

from .conftest import Call

PAGE = (paths.home() / "docs" / "commands.md").read_text(encoding="utf-8")
FIRM, VISIT = (json.loads(words) for words in re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)[:2])


def described(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content), "utf-8")
    return str(path)


@pytest.fixture
def firm(call: Call, tmp_path: Path) -> str:
    call("enterprise", "add", "--file", described(tmp_path / "firm.json", FIRM))
    return str(FIRM["name"])


def test_a_visit_is_kept_with_what_was_explained_and_asked_for(call: Call, firm: str, tmp_path: Path) -> None:
    made = call(
        "visit", "add", "--file", described(tmp_path / "v.json", VISIT), "--by", "张三", "--json"
    ).json
    told = [
        "key",
        "number",
        "enterprise",
        "date",
        "kind",
        "state",
        "unit",
        "place",
        "visitors",
        "met",
        "summary",
    ]
    assert list(made) == [*told, "explained", "demands", "files", "confirmation", "marks"]
    assert (made["enterprise"], made["state"], made["visitors"]) == (firm, "草稿", VISIT["visitors"])
    assert [one["cited"] for one in made["explained"]] == ["第16条", "第23条"]
    assert {one["said"] for one in made["explained"]} == {"已讲", "想申请"}
    assert [one["text"] for one in made["demands"]] == [one["text"] for one in VISIT["demands"]]
    (listed,) = call("visit", "list", "--enterprise", firm, "--json").json
    assert listed == {name: value for name, value in made.items() if name != "marks"}
    assert call("enterprise", "list", "--json").json[0]["last_visit"] == VISIT["date"]


def test_a_demand_goes_its_way(call: Call, firm: str, tmp_path: Path) -> None:
    data = {"enterprise": firm, "text": "水压不足", "category": "水电气", "source": "来电", "measure": 11}
    made = call("demand", "add", "--file", described(tmp_path / "d.json", data), "--json").json
    number = made["number"]
    assert (made["state"], made["lead"], made["due"] is not None) == ("待受理", "区工信局", True)
    assert {"act": "不予受理", "must": ["理由", "告知企业"]} in call("demand", "act", number, "--json").json
    call("demand", "act", number, "受理")
    refused = call("demand", "act", number, "交办")
    assert (refused.code, "主办单位" in refused.err) == (1, True)
    call("demand", "act", number, "交办", "--lead", "区工信局", "--support", "区发改局")
    call("demand", "act", number, "首次联系", "--told", "电话", "--by", "李四")
    done = call(
        "demand", "act", number, "办结", "--text", "已增压", "--told", "电话", "--by", "李四", "--json"
    ).json
    assert (done["state"], done["supports"]) == ("办结", ["区发改局"])
    own = call("demand", "act", number, "回访", "--told", "电话", "--satisfaction", "满意", "--by", "李四")
    assert own.code == 1
    wrong = call("demand", "act", number, "回访", "--satisfaction", "好")
    assert (wrong.code, "可选：满意、基本满意、不满意" in wrong.err) == (2, True)
    call("demand", "act", number, "回访", "--told", "电话", "--satisfaction", "满意", "--by", "王五")
    closed = call("demand", "act", number, "销号", "--by", "王五", "--json").json
    assert (closed["state"], closed["open"], closed["light"]) == ("销号", False, "绿")
    assert call("demand", "list", "--open", "--json").json == []
    assert call("demand", "undo", number, "--by", "王五", "--json").json["state"] == "回访"
    (listed,) = call("demand", "list", "--unit", "区发改局", "--json").json
    assert [step["act"] for step in listed["steps"]][-2:] == ["办结", "回访"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"enterprise": "没有的企业"}, "没有企业"),
        ({"enterprise": ""}, "没有写走访哪家企业"),
        ({"date": "昨天"}, "走访日期"),
        ({"kind": "检查"}, "没有“检查”这种方式"),
        ({"explained": [99]}, "没有第99条措施"),
        ({"explained": 16}, "explained 应为一列"),
        ({"visitors": "张三"}, "visitors 应为一列"),
        ({"demands": [{"text": ""}]}, "没有写诉求内容"),
        ({"date": None}, "走访日期"),
        ({"date": 20261126}, "走访日期"),
        ({"date": True}, "走访日期"),
        ({"summary": 5}, "summary 应为文字"),
        ({"place": ["厂区"]}, "place 应为文字"),
        ({"visitors": [None]}, "visitors 应为文字"),
        ({"visitors": [["张三"]]}, "visitors 应为文字"),
        ({"met": [None]}, "met 应为文字"),
        ({"met": [{"姓名": "李四"}]}, "met 应为文字"),
        ({"met": [{"name": 5}]}, "met 应为文字"),
        ({"explained": [None]}, "没有记入走访"),
        ({"explained": ["9" * 5000]}, "没有编号或代号为"),
        ({"explained": ["没有"]}, "没有编号或代号为"),
        ({"explained": {}}, "explained 应为一列"),
        ({"demands": {}}, "demands 应为一列"),
        ({"demands": [{"text": "水压不足", "unit": 5}]}, "unit 应为文字"),
        ({"demands": ["水压不足"]}, "诉求应为 JSON 对象"),
        ({"demands": [{"text": "水压不足", "category": "天气"}]}, "没有“天气”这种类别"),
        ({"date": "2099-01-01", "demands": [{"text": "水压不足"}]}, "晚于今天"),
    ],
)
def test_what_cannot_be_kept_keeps_nothing(
    call: Call, firm: str, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    found = call(
        "visit", "add", "--file", described(tmp_path / "v.json", {**VISIT, "enterprise": firm, **change})
    )
    assert found.code == 1
    assert said in found.err
    assert call("visit", "list", "--json").json == []
    assert call("demand", "list", "--json").json == []


def test_only_enterprise_and_date_are_needed(call: Call, firm: str, tmp_path: Path) -> None:
    data = {"enterprise": firm, "date": "2026-03-01", "weather": "晴"}
    made = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert (made["kind"], made["explained"], made["marks"]) == (
        "实地",
        [],
        ["不认识的内容没有记入：weather。"],
    )
    again = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--final")
    assert (again.code, "走访人" in again.err) == (1, True)
    assert len(call("visit", "list", "--json").json) == 1


@pytest.mark.parametrize("number", [16, "16", "１６", "第16条", "czbf-2023-3.1.m16"])
def test_a_measure_is_named_as_anywhere(call: Call, firm: str, tmp_path: Path, number: int | str) -> None:
    data = {"enterprise": firm, "date": "2026-03-01", "explained": [number]}
    made = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert made["explained"][0]["cited"] == "第16条"


def test_null_is_as_if_it_were_not_there(call: Call, firm: str, tmp_path: Path) -> None:
    data = {**dict.fromkeys(VISIT), "enterprise": firm, "date": "2026-03-01"}
    data["demands"] = [{"text": "水压不足", **dict.fromkeys(("category", "nature", "measure", "unit"))}]
    made = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert (made["kind"], made["visitors"], made["met"], len(made["demands"])) == ("实地", [], [], 1)
    assert made["marks"] == []


def test_what_is_not_known_of_a_demand_is_told(call: Call, firm: str, tmp_path: Path) -> None:
    wish = {"text": "水压不足", "date": "2026-03-01"}
    data = {"enterprise": firm, "date": "2026-03-01", "demands": [wish]}
    made = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert made["marks"] == ["不认识的内容没有记入：date。"]
    alone = call(
        "demand", "add", "--file", described(tmp_path / "d.json", {**wish, "enterprise": firm}), "--json"
    )
    assert (alone.code, alone.json["text"]) == (0, "水压不足")
    assert alone.err == "文件中有不认识的项目，没有采用：date。\n"


def test_new_demands_take_the_process_that_was_chosen(call: Call, tmp_path: Path) -> None:
    assert (call("demand", "process", "福建").code, call("demand", "process", "泉州").code) == (1, 0)
    listed = call("demand", "process", "--json").json
    assert [one["key"] for one in listed if one["chosen"]] == ["quanzhou"]
    made = call(
        "demand", "add", "--file", described(tmp_path / "d.json", {"text": "水压不足"}), "--json"
    ).json
    assert (made["process"], made["due"]) == ("quanzhou", None)


def test_what_should_be_looked_at_is_said(call: Call, firm: str, tmp_path: Path) -> None:
    data = {
        "enterprise": firm,
        "date": "2026-03-01",
        "kind": " 电话／线上 ",
        "met": [{"name": "王五", "post": None}],
    }
    demand = {"text": "续贷", "category": "融资 ", "nature": "", "unit": "区工业局"}
    first = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert (first["kind"], first["met"], first["marks"]) == ("电话/线上", [{"name": "王五", "post": ""}], [])
    data = {**data, "demands": [demand]}
    second = call("visit", "add", "--file", described(tmp_path / "v.json", data), "--json").json
    assert [("区工业局" in mark, first["number"] in mark) for mark in second["marks"]] == [
        (True, False),
        (False, True),
    ]
    planned = {"enterprise": firm, "date": "2099-01-01"}
    assert (
        call("visit", "add", "--file", described(tmp_path / "v.json", planned), "--json").json["state"]
        == "计划"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('{"enterprise": "甲",\n "date"："2026-03-01"}', "第2行"),
        ('{"date": "2026-03-01", "date": "2026-03-02"}', "“date”在文件中写了两次"),
    ],
)
def test_where_a_file_is_wrong_is_said(call: Call, tmp_path: Path, words: str, said: str) -> None:
    (tmp_path / "v.json").write_text(words, "utf-8")
    found = call("visit", "add", "--file", str(tmp_path / "v.json"))
    assert (found.code, said in found.err) == (1, True)
