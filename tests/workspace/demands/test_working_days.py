"""Working days, against counting by hand and against the number that the law gives for a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.demands import working_days
from desktop.workspace.demands.working_days import WorkCalendar, arranged, bundled

DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))
STATUTORY = {2024: 11, 2025: 13, 2026: 13}  # 全国年节及纪念日放假办法: 11 days, 13 since 2025


@pytest.mark.parametrize("year", sorted(STATUTORY))
def test_a_year_has_as_many_working_days_as_the_law_leaves(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    own = [day for day in days if day.year == year]
    weekdays = sum(day.weekday() < 5 for day in own)
    assert sum(map(bundled().works, own)) == weekdays - STATUTORY[year]


@pytest.mark.parametrize("year", sorted(STATUTORY))
def test_make_up_days_are_weekends_and_no_holidays(year: int) -> None:
    known = bundled().years[year]
    assert all(day.weekday() >= 5 for day in known.on)
    assert not known.on & known.off
    assert known.source.startswith(f"国务院办公厅关于{year}年部分节假日安排的通知")


def test_days_are_counted_over_a_holiday_and_its_make_up_day() -> None:
    calendar = bundled()
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add(date(2026, 10, 8), 2) == date(2026, 10, 10)  # a Saturday that is worked on
    assert calendar.add(date(2026, 10, 10), 1) == date(2026, 10, 12)
    assert calendar.add(date(2026, 10, 3), 0) == date(2026, 10, 8)
    assert calendar.add(date(2026, 10, 8), 0) == date(2026, 10, 8)
    assert calendar.add(date(2026, 10, 8), -1) == date(2026, 9, 30)


@given(DAYS, st.integers(1, 60))
def test_adding_agrees_with_counting(day: date, count: int) -> None:
    calendar = bundled()
    last = calendar.add(day, count)
    assert calendar.works(last)
    assert calendar.between(day, last) == count
    assert calendar.between(last, day) == -count


@given(DAYS, st.integers(1, 60))
def test_going_back_is_going_forward_from_a_working_day(day: date, count: int) -> None:
    calendar = bundled()
    start = calendar.add(day, 0)
    assert calendar.add(calendar.add(start, count), -count) == start


def test_a_year_in_no_list_has_its_weekends_and_says_so() -> None:
    calendar = bundled()
    assert calendar.works(date(2031, 10, 1))
    assert not calendar.works(date(2031, 10, 4))
    assert calendar.caveat(date(2026, 1, 1), date(2026, 12, 31)) == ""
    assert (
        calendar.caveat(date(2031, 5, 1), date(2031, 6, 1))
        == "2031年的节假日安排尚未录入，只按周六、周日推算"
    )
    assert calendar.caveat(date(2033, 1, 1), date(2031, 6, 1)).startswith("2031年至2033年的")


def test_a_workspace_lays_its_years_over_the_bundled_ones() -> None:
    own = arranged(2031, [date(2031, 10, 1)], [date(2031, 10, 4)])
    calendar = bundled().over([own])
    assert not calendar.works(date(2031, 10, 1))
    assert calendar.works(date(2031, 10, 4))
    assert calendar.caveat(date(2031, 1, 1), date(2031, 12, 31)) == ""
    assert calendar.works(date(2026, 10, 10))


def test_a_year_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(RuleError, match="不在2031年"):
        arranged(2031, [date(2030, 1, 1)], [])
    with pytest.raises(RuleError, match="既填作放假又填作上班"):
        arranged(2031, [date(2031, 1, 1)], [date(2031, 1, 1)])


def test_what_no_calendar_reaches_is_refused() -> None:
    with pytest.raises(RuleError, match="超出可以推算的范围"):
        WorkCalendar().add(date(2026, 1, 1), 100_000)
    with pytest.raises(RuleError, match="日期的尽头"):
        WorkCalendar().add(date.max, 1)
    assert working_days.WorkCalendar().works(date(2026, 10, 1))
