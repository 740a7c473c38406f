from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray

from desktop.exchange.sheets import cells, saving
from tests.exchange import second_reader

PLAIN = StyleArray()
AT = datetime(2026, 11, 23, 9, 30)
DANGEROUS = (
    "=1+1",
    "=",
    "+86 353 1234567",
    "-见附件",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "{=A1}",
    "'=1",
    "0353",
    "140302199001011234",
    "2026-3-1",
    "3-5",
    "1e5",
    "TRUE",
    "=cmd|' /C calc'!A1",
    "<&>\"'",
    "]]>",
    "_x0041_",
    "_x005F_x0041_",
    " 两端有空格 ",
    "  ",
    "第一行\n第二行",
    "\t缩进",
    "😀企业",
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def round_trip(texts: list[str], path: Path) -> list[second_reader.Cell]:
    """Write each text in a row of its own and return the cells as the second reader finds them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for text in texts:
        sheet.append([cells.text_cell(sheet, text, PLAIN)])
    saving.save(book, path, "", AT)
    found = second_reader.read(path).sheets[0].cells
    return [found[f"A{number}"] for number in range(1, len(texts) + 1)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_stays_text(text: str, tmp_path: Path) -> None:
    (cell,) = round_trip([text], tmp_path / "a.xlsx")
    assert (cell.kind, cell.value, cell.formula) == ("inlineStr", text, "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(ANY_TEXT.filter(bool), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was_cleaned_and_is_never_a_formula(
    tmp_path: Path, texts: list[str]
) -> None:
    found = round_trip(texts, tmp_path / "any.xlsx")
    assert [cell.value for cell in found] == [cells.clean(text) for text in texts]
    assert {(cell.kind, cell.formula) for cell in found} == {("inlineStr", "")}
    first = openpyxl.load_workbook(tmp_path / "any.xlsx").worksheets[0]
    assert all(row[0].data_type in {"s", "n"} for row in first.iter_rows())  # n: nothing left in it


@given(ANY_TEXT)
def test_cleaning_touches_only_what_a_cell_cannot_hold(text: str) -> None:
    cleaned = cells.clean(text)
    assert cells.clean(cleaned) == cleaned
    if not any(unicodedata.category(char) in {"Cc", "Cs"} or char in "\ufffe\uffff" for char in text):
        assert cleaned == text
    assert "".join(cleaned.split()) == re.sub(
        "[\x00-\x08\x0e-\x1f]", "", re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", "".join(text.split()))
    )


def test_line_breaks_of_every_kind_become_one_kind() -> None:
    assert cells.clean("一\r\n二\r三\v四\f五\n六") == "一\n二\n三\n四\n五\n六"


@pytest.mark.parametrize("unit", ["进", "😀", "a", "_x0041_", "\ud83d"])
def test_a_text_over_the_limit_is_cut_with_a_mark(unit: str, tmp_path: Path) -> None:
    text = unit * (40_000 // len(unit))
    (cell,) = round_trip([text], tmp_path / "long.xlsx")
    assert isinstance(cell.value, str)
    assert cell.value.endswith(cells.CUT_MARK)
    kept = cell.value.removesuffix(cells.CUT_MARK)
    assert cells.clean(text[:20_000]).startswith(kept[:4_000])
    assert 4_000 < len(kept.encode("utf-16-le")) // 2 <= cells.LONGEST - len(cells.CUT_MARK)


def test_the_longest_text_that_fits_is_kept_whole(tmp_path: Path) -> None:
    text = "进" * cells.LONGEST
    (cell,) = round_trip([text], tmp_path / "full.xlsx")
    assert cell.value == text


def test_two_fonts_in_a_cell_are_one_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    font = cells.InlineFont(b=True)
    sheet.append([cells.headed_cell(sheet, "=1. ", " <正文>\x01", font, PLAIN)])
    saving.save(book, tmp_path / "a.xlsx", "", AT)
    (cell,) = second_reader.read(tmp_path / "a.xlsx").sheets[0].cells.values()
    assert (cell.kind, cell.value) == ("inlineStr", "=1.  <正文>")


@pytest.mark.parametrize("day", [date(1901, 1, 1), date(2024, 2, 29), date(2026, 11, 23), date(9999, 12, 31)])
def test_a_date_is_a_real_date(day: date, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([cells.date_cell(sheet, day, PLAIN)])
    saving.save(book, tmp_path / "a.xlsx", "", AT)
    (cell,) = second_reader.read(tmp_path / "a.xlsx").sheets[0].cells.values()
    assert cell.kind == "n"
    assert date.fromordinal(int(cell.value or 0) + date(1899, 12, 30).toordinal()) == day
    read = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"]
    assert isinstance(read, Cell)
    assert read.value == datetime(day.year, day.month, day.day)


def test_a_day_that_excel_does_not_know_is_text() -> None:
    sheet = openpyxl.Workbook().worksheets[0]
    cell = cells.date_cell(sheet, date(1900, 1, 1), PLAIN)
    assert (cell.value, cell.data_type) == ("1900-01-01", "s")
