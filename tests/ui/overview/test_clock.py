from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.ui.desk import Desk
from desktop.ui.overview import clock
from desktop.workspace.items.model import ItemKey


@pytest.fixture
def entered(desk: Desk) -> Desk:
    """Return a desk at which something was entered just now."""
    finance = desk.catalogue.find_unit("区财政局").key
    desk.edit(ItemKey(finance, desk.catalogue.by_number(1).key), {"progress": "已拨付"})
    return desk


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(Desk, "today", lambda _desk: day)


def test_a_clock_that_went_back_is_told(window, entered: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    today = entered.today()
    assert clock.begin(entered, window.announce) is None
    on(monkeypatch, today - timedelta(days=5 * 365))
    line = clock.begin(entered, window.announce)
    assert line is not None
    assert "早于最近一次录入" in line.words.text()
    assert "请先核对电脑日期" in line.words.text()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, "早于最近一次录入"),
        (-1, ""),
        (0, ""),
        (14 * 31, ""),
        (600, "晚 19 个月"),
        (3653, "晚 10 年"),
    ],
)
def test_days_before_and_long_after_the_last_entry_are_in_doubt(
    entered: Desk, monkeypatch: pytest.MonkeyPatch, days: int, told: str
) -> None:
    on(monkeypatch, entered.today() + timedelta(days=days))
    said = clock.doubt(entered)
    assert told in said
    assert bool(told) == bool(said)


def test_a_visit_is_an_entry_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    today = desk.today()
    desk.firms.add("甲有限公司", {})
    on(monkeypatch, today.replace(year=today.year + 10, day=1))
    assert "早于" not in clock.doubt(desk)
    assert "比最近一次录入" in clock.doubt(desk)


def test_where_nothing_was_entered_no_notice_is_of_a_later_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = desk.catalogue.notices[0].issued_on
    on(monkeypatch, issued + timedelta(days=20 * 365))
    assert clock.doubt(desk) == ""
    on(monkeypatch, issued)
    assert clock.doubt(desk) == ""
    on(monkeypatch, date(2010, 1, 1))
    assert "早于发文的成文日期（2023年2月10日）" in clock.doubt(desk)
