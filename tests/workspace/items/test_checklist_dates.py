from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.items.typed_dates import read

FORMS = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month:02}/{0.day}",
    "{0.year}{0.month:02}{0.day:02}",
    "{0.year}年{0.month}月{0.day}日",
    " {0.year} 年 {0.month} 月 {0.day} 日 ",
)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(FORMS))
def test_every_form_reads_as_the_same_day(day, form):
    assert read(form.format(day)) == day.isoformat()


@pytest.mark.parametrize("typed", ["", "  ", "未写明"])
def test_nothing_is_no_deadline(typed):
    assert read(typed) == ""


def test_full_width_digits_read_as_digits():
    assert read("２０２６－１２－３１") == "2026-12-31"


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-30", "20261", "26-12-31", "明天", "2026-12-31 前", "0000-01-01", "12.31"]
)
def test_what_is_no_date_is_refused(typed):
    assert read(typed) is None


@given(st.text())
def test_any_text_gives_a_date_or_nothing(typed):
    found = read(typed)
    assert found is None or found == "" or date.fromisoformat(found).isoformat() == found
