"""A database that is a file is read when something is shown: the same values, or an error."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from desktop import paths
from desktop.catalogue import query, store
from desktop.catalogue.details import StoredNotes
from desktop.catalogue.model import Measure
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError

from . import invented
from .test_build import notes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "measures.db"
    place.write_bytes(paths.bundled_database().read_bytes())
    return place


@pytest.fixture
def late(file: Path) -> Catalogue:
    with closing(store.open_catalogue(file)) as db:
        return query.load(db)


def test_everything_is_as_in_memory(catalogue: Catalogue, late: Catalogue) -> None:
    assert isinstance(late.measure_tags, StoredNotes)
    assert late.measures == catalogue.measures
    for measure, other in zip(late.measures, catalogue.measures, strict=True):
        names = [each.name for each in fields(Measure) if each.name != "_read"]
        assert [getattr(measure, name) for name in names] == [getattr(other, name) for name in names]
        assert (measure.body, measure.printed_units) == (other.body, other.printed_units)
        assert late.units_of(measure.key) == catalogue.units_of(measure.key)
        assert late.figures_of(measure.key) == catalogue.figures_of(measure.key)
        assert late.measure_tags_of(measure.key) == catalogue.measure_tags_of(measure.key)
        for kind in ("beneficiary", "support"):
            assert late.tags_of(measure.key, kind) == catalogue.tags_of(measure.key, kind)
    assert tuple(late.responsibilities) == catalogue.responsibilities
    assert tuple(late.figures) == catalogue.figures
    assert tuple(late.measure_tags) == catalogue.measure_tags
    assert len(late.measure_tags) == len(catalogue.measure_tags)
    assert late.figures[0] == catalogue.figures[0]
    assert late.figures[1:3] == catalogue.figures[1:3]
    for tag in catalogue.tags:
        assert late.measures_tagged(tag.key) == catalogue.measures_tagged(tag.key)
    for unit in catalogue.checklist_units():
        assert late.measures_of(unit.key) == catalogue.measures_of(unit.key)
        for measure in catalogue.measures:
            assert late.carries(unit.key, measure.key) == (measure in catalogue.measures_of(unit.key))


def test_a_copy_with_other_words_has_them(late: Catalogue) -> None:
    measure = replace(late.measures[0], text="别的", text_sha256="x")
    assert measure.text == "别的"
    assert measure != late.measures[0]
    with pytest.raises(AttributeError):
        _ = measure.nothing  # type: ignore[attr-defined]


def test_workers_may_read(late: Catalogue, catalogue: Catalogue) -> None:
    found: list[tuple[str, ...]] = []
    workers = [
        threading.Thread(target=lambda: found.append(tuple(one.text for one in late.measures)))
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [tuple(one.text for one in catalogue.measures)] * 4


def test_words_that_are_not_those_that_were_stored_are_never_shown(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE measures SET text = replace(text, '1%以下', '2%以下') WHERE number = 3")
        db.commit()
    with closing(store.open_catalogue(file)) as db:
        catalogue = query.load(db)
    assert catalogue.by_number(2).text
    with pytest.raises(KnownError, match="可能已损坏"):
        _ = catalogue.by_number(3).text


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Catalogue]:
    from desktop.catalogue import build

    folder = tmp_path / "notices"
    own = paths.resources() / "notices" / "czbf-2023-3"
    (folder / own.name).mkdir(parents=True)
    for path in own.iterdir():
        (folder / own.name / path.name).write_bytes(path.read_bytes())
    invented.put(folder / invented.AHEAD_KEY, invented.ahead(), notes())
    build.build(folder, tmp_path / "two.db")
    with closing(store.open_catalogue(tmp_path / "two.db")) as db:
        yield query.load(db)


def test_narrowed_to_one_notice_it_is_as_alone(two: Catalogue, catalogue: Catalogue) -> None:
    alone = two.of(["czbf-2023-3"])
    assert tuple(alone.measure_tags) == catalogue.measure_tags
    assert tuple(alone.figures) == catalogue.figures
    assert tuple(alone.responsibilities) == catalogue.responsibilities
    assert alone.tags == catalogue.tags
    assert [unit.key for unit in alone.units] == [unit.key for unit in catalogue.units]
    assert alone.checklist_units()[0].name == "区中小企业发展中心"
    assert alone.scope == ("czbf-2023-3.1",)
    ahead = two.of([invented.AHEAD_KEY])
    assert {tag.measure_key for tag in ahead.measure_tags} <= {one.key for one in ahead.measures}
    assert len(two.measures_of("finance")) == len(alone.measures_of("finance")) + 1
