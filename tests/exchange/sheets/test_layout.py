from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.checklists.columns import COLUMNS
from desktop.exchange.sheets.layout import (
    BODY_SIZE,
    HIGHEST,
    WIDEST_TABLE,
    SheetColumn,
    fit,
    gathered,
    height,
    lines,
    split_for_rows,
)

WIDE_SENTENCE = "已会同有关单位梳理企业名单，完成第一批资金拨付。"
PROGRESS = [column.title for column in COLUMNS].index("工作进展")


def row_with(**texts: str) -> list[str]:
    """Return a row of the checklist that holds these texts, by the names of their columns."""
    return [texts.get(column.title, "") for column in COLUMNS]


def repeated(length: int) -> str:
    return (WIDE_SENTENCE * (length // len(WIDE_SENTENCE) + 1))[:length]


def test_a_line_holds_as_many_han_characters_as_its_width_allows() -> None:
    width = 20.0
    room = int((width * 7 - 8) / (BODY_SIZE * 96 / 72))
    assert lines("措" * room, width) == 1
    assert lines("措" * (room + 1), width) == 2
    assert lines("a" * (room * 2), width) == 1
    assert lines("一\n二\n\n三", width) == 4
    assert lines("", width) == 1


def test_no_closing_mark_begins_a_line() -> None:
    width = 20.0
    room = int((width * 7 - 8) / (BODY_SIZE * 96 / 72))
    assert lines("措" * room + "。", width) == 2
    assert lines("措" * (room - 1) + "施。" + "措" * (room - 1), width) == 3  # 施。 goes over together
    assert lines("措" * room + "措" * room, width) == 2


def test_a_latin_word_is_not_broken_unless_it_is_longer_than_a_line() -> None:
    assert lines("措施 " + "a" * 16, 20) == 2
    assert lines("a" * 100, 20) == math.ceil(100 / 17)


@given(st.text("企业措施，。（）ab1 \n", max_size=200), st.integers(5, 60))
def test_more_text_never_takes_fewer_lines_and_never_fewer_than_it_must(text: str, width: int) -> None:
    needed = lines(text, float(width))
    assert needed >= text.count("\n") + 1
    assert lines(text + "措施", float(width)) >= needed
    assert lines(text, float(width) * 2) <= needed
    room = max(2, int((width * 7 - 8) / (BODY_SIZE * 96 / 72 / 2)))
    wide = sum(2 if char > "\u2000" else 1 for char in text if char not in " \n")
    assert needed >= math.ceil(wide / room) - text.count(" ")


def test_short_rows_keep_the_usual_widths() -> None:
    found = fit(COLUMNS, [row_with(措施=repeated(240), 工作进展=repeated(80))])
    assert found.widths == tuple(column.width for column in COLUMNS)
    assert found.heights[0] < HIGHEST
    assert not found.cut


@pytest.mark.parametrize("length", [300, 350, 400])
def test_long_progress_takes_width_and_stays_readable(length: int) -> None:
    text = repeated(length)
    found = fit(COLUMNS, [row_with(措施=repeated(250), 工作进展=text), row_with(措施=repeated(200))])
    assert height(text, found.widths[PROGRESS]) <= found.heights[0] <= HIGHEST
    assert not found.cut
    assert all(width >= column.narrowest for width, column in zip(found.widths, COLUMNS, strict=True))


def test_no_table_is_wider_than_can_be_read_on_paper() -> None:
    assert sum(column.width for column in COLUMNS) == WIDEST_TABLE
    wide = [SheetColumn("甲", 100, 40), SheetColumn("乙", 80, 60), SheetColumn("丙", 8, 8)]
    assert fit(wide, [["", "", ""]]).widths == (70, 70, 8)
    assert sum(fit(wide, [[repeated(4_000), repeated(900), ""]]).widths) <= WIDEST_TABLE


def test_what_fits_no_row_is_told_and_no_row_is_too_high() -> None:
    rows = [
        row_with(工作进展=repeated(20_000), 存在问题=repeated(9_000)),
        row_with(下一步举措="企业\n" * 300),
    ]
    found = fit(COLUMNS, rows)
    assert {row for row, _ in found.cut} == {0, 1}
    assert (0, PROGRESS) in found.cut
    assert max(found.heights) <= HIGHEST


def test_no_rows_fit_as_well() -> None:
    assert fit(COLUMNS, []).heights == ()


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6))
def test_every_cell_fits_its_row_or_is_told(lengths: list[int]) -> None:
    rows = [row_with(工作进展=repeated(length), 存在问题=repeated(length // 3)) for length in lengths]
    found = fit(COLUMNS, rows)
    assert sum(found.widths) <= max(sum(column.width for column in COLUMNS), WIDEST_TABLE)
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            place = (number, column)
            fits = height(text, found.widths[column]) <= found.heights[number] <= HIGHEST
            assert fits != (place in found.cut)


@given(st.integers(1, 12_000))
def test_a_text_cut_into_parts_loses_nothing_and_each_fits(length: int) -> None:
    text = repeated(length) + "\n" + "短句\n" * 70
    cut = split_for_rows(text, 165)
    assert "".join(cut) == text
    assert all(height(part, 165) <= HIGHEST for part in cut)


@given(st.lists(st.text("凭证材料a1. ", min_size=1, max_size=80), max_size=120))
def test_a_list_in_rows_names_each_once_in_its_order_and_leaves_room_on_a_page(names: list[str]) -> None:
    rows = gathered(names, "；", 100)
    assert [name for row in rows for name in row] == names
    assert all(height("；".join(row), 100) <= 110 for row in rows)
    assert all(
        height("；".join([*row, names[sum(map(len, rows[:at])) + len(row)]]), 100) > 110
        for at, row in enumerate(rows[:-1])
    )
