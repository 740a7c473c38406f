"""When more measures match than are compared with each other, the best still come first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import generated
from desktop.catalogue.ranking import POOL
from desktop.catalogue.search import Filters, search

from . import made

SIZE = 1500


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("large") / "measures.db"
    generated.write(path, SIZE)
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    yield db
    db.close()


def test_total_is_told_only_when_it_was_counted(large: sqlite3.Connection) -> None:
    (count,) = large.execute("SELECT count(*) FROM measures WHERE instr(text, '企业')").fetchone()
    assert count > POOL
    assert search(large, "企业").total is None
    assert search(large, "企业", limit=0).total == len(search(large, "企业", limit=0).hits) == count


@pytest.mark.parametrize("text", ["企业", "企业 支持", "中小企业 服务 的", "的", "3", "qy", "zhongxiaoqiye"])
def test_a_cut_list_is_the_beginning_of_the_whole(large: sqlite3.Connection, text: str) -> None:
    whole = search(large, text, limit=0).hits
    assert len(whole) == len({hit.key for hit in whole})
    for limit in (1, 50):
        assert search(large, text, limit=limit).hits == whole[:limit]
    assert {hit.key for hit in search(large, text, limit=400).hits} <= {hit.key for hit in whole}


def test_titles_come_first_wherever_they_stand_in_the_catalogue(large: sqlite3.Connection) -> None:
    (titles,) = large.execute("SELECT count(*) FROM measures WHERE instr(title, '中小企业')").fetchone()
    hits = search(large, "中小企业").hits
    assert sum("中小企业" in hit.title for hit in hits) == min(50, titles)
    both = search(large, "中小企业 支持").hits
    having = [("中小企业" in hit.title) + ("支持" in hit.title) for hit in both]
    assert having == sorted(having, reverse=True)


def test_a_title_with_one_of_the_words_comes_before_titles_with_none() -> None:
    """Also where titles with both words are too few to fill the list, and stand behind many measures."""
    common = [("其他事项", "红灯蓝灯")] * (POOL + 50)
    db = made.catalogue([*common, ("红灯管理", "蓝灯"), ("蓝灯管理", "红灯"), ("红灯与蓝灯", "绿灯")])
    try:
        titles = [hit.title for hit in search(db, "红灯 蓝灯", limit=5).hits]
    finally:
        db.close()
    assert titles == ["红灯与蓝灯", "红灯管理", "蓝灯管理", "其他事项", "其他事项"]


def test_the_measure_with_the_number_comes_first(large: sqlite3.Connection) -> None:
    (count,) = large.execute("SELECT count(*) FROM measures WHERE number = 3").fetchone()
    numbers = [hit.number for hit in search(large, "3").hits]
    assert len(numbers) == 50
    assert numbers[: min(50, count)] == [3] * min(50, count)


def test_filters_hold_among_many(large: sqlite3.Connection) -> None:
    (count,) = large.execute(
        "SELECT count(*) FROM measures m JOIN responsibilities r ON r.measure_key = m.key"
        " WHERE r.unit_key = 'u1' AND instr(m.text, '企业')"
    ).fetchone()
    assert len(search(large, "企业", Filters(unit="u1"), limit=0).hits) == count
