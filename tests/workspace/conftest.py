from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.file import store
from desktop.workspace.items import checklist
from desktop.workspace.items.model import Change, ItemKey

from . import sample

Enter = Callable[..., tuple[Change, ...]]


@pytest.fixture
def catalogue() -> Catalogue:
    return sample.catalogue()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return the database of a new workspace that is open for writing."""
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield workspace.db


@pytest.fixture
def enter(db: sqlite3.Connection, catalogue: Catalogue) -> Enter:
    """Return a function that enters values for an item: ``enter(key, session="", by=…, status=…)``."""

    def edit(key: ItemKey, *, session: str = "", by: str = "张三", source: str = "录入", **values: str):
        return checklist.edit(
            db, catalogue, key, values, by=by, source=source, at=sample.NOON, session=session
        )

    return edit
