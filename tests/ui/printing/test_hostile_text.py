"""Whatever somebody typed stands on paper as it is: plain, whole, and within its column and page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextBlock, QTextTable

from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.printing import checklist, handover, measures, pdf
from desktop.ui.printing.paper import Paper
from desktop.workspace.items.model import Item, ItemKey
from tests.ui.printing import pdf_reading

MARKUP = '<b>粗</b><img src="x">&amp;<br/><script>甲</script>'
HOSTILE = [
    MARKUP,
    "a" * 10_000,
    "字" * 10_000,
    "0123456789" * 300,
    "甲\r\n乙\r丙\n\n丁\t戊\x0b己",
    "\u202eabc\u202c" + "W" * 90,
]


@pytest.fixture
def items(desk: Desk) -> list[Item]:
    """Return the items of a unit, with such texts in every field."""
    unit = desk.catalogue.find_unit("区财政局")
    for measure, text in zip(desk.catalogue.measures_of(unit.key), HOSTILE, strict=False):
        told = {"progress": text, "problems": text[:999], "next_step": text[:99]}
        assert desk.edit(ItemKey(unit.key, measure.key), {**told, "owner": " ".join(text[:60].split())})
    return desk.items(unit.key)


def blocks(paper: Paper) -> list[QTextBlock]:
    found, block = [], paper.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def assert_within(paper: Paper) -> None:
    """Fail where a line is wider than its place, or stands outside of the text area."""
    area, laid = paper.area, paper.documentLayout()
    for block in blocks(paper):
        origin = laid.blockBoundingRect(block).topLeft()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            if not line.textLength() or not block.text():
                continue  # what Qt keeps after a table
            assert line.naturalTextWidth() <= line.width() + 0.01
            place = line.rect().translated(origin)
            assert place.left() >= -0.01
            assert place.left() + line.naturalTextWidth() <= area.width() + 0.01
            top = place.top() % area.height()
            assert top + place.height() <= area.height() + 0.5


def test_a_list_and_a_hand_over_have_all_of_it_as_it_is(desk: Desk, items: list[Item]) -> None:
    unit_key = items[0].key.unit_key
    for paper in (
        checklist.unit(desk, unit_key),
        handover.handover(desk, unit_key, items, "<i>王</i>𠮷", {}),
    ):
        assert_within(paper)
        texts = [block.text() for block in blocks(paper)]
        for item in items[: len(HOSTILE)]:
            for line in filter(None, item.entry.progress.split("\n")):
                assert line in texts
        assert any(isinstance(frame, QTextTable) for frame in paper.rootFrame().childFrames())


def test_it_is_read_in_the_pdf_as_it_was_typed(desk: Desk, items: list[Item]) -> None:
    assert desk.edit(items[5].key, dict.fromkeys(("owner", "progress", "problems", "next_step"), ""))
    told = "".join(pdf_reading.pages(pdf.pdf(checklist.unit(desk, items[0].key.unit_key))))
    assert told.count("".join(MARKUP.split())) >= 2
    assert told.count("字") >= 10_000
    assert told.count("a") >= 10_000


def test_what_was_searched_for_is_plain_too(desk: Desk) -> None:
    first = desk.catalogue.measures[0]
    for text in HOSTILE:
        paper = measures.chosen(desk, [first.key], f"搜索“{text}”")
        assert_within(paper)
        assert typeset(first.text) in [block.text() for block in blocks(paper)]
