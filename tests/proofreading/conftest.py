"""A library of the bundled notice and an invented one, ready to be compared with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.catalogue import query
from desktop.proofreading.checking import check
from desktop.proofreading.corpus import Corpus
from desktop.proofreading.model import Claim, ClaimVerdict
from tests import two_notices

Alarms = Callable[[str], list[Claim]]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    db = two_notices.opened(two_notices.built(tmp_path_factory.mktemp("two")))
    made = Corpus(db, query.load(db))
    db.close()
    return made


@pytest.fixture(scope="session")
def alarms(corpus: Corpus) -> Alarms:
    """Return what is not the same in a text."""
    return lambda text: [one for one in check(text, corpus) if one.verdict is not ClaimVerdict.SAME]
