from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue import pages


def _written(path: Path, detour: bool, page_size: int = 4096) -> None:
    """Write 500 rows; with a detour, write and take back others first: counters and leavings differ."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {page_size}")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")
        if detour:
            for at in range(5):
                db.execute("INSERT INTO t VALUES (?, ?)", (1000 + at, "余" * 900))
            db.execute("DELETE FROM t")
        db.executemany("INSERT INTO t VALUES (?, ?)", ((at, "字" * (at % 300)) for at in range(500)))
        db.execute("CREATE INDEX by_words ON t (words)")
        db.execute("VACUUM")


def test_the_same_content_becomes_the_same_bytes(tmp_path: Path) -> None:
    straight, detour = tmp_path / "a.db", tmp_path / "b.db"
    _written(straight, detour=False)
    _written(detour, detour=True)
    assert straight.read_bytes() != detour.read_bytes()
    pages.settle(straight)
    pages.settle(detour)
    assert straight.read_bytes() == detour.read_bytes()


@pytest.mark.parametrize("page_size", [512, 4096, 32768])
def test_the_content_stays(tmp_path: Path, page_size: int) -> None:
    path = tmp_path / "a.db"
    _written(path, detour=True, page_size=page_size)
    with closing(sqlite3.connect(path)) as db:
        before = list(db.iterdump())
    pages.settle(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA page_size").fetchone() == (page_size,)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert list(db.iterdump()) == before
