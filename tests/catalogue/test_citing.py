"""Numbers and citations: unique whatever is printed, and as people refer to a measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import citing
from desktop.catalogue.citing import Printed


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("16.", 16), ("１６．", 16), ("（三）", 3), ("(3)", 3), ("十六、", 16), ("二十、", 20),
        ("一百零三、", 103), ("第四条", 4), ("第二十一条", 21), ("", None), ("附件", None),
        ("十、", 10), ("一十二、", 12),
    ],
)  # fmt: skip
def test_the_number_that_a_label_names(label: str, value: int | None) -> None:
    assert citing.value(label) == value


@pytest.mark.parametrize(
    ("labels", "cited"),
    [
        (["1.", "2.", "3."], ["第1条", "第2条", "第3条"]),
        (["一、", "二、"], ["第一条", "第二条"]),
        (["（一）", "（二）"], ["第（一）项", "第（二）项"]),
        (["第四条", "第五条"], ["第四条", "第五条"]),
        (["", ""], ["第1条", "第2条"]),
        (["1.", "2.", "2."], ["第1条", "第2条（全文第2条）", "第2条（全文第3条）"]),
    ],
)
def test_without_categories(labels: list[str], cited: list[str]) -> None:
    assert citing.citations([Printed(label) for label in labels]) == cited


def test_numbers_that_begin_anew_are_cited_with_their_category() -> None:
    measures = [Printed(label, at, head, title) for at, head, title, label in [
        (0, "一", "加大支持", "1."), (0, "一", "加大支持", "2."), (1, "（二）", "降低成本", "1."),
        (2, "第三章", "附则", "1."), (3, "", "其他支持", "1."),
    ]]  # fmt: skip
    assert citing.citations(measures) == [
        "第一部分第1条", "第一部分第2条", "第（二）部分第1条", "第三章第1条", "“其他支持”第1条",
    ]  # fmt: skip
    assert citing.numbers(measures) == [1, 2, 3, 4, 5]


def test_numbers_that_begin_anew_in_each_group_are_cited_with_both() -> None:
    measures = [
        Printed("1.", 0, "一", "甲", 0, "（一）", "子"),
        Printed("1.", 0, "一", "甲", 1, "（二）", "丑"),
        Printed("1.", 1, "二", "乙", 2, "（一）", "子"),
    ]
    assert citing.citations(measures) == ["第一部分（一）第1条", "第一部分（二）第1条", "第二部分（一）第1条"]


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["4.", "5.", "7."], [4, 5, 7]),
        (["第四条", "第五条"], [4, 5]),
        (["2.", "1."], [1, 2]),
        (["1.", "", "3."], [1, 2, 3]),
        (["0.", "1."], [1, 2]),
        ([], []),
    ],
)
def test_numbers(labels: list[str], numbers: list[int]) -> None:
    assert citing.numbers([Printed(label) for label in labels]) == numbers


LABELS = st.sampled_from(["", "1.", "2.", "一、", "（一）", "第一条", "附"])


@given(
    st.lists(
        st.builds(
            Printed,
            LABELS,
            st.none() | st.integers(0, 2),
            LABELS,
            st.sampled_from(["甲", "乙"]),
            st.none() | st.integers(0, 2),
            LABELS,
            st.sampled_from(["甲", "乙"]),
        )
    )
)
def test_no_two_measures_share_a_number_or_a_citation(measures: list[Printed]) -> None:
    cited, numbers = citing.citations(measures), citing.numbers(measures)
    assert len(set(cited)) == len(cited) == len(measures)
    assert len(set(numbers)) == len(numbers) == len(measures)
    assert all(cited)
