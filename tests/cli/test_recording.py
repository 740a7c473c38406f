"""history and ledger."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from desktop.workspace.file import store

from .conftest import EXPIRED, Call

CHANGE = ["id", "at", "by", "source", "file", "import", "unit", "key", "number", "field"]
CHANGE += ["before", "after", "adopted", "undoes"]


def test_the_history_newest_first_with_all_that_is_known(call: Call) -> None:
    call("mark", "财政局", "2", "--owner", "张三", "--by", "甲")
    call("mark", "财政局", "2", "--owner", "李四", "--by", "乙")
    told = call("history", "区财政局", "第2条", "--json").json
    assert all(list(change) == CHANGE for change in told)
    assert [(change["before"], change["after"], change["by"]) for change in told] == [
        ("张三", "李四", "乙"),
        ("", "张三", "甲"),
    ]
    newest = told[0]
    assert (newest["unit"], newest["number"], newest["field"]) == ("区财政局", 2, "owner")
    assert (newest["source"], newest["file"], newest["import"]) == ("命令行", "", None)
    assert (newest["adopted"], newest["undoes"]) == (True, None)


def test_of_an_item_of_a_unit_and_of_all(call: Call) -> None:
    for unit, number in (("财政局", "2"), ("财政局", "3"), ("工信局", "16")):
        call("mark", unit, number, "--owner", "张三")
    assert [
        len(call("history", *words, "--json").json) for words in ([], ["财政局"], ["财政局", "3"], ["税务局"])
    ] == [3, 2, 1, 0]
    assert [change["unit"] for change in call("history", "--limit", "1", "--json").json] == ["区工信局"]


def test_without_a_history_nothing_is_told_and_nothing_made(call: Call, folder: Path) -> None:
    assert call("history", "--json").json == []
    assert call("history").out.startswith("没有改动。")
    assert not folder.exists()


def test_an_item_that_the_unit_does_not_carry_is_told(call: Call) -> None:
    told = call("history", "税务局", "2", "--json")
    assert (told.code, told.out) == (1, "")
    assert "第2条不在国家税务总局阳泉市城区税务局的清单中" in told.err


def test_the_history_for_people(call: Call, folder: Path) -> None:
    call("mark", "财政局", "2", "--owner", "张三", "--deadline", "2026-01-01/2026-12-31", "--by", "甲")
    with store.open_for_writing(folder):
        page = call("history").out
    lines = page.splitlines()
    assert lines[0] == "2026-11-23 09:30　甲　命令行　区财政局　第2条用好创业担保贷款政策"
    assert "    完成时限：（空） → 2026-01-01至2026-12-31" in lines
    assert "    责任人：（空） → 张三" in lines
    assert "2处改动。" in lines
    assert EXPIRED in lines[-1]


def words(path: Path, title: str) -> str:
    """Return all strings of one sheet."""
    rows = load_workbook(path)[title].iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def test_the_ledger_has_all_its_sheets(call: Call, tmp_path: Path) -> None:
    call("mark", "财政局", "2", "--owner", "张三", "--deadline", "2026-11-01")
    call("round", "new", "四季度", "--reply-by", "2026-12-20", "--unit", "财政局")
    path = tmp_path / "新" / "台账.xlsx"
    done = call("ledger", "-o", str(path))
    assert (done.code, done.out) == (0, f"{path}\n")
    visible = [sheet.title for sheet in load_workbook(path) if sheet.sheet_state == "visible"]
    assert visible == ["汇总", "台账", "逾期", "未反馈"]
    assert "张三" in words(path, "台账")
    assert "区财政局" in words(path, "逾期")
    assert "四季度" in words(path, "未反馈")


def test_the_ledger_since_a_day_shows_what_changed(call: Call, tmp_path: Path) -> None:
    call("mark", "财政局", "2", "--owner", "张三")
    (path,) = call("ledger", "-o", str(tmp_path), "--since", "2026-11-23", "--json").json
    assert "张三" in words(Path(path), "变动")
    (later,) = call("ledger", "-o", str(tmp_path / "后"), "--since", "2026-11-24", "--json").json
    assert "张三" not in words(Path(later), "变动")


def test_a_ledger_that_cannot_be_written_is_told(call: Call, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("")
    told = call("ledger", "-o", str(tmp_path / "file" / "台账.xlsx"))
    assert (told.code, told.out) == (1, "")
    assert not folder.exists()
