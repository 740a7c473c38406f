"""Measures read back from their workbook: each once, word for word, with units, source and validity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.exchange.reports import measures
from tests.exchange.paper import assert_readable
from tests.exchange.reports.test_receipt import lines
from tests.exchange.second_reader import read


def test_each_measure_stands_in_its_row_with_its_source(
    catalogue: Catalogue, today: date, tmp_path: Path
) -> None:
    chosen = [catalogue.by_number(number) for number in (19, 2, 32)]
    path = tmp_path / "a.xlsx"
    assert measures.write(path, catalogue, chosen, today, about="搜索“担保”") == path
    book = read(path)
    assert_readable(book)
    sheet = book["措施摘录"]
    assert lines(sheet) == [
        {
            "序号": index,
            "条号": f"第{one.number}条",
            "类别": typeset(catalogue.category_of(one).heading),
            "标题": typeset(one.title),
            "原文": typeset(one.text),
            "责任单位": "、".join(unit.name for unit in catalogue.units_of(one.key)) or "未明确责任单位",
            "出处": f"城政办发〔2023〕3号\n第{one.number}条",
        }
        for index, one in enumerate(chosen, 1)
    ]
    texts = sheet.texts()
    assert "搜索“担保”，共3条" in texts
    assert "有效期至2025年12月31日，已过有效期327天" in texts
    assert "引用前请核实是否有延续或替代文件。" in texts


def test_a_notice_in_force_asks_for_no_caution(catalogue: Catalogue, tmp_path: Path) -> None:
    in_force = date(2025, 12, 31)
    path = measures.write(tmp_path / "a.xlsx", catalogue, catalogue.measures, in_force, about="收藏")
    texts = read(path)["措施摘录"].texts()
    assert "收藏，共32条" in texts
    assert not [text for text in texts if "已过" in text or "引用前" in text]


def test_what_was_searched_for_is_text(catalogue: Catalogue, today: date, tmp_path: Path) -> None:
    about = "=HYPERLINK(1)<b>&\r\n搜索“😀𠮷_x0041_”"
    chosen = [catalogue.by_number(1)]
    path = measures.write(tmp_path / "a.xlsx", catalogue, chosen, today, about=about)
    sheet = read(path)["措施摘录"]
    (shown,) = [cell for cell in sheet.cells.values() if str(cell.value).endswith("，共1条")]
    assert shown.kind == "inlineStr"
    assert shown.value == "=HYPERLINK(1)<b>&\n搜索“😀𠮷_x0041_”，共1条"
