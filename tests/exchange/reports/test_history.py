"""The history read back: each change in its row, in its order, with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.reports import history as history_book
from desktop.exchange.sheets import table
from desktop.exchange.sheets.book import CancelledError
from desktop.workspace.file import store
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.model import CHANGE_NAMES, Change, ItemKey
from tests.exchange.conftest import TODAY
from tests.exchange.paper import assert_readable
from tests.exchange.reports.test_receipt import lines
from tests.exchange.second_reader import Book, read
from tests.exchange.story import Office

Write = Callable[..., Book]


@pytest.fixture
def office(tmp_path: Path, catalogue: Catalogue) -> Iterator[Office]:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield Office(workspace.db, catalogue)


@pytest.fixture
def write(catalogue: Catalogue, today: date, tmp_path: Path) -> Write:
    def made(changes: Sequence[Change], about: str = "") -> Book:
        path = tmp_path / "history.xlsx"
        history_book.write(path, catalogue, changes, today, about=about)
        made_book = read(path)
        assert_readable(made_book)
        return made_book

    return made


def test_every_change_has_its_row_in_its_order(office: Office, write: Write) -> None:
    office.quarter()
    changes = search.page(office.db, Scope())
    sheet = write(changes, "全部责任单位")["修改记录"]
    told = lines(sheet)
    assert [line["序号"] for line in told] == list(range(1, len(changes) + 1))
    assert f"全部责任单位　共{len(changes)}处改动" in sheet.texts()
    for change, line in zip(changes, told, strict=True):
        assert line["时间"] == "2026-11-23 12:00"
        assert line["使用人"] == change.by
        assert line["项目"] == CHANGE_NAMES[change.field]
        assert str(line["来源"]).split("\n") == [change.source, *filter(None, [change.file_name])]
        assert str(line["措施"]).startswith(f"{office.catalogue.measure(change.key.measure_key).number}.")
    assert {line["责任单位"] for line in told} == {"区财政局", "区科技局"}


def test_values_that_were_not_taken_are_marked(office: Office, write: Write) -> None:
    office.quarter()
    told = lines(write(search.page(office.db, Scope()))["修改记录"])
    aside = {(line["改前"], line["改后"]) for line in told if "未采用的回填值" in str(line["改后"])}
    assert ("区里统计：拨付15笔。", "拨付18笔。\n（未采用的回填值）") in aside
    assert ("未启动", "已办结\n（未采用的回填值）") in aside
    assert ("（空）", "=1+1\n（未采用的回填值）") in aside


def test_values_stand_in_words(catalogue: Catalogue, write: Write) -> None:
    key = ItemKey(catalogue.units[0].key, catalogue.measures[0].key)

    def change(field: str, before: str, after: str, at: ItemKey = key) -> Change:
        return Change(1, "2026-11-20T15:03:22+08:00", "李梅", "录入", at, field, before, after)

    gone = ItemKey("former", "m99")
    changes = [
        change("deadline", "", "长期"),
        change("deadline", "2026-01-01/2026-06-30", "明年"),
        change("evidence", "a.pdf", "a.pdf\nb.pdf"),
        change("note", "", "电话 0353-1234567", ItemKey("", key.measure_key)),
        change("owner", "张", " ", gone),
    ]
    told = lines(write(changes)["修改记录"])
    assert [(line["项目"], line["改前"], line["改后"]) for line in told] == [
        ("完成时限", "（空）", "长期"),
        ("完成时限", "2026-01-01至2026-06-30", "明年"),
        ("佐证材料", "（未附）", "b.pdf"),
        ("批注", "（空）", "电话 0353-1234567"),
        ("责任人", "张", "（空）"),
    ]
    assert told[3]["责任单位"] is None
    assert told[4]["责任单位"] == "原有单位（former）"
    assert told[4]["措施"] == "m99（现行措施库中已无此项）"


def test_nothing_changed_is_said(write: Write) -> None:
    assert "没有修改记录。" in write([])["修改记录"].texts()


def _changes(catalogue: Catalogue, count: int) -> Iterator[Change]:
    """Yield changes of all lengths, one of them too long for any row."""
    key = ItemKey(catalogue.units[0].key, catalogue.measures[0].key)
    for number in range(count):
        after = f"{number}_x0041_<&>\x07" + "已走访企业并逐户建立台账，" * (number % 9)
        if number == count - 2:
            after = f"最长的{number}：" + "全文都要在。" * 600
        yield Change(number, "2026-11-20T15:03:22+08:00", "李梅", "录入", key, "progress", "", after)


def test_a_table_of_which_most_rows_are_packed_reads_as_one_of_cells(
    catalogue: Catalogue, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_cells = write(list(_changes(catalogue, 40)))["修改记录"]
    monkeypatch.setattr(table, "FITTED", 10)
    packed = write(_changes(catalogue, 40))["修改记录"]
    assert lines(packed) == lines(as_cells)
    assert "共40处改动" in packed.texts()
    assert "最长的38：" in str(packed.texts()[-8:])
    assert str(packed.texts()).count("全文都要在。") >= 600
    rows = range(8, 36)
    assert {number: packed.heights[number] for number in rows} == {
        number: as_cells.heights[number] for number in rows
    }
    for coordinate in ("A20", "C20", "H20", "I20"):
        assert packed.cells[coordinate].look == as_cells.cells[coordinate].look
    assert packed.growing >= set(rows)


def test_a_long_table_is_a_whole_workbook_for_openpyxl_too(
    catalogue: Catalogue, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "FITTED", 10)
    path = history_book.write(tmp_path / "h.xlsx", catalogue, _changes(catalogue, 300), today, about="全部")
    sheet = load_workbook(path)["修改记录"]
    numbers = [row[0] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert numbers == list(range(1, 301))
    assert sheet.auto_filter.ref.endswith(str(numbers[-1] + 4))


def test_a_table_longer_than_a_sheet_is_refused_and_nothing_is_written(
    catalogue: Catalogue, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "FITTED", 10)
    monkeypatch.setattr(table, "MOST", 30)
    path = tmp_path / "history.xlsx"
    with pytest.raises(KnownError, match="超过一张工作表能放下的30行"):
        history_book.write(path, catalogue, _changes(catalogue, 31), today)
    assert not path.exists()
    assert history_book.write(path, catalogue, _changes(catalogue, 30), today) == path


def test_cancelling_writes_nothing(catalogue: Catalogue, today: date, tmp_path: Path) -> None:
    key = ItemKey(catalogue.units[0].key, catalogue.measures[0].key)
    changes = [Change(1, "2026-11-20T15:03:22+08:00", "李", "录入", key, "owner", "", "张")]
    path = tmp_path / "history.xlsx"
    with pytest.raises(CancelledError):
        history_book.write(path, catalogue, changes, today, cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_file_names_say_whose_history_it_is(catalogue: Catalogue) -> None:
    assert history_book.file_name(catalogue, "区财政局", TODAY) == (
        "区财政局-修改记录-城政办发〔2023〕3号-20261123.xlsx"
    )
    assert history_book.file_name(catalogue, "", TODAY) == "修改记录-城政办发〔2023〕3号-20261123.xlsx"
