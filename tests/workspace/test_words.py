"""Moments, sizes, values, units and measures as they are said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace import words
from desktop.workspace.items.model import ItemKey


def test_a_moment_is_told_to_the_minute_by_the_clock_of_then() -> None:
    assert words.moment("2026-11-23T09:05:59+08:00") == "2026-11-23 09:05"
    assert words.moment(datetime(2026, 11, 23, 9, 5, 59, tzinfo=UTC)) == "2026-11-23 09:05"
    assert words.moment("") == ""


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 KB"),
        (640 * 1024, "640 KB"),
        (1_300_000, "1.2 MB"),
        (200 * 1024**2, "200 MB"),
        (3 * 1024**3, "3.0 GB"),
        (5000 * 1024**3, "5000 GB"),
    ],
)
def test_sizes_as_people_say_them(count: int, told: str) -> None:
    assert words.size(count) == told


@pytest.mark.parametrize(
    ("field", "stored", "told"),
    [
        ("owner", "张三", "张三"),
        ("owner", "", "（空）"),
        ("deadline", "", "（空）"),
        ("deadline", " ", "（空）"),
        ("deadline", "长期", "长期"),
        ("deadline", "2026-01-01/2026-12-31", "2026-01-01至2026-12-31"),
        ("deadline", "2026-12-31/2026-01-01", "2026-12-31/2026-01-01"),
        ("deadline", "年底前", "年底前"),
    ],
)
def test_a_value_is_told_and_what_cannot_be_read_stands_as_it_is(field: str, stored: str, told: str) -> None:
    assert words.value(field, stored) == told


def test_nothing_can_be_told_in_another_word() -> None:
    assert words.value("owner", "", "留空") == words.value("deadline", "", "留空") == "留空"


def test_a_unit_and_a_measure_are_told_also_when_they_are_gone(catalogue: Catalogue) -> None:
    unit, measure = catalogue.checklist_units()[0], catalogue.measures[0]
    assert words.unit(catalogue, unit.key) == unit.name
    assert words.unit(catalogue, "former") == "原有单位（former）"
    assert words.unit(catalogue, "") == ""
    assert words.measure(catalogue, measure.key) == f"{measure.number}.{measure.title}"
    assert words.item(catalogue, ItemKey("former", "m99")) == "m99（现行措施库中已无此项）"
    assert words.item(catalogue, None) == ""


def test_a_field_is_told_by_its_name() -> None:
    assert (words.field("deadline"), words.field("strange")) == ("完成时限", "strange")


def test_an_item_that_never_changed_says_so() -> None:
    assert words.last(None) == "未填报"
