from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.items import deadline
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, DeadlineKind

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("made", "kind", "due", "stored", "words"),
    [
        (UNSTATED, "未写明", None, "", "未写明"),
        (LONG_TERM, "长期", None, "长期", "长期"),
        (deadline.on(LAST), "日期", LAST, "2026-12-31", "2026-12-31"),
        (deadline.span(FIRST, LAST), "时段", LAST, "2026-01-01/2026-12-31", "2026-01-01至2026-12-31"),
    ],
)
def test_each_kind_says_when_it_is_due_and_how_it_reads(made, kind, due, stored, words) -> None:
    assert (made.kind, made.due, made.stored, made.words) == (DeadlineKind(kind), due, stored, words)
    assert deadline.parse(stored) == made


def test_a_span_of_one_day_is_that_day() -> None:
    assert deadline.span(LAST, LAST) == deadline.on(LAST) == deadline.parse("2026-12-31/2026-12-31")


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleError, match="早于开始日期"):
        deadline.span(LAST, FIRST)
    with pytest.raises(RuleError, match="早于开始日期"):
        deadline.parse("2026-12-31/2026-01-01")


@pytest.mark.parametrize(
    "stored", ["未写明", "长期 ", "2026-2-1", "20260201", "/", "2026-01-01/", "2026-01-01/长期", "a/b/c", " "]
)
def test_what_is_not_stored_like_that_is_refused(stored: str) -> None:
    with pytest.raises(RuleError, match="不是有效的完成时限"):
        deadline.parse(stored)


@given(st.dates(), st.integers(0, 10_000))
def test_whatever_is_made_is_read_back(first: date, days: int) -> None:
    last = min(first + timedelta(days=min(days, (date.max - first).days)), date.max)
    for made in (deadline.on(first), deadline.span(first, last)):
        assert deadline.parse(made.stored) == made
        assert made.words == made.stored.replace("/", "至")
