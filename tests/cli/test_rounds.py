"""round new, show and list, and exporting for a round."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from desktop.exchange.checklists.filled_in import fill_in
from desktop.workspace.file import store

from .conftest import EXPIRED, NOW, Call

ROUND = ["key", "name", "sent_on", "reply_by", "units", "by"]
GROUPS = ["due", "returned", "missing", "repeated", "conflicting"]


def begin(call: Call, *options: str) -> None:
    assert call("round", "new", "四季度", "--reply-by", "2026-12-20", *options).code == 0


def test_a_round_asks_all_units_or_those_named(call: Call) -> None:
    made = call("round", "new", "四季度", "--reply-by", "2026-12-20", "--by", "张三", "--json").json
    assert list(made) == ROUND
    assert (made["name"], made["sent_on"], made["reply_by"]) == ("四季度", "2026-11-23", "2026-12-20")
    assert (len(made["units"]), made["by"]) == (20, "张三")
    few = call(
        *("round", "new", "补报", "--reply-by", "2026-12-01", "--json"),
        *("--unit", "税务局", "--unit", "财政局"),
    )
    assert few.json["units"] == ["区财政局", "国家税务总局阳泉市城区税务局"]
    assert [one["name"] for one in call("round", "list", "--json").json] == ["补报", "四季度"]


def test_what_makes_no_round_is_told(call: Call, folder: Path) -> None:
    for arguments, told in (
        (["四季度", "--reply-by", "2026-11-22"], "早于今天"),
        ([" ", "--reply-by", "2026-12-01"], "没有名称"),
        (["四季度", "--reply-by", "2026-12-01", "--unit", "住见局"], "区住建局"),
        (["四季度", "--reply-by", "2026-12-01", "--unit", "未明确责任单位"], "不是可以填报的"),
    ):
        said = call("round", "new", *arguments)
        assert (said.code, said.out) == (1, "")
        assert told in said.err
    begin(call)
    assert "已有名为“四季度”的轮次" in call("round", "new", "四季度", "--reply-by", "2026-12-01").err
    assert len(call("round", "list", "--json").json) == 1


def test_without_a_round_there_is_nothing_to_show_and_nothing_is_made(call: Call, folder: Path) -> None:
    assert "还没有填报轮次" in call("round", "show").err
    assert call("round", "list", "--json").json == []
    assert "还没有填报轮次" in call("export", "--each", "--round", "四季度", "-o", str(folder / "x")).err
    assert not folder.exists()


def test_a_round_that_is_not_there_lists_the_others(call: Call) -> None:
    begin(call)
    assert "四季度" in call("round", "show", "三季度").err


def test_how_a_round_stands(call: Call, tmp_path: Path) -> None:
    begin(call)
    paths = [
        Path(p) for p in call("export", "--each", "--round", "四季度", "-o", str(tmp_path), "--json").json
    ]
    assert len(paths) == 20
    finance = next(path for path in paths if path.name.startswith("区财政局"))
    first = fill_in(finance, {2: {"工作进展": "甲"}}, tmp_path / "回" / "1.xlsx")
    second = fill_in(finance, {2: {"工作进展": "乙"}}, tmp_path / "回" / "2.xlsx")
    call("import", str(first))
    call("import", str(second))
    stands = call("round", "show", "--json").json
    assert list(stands) == [*ROUND, *GROUPS, "late", "days_left", "sent", "reminder"]
    assert (len(stands["due"]), len(stands["missing"])) == (20, 19)
    assert [stands[group] for group in ("returned", "repeated", "conflicting")] == [["区财政局"]] * 3
    assert (stands["late"], stands["days_left"]) == (False, 27)
    assert len(stands["sent"]) == 20
    assert "区工信局" in stands["reminder"]
    assert "区财政局" not in stands["reminder"]
    late = call("round", "show", "四季度", "--json", now=NOW + timedelta(days=30)).json
    assert (late["late"], late["days_left"]) == (True, -3)
    page = call("round", "show").out
    assert "待决定   1家    区财政局\n" in page
    assert EXPIRED in page


def test_units_that_were_sent_nothing_are_named(call: Call, tmp_path: Path) -> None:
    begin(call, "--unit", "财政局", "--unit", "税务局")
    call("export", "--unit", "财政局", "--round", "四季度", "-o", str(tmp_path / "甲.xlsx"))
    assert "未导出   1家    国家税务总局阳泉市城区税务局\n" in call("round", "show").out
    assert call("round", "show", "--json").json["sent"][0]["file"] == "甲.xlsx"


def test_a_round_is_exported_to_its_units_only(call: Call, tmp_path: Path) -> None:
    begin(call, "--unit", "财政局", "--unit", "税务局")
    written = call("export", "--each", "--round", "四季度", "-o", str(tmp_path), "--json").json
    assert sorted(Path(path).name[:4] for path in written) == ["区财政局", "国家税务"]
    assert "填写说明" in load_workbook(written[0]).sheetnames
    told = call("export", "--unit", "工信局", "--round", "四季度", "-o", str(tmp_path / "x.xlsx"))
    assert (told.code, told.out) == (1, "")
    assert "没有请区工信局填报" in told.err
    assert not (tmp_path / "x.xlsx").exists()


def test_exporting_for_a_round_needs_the_workspace_to_itself(
    call: Call, folder: Path, tmp_path: Path
) -> None:
    begin(call)
    with store.open_for_writing(folder):
        assert call("round", "show").code == 0
        told = call("export", "--each", "--round", "四季度", "-o", str(tmp_path / "x"))
    assert told.code == 1
    assert not (tmp_path / "x").exists()
