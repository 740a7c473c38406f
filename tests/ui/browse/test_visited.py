from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.browse.visited import Visited


def test_goes_back_and_forward():
    visited = Visited()
    for key in "abc":
        visited.visit(key)
    assert visited.go(-1) == "b"
    assert visited.go(-1) == "a"
    assert not visited.can_go_back
    assert visited.go(1) == "b"
    assert visited.can_go_forward


def test_the_same_place_twice_is_one_place():
    visited = Visited()
    visited.visit("a")
    visited.visit("a")
    assert not visited.can_go_back


def test_a_visit_forgets_what_lay_ahead():
    visited = Visited()
    for key in "abc":
        visited.visit(key)
    visited.go(-2)
    visited.visit("d")
    assert visited.go(1) is None
    assert visited.go(-1) == "a"


@given(st.lists(st.one_of(st.sampled_from("abcd"), st.sampled_from([-1, 1]))))
def test_it_can_go_exactly_where_it_says(steps: list[str | int]):
    visited = Visited()
    for step in steps:
        if isinstance(step, str):
            visited.visit(step)
        else:
            could = visited.can_go_back if step < 0 else visited.can_go_forward
            assert (visited.go(step) is not None) is could
