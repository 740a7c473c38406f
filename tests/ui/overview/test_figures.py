"""What the overview shows, counted another way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop.ui.demo import sample_entries
from desktop.ui.desk import Desk
from desktop.ui.overview import figures
from desktop.ui.overview.figures import Figures, Tile
from desktop.workspace.items import deadline, progress
from desktop.workspace.items.model import Entry, Item, ItemKey, Light, Part, Status
from desktop.workspace.items.progress import Bar, light

TODAY = date(2026, 11, 23)


def item(status: Status = Status.NOT_STARTED, days: int | None = None, number: int = 1) -> Item:
    due = deadline.UNSTATED if days is None else deadline.on(TODAY + timedelta(days=days))
    reason = "无此项业务" if status is Status.NOT_APPLICABLE else ""
    entry = Entry(status=status, deadline=due, reason=reason, revision=1)
    key = ItemKey("a", f"m{number}")
    return Item(key, number, "标题", "一、类别", 1, entry, light(entry, TODAY))


@pytest.fixture
def found(desk: Desk) -> Figures:
    sample_entries.fill(desk.workspace.db, desk.catalogue, datetime.now().astimezone())
    return figures.figures(desk.catalogue, desk.every_item())


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.UNDER_WAY])
def test_open_item_past_its_deadline_is_late_whatever_its_status(status: Status) -> None:
    assert progress.part_of(item(status, -1)) is Part.LATE
    assert progress.part_of(item(status, 0)) is not Part.LATE


@pytest.mark.parametrize(
    ("status", "part"),
    [
        (Status.DONE, Part.FINISHED),
        (Status.CLOSED, Part.FINISHED),
        (Status.NOT_APPLICABLE, Part.NOT_APPLICABLE),
    ],
)
def test_item_with_nothing_left_to_do_is_never_late(status: Status, part: Part) -> None:
    assert progress.part_of(item(status, -30)) is part


def test_bars_count_every_item_once_by_unit_and_by_category(desk: Desk, found: Figures) -> None:
    units = [unit.key for unit in desk.catalogue.checklist_units()]
    assert [bar.key for bar in found.units] == units
    assert len(found.groups) == 10
    for bars in (found.units, found.groups):
        assert sum(bar.total for bar in bars) == found.tally.total == 67
        assert sum(bar.finished for bar in bars) == found.tally.finished
        assert sum(dict(bar.parts)[Part.LATE] for bar in bars) == found.tally.late


def test_bar_agrees_with_the_workspace_itself(desk: Desk, found: Figures) -> None:
    rows = desk.workspace.db.execute("SELECT unit_key, status FROM entries").fetchall()
    finished = Counter(unit for unit, status in rows if status in ("已完成", "已销号"))
    assert {bar.key: bar.finished for bar in found.units if bar.finished} == finished


@pytest.mark.parametrize(
    ("tile", "statuses"),
    [
        (Tile.FINISHED, {Status.DONE, Status.CLOSED}),
        (Tile.UNDER_WAY, {Status.UNDER_WAY}),
        (Tile.NOT_STARTED, {Status.NOT_STARTED}),
        (Tile.ALL, set(Status)),
    ],
)
def test_tile_leads_to_the_items_that_it_counts(
    desk: Desk, tile: Tile, statuses: set[Status], found: Figures
) -> None:
    wanted = {row.key for row in desk.every_item() if row.entry.status in statuses}
    assert {row.key for row in found.in_tile(tile)} == wanted
    assert wanted


def test_late_and_near_tiles_make_the_list_that_stands_first(found: Figures) -> None:
    late, near = found.in_tile(Tile.LATE), found.in_tile(Tile.NEAR)
    assert {row.light for row in late} == {Light.RED}
    assert {row.light for row in near} == {Light.YELLOW}
    assert found.due() == (*late, *near)


def test_most_urgent_first_then_by_number() -> None:
    mixed = [
        item(days=3, number=1),
        item(number=2),
        item(Status.DONE, -90, number=3),
        item(days=-2, number=9),
        item(days=-8, number=5),
        item(days=0, number=8),
    ]
    assert [row.number for row in progress.by_urgency(mixed)] == [5, 9, 8, 1, 2, 3]


@pytest.mark.parametrize(("days", "words"), [(-8, "逾期 8 天"), (0, "今日到期"), (13, "还有 13 天")])
def test_deadline_in_words(days: int, words: str) -> None:
    assert progress.due_words(TODAY + timedelta(days=days), TODAY) == words


def test_bar_in_words_names_what_there_is() -> None:
    counts = (3, 2, 1, 0, 1)
    bar = Bar("a", "区财政局", tuple(zip(Part, counts, strict=True)))
    assert bar.sentence == "区财政局：共7项，完成3项，推进中2项，逾期1项，不适用1项"
    assert Bar("b", "区商务局", tuple((part, 0) for part in Part)).sentence == "区商务局：没有事项"


def test_orphan_is_told_of_but_not_counted(desk: Desk) -> None:
    items = desk.every_item()
    lost = replace(items[0], orphaned=True, key=ItemKey("gone", "gone"))
    found = figures.figures(desk.catalogue, [*items, lost])
    assert found.tally.total == 67
    assert found.orphaned == 1
    assert "1 项已不在发文中" in figures.tile_note(found, Tile.ALL, 15)


def test_fresh_workspace_is_untouched_until_something_is_entered(desk: Desk) -> None:
    items = desk.every_item()
    assert figures.figures(desk.catalogue, items).untouched
    desk.edit(items[0].key, {"owner": "张××"})
    assert not figures.figures(desk.catalogue, desk.every_item()).untouched


def test_open_items_without_a_deadline_are_counted() -> None:
    rows = (item(), item(Status.UNDER_WAY), item(Status.DONE), item(Status.NOT_APPLICABLE), item(days=3))
    found = Figures(rows, figures.progress.tally(rows), (), (), 0)
    assert found.without_deadline() == 2


def test_sample_shows_every_status_and_every_light(found: Figures) -> None:
    assert {row.entry.status for row in found.items} == set(Status)
    assert {row.light for row in found.items} == set(Light)


def test_what_nobody_touched_is_counted_without_being_made(desk: Desk) -> None:
    now = datetime.now().astimezone()
    sample_entries.fill(desk.workspace.db, desk.catalogue, now)
    desk.workspace.db.execute("DELETE FROM entries WHERE rowid % 3 = 0")
    made = figures.figures(desk.catalogue, desk.every_item())
    counted = figures.figures(desk.catalogue, desk.entered_items(), desk.every_item)
    assert counted.untouched_items == 67 - len(desk.entered_items()) > 0
    assert (counted.tally, counted.units, counted.groups) == (made.tally, made.units, made.groups)
    assert (counted.untouched, counted.without_deadline()) == (made.untouched, made.without_deadline())
    assert counted.due() == made.due()
    for tile in Tile:
        assert counted.in_tile(tile) == made.in_tile(tile)
        assert counted.count(tile) == len(made.in_tile(tile))
        assert figures.tile_note(counted, tile, 7) == figures.tile_note(made, tile, 7)
    key = desk.catalogue.categories[2].key
    assert figures.in_category(counted, desk.catalogue, key) == figures.in_category(made, desk.catalogue, key)
