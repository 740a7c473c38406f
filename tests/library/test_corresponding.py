"""Which measures of two documents correspond, and what was decided about it by hand."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.library import assignment, links
from desktop.library.corresponding import SUGGESTED_FROM, Pair, PairState, correspond, unmatched
from desktop.library.likeness import likenesses, longest_shared, title_ratio
from tests.library.worded import CITY, DISTRICT, measure


def told(pairs: tuple[Pair, ...]) -> list[tuple[int, int, str]]:
    return [(pair.ours.number, pair.theirs.number, pair.state.value) for pair in pairs]


def test_measures_that_say_the_same_in_other_words_are_suggested() -> None:
    pairs = correspond(CITY, DISTRICT)
    assert told(pairs) == [(1, 3, "建议"), (2, 2, "建议")]
    assert all(SUGGESTED_FROM <= pair.likeness <= 1 for pair in pairs)
    assert pairs[0].why == "标题相近，都写有“申请缓缴社会保险费，缓缴期”"
    assert [one.number for one in unmatched(CITY, pairs)] == [3, 4]
    assert [one.number for one in unmatched(DISTRICT, pairs)] == [1]


def test_the_same_measure_is_wholly_alike() -> None:
    (pair,) = correspond(CITY[:1], [measure(9, CITY[0].title, CITY[0].body, notice="qq-2026-8")])
    assert (pair.likeness, pair.why) == (1.0, "标题相同，内容一字不差")


def test_measures_without_titles_correspond_by_their_words() -> None:
    bare = [measure(each.number, "", each.body, notice="qq-2026-8") for each in CITY]
    assert told(correspond(CITY, bare)) == [(n, n, "建议") for n in (1, 2, 3, 4)]
    assert title_ratio(CITY[0], bare[0]) is None


def test_nothing_corresponds_to_nothing() -> None:
    assert correspond(CITY, ()) == correspond((), CITY) == correspond((), ()) == ()
    other = [measure(1, "推广良种", "对种植户购买优质稻种给予补贴。", notice="nn-2026-2")]
    assert correspond(CITY, other) == ()


def test_both_sides_are_compared_alike() -> None:
    there = {(pair.ours.key, pair.theirs.key): pair.likeness for pair in correspond(CITY, DISTRICT)}
    back = {(pair.theirs.key, pair.ours.key): pair.likeness for pair in correspond(DISTRICT, CITY)}
    assert there == back


def test_what_a_person_decided_stands() -> None:
    decided = {
        frozenset((CITY[0].key, DISTRICT[2].key)): PairState.REJECTED,
        frozenset((CITY[3].key, DISTRICT[0].key)): PairState.CONFIRMED,
        frozenset((CITY[3].key, DISTRICT[2].key)): PairState.CONFIRMED,
    }
    pairs = correspond(CITY, DISTRICT, decided)
    assert told(pairs) == [(2, 2, "建议"), (4, 1, "已确认"), (4, 3, "已确认"), (1, 3, "不对应")]
    assert [one.number for one in unmatched(CITY, pairs)] == [1, 3]
    assert unmatched(DISTRICT, pairs) == ()


def test_a_measure_is_suggested_once_and_all_together_are_most_alike() -> None:
    twins = [measure(each, CITY[0].title, CITY[0].body, notice="qq-2026-8") for each in (1, 2, 3)]
    assert len(correspond(CITY[:1], twins)) == len(correspond(twins, CITY[:1])) == 1


def test_what_both_have_is_shown_in_their_words() -> None:
    assert longest_shared(CITY[1], DISTRICT[1]) == "国有房屋的小微企业，免收两个月租金、减半收取三个…"
    assert longest_shared(CITY[3], DISTRICT[0]) == ""


def test_likeness_leaves_out_what_has_nothing_in_common() -> None:
    other = measure(1, "良种", "稻种补贴", notice="nn-2026-2")
    assert likenesses([CITY[2]], [other]) == {}
    assert likenesses([measure(1, "", "甲")], [measure(1, "", "甲")])[0, 0].value == 1


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 3)), st.integers(1, 20).map(lambda n: n / 20), max_size=12
    )
)
def test_no_other_choice_of_pairs_is_worth_more(worth: dict[tuple[int, int], float]) -> None:
    chosen = assignment.best(worth)
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    most = max(
        sum(worth.get((i, j), 0.0) for j, i in enumerate(order)) for order in permutations(range(5), 4)
    )
    assert sum(worth[pair] for pair in chosen) == pytest.approx(most)


def test_decisions_are_kept_changed_and_forgotten(tmp_path: Path) -> None:
    assert links.links(tmp_path) == {}
    links.confirm(tmp_path, "b.1.m01", "a.1.m02")
    links.reject(tmp_path, "a.1.m03", "b.1.m01")
    links.confirm(tmp_path, "a.1.m02", "b.1.m01")
    expected = {
        frozenset(("a.1.m02", "b.1.m01")): PairState.CONFIRMED,
        frozenset(("a.1.m03", "b.1.m01")): PairState.REJECTED,
    }
    assert links.links(tmp_path) == expected
    assert json.loads((tmp_path / links.LINKS).read_text("utf-8"))["links"][0] == [
        *("a.1.m02", "b.1.m01", "confirmed")
    ]
    links.confirm(tmp_path, "b.1.m01", "a.1.m03")
    links.forget(tmp_path, "a.1.m02", "b.1.m01")
    links.forget(tmp_path, "a.1.m02", "b.1.m01")
    assert links.links(tmp_path) == {frozenset(("a.1.m03", "b.1.m01")): PairState.CONFIRMED}


def test_links_of_chosen_notices() -> None:
    decided = {
        frozenset(("a.1.m01", "b.1.m01")): PairState.CONFIRMED,
        frozenset(("a.1.m01", "c.2.m01")): PairState.REJECTED,
    }
    assert set(links.within(decided, ["a", "b"])) == {frozenset(("a.1.m01", "b.1.m01"))}
    assert set(links.about(decided, "c")) == {frozenset(("a.1.m01", "c.2.m01"))}
    assert links.parsed(links.written(decided).encode()) == decided
    assert links.parsed(links.written({}).encode()) == {}


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b"\xff", b'{"format": 2, "links": []}', b'{"format": 1, "links": {}}'),
        *(b'{"format": 1, "links": [["a", "a", "confirmed"]]}', b'{"format": 1, "links": [["a", "b", "x"]]}'),
        *(b'{"format": 1, "links": [["a", "b"]]}', b'{"format": 1, "links": [[1, "b", "confirmed"]]}'),
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_ours_is_neither_read_nor_lost(tmp_path: Path, data: bytes) -> None:
    (tmp_path / links.LINKS).write_bytes(data)
    with pytest.raises(KnownError, match="没有改动任何内容"):
        links.confirm(tmp_path, "a.1.m01", "b.1.m01")
    assert (tmp_path / links.LINKS).read_bytes() == data
