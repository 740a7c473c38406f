from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.catalogue.spans import find, merge, utf16
from desktop.catalogue.terms import fold

awkward = st.text(
    st.one_of(
        st.sampled_from(
            "abＡＢﾊﾟẞßﬁⅣ㈱①Åe\u0301\u0327\u0308\u0344\u1100\u1161\u11a8각\u0bc6\u0bbe企业。 \n\U0001f600"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=14,
)


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("支持中小企业,中小企业", ["企业"], ((4, 6), (9, 11))),
        ("支持中小企业", ["中小", "小企", "支"], ((0, 1), (2, 5))),
        ("APEC技展会", ["ａｐｅｃ"], ((0, 4),)),
        ("ＡＰＥＣ技展会", ["apec"], ((0, 4),)),
        ("Straße企业", ["企业"], ((6, 8),)),
        ("Straße企业", ["sse企"], ((4, 7),)),
        ("Cafe\u0301企业", ["fé"], ((2, 5),)),
        ("Cafe\u0301企业", ["企业"], ((5, 7),)),
        ("\U0001f600企业…企业", ["企业", ".."], ((1, 6),)),
        ("aaaa", ["aa"], ((0, 4),)),
        ("企业", [""], ()),
        ("", ["企业"], ()),
    ],
)
def test_spans_are_code_points_of_the_original(
    text: str, terms: list[str], expected: tuple[tuple[int, int], ...]
) -> None:
    assert find(text, terms) == expected


@settings(max_examples=500)
@given(text=awkward, term=awkward)
@example(text="a\u0327\u0301b", term="b")
@example(text="\u1100\u1161\u11a8x", term="x")
@example(text="ｶﾞx", term="ガ")
def test_a_term_has_spans_exactly_when_it_stands_in_the_folded_text(text: str, term: str) -> None:
    spans = find(text, [term])
    assert bool(spans) == bool(term and fold(term) in fold(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert all(fold(term) in fold(text[start:end]) for start, end in spans)
    covered = sum(fold(text[start:end]).count(fold(term)) for start, end in spans)
    assert covered >= (fold(text).count(fold(term)) if term else 0)


@given(text=awkward, data=st.data())
def test_utf16_ranges_cut_out_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ((a, b),) = utf16(text, [(start, end)])
    assert text.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") == text[start:end]


def test_spans_that_touch_become_one() -> None:
    assert merge([(5, 7), (0, 2), (2, 3), (6, 9)]) == ((0, 3), (5, 9))
