"""import and import undo: workbooks that units filled in, as the program sent them out."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.exchange.checklists.filled_in import fill_in
from desktop.workspace.file import store
from desktop.workspace.items import settings
from desktop.workspace.items.model import FIELD_NAMES

from .conftest import Call, Outcome, desk

FILE = [
    "path",
    "unit",
    "state",
    "reason",
    "round",
    "offered_round",
    "changed",
    "unchanged",
    "conflicts",
    "rows_refused",
]
FILE += ["added", "missing", "notes"]


@pytest.fixture
def sent(call: Call, tmp_path: Path) -> Path:
    """The folder with the workbooks of a round: 区财政局 and 区工信局; 区财政局 has an entry already."""
    call("mark", "财政局", "2", "--owner", "张三", "--progress", "原有")
    call("round", "new", "四季度", "--reply-by", "2026-12-20", "--unit", "财政局", "--unit", "工信局")
    assert call("export", "--each", "--round", "四季度", "-o", str(tmp_path / "发出")).code == 0
    return tmp_path / "发出"


@pytest.fixture
def back(tmp_path: Path) -> Path:
    return tmp_path / "收回"


def workbook(sent: Path, unit: str) -> Path:
    return next(sent.glob(f"{unit}*.xlsx"))


def item(call: Call, unit: str, number: int) -> dict[str, Any]:
    rows = call("checklist", unit, "--json").json
    return next(row for row in rows if row["number"] == number)  # type: ignore[no-any-return]


def only(outcome: Outcome) -> dict[str, Any]:
    (file,) = outcome.json["files"]
    assert list(file) == FILE
    return file  # type: ignore[no-any-return]


def everything(folder: Path) -> dict[str, str]:
    """Return the hash of every file under ``folder``."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_what_a_unit_filled_in_is_taken(call: Call, sent: Path, back: Path) -> None:
    fill_in(
        workbook(sent, "区财政局"),
        {1: {"状态": "推进中", "工作进展": "已拨付", "完成时限": "2026.12.31"}, 3: {"完成时限": "长期"}},
        back / "财政.xlsx",
    )
    done = call("import", str(back / "财政.xlsx"), "--by", "李四", "--json")
    assert (done.code, done.err) == (0, "")
    file = only(done)
    assert (file["path"], file["unit"]) == (str(back / "财政.xlsx"), "区财政局")
    assert (file["state"], file["reason"], file["changed"]) == ("accepted", "", 4)
    assert file["changed"] + file["unchanged"] == 9 * len(FIELD_NAMES)
    assert (file["conflicts"], file["rows_refused"]) == ([], [])
    row = item(call, "财政局", 1)
    assert (row["status"], row["progress"], row["deadline"]) == ("推进中", "已拨付", "2026-12-31")
    assert item(call, "财政局", 3)["deadline"] == "长期"
    newest = call("history", "财政局", "1", "--json").json[0]
    assert (newest["by"], newest["source"], newest["file"]) == ("李四", "导入", "财政.xlsx")


def test_a_folder_is_walked_and_what_is_no_workbook_passed_over(call: Call, sent: Path, back: Path) -> None:
    fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "一" / "甲.XLSX")
    fill_in(workbook(sent, "区工信局"), {16: {"责任人": "乙"}}, back / "乙.xlsx")
    for name in ("~$乙.xlsx", ".~乙.xlsx", ".~lock.乙.xlsx#", "说明.docx", "乙.xlsx.tmp"):
        (back / name).write_bytes(b"x")
    done = call("import", str(back), "--json")
    assert done.code == 0
    assert [(file["path"], file["state"]) for file in done.json["files"]] == [
        (str(back / "一" / "甲.XLSX"), "accepted"),
        (str(back / "乙.xlsx"), "accepted"),
    ]


def test_tables_of_other_kinds_in_a_folder_are_named(call: Call, sent: Path, back: Path) -> None:
    fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "甲.xlsx")
    others = (
        "审计局.XLS",
        "工信局.et",
        "全部.rar",
        "照片.jpg",
        "说明.docx",
        "无扩展名",
        ".DS_Store",
        "Thumbs.db",
    )
    for name in others:
        (back / name).write_bytes(b"x")
    done = call("import", str(back), "--json")
    assert (done.code, len(done.json["files"])) == (0, 1)
    assert sorted(done.json["passed_over"]) == sorted(str(back / name) for name in others[:6])
    assert "另有6个文件没有读取" in done.err
    assert "2个表格不是 .xlsx（审计局.XLS、工信局.et），" in done.err
    assert "1个压缩包（全部.rar），请先解压再导入；" in done.err
    assert "说明.docx" in done.err


def test_the_json_carries_all_that_people_are_told(call: Call, sent: Path, back: Path) -> None:
    path = fill_in(workbook(sent, "区财政局"), {1: {"状态": "已办结"}}, back / "甲.xlsx")
    edited = load_workbook(path)
    sheet = edited["区财政局"]
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    heads["责任人"].value = "谁负责"
    sheet.cell(sheet.max_row + 3, 2, "本单位自己加的一项工作")
    edited.save(path)
    file = only(call("import", str(path), "--json"))
    (asked,) = file["conflicts"]
    assert asked["guess"] == "已完成"
    assert asked["question"] in file["reason"]
    assert any("责任人" in note for note in file["notes"])
    assert [added["text"] for added in file["added"]] == ["本单位自己加的一项工作"]


@pytest.mark.parametrize(
    ("name", "content", "reason", "advice"),
    [
        ("区科技局.rar", b"Rar!\x1a\x07\x01\x00", "是压缩包", "解压"),
        ("区科技局.rar", b"half an archive", "是压缩包", "解压"),
        ("区科技局.7z", b"7z\xbc\xaf\x27\x1c", "是压缩包", "解压"),
        ("带回.sjb", b"PK\x03\x04", "是数据包", "并入数据包"),
        ("新发文.fwb", b"PK\x03\x04", "是发文包", "导入发文包"),
        ("清单.pdf", b"%PDF-1.7", "是 PDF 文件", "填入"),
        ("清单.uos", b"<?xml version='1.0'?>", "不是 Excel 工作簿", "另存为"),
    ],
)
def test_what_is_no_workbook_is_told_what_to_do_with(
    call: Call, sent: Path, back: Path, name: str, content: bytes, reason: str, advice: str
) -> None:
    back.mkdir(exist_ok=True)
    (back / name).write_bytes(content)
    file = only(call("import", str(back / name), "--json"))
    assert file["state"] == "refused"
    assert reason in file["reason"]
    assert advice in file["reason"]


def test_a_folder_without_workbooks_is_told(call: Call, back: Path) -> None:
    back.mkdir()
    told = call("import", str(back), "--json")
    assert (told.code, told.out) == (1, "")
    assert "没有找到 .xlsx 工作簿" in told.err


def test_importing_twice_is_importing_once(call: Call, sent: Path, back: Path, folder: Path) -> None:
    path = fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "甲.xlsx")
    call("import", str(path))
    before = call("history", "--json").json
    backups = everything(folder / "backups")
    again = call("import", str(path), str(path), "--json")
    assert again.code == 0
    assert [file["state"] for file in again.json["files"]] == ["unchanged", "unchanged"]
    assert all(file["reason"] for file in again.json["files"])
    assert call("history", "--json").json == before
    assert everything(folder / "backups") == backups


def conflicting(call: Call, sent: Path, back: Path) -> Path:
    """Return a workbook in which 工作进展 of 2 was changed by the unit and here, and 责任人 by the unit."""
    path = fill_in(
        workbook(sent, "区财政局"), {2: {"工作进展": "单位写的", "责任人": "王五"}}, back / "甲.xlsx"
    )
    call("mark", "财政局", "2", "--progress", "本库写的")
    return path


def test_a_conflict_stays_as_ours_and_the_rest_is_taken(call: Call, sent: Path, back: Path) -> None:
    path = conflicting(call, sent, back)
    done = call("import", str(path), "--json")
    assert done.code == 3
    file = only(done)
    assert (file["state"], file["changed"]) == ("conflicts", 1)
    assert file["conflicts"] == [
        {"number": 2, "field": "progress", "base": "原有", "ours": "本库写的", "theirs": "单位写的"}
        | {"question": "", "guess": None}
    ]
    assert (item(call, "财政局", 2)["progress"], item(call, "财政局", 2)["owner"]) == ("本库写的", "王五")
    assert call("round", "show", "--json").json["conflicting"] == ["区财政局"]
    again = call("import", str(path), "--json")
    assert again.code == 3
    assert only(again)["conflicts"] == file["conflicts"]


@pytest.mark.parametrize(
    ("option", "progress", "state"),
    [("--theirs", "单位写的", "accepted"), ("--ours", "本库写的", "unchanged")],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_conflict_is_decided_at_once_or_later(
    call: Call, sent: Path, back: Path, option: str, progress: str, state: str, first: bool
) -> None:
    path = conflicting(call, sent, back)
    if not first:
        call("import", str(path))
    done = call("import", str(path), option, "--json")
    assert done.code == 0
    file = only(done)
    assert file["conflicts"] == []
    assert file["state"] == ("accepted" if first else state)  # at once, 责任人 is taken as well
    assert item(call, "财政局", 2)["progress"] == progress
    told = {(change["before"], change["after"]) for change in call("history", "财政局", "2", "--json").json}
    assert ("本库写的", "单位写的") in told  # both values stay in the history, whichever was chosen
    assert call("round", "show", "--json").json["conflicting"] == []
    assert call("import", str(path), "--json").code == 0


def test_what_must_be_asked_stays_as_ours_until_it_is_answered(call: Call, sent: Path, back: Path) -> None:
    answers = {1: {"状态": " 已办结 "}, 3: {"完成时限": "3月1日"}, 4: {"状态": "快了吧"}}
    path = fill_in(workbook(sent, "区财政局"), answers, back / "甲.xlsx")
    done = call("import", str(path), "--json")
    assert done.code == 3
    file = only(done)
    assert file["changed"] == 0
    assert [(c["number"], c["field"], c["theirs"].strip()) for c in file["conflicts"]] == [
        (1, "status", "已办结"),
        (3, "deadline", "3月1日"),
        (4, "status", "快了吧"),
    ]
    assert "是否为“已完成”？" in file["reason"]
    assert item(call, "财政局", 1)["status"] == "未启动"
    answered = only(call("import", str(path), "--theirs", "--json"))
    assert (item(call, "财政局", 1)["status"], item(call, "财政局", 3)["deadline"]) == (
        "已完成",
        "2027-03-01",
    )
    assert [(c["number"], answered["state"]) for c in answered["conflicts"]] == [(4, "conflicts")]
    assert call("import", str(path), "--ours", "--json").code == 0
    assert item(call, "财政局", 4)["status"] == "未启动"


def test_a_dry_run_says_the_same_and_writes_nothing(
    call: Call, sent: Path, back: Path, folder: Path, tmp_path: Path
) -> None:
    conflicting(call, sent, back)
    fill_in(workbook(sent, "区工信局"), {16: {"状态": "不适用"}}, back / "乙.xlsx")
    (back / "丙.xlsx").write_bytes(b"PK")
    before = everything(tmp_path)
    dry = call("import", str(back), "--dry-run", "--json")
    assert everything(tmp_path) == before
    assert dry.code == 3
    with store.open_for_writing(folder):
        assert call("import", str(back), "--dry-run", "--json").json == dry.json
    assert call("import", str(back), "--json").json == dry.json


def test_a_dry_run_where_there_is_no_workspace_makes_none(call: Call, sent: Path, tmp_path: Path) -> None:
    done = desk("--workspace", str(tmp_path / "无"), "import", str(sent), "--dry-run")
    assert done.returncode == 3
    assert "不是本工作库发出的" in done.stdout.decode()
    assert not (tmp_path / "无").exists()


def test_refused_files_do_not_keep_the_others_out(call: Call, sent: Path, back: Path) -> None:
    fill_in(workbook(sent, "区工信局"), {16: {"责任人": "乙"}}, back / "乙.xlsx")
    (back / "丙.xlsx").write_bytes(b"PK\x03\x04 cut short")
    done = call("import", str(back / "无.xlsx"), str(back), "--json")
    assert (done.code, done.err) == (3, "")
    states = {Path(file["path"]).name: file for file in done.json["files"]}
    assert {name: file["state"] for name, file in states.items()} == {
        "无.xlsx": "refused",
        "丙.xlsx": "refused",
        "乙.xlsx": "accepted",
    }
    for name in ("无.xlsx", "丙.xlsx"):
        assert states[name]["unit"] == ""
        assert "原样保留" in states[name]["reason"]
        assert "\n" not in states[name]["reason"]
    assert item(call, "工信局", 16)["owner"] == "乙"


def test_nothing_but_refused_files_leaves_the_workspace_alone(
    call: Call, sent: Path, back: Path, folder: Path
) -> None:
    before = everything(folder)
    assert call("import", str(back / "无.xlsx")).code == 3
    assert everything(folder) == before


def test_rows_that_cannot_be_taken_are_told_one_by_one(call: Call, sent: Path, back: Path) -> None:
    answers = {1: {"措施": "1.发挥中小企业纾困资金作用。改了"}, 2: {"状态": "不适用", "责任人": "王五"}}
    path = fill_in(workbook(sent, "区财政局"), answers, back / "甲.xlsx")
    done = call("import", str(path), "--json")
    assert done.code == 0
    file = only(done)
    assert file["state"] == "accepted"
    altered, unreasoned = file["rows_refused"]
    assert "措施原文" in altered["reason"]
    assert unreasoned["row"] == altered["row"] + 1
    assert "须写明理由" in unreasoned["reason"]
    assert (item(call, "财政局", 2)["status"], item(call, "财政局", 2)["owner"]) == ("未启动", "王五")


def test_rows_added_by_hand_are_told_and_can_become_notes(call: Call, sent: Path, back: Path) -> None:
    path = workbook(sent, "区工信局")
    book = load_workbook(path)
    sheet = book["区工信局"]
    last = next(row for row in sheet.iter_rows() if str(row[2].value).startswith("16."))
    sheet.insert_rows(last[0].row + 1)
    sheet.cell(last[0].row + 1, 3).value = "我们另外做的一件事"
    back.mkdir()
    book.save(back / "乙.xlsx")
    assert "我们另外做的一件事" in call("import", str(back), "--dry-run").out
    assert "已存为批注" in call("import", str(back), "--notes").out


def test_an_import_is_taken_back_whole(call: Call, sent: Path, back: Path) -> None:
    for unit, number in (("区财政局", 1), ("区工信局", 16)):
        fill_in(workbook(sent, unit), {number: {"责任人": "甲", "工作进展": "乙"}}, back / f"{unit}.xlsx")
    before = [call("checklist", unit, "--json").json for unit in ("财政局", "工信局")]
    call("import", str(back))
    call("mark", "工信局", "16", "--owner", "后来")
    undone = call("import", "undo", "--by", "李四", "--json").json
    assert (undone["id"], len(undone["changes"])) == (1, 3)
    assert [(k["unit"], k["number"], k["field"]) for k in undone["kept"]] == [("区工信局", 16, "owner")]
    assert item(call, "工信局", 16)["owner"] == "后来"
    call("mark", "工信局", "16", "--owner", "")

    def values(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: value for name, value in row.items() if name != "revision"} for row in rows]

    after = [call("checklist", unit, "--json").json for unit in ("财政局", "工信局")]
    assert [values(rows) for rows in after] == [values(rows) for rows in before]
    assert "没有可撤销的导入" in call("import", "undo").err
    assert "此前已撤销" in call("import", "undo", "1").out
    assert call("import", "undo", "9").code == 1
    assert call("import", str(back), "--json").json["files"][0]["state"] == "accepted"


def test_a_file_called_undo_can_be_imported(
    call: Call, sent: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "甲.xlsx")
    shutil.copy(back / "甲.xlsx", back / "undo")
    monkeypatch.chdir(back)
    assert only(call("import", "./undo", "--json"))["state"] == "accepted"
    assert call("import", "undo", "--json").json["id"] == 1


def test_a_backup_is_made_before(call: Call, sent: Path, back: Path, folder: Path) -> None:
    fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "甲.xlsx")
    call("import", str(back))
    (saved,) = (folder / "backups").glob("*-before-import.zip")
    assert call("restore", str(saved)).code == 0
    assert item(call, "财政局", 1)["owner"] == ""


def test_what_a_unit_claims_is_not_confirmed_by_its_own_workbook(call: Call, sent: Path, back: Path) -> None:
    first = fill_in(workbook(sent, "区财政局"), {1: {"状态": "已完成"}}, back / "1.xlsx")
    second = fill_in(workbook(sent, "区财政局"), {1: {"状态": "已销号"}}, back / "2.xlsx")
    call("import", str(first), "--by", "甲")
    file = only(call("import", str(second), "--by", "乙", "--json"))
    assert item(call, "财政局", 1)["status"] == "已完成"
    assert "不能再由该单位的工作簿销号" in file["rows_refused"][0]["reason"]
    assert call("mark", "财政局", "1", "--status", "已销号", "--by", "乙").code == 0


def test_who_imports_is_who_was_set_unless_told(call: Call, sent: Path, back: Path, folder: Path) -> None:
    with store.open_for_writing(folder) as workspace:
        settings.put(workspace.db, "user_name", "协调人")
    path = fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "1.xlsx")
    call("import", str(path))
    assert call("history", "财政局", "1", "--json").json[0]["by"] == "协调人"


def test_the_words_for_people_say_what_became_of_each_file(call: Call, sent: Path, back: Path) -> None:
    path = conflicting(call, sent, back)
    (back / "丙.xlsx").write_bytes(b"")
    page = call("import", str(back)).out
    assert f"待决定　区财政局，改动1处　{path}" in page
    assert "冲突　第2条工作进展：发出时“原有”，本库“本库写的”，回填“单位写的”" in page
    assert "是空文件" in page
    assert "共2份：未并入1份，待决定1份。" in page
    assert "撤销这次导入：import undo 1" in page
    assert "第2条工作进展：采用“单位写的”" in call("import", str(path), "--theirs").out


@pytest.mark.parametrize("name", ["a\x1b[31m.xlsx", "名\udcff.xlsx"])
def test_odd_names_steer_nothing_and_stop_nothing(call: Call, sent: Path, back: Path, name: str) -> None:
    path = fill_in(workbook(sent, "区财政局"), {1: {"责任人": "甲"}}, back / "甲.xlsx")
    odd = path.rename(back / name)
    done = call("import", str(odd))
    assert done.code == 0
    assert "\x1b" not in done.out
    assert item(call, "财政局", 1)["owner"] == "甲"
    assert "\x1b" not in call("history").out


def test_items_that_are_not_here_are_told_by_their_keys(call: Call, sent: Path, back: Path) -> None:
    path = workbook(sent, "区财政局")
    book = load_workbook(path)
    sheet = book["回填标识"]
    last = next(row for row in sheet.iter_rows() if str(row[0].value).endswith(".m25"))
    for column, cell in enumerate(last, start=1):
        sheet.cell(last[0].row + 1, column).value = cell.value
    sheet.cell(last[0].row + 1, 1).value = "finance/no-such-measure"
    back.mkdir()
    book.save(back / "甲.xlsx")
    done = call("import", str(back))
    assert (done.code, done.err) == (0, "")
    assert "缺少　no-such-measure不在收回的表中" in done.out


@pytest.mark.parametrize("escaped", ["_xD800_", "_xDC00_", "_x0000_", "_xD83D__xDE00_"])
def test_half_a_character_in_one_file_stops_no_other(
    call: Call, sent: Path, back: Path, escaped: str
) -> None:
    """Escaped halves in answers, in a row of the unit's own and in a hidden key; a name that is no text."""
    back.mkdir()
    fill_in(workbook(sent, "区工信局"), {16: {"责任人": "乙"}}, back / "好.xlsx")
    book = load_workbook(workbook(sent, "区财政局"))
    sheet = book.worksheets[0]
    sheet.protection.sheet = False
    heads = {cell.value: cell.column for cell in sheet[5]}
    sheet.cell(6, heads["工作进展"]).value = f"办好{escaped}了"
    sheet.cell(7, heads["事项标识"]).value = f"finance/{escaped}"
    sheet.cell(sheet.max_row + 2, 3).value = f"自加{escaped}"
    book.save(back / "坏.xlsx")
    (back / "坏.xlsx").rename(back / os.fsdecode(b"\xff.xlsx"))
    done = call("import", str(back), "--by", "李四", "--json", "--notes")
    assert done.code in (0, 3)
    by_unit = {file["unit"]: file for file in done.json["files"]}
    assert by_unit["区工信局"]["state"] == "accepted"
    assert by_unit["区财政局"]["state"] in ("accepted", "conflicts")
    assert item(call, "工信局", 16)["owner"] == "乙"
    kept = item(call, "财政局", 1)["progress"]
    assert kept == {"_x0000_": "办好了", "_xD83D__xDE00_": "办好😀了"}.get(escaped, "办好\ufffd了")
    assert call("history", "--json").code == 0
    assert call("checklist", "财政局").code == 0


def test_a_sheet_whose_answers_were_sorted_is_asked_about_as_a_whole(
    call: Call, sent: Path, back: Path, tmp_path: Path
) -> None:
    """As a program does that ignores the protection: the columns of the answers move, the others stay."""
    for number in (1, 2, 3, 4):
        call("mark", "财政局", str(number), "--status", "推进中", "--progress", f"第{number}条的进展")
    call("round", "new", "再来一轮", "--reply-by", "2030-01-01", "--unit", "区财政局")
    path = tmp_path / "再来一轮.xlsx"
    call("export", "--unit", "区财政局", "--round", "再来一轮", "-o", str(path))
    edited = load_workbook(path)
    sheet = edited["区财政局"]
    heads = {cell.value: cell for line in sheet.iter_rows() for cell in line if cell.value}
    first = heads["工作进展"].row + 1
    columns = [
        heads[name].column for name in ("完成时限", "状态", "责任人", "工作进展", "存在问题", "下一步举措")
    ]
    rows = [[sheet.cell(first + at, column).value for column in columns] for at in range(4)]
    for at, values in enumerate(rows[1:] + rows[:1]):
        for column, value in zip(columns, values, strict=True):
            sheet.cell(first + at, column, value)
    edited.save(path)
    done = call("import", str(path), "--theirs", "--json")
    file = only(done)
    assert (done.code, file["state"], file["changed"]) == (3, "conflicts", 0)
    assert "整体移动过" in file["reason"]
    assert file["reason"].count("整体移动过") == 1
    assert item(call, "财政局", 1)["progress"] == "第1条的进展"


@pytest.fixture
def plain(call: Call, sent: Path, back: Path) -> Path:
    """A workbook of 区财政局 that was exported outside the round, filled in."""
    call("export", "--unit", "财政局", "-o", str(back / "平时.xlsx"))
    return fill_in(back / "平时.xlsx", {1: {"工作进展": "平时填的"}}, back / "回" / "平时.xlsx")


def test_a_workbook_outside_the_round_is_taken_and_counts_when_that_is_said(call: Call, plain: Path) -> None:
    first = call("import", str(plain), "--json")
    file = only(first)
    assert (first.code, file["state"], file["round"], file["offered_round"]) == (
        0,
        "accepted",
        None,
        "四季度",
    )
    assert file["notes"] == ["这份不是按轮次发出的，没有算作“四季度”的回填。"]
    assert call("round", "show", "--json").json["returned"] == []
    said = call("import", str(plain))
    assert "1份不是按本轮发出的；要算作“四季度”的回填，再加 --round 四季度 导入一次。" in said.out
    preview = only(call("import", str(plain), "--round", "四季度", "--dry-run", "--json"))
    assert (preview["round"], preview["offered_round"]) == ("四季度", None)
    assert call("round", "show", "--json").json["returned"] == []
    call("import", str(plain), "--round", "四季度")
    assert call("round", "show", "--json").json["returned"] == ["区财政局"]


def test_an_unknown_round_is_refused_before_anything_is_taken(call: Call, plain: Path) -> None:
    told = call("import", str(plain), "--round", "三季度")
    assert (told.code, told.out) == (1, "")
    assert "没有名为“三季度”的轮次" in told.err
    assert item(call, "财政局", 1)["progress"] == ""


def test_a_withdrawn_rounds_workbook_is_refused_unless_it_is_said_to_count(
    call: Call, sent: Path, back: Path
) -> None:
    path = fill_in(workbook(sent, "区财政局"), {1: {"工作进展": "填了"}}, back / "甲.xlsx")
    call("round", "withdraw", "四季度")
    done = call("import", str(path), "--json")
    file = only(done)
    assert (done.code, file["state"], file["offered_round"]) == (3, "refused", "四季度")
    assert "该轮已于2026年11月23日撤回。文件原样保留" in file["reason"]
    taken = only(call("import", str(path), "--round", "四季度", "--json"))
    assert (taken["state"], taken["round"], taken["changed"]) == ("accepted", "四季度", 1)
    assert item(call, "财政局", 1)["progress"] == "填了"


def test_an_answer_after_the_end_is_taken_and_said_to_be_so(call: Call, sent: Path, back: Path) -> None:
    path = fill_in(workbook(sent, "区财政局"), {1: {"工作进展": "迟了"}}, back / "甲.xlsx")
    call("round", "close", "四季度")
    file = only(call("import", str(path), "--json"))
    assert (file["state"], file["round"]) == ("accepted", "四季度")
    assert file["notes"] == ["“四季度”轮次已于2026年11月23日结束，这份是结束以后收到的，仍计入该轮。"]
