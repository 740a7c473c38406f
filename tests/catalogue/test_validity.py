from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import validity
from desktop.catalogue.parsed import ParsedNotice


@pytest.mark.parametrize(
    ("today", "mark", "sentence"),
    [
        (date(2023, 2, 10), "有效期内", "有效期至2025年12月31日"),
        (date(2025, 12, 31), "有效期内", "有效期至2025年12月31日"),
        (date(2026, 1, 1), "已过有效期", "有效期至2025年12月31日，已过有效期1天"),
        (date(2026, 11, 23), "已过有效期", "有效期至2025年12月31日，已过有效期327天"),
    ],
)
def test_in_words(parsed: ParsedNotice, today: date, mark: str, sentence: str) -> None:
    state = validity.state(parsed.notice, today)
    assert (state.mark, state.sentence) == (mark, sentence)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-1000, 1000))
def test_expired_from_the_day_after(until: date, days: int) -> None:
    state = validity.Validity(until, until + timedelta(days))
    assert state.expired == (days > 0)
    assert state.days_past == max(0, days)
