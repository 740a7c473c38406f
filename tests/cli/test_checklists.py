"""checklist and mark, on a real workspace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.workspace.file import store
from desktop.workspace.items import settings

from .conftest import EXPIRED, NOW, Call, desk

KEYS = ["key", "number", "title", "position", "status", "deadline", "light", "owner"]
KEYS += ["progress", "problems", "next_step", "revision", "notice"]


def owner_of(call: Call, number: int) -> str:
    rows = call("checklist", "区财政局", "--json").json
    return str(next(row["owner"] for row in rows if row["number"] == number))


def test_an_empty_checklist_has_the_promised_shape_and_makes_no_folder(call: Call, folder: Path) -> None:
    rows = call("checklist", "区财政局", "--json").json
    assert all(list(row) == KEYS for row in rows)
    assert {(row["status"], row["deadline"], row["light"], row["revision"]) for row in rows} == {
        ("未启动", None, "灰", 0)
    }
    assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
    assert not folder.exists()


def test_units_by_alias_and_the_list_without_a_unit(call: Call) -> None:
    assert (
        call("checklist", "税务局", "--json").json
        == call("checklist", "国家税务总局阳泉市城区税务局", "--json").json
    )
    assert [row["number"] for row in call("checklist", "未明确责任单位", "--json").json] == [29, 30, 31, 32]


def test_an_unknown_unit_lists_the_nearest(call: Call) -> None:
    told = call("checklist", "住见局", "--json")
    assert (told.code, told.out) == (1, "")
    assert "区住建局" in told.err


def test_what_is_marked_stays(call: Call) -> None:
    marked = call(
        *("mark", "财政局", "2", "--status", "推进中", "--deadline", "2026-12-01", "--owner", "张三"),
        *("--progress", "=已开展\n第二行", "--problems", "无", "--next-step", "=1+1"),
    )
    assert marked.code == 0
    assert "未启动 → 推进中" in marked.out
    assert EXPIRED in marked.out
    row = next(row for row in call("checklist", "区财政局", "--json").json if row["number"] == 2)
    assert {name: row[name] for name in KEYS[4:-2]} == {
        "status": "推进中",
        "deadline": "2026-12-01",
        "light": "黄",
        "owner": "张三",
        "progress": "=已开展\n第二行",
        "problems": "无",
        "next_step": "=1+1",
    }
    assert row["revision"] == 1
    assert call("mark", "财政局", "2", "--owner", "李四", "--json").json["item"]["revision"] == 2


def test_the_light_follows_the_day(call: Call) -> None:
    call("mark", "区财政局", "2", "--deadline", "2026-12-01")

    def light(days: int) -> str:
        rows = call("checklist", "区财政局", "--json", now=NOW + timedelta(days=days)).json
        return str(next(row["light"] for row in rows if row["number"] == 2))

    assert [light(days) for days in (-30, 0, 8, 9)] == ["绿", "黄", "黄", "红"]


def test_mark_says_what_changed_and_only_that(call: Call) -> None:
    call("mark", "区财政局", "2", "--owner", "张三", "--progress", "甲")
    told = call("mark", "区财政局", "2", "--owner", "", "--progress", "甲", "--json").json
    assert told["changes"] == [{"field": "owner", "before": "张三", "after": ""}]
    assert list(told["item"]) == KEYS
    assert "没有改动" in call("mark", "区财政局", "2", "--progress", "甲").out


def test_mark_keeps_who_when_and_how(call: Call, folder: Path) -> None:
    with store.open_for_writing(folder) as workspace:
        settings.put(workspace.db, "user_name", "李四")
    call("mark", "区财政局", "2", "--owner", "张三")
    with closing(sqlite3.connect(folder / "workspace.db")) as db:
        db.row_factory = sqlite3.Row
        (change,) = db.execute("SELECT * FROM changes").fetchall()
    assert {"李四", "命令行", "张三", NOW.isoformat(timespec="seconds")} <= set(map(str, tuple(change)))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--status", "已销号"], "已完成"),
        (["--status", "不适用"], "理由"),
        (["--reason", "无"], "不适用"),
    ],
)
def test_a_broken_rule_is_told_and_changes_nothing(call: Call, options: list[str], reason: str) -> None:
    call("mark", "区财政局", "2", "--owner", "张三")
    before = call("checklist", "区财政局", "--json").json
    told = call("mark", "区财政局", "2", "--owner", "李四", *options)
    assert (told.code, told.out) == (1, "")
    assert reason in told.err
    assert call("checklist", "区财政局", "--json").json == before


def test_the_ways_of_the_status(call: Call, folder: Path) -> None:
    assert call("mark", "区财政局", "2", "--status", "不适用", "--reason", "本区没有").code == 0
    assert "本区没有" in call("checklist", "区财政局").out
    assert call("mark", "区财政局", "2", "--status", "已完成").code == 0
    told = call("mark", "区财政局", "2", "--status", "已销号")
    assert (told.code, told.out) == (1, "")
    assert "另一人确认" in told.err
    with store.open_for_writing(folder) as workspace:
        settings.put(workspace.db, "user_name", "核实人")
    assert call("mark", "区财政局", "2", "--status", "已销号").code == 0


def test_a_measure_of_others_is_refused_with_whose_it_is(call: Call, folder: Path) -> None:
    told = call("mark", "税务局", "5", "--status", "推进中")
    assert (told.code, told.out) == (1, "")
    assert "第5条不在国家税务总局阳泉市城区税务局的清单中" in told.err
    assert "区财政局" in told.err
    assert "未明确责任单位" in call("mark", "税务局", "29", "--status", "推进中").err
    assert not folder.exists()


def test_the_checklist_can_be_read_but_not_marked_while_another_program_holds_it(
    call: Call, folder: Path
) -> None:
    call("mark", "区财政局", "2", "--owner", "张三")
    with store.open_for_writing(folder):
        assert owner_of(call, 2) == "张三"
        told = call("mark", "区财政局", "2", "--owner", "李四")
    assert told.code == 1
    assert "占用" in told.err or "另一" in told.err


def test_the_list_for_people_is_aligned_and_says_how_long_it_is_valid(call: Call) -> None:
    call("mark", "区财政局", "2", "--owner", "张三丰", "--progress", "甲\n\x1b[31m乙")
    page = call("checklist", "区财政局").out
    lines = page.splitlines()
    assert lines[0].startswith("区财政局　")
    assert "工作进展：" in page
    assert "\x1b" not in page
    assert EXPIRED in lines[-1]


def test_two_processes_see_the_same(folder: Path, call: Call) -> None:
    assert desk("--workspace", str(folder), "mark", "区财政局", "2", "--owner", "张三").returncode == 0
    assert owner_of(call, 2) == "张三"
