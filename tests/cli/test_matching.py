"""match and rules on the command line, and the forms that docs/commands.md promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.library import folders
from tests.library import noticed

from .conftest import EXPIRED, Call

PAGE = (paths.home() / "docs" / "commands.md").read_text(encoding="utf-8")
VERDICTS = {"applies", "maybe", "no", "internal", "unruled"}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of docs/commands.md."""
    words, *_ = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    path = tmp_path / "企业.json"
    path.write_text(words, "utf-8")
    return path


def changed(path: Path, **values: Any) -> str:
    told = {**json.loads(path.read_text("utf-8")), **values}
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return str(path)


def test_a_card_for_programs(call: Call, example: Path) -> None:
    found = call("match", "--file", str(example), "--json").json
    assert list(found) == ["size", "size_reason", "missing", "measures", "ask_next", "ask_groups"]
    assert (found["size"], found["missing"]) == ("小型", [])
    assert [each["number"] for each in found["measures"]] == list(range(1, 33))
    for measure in found["measures"]:
        text = call("show", str(measure["number"]), "--json").json["text"]
        assert measure["verdict"] in VERDICTS
        for quoted in (*measure["for"], *measure["against"], *measure["missing"]):
            assert text[quoted["start"] :].startswith(quoted["quote"])
        assert measure["verdict"] != "applies" or measure["for"]
        assert measure["verdict"] != "no" or measure["against"]
        assert (measure["verdict"] == "maybe") == bool(measure["missing"])
        assert all(fact["question"].endswith("？") for fact in measure["missing"])
    verdicts = {each["number"]: each["verdict"] for each in found["measures"]}
    assert [verdicts[number] for number in (4, 6, 8, 13, 23, 29)] == [
        "applies",
        "applies",
        "no",
        "maybe",
        "applies",
        "internal",
    ]
    assert found["measures"][22]["units"] == ["区工信局", "区科技局", "区中小企业发展中心"]
    assert all(list(each) == ["fact", "question", "settles"] for each in found["ask_next"])
    assert all(list(each) == ["group", "question", "facts", "settles"] for each in found["ask_groups"])
    asked = sorted(key for each in found["ask_groups"] for key in each["facts"])
    assert asked == sorted(each["fact"] for each in found["ask_next"])


def test_what_is_missing_for_the_size_is_named(call: Call, example: Path) -> None:
    found = call("match", "--file", changed(example, employees=None, revenue=None), "--json").json
    assert (found["size"], found["missing"]) == (None, ["employees", "revenue"])
    assert found["ask_next"][0]["fact"] in ("employees", "revenue")


def test_figures_of_a_later_day_do_not_count(call: Call, example: Path) -> None:
    early = call("match", "--file", str(example), "--as-of", "2026-11-25", "--json").json
    assert early["size"] is None
    same = call("match", "--file", str(example), "--as-of", "2026-11-26", "--json").json
    assert same["size"] == "小型"


def test_a_card_for_people(call: Call, example: Path) -> None:
    found = call("match", "--file", changed(example, facts={"individual": False}))
    assert found.code == 0
    assert found.out.startswith("阳泉示例铸造有限公司\n规模：工业：从业人员 86 人")
    for words in ("适用（", "可能适用（", "面向部门的工作（", "接着问", "须由单位认定：", EXPIRED):
        assert words in found.out
    assert "（还不知道：战略性新兴产业、用电成本需要降低）" in found.out.replace("\n      ", "")


def test_what_is_not_known_in_the_file_is_told(call: Call, example: Path) -> None:
    found = call("match", "--file", changed(example, phone="1", facts={"rich": True}), "--json")
    assert found.code == 0
    assert found.json["size"] == "小型"
    assert "phone、rich" in found.err
    doubted = call(
        "match", "--file", changed(example, uscc="91140302MA0T0002X8", industry="C33 铸造"), "--json"
    )
    assert doubted.json["size"] == "小型"
    assert [line[:9] for line in doubted.err.splitlines()[1:]] == ["请注意：末位校验不", "请注意：代码后所写"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "不是合格的 JSON"),
        ("[]", "JSON 对象"),
        ('{"employees": "86"}', "应为数字"),
        ('{"employees": 86.5}', "应为整数"),
        ('{"industry": "Z99"}', "没有判定"),
        ('{"facts": {"hiring": true, "hiring": false}}', "“hiring”在文件中写了两次。"),
        ("\udcff", "不是合格的 JSON"),
    ],
)
def test_a_wrong_file_is_refused(call: Call, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "企业.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    found = call("match", "--file", str(path), "--json")
    assert (found.code, found.out) == (1, "")
    assert words in found.err


def test_a_file_that_is_not_there(call: Call, tmp_path: Path) -> None:
    found = call("match", "--file", str(tmp_path / "无.json"))
    assert found.code == 1
    assert "读不到文件" in found.err


def test_a_file_or_an_enterprise(call: Call, example: Path) -> None:
    assert call("match").code == 2
    assert call("match", "--file", str(example), "--enterprise", "甲").code == 2


def test_rules_for_programs(call: Call) -> None:
    found = call("rules", "--json").json
    assert re.fullmatch("[0-9a-f]{12}", found["version"])
    assert {each["number"] for each in found["clauses"]} == set(range(1, 33))
    assert all(each["internal"] == (each["rule"] is None) for each in found["clauses"])


def test_rules_for_people(call: Call) -> None:
    found = call("rules", "--notice", "czbf-2023-3")
    assert "第16条　持续清理拖欠中小企业账款" in found.out
    assert "被拖欠账款" in found.out
    assert EXPIRED in found.out


def test_a_notice_without_rules_is_left_to_the_reader(call: Call, folder: Path, example: Path) -> None:
    put = noticed.put(folders.root(folder) / noticed.KEY, noticed.MEASURES)
    found = call("match", "--file", str(example), "--notice", noticed.KEY, "--json").json
    assert {each["verdict"] for each in found["measures"]} == {"unruled"}
    assert all(each["for"] == each["against"] == each["missing"] == [] for each in found["measures"])
    assert found["ask_next"] == []
    told = call("match", "--file", str(example), "--notice", noticed.KEY).out
    assert f"没有判定规则，依据原文自行判断（{len(found['measures'])}条）" in told
    assert len(call("match", "--file", str(example), "--json").json["measures"]) == 32 + len(
        found["measures"]
    )
    (put / "rules.toml").write_text(
        '[[clause]]\nnumber = 2\noffer = "补助"\nquote = "小微企业"\nrule = { size = ["小型", "微型"] }\n',
        "utf-8",
    )
    ruled = call("match", "--file", str(example), "--notice", noticed.KEY, "--json").json
    assert [each["verdict"] for each in ruled["measures"]].count("applies") == 1
    assert ruled["measures"][1]["for"][0]["quote"] == "小微企业"
