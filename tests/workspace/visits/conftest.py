from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache

import pytest

from desktop.catalogue import clauses as clause_rows
from desktop.catalogue import query, store
from desktop.catalogue.clauses import Clause
from desktop.catalogue.query import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Iterator[Catalogue]:
    with closing(store.open_catalogue()) as db:
        yield query.load(db)


@cache
def _bundled() -> Mapping[str, tuple[Clause, ...]]:
    with closing(store.open_catalogue()) as db:
        return clause_rows.of_documents(db, ["czbf-2023-3.1"])


@pytest.fixture(scope="session")
def clauses() -> Mapping[str, tuple[Clause, ...]]:
    return _bundled()
