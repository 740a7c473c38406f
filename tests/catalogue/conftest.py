"""The real notice, read once, and the bundled database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from desktop.catalogue import annotations as editorial
from desktop.catalogue import notice, query, store
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.notice import ParsedNotice
from desktop.catalogue.query import Catalogue

from . import samples


@pytest.fixture(scope="session")
def parsed() -> ParsedNotice:
    return notice.parse(samples.SOURCE, samples.SLUG)


@pytest.fixture(scope="session")
def annotations(parsed: ParsedNotice) -> Annotations:
    return editorial.load(samples.FOLDER / "annotations.toml", parsed)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = store.open_catalogue()
    yield connection
    connection.close()


@pytest.fixture
def catalogue(db: sqlite3.Connection) -> Catalogue:
    return query.load(db)
