"""Notices in and out of the library from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.catalogue import invented, samples

from .conftest import Call

AHEAD = "ayzb-2031-7"
OWN = "czbf-2023-3"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "发文.txt"
    path.write_text(invented.AHEAD, "utf-8")
    return path


@pytest.fixture
def added(call: Call, file: Path) -> str:
    done = call("notice", "add", str(file), "--accept", "--json")
    assert (done.code, done.err) == (0, "")
    return str(done.json["key"])


def test_a_notice_with_nothing_open_is_taken_in(call: Call, added: str) -> None:
    assert added == AHEAD
    assert call("notice", "list", "--json").json == [
        {
            "key": AHEAD,
            "number": "安乙政办〔2031〕7号",
            "title": "安乙县人民政府办公室关于印发安乙县支持企业发展十条措施的通知",
            "measures": 5,
            "units": 6,
            "valid_until": None,
            "in_use": True,
        },
        {
            "key": OWN,
            "number": "城政办发〔2023〕3号",
            "title": samples.LINES[22],
            "measures": 32,
            "units": 20,
            "valid_until": "2025-12-31",
            "in_use": True,
        },
    ]
    assert "已停用" not in call("notice", "list").out


def test_one_with_open_questions_is_told_and_kept_to_be_gone_on_with(
    call: Call, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "发文.txt"
    path.write_text(invented.AHEAD.replace("2.畅通诉求渠道", "3.畅通诉求渠道"), "utf-8")
    done = call("notice", "add", str(path), "--accept", "--json")
    assert done.code == 3
    assert done.json["key"] is None
    (question, *_) = done.json["questions"]
    assert question["line"] == 34
    assert question["choices"]
    assert not (folder / "notices").exists()
    again = call("notice", "add", str(path))
    assert again.code == 3
    assert "待决定，没有收入发文库，已留在“录入发文”里" in again.out
    assert len(list((folder / "notices" / "drafts").iterdir())) == 1
    decisions = tmp_path / "决定.json"
    steps = [{"do": "answer", "question": one["key"], "choice": 0} for one in done.json["questions"]]
    decisions.write_text(json.dumps(steps), "utf-8")
    decided = call("notice", "add", str(path), "--decisions", str(decisions), "--json")
    assert (decided.code, decided.json) == (0, {"key": AHEAD, "questions": []})


def test_what_is_no_notice_is_refused(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "便条.txt"
    path.write_text("今天下午三点开会。", "utf-8")
    done = call("notice", "add", str(path))
    assert done.code == 1
    assert done.out == ""


def test_a_number_that_two_have_is_an_error_that_lists_them(call: Call, added: str) -> None:
    done = call("show", "1")
    assert done.code == 1
    assert "有2份文件都有编号为1的措施" in done.err
    assert "城政办发〔2023〕3号" in done.err
    assert f"安乙政办〔2031〕7号（代号{added}）" in done.err
    assert call("show", "1", "--notice", added, "--json").json["key"].startswith(f"{added}.")
    assert call("show", "32").code == 0


def test_switched_off_and_on(call: Call, added: str) -> None:
    assert call("notice", "use", "安乙政办[2031]7号", "off").out == "安乙政办〔2031〕7号已停用。\n"
    assert [one["in_use"] for one in call("notice", "list", "--json").json] == [False, True]
    assert call("show", "1", "--json").json["key"] == f"{OWN}.1.m01"
    assert call("search", "国有房屋", "--json").json == []
    assert len(call("tree", "--json").json) == 10
    assert call("notice", "use", added, "on").code == 0
    (hit,) = call("search", "国有房屋", "--json").json
    assert (hit["key"], hit["notice"]) == (f"{AHEAD}.1.m04", AHEAD)
    assert len(call("tree", "--json").json) == 12
    assert call("notice", "use", "nothing", "off").code == 1


def test_taken_out_and_put_back(call: Call, added: str) -> None:
    done = call("notice", "remove", added)
    assert done.code == 0
    assert len(call("notice", "list", "--json").json) == 1
    assert call("notice", "restore", done.out.split()[-1]).code == 0
    assert len(call("notice", "list", "--json").json) == 2
    assert call("notice", "remove", OWN).code == 1


def test_other_words_under_the_same_number_are_an_amendment(call: Call, added: str, tmp_path: Path) -> None:
    amended = tmp_path / "修订.txt"
    amended.write_text(invented.AHEAD.replace("最高50万元", "最高80万元"), "utf-8")
    refused = call("notice", "add", str(amended))
    assert (refused.code, refused.out) == (1, "")
    assert f"发文库中已有安乙政办〔2031〕7号（代号{added}）" in refused.err
    assert "--amend" in refused.err
    assert call("notice", "versions", added, "--json").json == []
    told = call("notice", "add", str(amended), "--amend")
    assert told.code == 0
    assert f"已作为修订收入发文库，代号{added}" in told.out
    again = call("notice", "add", str(amended), "--amend")
    assert again.code == 1
    assert "已在发文库中" in again.err


def test_a_backup_carries_the_notices(call: Call, added: str, tmp_path: Path, folder: Path) -> None:
    assert call("mark", "区财政局", "1", "--notice", added, "--owner", "张三").code == 0
    assert call("backup", "-o", str(tmp_path / "带走.zip")).code == 0
    shutil.rmtree(folder)
    done = call("restore", str(tmp_path / "带走.zip"), "--json")
    assert done.json["notices"] == [added]
    (item,) = [one for one in call("checklist", "区财政局", "--json").json if one["notice"] == added]
    assert item["owner"] == "张三"
