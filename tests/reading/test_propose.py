"""Invented notices of each form, read: what is counted, and what is asked."""

from __future__ import annotations

import pytest

from desktop.errors import KnownError
from desktop.reading.propose import propose

from .notices import CONTINUING


def test_numbers_that_go_on_through_the_categories() -> None:
    reading = propose(CONTINUING)
    (document,) = reading.documents
    assert [heading.title for heading in document.categories] == ["降低成本", "扩大融资"]
    assert [(m.number, m.title, m.category) for m in document.measures] == [
        ("1.", "减免租金", 0),
        ("2.", "缓缴水费", 0),
        ("3.", "发放贴息", 1),
        ("4.", "开展担保", 1),
    ]
    assert [mention.name for s in document.measures[2].statements for mention in s.mentions] == [
        "市财政局",
        "市金融局",
    ]
    assert reading.questions == ()
    assert reading.left_over == 0


@pytest.mark.parametrize(
    "text", ["", " \n\u3000", "苹果 两斤\n鸡蛋 一盒\n牛奶", "他走进屋里，关上门，什么也没有说。" * 50]
)
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(KnownError):
        propose(text)
