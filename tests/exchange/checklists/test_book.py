from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.checklists import book
from desktop.exchange.checklists.book import Sending, by_unit, write_all, write_each, write_unit
from desktop.exchange.sheets.book import CancelledError
from desktop.exchange.sheets.names import checklist_name
from desktop.workspace.items.model import Item
from tests.exchange import second_reader, units
from tests.exchange.conftest import TODAY
from tests.rights import ordinary_user

NAME = "区财政局-责任清单-城政办发〔2023〕3号-20261123.xlsx"


@pytest.fixture
def export(catalogue: Catalogue, today: date, filled: tuple[Item, ...]) -> dict[str, Callable[..., object]]:
    """The three ways of exporting, each taking a path and the optional arguments."""
    unit = catalogue.find_unit("区财政局")
    own = [item for item in filled if item.key.unit_key == unit.key]
    return {
        "unit": lambda path, **more: write_unit(path, Sending(catalogue, today, **more), own, unit),
        "all": lambda path, **more: write_all(path, Sending(catalogue, today, **more), filled),
        "each": lambda path, **more: write_each(path, Sending(catalogue, today, **more), filled),
    }


def after(calls: int) -> Callable[[], bool]:
    """Return a ``cancelled`` that becomes true after so many calls."""
    counter = itertools.count()
    return lambda: next(counter) >= calls


def test_a_name_says_unit_number_and_day(catalogue: Catalogue) -> None:
    assert checklist_name(catalogue, "区财政局", TODAY) == NAME


def test_a_name_holds_nothing_that_windows_refuses(catalogue: Catalogue) -> None:
    name = checklist_name(catalogue, ' a<b>c:d"e/f\\g|h?i*j\x07', TODAY)
    assert name == "a_b_c_d_e_f_g_h_i_j_-责任清单-城政办发〔2023〕3号-20261123.xlsx"


def test_one_unit_is_one_workbook(export: dict[str, Callable[..., object]], tmp_path: Path) -> None:
    at = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert export["unit"](tmp_path / NAME, at=at) == tmp_path / NAME
    book = second_reader.read(tmp_path / NAME)
    assert [(sheet.title, sheet.state) for sheet in book.sheets] == [
        ("区财政局", "visible"),
        ("选项", "hidden"),
        ("回填标识", "veryHidden"),
    ]
    assert book.properties["title"] == "区财政局责任清单（城政办发〔2023〕3号）"
    assert book.properties["created"] == "2026-11-23T01:30:00Z"


def test_each_unit_has_a_workbook_of_its_own(
    export: dict[str, Callable[..., object]], catalogue: Catalogue, whole: second_reader.Book, tmp_path: Path
) -> None:
    written = export["each"](tmp_path / "导出")
    units = catalogue.checklist_units()
    assert written == tuple(tmp_path / "导出" / checklist_name(catalogue, unit.name, TODAY) for unit in units)
    assert sorted(written) == sorted((tmp_path / "导出").iterdir())  # type: ignore[type-var]
    for unit, path in zip(units, written, strict=True):
        book = second_reader.read(path)
        assert [sheet.title for sheet in book.sheets] == [unit.name, "选项", "回填标识"]
        assert book[unit.name].cells == whole[unit.name].cells
        assert book[unit.name].heights == whole[unit.name].heights
        assert set(book.names) == {
            ("status_list", ""),
            ("_xlnm.Print_Titles", unit.name),
            ("_xlnm.Print_Area", unit.name),
            ("_xlnm._FilterDatabase", unit.name),
        }


def test_openpyxl_opens_every_workbook(export: dict[str, Callable[..., object]], tmp_path: Path) -> None:
    for path in (export["all"](tmp_path / "all.xlsx"), export["unit"](tmp_path / "unit.xlsx")):
        book = openpyxl.load_workbook(str(path))
        assert book["区财政局"].print_title_rows is not None
        assert book.active is not None
        assert book.active.sheet_state == "visible"


def test_a_notice_in_force_is_not_called_expired(
    catalogue: Catalogue, blank: tuple[Item, ...], tmp_path: Path
) -> None:
    day = date(2025, 12, 31)
    in_force = day
    path = write_all(tmp_path / "a.xlsx", Sending(catalogue, in_force), blank)
    for sheet in second_reader.read(path).visible:
        assert "有效期至2025年12月31日" in sheet.texts()
        assert not [text for text in sheet.texts() if "已过有效期" in text]


@pytest.mark.parametrize(("way", "steps"), [("unit", 2), ("all", 22), ("each", 21)])
def test_progress_is_told_from_nothing_to_all(
    export: dict[str, Callable[..., object]], tmp_path: Path, way: str, steps: int
) -> None:
    told: list[tuple[int, int]] = []
    export[way](tmp_path / "out", report=lambda done, total: told.append((done, total)))
    assert told == [(done, steps) for done in range(steps + 1)]


@pytest.mark.parametrize("way", ["unit", "all"])
@pytest.mark.parametrize("calls", [0, 1, 5, 9])
def test_a_cancelled_export_leaves_what_was_there(
    export: dict[str, Callable[..., object]], tmp_path: Path, way: str, calls: int
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(CancelledError, match="没有写出任何文件") as caught:
        export[way](path, cancelled=after(calls))
    assert caught.value.written == ()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_cancelling_before_anything_is_written_makes_no_folder(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    with pytest.raises(CancelledError):
        export["each"](tmp_path / "导出", cancelled=after(0))
    assert list(tmp_path.iterdir()) == []


def test_cancelling_between_files_keeps_the_finished_ones_and_names_them(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    with pytest.raises(CancelledError, match=r"此前已写好的\d+个文件保留") as caught:
        export["each"](tmp_path, cancelled=after(30))
    written = caught.value.written
    assert 0 < len(written) < 21
    assert sorted(written) == sorted(tmp_path.iterdir())
    assert all(second_reader.read(path).sheets for path in written)


def test_an_export_of_the_same_day_replaces_the_former_one(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    first = export["each"](tmp_path)
    assert export["each"](tmp_path) == first
    assert len(list(tmp_path.iterdir())) == 21


def test_a_workbook_that_somebody_has_filled_in_is_never_replaced(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    export["each"](tmp_path)
    book = openpyxl.load_workbook(tmp_path / NAME)
    sheet = book["区财政局"]
    sheet.cell(units.FIRST_ROW, units.COLUMN["工作进展"]).value = "单位填报的内容"
    book.save(tmp_path / NAME)
    returned = (tmp_path / NAME).read_bytes()
    for number in (2, 3):
        written = export["each"](tmp_path)
        added = tmp_path / NAME.replace(".xlsx", f"（{number}）.xlsx")
        assert added in written  # type: ignore[operator]
        assert (tmp_path / NAME).read_bytes() == returned
        again = openpyxl.load_workbook(added)
        again.save(added)
    assert len(list(tmp_path.iterdir())) == 23


@pytest.mark.parametrize("way", ["unit", "all", "each"])
def test_a_workbook_open_elsewhere_stops_the_export_before_anything_is_written(
    export: dict[str, Callable[..., object]], tmp_path: Path, way: str
) -> None:
    target = tmp_path if way == "each" else tmp_path / NAME
    export[way](target)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    owner = tmp_path / f"~${NAME}"
    owner.touch()
    at = datetime(2026, 11, 23, 20, 0)
    with pytest.raises(KnownError) as caught:
        export[way](target, at=at)
    assert "请先在 Excel/WPS 中关闭该文件" in caught.value.hint
    owner.unlink()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_failure_between_files_says_how_many_are_written(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    def in_the_way(done: int, _: int) -> None:
        if done == 2:
            (tmp_path / NAME).mkdir(exist_ok=True)

    (tmp_path / NAME).unlink(missing_ok=True)
    with pytest.raises(KnownError, match="此前已写好") as caught:
        export["each"](tmp_path, report=lambda done, total: in_the_way(done + 1, total))
    assert "是一个文件夹" in caught.value.message


@pytest.mark.parametrize("way", ["unit", "all"])
def test_a_folder_in_place_of_the_file_is_refused(
    export: dict[str, Callable[..., object]], tmp_path: Path, way: str
) -> None:
    with pytest.raises(KnownError, match="是一个文件夹"):
        export[way](tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_refused(
    export: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    (tmp_path / "导出").write_bytes(b"old")
    with pytest.raises(KnownError, match="不是文件夹"):
        export["each"](tmp_path / "导出")
    assert (tmp_path / "导出").read_bytes() == b"old"


def test_a_folder_that_one_may_not_look_into_is_refused(
    export: dict[str, Callable[..., object]], open_folder: Path
) -> None:
    (open_folder / "inside").mkdir(mode=0)
    with ordinary_user(), pytest.raises(KnownError, match="没有改动"):
        export["each"](open_folder / "inside" / "deeper")


def test_items_of_units_that_are_gone_are_exported_too(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    gone = replace(filled[0], key=replace(filled[0].key, unit_key="former"), orphaned=True)
    items = [*filled, gone]
    assert [unit.name for unit, _ in by_unit(catalogue, items)][-1] == book.FORMER
    written = write_each(tmp_path, Sending(catalogue, today), items)
    sheet = second_reader.read(written[-1])[book.FORMER]
    assert sheet.find(filled[0].entry.progress) == f"{second_reader.column_of(sheet, '工作进展')}6"
    assert sheet.text(f"{second_reader.column_of(sheet, '事项标识')}6").startswith("former/")


@pytest.mark.parametrize(
    "name", ["发改[局]:/\\?*", "长" * 60, "'单位'", "汇总", "选项", "回填标识", "", "a" * 31]
)
def test_any_unit_name_makes_a_sheet(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path, name: str
) -> None:
    units = [replace(unit, name=name) if unit.name == "区财政局" else unit for unit in catalogue.units]
    renamed = replace(catalogue, units=tuple(units))
    path = write_all(tmp_path / "a.xlsx", Sending(renamed, today), filled)
    book = second_reader.read(path)
    titles = [sheet.title for sheet in book.sheets]
    assert len({title.casefold() for title in titles}) == len(titles) == 24
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    assert f"责任单位：{name}" in book.sheets[2].texts()
