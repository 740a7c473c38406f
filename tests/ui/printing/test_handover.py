"""The hand-over sheet, read back from its PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.printing import handover, pdf
from desktop.workspace.evidence import attached
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items.model import Item, ItemKey
from tests.ui.printing import pdf_reading

TODAY = date(2026, 11, 23)


@pytest.fixture
def items(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Return the items of a unit, told about at length, of two people and of nobody."""
    monkeypatch.setattr(Desk, "today", lambda _desk: TODAY)
    unit = desk.catalogue.find_unit("区财政局")
    owners = ("张建国", "李梅", "")
    for index, measure in enumerate(desk.catalogue.measures_of(unit.key)):
        progress = f"第{measure.number}项" + "已会同有关单位梳理企业名单" * 5
        values = {"owner": owners[index % 3], "progress": progress, "deadline": "2026-11-01"}
        assert desk.edit(ItemKey(unit.key, measure.key), values)
    return desk.items(unit.key)


def read(
    desk: Desk, items: list[Item], owners: Mapping[ItemKey, str], successor: str = "王小明"
) -> list[str]:
    paper = handover.handover(desk, items[0].key.unit_key, items, successor, owners)
    return pdf_reading.pages(pdf.pdf(paper))


def test_the_sheet_tells_who_hands_over_what_to_whom(desk: Desk, items: list[Item]) -> None:
    pages = read(desk, items, {})
    words = "".join(pages)
    assert "区财政局责任事项移交单" in pages[0]
    assert (
        f"责任人变更：自2026年11月23日起，下列{len(items)}项由张建国、李梅、（未填写）移交给王小明负责。"
        in pages[0]
    )
    assert "有效期至2025年12月31日，已过有效期327天。" in pages[0]
    for item in items:
        assert f"{item.number}.{typeset(item.title)}" in words
        assert sum(item.entry.progress in page for page in pages) == 1
    assert words.count("逾期22天") == len(items)


def test_it_is_signed_by_three_at_its_end_and_the_box_is_not_cut(desk: Desk, items: list[Item]) -> None:
    for count in range(1, len(items) + 1):
        pages = read(desk, items[:count], {})
        assert [page.count("移交人接收人监交人") for page in pages] == [0] * (len(pages) - 1) + [1]
        assert pages[-1].count("签字：") == pages[-1].count("日期：年月日") == 3


def test_after_the_change_it_still_names_who_it_was(desk: Desk, items: list[Item]) -> None:
    first = items[0].key
    assert desk.edit(first, {"owner": "王小明"})
    told = "".join(read(desk, [desk.item(first)], {first: "张建国"}))
    assert "下列1项由张建国移交给王小明负责" in told
    assert told.count("王小明") == 1


def test_it_lists_what_is_attached(desk: Desk, items: list[Item], tmp_path: Path) -> None:
    path = tmp_path / "拨付凭证.pdf"
    path.write_bytes(b"%PDF-1.4")
    folder = desk.workspace.folder
    attached.add(desk.workspace.db, folder, desk.catalogue, items[1].key, path, by="李梅", at=desk.now())
    assert "".join(read(desk, items, {})).count("拨付凭证.pdf") == 1
    assert "拨付凭证.pdf" not in "".join(read(desk, items[:1], {}))


def _attach(desk: Desk, key: ItemKey, count: int, name: str) -> list[str]:
    """Let ``count`` files be attached to an item, by name; their contents matter to nobody here."""
    names = [f"{name}{number:04}号.pdf" for number in range(count)]
    with transaction(desk.workspace.db):
        for number, each in enumerate(names):
            desk.workspace.db.execute(
                "INSERT INTO evidence (unit_key, measure_key, name, sha256, size, place, written, added_at,"
                " added_by, attached) VALUES (?, ?, ?, ?, 1, '-', 0, '', '', 1)",
                (key.unit_key, key.measure_key, each, f"{number:064}"),
            )
    return names


def test_many_files_are_counted_in_the_table_and_named_once_before_the_signatures(
    desk: Desk, items: list[Item]
) -> None:
    names = _attach(desk, items[1].key, 300, "减免房租的拨付凭证和公示名单第")
    pages = read(desk, items, {})
    told = "".join(pages)
    assert [told.count(name) for name in names] == [1] * 300
    assert "共300份：减免房租的拨付凭证…0号.pdf、减免房租的拨付凭证…1号.pdf等（全部附于表后）" in told
    assert (
        told.index("附：佐证材料清单") < told.index(names[0]) < told.index(names[-1]) < told.index("移交人")
    )
    assert len(pages) <= len(read(desk, items[2:], {})) + 6


def test_five_thousand_files_stay_within_a_few_pages(desk: Desk, items: list[Item]) -> None:
    for at in range(5):
        _attach(desk, items[at].key, 1_000, f"减免房租的拨付凭证和公示名单{at}第")
    pages = read(desk, items, {})
    assert len(pages) < 20
    assert "".join(pages).count("……另有1000份未逐一列出，导出台账可得全部名称") == 4
    assert pages[-1].count("签字：") == 3
