"""Libraries made to measure with are whole: the program opens them, with all that was asked for."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from benchmarks import generated, papers
from desktop.catalogue import store
from desktop.library import opening


def test_a_generated_library_is_opened_by_the_program(tmp_path: Path) -> None:
    generated.library(tmp_path, 240, notices=2 * len(papers.FORMS))
    opened = opening.opened(tmp_path)
    with closing(opened.db) as db:
        catalogue = opened.catalogue
        assert opened.warning == ""
        assert (catalogue.count, len(catalogue.notices)) == (32 + 240, 1 + 2 * len(papers.FORMS))
        assert len(catalogue.documents) > len(catalogue.notices)
        assert {duty.role for duty in catalogue.responsibilities} == {"", "lead", "support"}
        assert len({notice.validity_kind for notice in catalogue.notices}) > 1
        assert catalogue.groups
        assert store.verify(db) == []


def test_what_is_made_already_is_left_alone(tmp_path: Path) -> None:
    generated.library(tmp_path, 30, notices=2)
    before = [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.rglob("*"))]
    generated.library(tmp_path, 30, notices=2)
    assert [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.rglob("*"))] == before
    generated.library(tmp_path, 40, notices=2)
    with closing(opening.opened(tmp_path).db) as db:
        assert db.execute("SELECT count(*) FROM measures").fetchone() == (72,)
