"""The search finds exactly what a plain substring scan finds, on the real catalogue and on any text."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.catalogue.matches import matching
from desktop.catalogue.readings import literal
from desktop.catalogue.search import Filters, search
from desktop.catalogue.terms import fold, split

from . import made

Folded = dict[int, tuple[str, str]]


@pytest.fixture
def folded(db: sqlite3.Connection) -> Folded:
    return _folded(db)


def test_every_substring_of_one_to_four_characters_finds_what_the_scan_finds(
    db: sqlite3.Connection, folded: Folded
) -> None:
    words = _substrings(db, 4)
    assert len(words) > 9_000
    differing = [word for word in words if _found(db, word) != _scan(folded, split(word))]
    assert differing == []


def test_longer_pieces_find_what_the_scan_finds(db: sqlite3.Connection, folded: Folded) -> None:
    chance = random.Random(1)
    texts = [text for (text,) in db.execute("SELECT text FROM measures")]
    for _ in range(500):
        text = chance.choice(texts)
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        assert _found(db, text[start:end]) == _scan(folded, split(text[start:end])), text[start:end]


def test_several_terms_find_what_has_them_all(db: sqlite3.Connection, folded: Folded) -> None:
    chance = random.Random(2)
    texts = [text for (text,) in db.execute("SELECT text FROM measures")]
    hits = 0
    for _ in range(3000):
        same = chance.random() < 0.5
        chosen = [chance.choice(texts)] * 4 if same else chance.sample(texts, 4)
        query = " ".join(_piece(chance, text) for text in chosen[: chance.choice((2, 2, 3, 4))])
        expected = _scan(folded, split(query))
        hits += bool(expected)
        assert _found(db, query) == expected, query
    assert 1500 < hits < 2500


def test_every_whole_text_finds_its_measure(db: sqlite3.Connection) -> None:
    for number, text in db.execute("SELECT number, text FROM measures").fetchall():
        assert _found(db, text) == {number}


awkward = st.text(
    st.one_of(
        st.sampled_from(
            "ab１２ＡﾊﾟハパßẞﬁⅣ㈱①Å\u0301\u0327\u0308\u1100\u1161\u11a8각｡＂\"'*-^:()\\%_\u3000 \n\t\0\x1f\x85"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@settings(max_examples=300)
@given(measures=st.lists(st.tuples(awkward, awkward), min_size=1, max_size=4), data=st.data())
@example(measures=[("ab", "ab bd")], data=None)
@example(measures=[("Ⓣ企", "Ⓟab ＂ ￠")], data=None)
def test_any_text_is_found_as_by_the_scan(
    measures: list[tuple[str, str]], data: st.DataObject | None
) -> None:
    with closing(made.catalogue(measures)) as db:
        folded = _folded(db)
        pieces = {fold(piece) for measure in measures for piece in measure}
        pieces |= {"".join(piece.split()) for piece in pieces} | {"".join(pieces)}
        words = {piece[at : at + 3] for piece in pieces for at in range(len(piece))}
        words |= {"abd", "t企", '"', "¢", "pab"}
        if data is not None:
            words.add(data.draw(awkward))
        for word in words:
            expected = _scan(folded, split(word))
            assert set(matching(db, [*map(literal, split(word))], Filters())) == expected, word
            if expected:
                assert _found(db, word) == expected, word


def _piece(chance: random.Random, text: str) -> str:
    size = chance.randint(1, 4)
    start = chance.randrange(len(text) - size)
    return text[start : start + size]


def _found(db: sqlite3.Connection, query: str) -> set[int]:
    results = search(db, query, limit=0)
    assert results.total == len(results.hits)
    return {hit.number for hit in results.hits}


def _scan(folded: Folded, terms: Iterable[str]) -> set[int]:
    """Return the numbers of the measures in whose title or text every term stands."""
    return {
        number
        for number, (title, text) in folded.items()
        if all(term in title or term in text for term in terms)
    }


def _folded(db: sqlite3.Connection) -> Folded:
    rows = db.execute("SELECT number, title, text FROM measures")
    return {number: (fold(title), fold(text)) for number, title, text in rows}


def _substrings(db: sqlite3.Connection, longest: int) -> list[str]:
    rows = db.execute("SELECT title, text FROM measures")
    return sorted(
        {
            piece[at : at + size]
            for row in rows
            for piece in row
            for size in range(1, longest + 1)
            for at in range(len(piece) - size + 1)
        }
    )
