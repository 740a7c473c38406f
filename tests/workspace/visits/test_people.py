"""People as one types them in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.visits import people
from desktop.workspace.visits.model import Met


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", ()),
        ("张某、李某", ("张某", "李某")),
        ("张某，李某,王某；赵某", ("张某", "李某", "王某", "赵某")),
        ("王某（厂长、书记）、赵某(财务)", ("王某（厂长、书记）", "赵某(财务)")),
        ("、 、张某、张某", ("张某",)),
        ("张某（没有写完", ("张某（没有写完",)),
    ],
)
def test_names_in_a_line(line: str, found: tuple[str, ...]) -> None:
    assert people.names(line) == found


def test_posts_stand_in_brackets() -> None:
    assert people.met("王某（厂长、书记），赵某(财务)、李某") == (
        Met("王某", "厂长、书记"),
        Met("赵某", "财务"),
        Met("李某"),
    )


@given(st.lists(st.builds(Met, st.text("王张李", min_size=1), st.text("厂长书记、")), unique_by=str))
def test_what_is_read_is_written_the_same(given_people: list[Met]) -> None:
    once = people.met(people.met_line(given_people))
    assert people.met(people.met_line(once)) == once
    assert [one.name for one in once] == [one.name for one in given_people]
