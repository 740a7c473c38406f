"""A large library is read as it is looked into: the same answers, whatever is asked first."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import generated
from desktop.catalogue import details, query, shelf, store
from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError

MANY = 32 * (shelf.FEW + 4)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("large") / "many.db"
    generated.write(place, MANY)
    return place


@pytest.fixture
def at_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The catalogue as a small library has it: all in memory."""
    with monkeypatch.context() as patched, closing(store.open_catalogue(file)) as db:
        patched.setattr(details, "of", lambda _db: None)
        return query.load(db)


@pytest.fixture
def opened(file: Path) -> Iterator[Catalogue]:
    with closing(store.open_catalogue(file)) as db:
        yield query.load(db)


def _of_measure(key: str) -> Callable[[Catalogue], object]:
    def asked(catalogue: Catalogue) -> object:
        measure = catalogue.measure(key)
        category = catalogue.category_of(measure)
        return (
            measure,
            measure.text,
            measure.called,
            category,
            catalogue.measures_in(category.key),
            catalogue.measures_in_document(measure.document_key),
            catalogue.categories_in(measure.document_key),
            catalogue.count_in(measure.document_key),
            catalogue.duties_of(key),
            catalogue.citations_of(key),
            [catalogue.carries(unit.key, key) for unit in catalogue.units],
            catalogue.carries(UNASSIGNED, key),
        )

    return asked


def test_one_after_the_other_and_then_all_at_once_are_the_same(opened: Catalogue, at_once: Catalogue) -> None:
    keys = [measure.key for measure in at_once.measures]
    random.Random(1).shuffle(keys)
    for key in keys[:100]:
        assert _of_measure(key)(opened) == _of_measure(key)(at_once)
    assert opened.measures == at_once.measures
    assert opened.categories == at_once.categories
    assert opened.citations == at_once.citations
    assert opened.checklist_units() == at_once.checklist_units()


def test_what_a_start_asks_for_reads_few_measures(opened: Catalogue, at_once: Catalogue) -> None:
    assert (opened.count, opened.first) == (len(at_once.measures), at_once.measures[0])
    assert opened.has(at_once.measures[-1].key)
    assert not opened.has("nothing.1.m01")
    assert not opened.has("")
    with pytest.raises(KeyError):
        opened.measure(f"{at_once.documents[0].key}.m99")
    with pytest.raises(KeyError):
        opened.category("nothing.1.c01")


def test_part_of_it_is_part_of_it(opened: Catalogue, at_once: Catalogue) -> None:
    wanted = [notice.key for notice in at_once.notices[3:5]]
    part, same = opened.of(wanted), at_once.of(wanted)
    assert part.count == len(same.measures) == 64
    assert part.first == same.measures[0]
    assert not part.has(at_once.measures[0].key)
    assert opened.measure(at_once.measures[0].key) == at_once.measures[0]
    assert part.measures == same.measures
    assert (part.notices, part.units, part.categories) == (same.notices, same.units, same.categories)
    assert tuple(part.responsibilities) == same.responsibilities
    assert part.checklist_units() == same.checklist_units()


def test_damage_is_told_when_it_is_met(file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(damaged)) as db:
        db.execute("UPDATE measures SET document_key = 'nobody' WHERE number = 3")
        db.commit()
    with closing(store.open_library(damaged)) as db:
        catalogue = query.load(db)
    assert catalogue.first
    with pytest.raises(KnownError, match="损坏"):
        _ = catalogue.measures
