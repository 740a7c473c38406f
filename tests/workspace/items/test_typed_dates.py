from __future__ import annotations

from datetime import date

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli.values import Day, Due
from desktop.exchange.returned import answers
from desktop.exchange.returned.sheet_cells import CellKind, Raw
from desktop.workspace.items import typed_dates
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, on, parse, span
from desktop.workspace.items.typed_dates import Around, Asked, Certain, Refused, read, stored

AROUND = Around(date(2026, 11, 23), UNSTATED)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FORMS = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month:02}/{0.day}",
    "{0.year}{0.month:02}{0.day:02}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}年{0.month}月{0.day}号",
    " {0.year} 年 {0.month} 月 {0.day} 日 ",
    "{0.year}．{0.month}．{0.day}",
    "{0.year}—{0.month}—{0.day}",
)
BETWEEN = ("至", "到", "~", "～", "——", "/", " ／ ", "\n至")


def told_by_the_command_line(text: str) -> str | None:
    try:
        return Due().convert(text, None, None)
    except click.BadParameter:
        return None


def told_by_a_workbook(text: str) -> str | None:
    return answers.read("deadline", Raw(CellKind.TEXT, text), "", AROUND).value


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(FORMS))
def test_every_form_reads_as_the_same_day(day, form):
    assert read(form.format(day)) == Certain(on(day))
    assert typed_dates.day(form.format(day)) == Day().convert(form.format(day), None, None) == day


@given(DAYS, DAYS, st.sampled_from(FORMS), st.sampled_from(BETWEEN))
def test_every_form_is_the_same_in_window_workbook_and_command_line(one, other, form, between):
    first, last = sorted((one, other))
    for text, meant in (
        (form.format(first), on(first)),
        (f"{form.format(first)}{between}{form.format(last)}", span(first, last)),
    ):
        assert stored(text) == told_by_a_workbook(text) == told_by_the_command_line(text) == meant.stored


@given(st.text(alphabet="0123456789年月日号.-/至到~自起止长期未写明 ：:T", max_size=30))
def test_whatever_one_takes_the_others_take_alike(text):
    window = stored(text)
    assert told_by_the_command_line(text) == window
    named = parse(window or "")
    if all(2000 <= day.year <= 2099 for day in (named.start, named.end) if day):
        assert told_by_a_workbook(text) == window


@pytest.mark.parametrize("typed", ["", "  ", "未写明", "未 写 明"])
def test_nothing_is_no_deadline(typed):
    assert read(typed) == Certain(UNSTATED)
    assert stored(typed) == told_by_a_workbook(typed) == told_by_the_command_line(typed) == ""


def test_long_term_is_no_day():
    assert read("长期") == Certain(LONG_TERM)
    assert typed_dates.day("长期") is typed_dates.day("2026-01-01至2026-12-31") is typed_dates.day("") is None


def test_a_time_of_day_behind_a_day_is_passed_over():
    text = "2026-12-31 00:00:00"
    assert stored(text) == told_by_a_workbook(text) == told_by_the_command_line(text) == "2026-12-31"


def test_full_width_digits_read_as_digits():
    assert stored("２０２６－１２－３１") == "2026-12-31"


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-30", "20261", "26-12-31", "明天", "2026-12-31 前", "0000-01-01", "12.31"]
)
def test_what_is_no_date_is_refused_with_what_to_write(typed):
    assert isinstance(read(typed), Refused)
    assert stored(typed) is None
    assert typed in typed_dates.refusal(typed)
    assert typed_dates.refusal(typed).endswith(typed_dates.FORMS)


def test_what_is_likely_is_asked_and_what_no_calendar_has_is_called_so():
    assert read("26-12-31", AROUND) == Asked(
        on(date(2026, 12, 31)), "完成时限填的是“26-12-31”，是否为2026-12-31？"
    )
    assert read("2026-2-30", AROUND) == Refused("完成时限填的是“2026-2-30”，不是有效的日期，应为哪一天？")
    assert read("2026-12-31至2026-1-1") == Refused(
        "完成时限填的是“2026-12-31至2026-1-1”，结束日期（2026-01-01）早于开始日期（2026-12-31），应为哪一天？"
    )


def test_a_day_of_another_century_is_certain_only_where_it_stood_before():
    assert read("1926-3-1") == Certain(on(date(1926, 3, 1)))
    assert isinstance(read("1926-3-1", AROUND), Refused)
    assert read("1926-3-1", Around(None, on(date(1926, 3, 1)))) == Certain(on(date(1926, 3, 1)))


def test_nothing_stands_unseen_behind_a_day():
    assert stored("2026-12-31" + " " * 300) == "2026-12-31"
    assert stored("2026-12-31" + " " * 300 + "前") is None


@given(st.text())
def test_any_text_gives_a_deadline_or_nothing(typed):
    found = stored(typed)
    assert found is None or parse(found).stored == found
    assert (found is None) == bool(typed_dates.refusal(typed))
