"""The real catalogue, checklists filled in as units do, and a workbook of them read by the second reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.catalogue import query, store
from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.workspace.file import store as workspaces
from desktop.workspace.items import checklist
from desktop.workspace.items.deadline import on
from desktop.workspace.items.model import Entry, Item, Status
from desktop.workspace.items.progress import light

from . import second_reader

TODAY = date(2026, 11, 23)
WriteUnit = Callable[[Sequence[Item]], second_reader.Sheet]

ENTRIES = (
    Entry(
        Status.UNDER_WAY,
        on(date(2026, 11, 1)),
        "张建国",
        "拨付12笔。",
        "材料不齐。",
        "月底前完成。",
        revision=3,
    ),
    Entry(Status.DONE, on(date(2026, 10, 1)), "李梅、王小明", "=1+1\n-见附件", revision=1),
    Entry(Status.NOT_APPLICABLE, reason="本单位无对应职能。", revision=1),
    Entry(Status.NOT_STARTED, on(date(2026, 11, 30)), revision=1),
    Entry(Status.CLOSED, on(date(2026, 11, 30)), "赵", revision=4),
    Entry(),
    Entry(Status.UNDER_WAY, on(date(2027, 3, 31)), progress="@区长已批示", revision=2),
)


def with_entry(item: Item, entry: Entry) -> Item:
    """Return ``item`` with ``entry`` and the light that it has then."""
    return replace(item, entry=entry, light=light(entry, TODAY))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    connection = store.open_catalogue()
    try:
        return query.load(connection)
    finally:
        connection.close()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def blank(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> tuple[Item, ...]:
    """Every item, nothing entered."""
    with workspaces.open_for_reading(tmp_path_factory.mktemp("none")) as empty:
        return tuple(checklist.every_item(empty.db, catalogue, TODAY))


@pytest.fixture(scope="session")
def filled(blank: tuple[Item, ...]) -> tuple[Item, ...]:
    """Every item, filled in with :data:`ENTRIES` in turn."""
    return tuple(with_entry(item, ENTRIES[number % len(ENTRIES)]) for number, item in enumerate(blank))


@pytest.fixture(scope="session")
def whole(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path_factory: pytest.TempPathFactory
) -> second_reader.Book:
    """All filled-in checklists in one workbook."""
    path = tmp_path_factory.mktemp("whole") / "all.xlsx"
    book.write_all(path, book.Sending(catalogue, today), filled)
    return second_reader.read(path)


@pytest.fixture
def write_unit(catalogue: Catalogue, today: date, tmp_path: Path) -> WriteUnit:
    """Write the items of one unit and return its sheet as the second reader sees it."""

    def write(items: Sequence[Item]) -> second_reader.Sheet:
        unit = catalogue.unit(items[0].key.unit_key)
        path = tmp_path / "unit.xlsx"
        book.write_unit(path, book.Sending(catalogue, today), items, unit)
        return second_reader.read(path)[unit.name]

    return write
