"""round new, show and list, and exporting for a round."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from desktop.exchange.checklists.filled_in import fill_in
from desktop.workspace.file import store

from .conftest import EXPIRED, NOW, Call

ROUND = ["key", "name", "sent_on", "reply_by", "units", "by", "state", "first_reply_by"]
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


def test_nothing_is_made_where_there_is_no_round_to_change(call: Call, folder: Path) -> None:
    for verb in ("close", "withdraw", "reopen"):
        assert "还没有填报轮次" in call("round", verb, "四季度").err
    assert not folder.exists()


def test_names_from_outside_are_only_text(call: Call) -> None:
    begin(call)
    call("round", "rename", "四季度", "<b>粗</b>\x1b[31m\n&amp; “引”", "--by", "<i>张</i>")
    (one,) = call("round", "list", "--json").json
    assert one["name"] == "<b>粗</b>[31m &amp; “引”"
    shown = call("round", "show").out
    assert "\x1b" not in shown
    assert "<i>张</i>" in shown


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
    assert list(stands) == [*ROUND, *GROUPS, "late", "days_left", "sent", "reminder", "record"]
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
    assert "未发出   1家    国家税务总局阳泉市城区税务局\n" in call("round", "show").out
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


def test_a_round_is_renamed_extended_closed_reopened_and_withdrawn(call: Call, tmp_path: Path) -> None:
    begin(call, "--unit", "财政局")
    call("export", "--unit", "财政局", "--round", "四季度", "-o", str(tmp_path / "甲.xlsx"), "--by", "李四")
    renamed = call("round", "rename", "四季度", "第四季度", "--by", "王五", "--json").json
    assert list(renamed) == ROUND
    assert renamed["name"] == "第四季度"
    extended = call("round", "extend", "第四季度", "--reply-by", "2026-12-31", "--json").json
    assert (extended["reply_by"], extended["first_reply_by"]) == ("2026-12-31", "2026-12-20")
    assert call("round", "close", "第四季度", "--json").json["state"] == "closed"
    assert "已结束" in call("round", "list").out
    shown = call("round", "show", "--json", now=NOW + timedelta(days=90)).json
    assert (shown["late"], shown["state"]) == (False, "closed")
    assert "不再催报" in shown["reminder"]
    refused = call("export", "--each", "--round", "第四季度", "-o", str(tmp_path / "x"))
    assert (refused.code, refused.out) == (1, "")
    assert "已结束，没有发出工作簿" in refused.err
    assert call("round", "reopen", "第四季度", "--json").json["state"] == "open"
    assert call("round", "withdraw", "第四季度", "--json").json["state"] == "withdrawn"
    assert "不需要催报" in call("round", "show").out
    record = call("round", "show", "--json").json["record"]
    assert [(one["what"], one["by"]) for one in record[:3]] == [
        ("begun", record[0]["by"]),
        ("sent", "李四"),
        ("name", "王五"),
    ]
    assert record[1]["units"] == ["区财政局"]
    assert [(one["before"], one["after"]) for one in record[2:]] == [
        ("四季度", "第四季度"),
        ("2026-12-20", "2026-12-31"),
        ("open", "closed"),
        ("closed", "open"),
        ("open", "withdrawn"),
    ]


def test_what_cannot_be_done_with_a_round_is_told(call: Call) -> None:
    begin(call)
    for arguments, code, told in (
        (["rename", "三季度", "二季度"], 1, "没有名为“三季度”的轮次"),
        (["rename", "四季度", " "], 1, "轮次没有名称，没有改名"),
        (["extend", "四季度"], 2, "缺少选项 --reply-by"),
        (["extend", "四季度", "--reply-by", "2026-11-01"], 1, "早于今天"),
        (["reopen", "四季度"], 1, "正在进行"),
        (["close", " "], 1, "没有写轮次名称"),
    ):
        said = call("round", *arguments)
        assert (said.code, said.out) == (code, ""), arguments
        assert told in said.err
    assert len(call("round", "show", "--json").json["record"]) == 1


def test_the_ledger_looks_for_the_answers_of_the_round_that_is_meant(call: Call, tmp_path: Path) -> None:
    begin(call)
    call("round", "new", "补报", "--reply-by", "2026-12-01", "--unit", "财政局")

    def silent() -> str:
        call("ledger", "-o", str(tmp_path / "台账.xlsx"))
        sheet = load_workbook(tmp_path / "台账.xlsx")["未反馈"]
        return str([[cell.value for cell in row] for row in sheet.iter_rows()])

    assert "“补报”（反馈时限2026年12月1日）" in silent()
    call("round", "withdraw", "补报")
    assert "补报" not in silent()
    assert "“四季度”（反馈时限2026年12月20日）" in silent()
    call("round", "extend", "四季度", "--reply-by", "2026-12-31")
    assert "“四季度”（反馈时限2026年12月31日）" in silent()
    call("round", "close", "四季度")
    assert "“四季度”（反馈时限2026年12月31日，已于2026年11月23日结束）" in silent()
    call("round", "withdraw", "四季度")
    assert "本轮未反馈" not in silent()
