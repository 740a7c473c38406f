from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.browse.visited import Trail


def test_goes_back_and_forward():
    trail = Trail()
    for key in "abc":
        trail.visit(key)
    assert trail.go(-1) == "b"
    assert trail.go(-1) == "a"
    assert not trail.can_go_back
    assert trail.go(1) == "b"
    assert trail.can_go_forward


def test_the_same_place_twice_is_one_place():
    trail = Trail()
    trail.visit("a")
    trail.visit("a")
    assert not trail.can_go_back


def test_a_visit_forgets_what_lay_ahead():
    trail = Trail()
    for key in "abc":
        trail.visit(key)
    trail.go(-2)
    trail.visit("d")
    assert trail.go(1) is None
    assert trail.go(-1) == "a"


@given(st.lists(st.one_of(st.sampled_from("abcd"), st.sampled_from([-1, 1]))))
def test_it_can_go_exactly_where_it_says(steps: list[str | int]):
    trail = Trail()
    for step in steps:
        if isinstance(step, str):
            trail.visit(step)
        else:
            could = trail.can_go_back if step < 0 else trail.can_go_forward
            assert (trail.go(step) is not None) is could
