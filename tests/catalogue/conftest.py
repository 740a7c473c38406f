"""The real notice, read once, and the bundled database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from desktop.catalogue import notice_folder, query, store
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.query import Catalogue

from . import samples


@pytest.fixture(scope="session")
def parsed() -> ParsedNotice:
    return notice_folder.read(samples.FOLDER, own=True)[0]


@pytest.fixture(scope="session")
def annotations() -> Annotations:
    return notice_folder.read(samples.FOLDER, own=True)[1]


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = store.open_catalogue()
    yield connection
    connection.close()


@pytest.fixture
def catalogue(db: sqlite3.Connection) -> Catalogue:
    return query.load(db)
