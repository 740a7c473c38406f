from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import text


def test_chinese_takes_two_cells_and_marks_above_letters_none() -> None:
    assert text.width("区财政局16") == 10
    assert text.width("e\u0301") == 1


def test_columns_stand_under_each_other_and_the_last_is_not_padded() -> None:
    lines = text.table([("区财政局", "1", "甲"), ("局", "12", "乙丙")], indent="  ").split("\n")
    assert lines == ["  区财政局  1   甲", "  局        12  乙丙"]


def test_nothing_steers_the_terminal() -> None:
    assert text.table([("a\x1b[31mb", "c\nd")]) == "a [31mb  c d"


def test_no_rows_make_no_text() -> None:
    assert text.table([]) == ""


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert text.wrap("一二三四，五六七八。", 8) == ["一二三四，", "五六七八。"]


def test_numbers_and_option_names_stay_whole() -> None:
    assert text.wrap("请加 --limit 0 再试", 10) == ["请加", "--limit 0", "再试"]


@given(st.text(alphabet="担保a1，。 ", max_size=80), st.integers(min_value=4, max_value=40))
def test_wrapping_loses_only_spaces_and_keeps_the_width(paragraph: str, cells: int) -> None:
    lines = text.wrap(paragraph, cells)
    assert "".join(lines).replace(" ", "") == paragraph.replace(" ", "")
    for line in lines:
        bare = line.rstrip(text.NOT_FIRST)
        assert text.width(bare) <= cells or " " not in bare
