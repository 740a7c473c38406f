"""Names in very many notices are found as few are: exactly, with their reasons, beside terms and filters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from desktop.catalogue.search import Filters, search
from desktop.catalogue.terms import bare
from desktop.catalogue.understood import MOST_NAMES

from . import made

SIZE = 4 * MOST_NAMES


@pytest.fixture(scope="module")
def papers() -> list[tuple[str, str, str]]:
    """Return 文号, category and text of each; 城政办、办发 has all pairs of 城政办发 and not the word."""
    made_up = []
    for at in range(SIZE):
        issuer = ("城政办发", "工信函发")[at % 2]
        heading = ("保障措施", "城政办、办发", "服务办发票")[at % 3] if at % 10 else "其他"
        made_up.append(
            (f"{issuer}〔{2000 + at % 7}〕{at}号", heading, f"红灯{'绿灯' if at % 50 == 3 else ''}。")
        )
    return made_up


@pytest.fixture(scope="module")
def db(papers: list[tuple[str, str, str]]) -> Iterator[sqlite3.Connection]:
    made_up = made.notices(papers)
    yield made_up
    made_up.close()


PIECES = (
    "城政",
    "城政办发",
    "政办发〔2003〕",
    "办发",
    "保障措施",
    "障措",
    "发2",
    "城",
    "号",
    "城政办发〔2003〕10号",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_finds_what_has_it_in_a_name(
    db: sqlite3.Connection, papers: list[tuple[str, str, str]], piece: str
) -> None:
    having = _having(papers, piece)
    found = search(db, piece, limit=0)
    assert [hit.number for hit in found.hits] == having
    assert found.total == len(having) > 0
    assert search(db, piece).hits == found.hits[:50]
    for hit in found.hits:
        number, heading, _ = papers[hit.number - 1]
        reasons = [("类别：", heading), ("文号：", number)]
        assert hit.reason == "；".join(said + name for said, name in reasons if bare(piece) in bare(name))


def test_pairs_that_only_stand_in_different_names_find_nothing(db: sqlite3.Connection) -> None:
    assert search(db, "城政办发票").hits == ()
    assert search(db, "信函发票").hits == ()


def test_another_term_and_a_filter_narrow_them(
    db: sqlite3.Connection, papers: list[tuple[str, str, str]]
) -> None:
    green = [at for at, (*_, text) in enumerate(papers, 1) if "绿灯" in text]
    both = search(db, "工信函发 绿灯", limit=0)
    assert {hit.number for hit in both.hits} == set(green) & set(_having(papers, "工信函发")) != set()
    assert {hit.number for hit in search(db, "工信函发 保障措施", limit=0).hits} == (
        set(_having(papers, "工信函发")) & set(_having(papers, "保障措施"))
    )
    assert [hit.number for hit in search(db, "城政办发", Filters(notice="n0003")).hits] == [3]
    assert search(db, "城政办发", Filters(notice="n0002")).hits == ()


def test_a_name_means_nothing_in_documents_without_it(db: sqlite3.Connection) -> None:
    some = search(db, "城政办发", documents=["d0002", "d0003", "d0005"])
    assert [hit.number for hit in some.hits] == [3, 5]
    none = search(db, "城政办发", documents=["d0002", "d0004"])
    assert none.hits == ()
    assert "城政办发" in none.advice[0].sentence


def _having(papers: list[tuple[str, str, str]], piece: str) -> list[int]:
    return [
        at
        for at, (number, heading, _) in enumerate(papers, 1)
        if bare(piece) in bare(number) or bare(piece) in bare(heading)
    ]
