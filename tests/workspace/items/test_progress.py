from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.workspace.items import model
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, Deadline, on, span
from desktop.workspace.items.model import (
    FINISHED,
    LEFT_OUT,
    MOST_DONE_FIRST,
    Entry,
    Item,
    ItemKey,
    Light,
    Status,
    Tally,
)
from desktop.workspace.items.progress import light, newly_late, tally

TODAY = date(2026, 11, 23)
OPEN = (Status.NOT_STARTED, Status.UNDER_WAY)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Light.RED), (0, Light.YELLOW), (15, Light.YELLOW), (16, Light.GREEN), (-400, Light.RED)],
)
def test_an_open_item_is_lit_by_its_deadline(status: Status, days: int, expected: Light) -> None:
    entry = Entry(status=status, deadline=on(TODAY + timedelta(days=days)))
    assert light(entry, TODAY) is expected


def test_a_span_is_lit_by_its_last_day() -> None:
    begun = TODAY - timedelta(days=90)
    lights = [
        light(Entry(deadline=span(begun, TODAY + timedelta(days=days))), TODAY) for days in (-1, 0, 15, 16)
    ]
    assert lights == [Light.RED, Light.YELLOW, Light.YELLOW, Light.GREEN]


@pytest.mark.parametrize("status", OPEN)
def test_without_a_deadline_there_is_no_colour(status: Status) -> None:
    assert light(Entry(status=status), TODAY) is Light.GREY
    assert light(Entry(status=status, deadline=LONG_TERM), TODAY) is Light.GREY


@pytest.mark.parametrize("status", [Status.DONE, Status.CLOSED])
@pytest.mark.parametrize("deadline", [UNSTATED, LONG_TERM, on(TODAY - timedelta(days=9)), on(TODAY)])
def test_what_is_finished_is_green_whatever_its_deadline(status: Status, deadline: Deadline) -> None:
    assert light(Entry(status=status, deadline=deadline), TODAY) is Light.GREEN


def test_what_does_not_apply_is_grey_even_past_its_deadline() -> None:
    assert light(Entry(status=Status.NOT_APPLICABLE, deadline=on(date(2020, 1, 1))), TODAY) is Light.GREY


def test_the_days_that_count_as_near_can_be_chosen() -> None:
    entry = Entry(deadline=on(TODAY + timedelta(days=3)))
    assert light(entry, TODAY, near_days=2) is Light.GREEN
    assert light(entry, TODAY, near_days=3) is Light.YELLOW
    assert light(Entry(deadline=on(TODAY)), TODAY, near_days=0) is Light.YELLOW


def _item(number: int, status: Status, day: date | None) -> Item:
    entry = Entry(status=status, deadline=on(day) if day else UNSTATED)
    key = ItemKey("u", str(number))
    return Item(key, number, "", "", 1, entry, light(entry, TODAY))


def test_a_tally_counts_each_status_and_across_them_the_lights() -> None:
    late, near = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    rows = [
        (Status.NOT_STARTED, late),
        (Status.NOT_STARTED, None),
        (Status.UNDER_WAY, late),
        (Status.UNDER_WAY, near),
        (Status.DONE, late),
        (Status.CLOSED, near),
        (Status.CLOSED, None),
        (Status.NOT_APPLICABLE, late),
    ]
    counted = tally(_item(number, *row) for number, row in enumerate(rows))
    by_status = {each: [status for status, _ in rows].count(each) for each in Status}
    assert counted == Tally(8, by_status, late=2, near=1)
    assert counted.finished == 3
    assert tally([]) == Tally()


def test_what_turned_red_since_the_last_time() -> None:
    days = (-3, -2, -1, 0, 5)
    rows = [_item(number, Status.UNDER_WAY, TODAY + timedelta(days=day)) for number, day in enumerate(days)]
    rows.append(_item(9, Status.DONE, TODAY - timedelta(days=1)))
    assert newly_late(rows, TODAY - timedelta(days=2)) == rows[1:3]
    assert newly_late(rows, TODAY) == []
    assert newly_late(rows, TODAY - timedelta(days=90)) == rows[:3]


def test_each_status_is_finished_open_or_left_out() -> None:
    assert FINISHED == (Status.DONE, Status.CLOSED)
    assert model.OPEN == OPEN
    assert LEFT_OUT == (Status.NOT_APPLICABLE,)
    assert "、".join(MOST_DONE_FIRST) == "已完成、已销号、推进中、未启动、不适用"
