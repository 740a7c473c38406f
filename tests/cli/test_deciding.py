"""import decide: what imports left open, without the workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.checklists.filled_in import fill_in
from desktop.workspace.file import store

from .conftest import Call
from .test_returning import back, conflicting, item, sent, workbook

__all__ = ["back", "sent"]


def numbers(call: Call) -> list[int]:
    return [row["number"] for row in call("checklist", "工信局", "--json").json]


@pytest.fixture
def torn(call: Call, sent: Path, back: Path) -> None:
    """Leave a conflict of 区财政局 and two questions of 区工信局 open, and take the workbooks away."""
    path = conflicting(call, sent, back)
    first, second, *_ = numbers(call)
    asked = fill_in(
        workbook(sent, "区工信局"),
        {first: {"状态": "已办结"}, second: {"完成时限": "12月31日"}},
        back / "乙.xlsx",
    )
    assert call("import", str(path), str(asked)).code == 3
    for file in (path, asked):
        file.unlink()


def test_what_is_open_is_listed_and_nothing_is_written(call: Call, torn: None, folder: Path) -> None:
    before = (folder / store.DATABASE).read_bytes()
    done = call("import", "decide", "--json")
    assert done.code == 3
    assert done.json["id"] is None
    finance, industry = done.json["files"]
    assert (finance["import"], finance["path"], finance["unit"], finance["changed"]) == (
        1,
        "甲.xlsx",
        "区财政局",
        0,
    )
    assert finance["conflicts"] == [
        {"number": 2, "field": "progress", "base": "原有", "ours": "本库写的", "theirs": "单位写的"}
        | {"question": "", "guess": None}
    ]
    assert industry["conflicts"][0]["guess"] == "已完成"
    assert (folder / store.DATABASE).read_bytes() == before
    told = call("import", "decide")
    assert (told.code, "第1号导入　区财政局　甲.xlsx" in told.out, "待决定3处" in told.out) == (3, True, True)


def test_it_is_decided_with_a_receipt_and_taken_back(call: Call, torn: None, folder: Path) -> None:
    copies = len(list((folder / "backups").glob("*before-import*")))
    done = call("import", "decide", "--unit", "财政局", "--theirs", "--json")
    assert (done.code, done.json["id"]) == (0, 2)
    (finance,) = done.json["files"]
    assert (finance["changed"], finance["conflicts"]) == (1, [])
    assert item(call, "财政局", 2)["progress"] == "单位写的"
    assert len(list((folder / "backups").glob("*before-import*"))) == copies + 1
    (newest, *_) = call("history", "财政局", "2", "--json").json
    assert (newest["source"], newest["file"], newest["import"]) == ("导入", "甲.xlsx", 2)
    assert [one["unit"] for one in call("import", "decide", "--json").json["files"]] == ["区工信局"]
    call("import", "undo", "2")
    assert item(call, "财政局", 2)["progress"] == "本库写的"
    assert call("import", "decide", "1", "--unit", "财政局").code == 3


def test_one_measure_of_a_round_alone(call: Call, torn: None) -> None:
    first, second, *_ = numbers(call)
    done = call("import", "decide", "--round", "四季度", "--number", str(first), "--theirs", "--json")
    assert (done.code, [one["unit"] for one in done.json["files"]]) == (0, ["区工信局"])
    assert item(call, "工信局", first)["status"] == "已完成"
    (left,) = [one for one in call("import", "decide", "--json").json["files"] if one["unit"] == "区工信局"]
    assert [one["number"] for one in left["conflicts"]] == [second]


def test_both_words_at_once_are_wrong_and_an_unknown_import_is_told(call: Call, torn: None) -> None:
    assert call("import", "decide", "--ours", "--theirs").code == 2
    done = call("import", "decide", "9")
    assert (done.code, "没有编号为9的并入回执" in done.err) == (1, True)


def test_where_nothing_is_open_it_says_so(call: Call, sent: Path) -> None:
    done = call("import", "decide")
    assert (done.code, done.out.strip()) == (0, "没有待决定的内容。")
    assert call("import", "decide", "--theirs", "--json").json == {"id": None, "files": []}
