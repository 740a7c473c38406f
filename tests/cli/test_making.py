"""export and build, by what they leave on disk; doctor's checks are in test_doctor."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from desktop import paths

from .conftest import Call

FINANCE = "区财政局-责任清单-城政办发〔2023〕3号-20261123.xlsx"
ALL = "全部责任单位-责任清单-城政办发〔2023〕3号-20261123.xlsx"


def words(path: Path) -> str:
    """Return all strings of a workbook, one a line."""
    with closing(load_workbook(path, read_only=True)) as book:
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join(cell for row in rows for cell in row if isinstance(cell, str))


def test_one_unit_into_a_folder_or_a_file(call: Call, tmp_path: Path) -> None:
    call("mark", "区财政局", "2", "--owner", "张三")
    into = call("export", "--unit", "财政局", "-o", str(tmp_path / "导出"))
    assert into.out == f"{tmp_path / '导出' / FINANCE}\n"
    assert "张三" in words(tmp_path / "导出" / FINANCE)
    assert call("export", "--unit", "财政局", "-o", str(tmp_path / "新" / "甲.xlsx"), "--json").json == [
        str(tmp_path / "新" / "甲.xlsx")
    ]
    assert "已过有效期" in words(tmp_path / "新" / "甲.xlsx")


def test_all_units_into_one_workbook(call: Call, tmp_path: Path) -> None:
    assert call("export", "--all", "-o", str(tmp_path)).out == f"{tmp_path / ALL}\n"
    with closing(load_workbook(tmp_path / ALL, read_only=True)) as book:
        assert book.sheetnames[0] == "汇总"
        assert len([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]) == 22


def test_each_unit_into_a_workbook_of_its_own(call: Call, tmp_path: Path) -> None:
    written = call("export", "--each", "-o", str(tmp_path / "清单"), "--json").json
    assert len(written) == 21
    assert {Path(path) for path in written} == set((tmp_path / "清单").iterdir())
    units = [branch["title"] for branch in call("tree", "--by", "unit", "--json").json]
    for unit, path in zip(units, written, strict=True):
        assert unit in words(Path(path))


def test_a_workbook_in_a_folder_that_someone_worked_on_stays(call: Call, tmp_path: Path) -> None:
    call("export", "--unit", "财政局", "-o", str(tmp_path))
    book = load_workbook(tmp_path / FINANCE)
    book.worksheets[0].oddHeader.center.text = "改过"
    book.save(tmp_path / FINANCE)
    kept = (tmp_path / FINANCE).read_bytes()
    (second,) = call("export", "--unit", "财政局", "-o", str(tmp_path), "--json").json
    assert Path(second) != tmp_path / FINANCE
    assert (tmp_path / FINANCE).read_bytes() == kept


def test_what_cannot_be_exported_is_told_and_leaves_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = call("export", "--unit", "住见局", "-o", str(tmp_path / "甲.xlsx"))
    assert (told.code, told.out) == (1, "")
    assert "区住建局" in told.err
    told = call("export", "--unit", "财政局", "-o", str(tmp_path / "file" / "甲.xlsx"))
    assert (told.code, told.out) == (1, "")
    assert "没有改动" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_build_gives_the_bundled_bytes(call: Call, tmp_path: Path) -> None:
    done = call("build", "-o", str(tmp_path / "measures.db"))
    assert (done.code, done.out) == (0, f"{tmp_path / 'measures.db'}\n")
    assert (tmp_path / "measures.db").read_bytes() == paths.bundled_database().read_bytes()
