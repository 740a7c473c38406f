from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles.cell_style import StyleArray

from desktop.exchange.sheets import cells, saving
from tests.exchange import second_reader

AT = datetime(2026, 11, 23, 9, 30, 15, 999, UTC)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "一"
    sheet.append([cells.text_cell(sheet, "企业", StyleArray()), cells.number_cell(sheet, 2.5, StyleArray())])
    sheet.append([None, cells.formula_cell(sheet, '=IF(B1<3,"<&>",B1)', StyleArray())])
    sheet.append([cells.formula_cell(sheet, "=B1*2", StyleArray())])
    path = tmp_path / "a.xlsx"
    saving.save(book, path, "清单", AT, {"一": {"A3": 5.0}})
    return path


def test_properties_say_what_made_it_and_when(written: Path) -> None:
    properties = second_reader.read(written).properties
    assert properties["creator"] == "惠企措施手册"
    assert properties["title"] == "清单"
    assert properties["created"] == properties["modified"] == "2026-11-23T09:30:15Z"


def test_formulas_carry_their_results_when_they_are_known(written: Path) -> None:
    found = second_reader.read(written)["一"].cells
    assert (found["A3"].formula, found["A3"].value) == ("B1*2", 5.0)
    assert (found["B2"].formula, found["B2"].value) == ('IF(B1<3,"<&>",B1)', None)
    assert (found["A1"].value, found["B1"].value) == ("企业", 2.5)


def test_openpyxl_reads_the_same(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["一"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["企业", 2.5],
        [None, '=IF(B1<3,"<&>",B1)'],
        ["=B1*2", None],
    ]
    assert openpyxl.load_workbook(written, data_only=True)["一"]["A3"].value == 5
    assert openpyxl.load_workbook(written, read_only=True)["一"].calculate_dimension() == "A1:B3"


def test_a_workbook_is_untouched_until_somebody_saves_it(written: Path) -> None:
    assert saving.is_untouched(written)
    openpyxl.load_workbook(written).save(written)
    assert not saving.is_untouched(written)


def test_a_program_that_keeps_the_date_of_change_is_noticed_by_its_table_of_texts(written: Path) -> None:
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst/>")
    assert not saving.is_untouched(written)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_counts_as_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert not saving.is_untouched(path)
    assert not saving.is_untouched(tmp_path)


@pytest.mark.parametrize(
    "core",
    [
        "<cp/>",
        "not xml",
        '<!DOCTYPE a [<!ENTITY b "惠企措施手册">]><a><creator>&b;</creator></a>',
        "<a>" + " " * 70_000 + "</a>",
    ],
)
def test_strange_properties_count_as_touched(tmp_path: Path, core: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/core.xml", core)
    assert not saving.is_untouched(path)


@pytest.mark.parametrize(
    ("year", "kept"), [(1970, 1980), (1979, 1980), (2026, 2026), (2107, 2107), (2108, 2107), (9998, 2107)]
)
def test_any_clock_makes_a_workbook(tmp_path: Path, year: int, kept: int) -> None:
    """The archive's own times go from 1980 to 2107; a clock beyond that is no reason for no workbook."""
    book = openpyxl.Workbook()
    saving.save(book, tmp_path / "书.xlsx", "清单", AT.replace(year=year))
    with zipfile.ZipFile(tmp_path / "书.xlsx") as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {kept}
    assert saving.is_untouched(tmp_path / "书.xlsx")
