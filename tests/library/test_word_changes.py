"""What was changed in a text, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library.word_changes import Marked, word_changes

SIGNS = {Marked.KEPT: "", Marked.GONE: "-", Marked.NEW: "+"}


def told(old: str, new: str) -> list[str]:
    return [SIGNS[each.marked] + each.text for each in word_changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("", "", []),
        ("同样的话。", "同样的话。", ["同样的话。"]),
        ("", "新的", ["+新的"]),
        ("旧的", "", ["-旧的"]),
        ("按10%补贴。", "按15%补贴。", ["按", "-10%", "+15%", "补贴。"]),
        ("最高100万元，每年一次。", "最高100万元。", ["最高100万元", "-，每年一次", "。"]),
        ("由市商务局受理", "由区发展改革局受理", ["由", "-市商务", "+区发展改革", "局受理"]),
        (
            "缓缴三个月的社保费",
            "缓缴六个月的社会保险费",
            ["缓缴", "-三", "+六", "个月的社", "-保", "+会保险", "费"],
        ),
    ],
)
def test_changes(old: str, new: str, marked: list[str]) -> None:
    assert told(old, new) == marked


@given(st.text("甲乙丙1%a ，", max_size=30), st.text("甲乙丙1%a ，", max_size=30))
def test_both_texts_are_there_whole(old: str, new: str) -> None:
    found = word_changes(old, new)
    assert "".join(each.text for each in found if each.marked is not Marked.NEW) == old
    assert "".join(each.text for each in found if each.marked is not Marked.GONE) == new
    assert all(each.text for each in found)
