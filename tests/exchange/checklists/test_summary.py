from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book as checklist_book
from desktop.workspace.items.model import Item, Status
from desktop.workspace.items.progress import light, tally
from tests.exchange.conftest import TODAY
from tests.exchange.formulas import compute
from tests.exchange.second_reader import Book, column_of, read, row

HEADS = ["序号", "责任单位", "事项数", *Status, "完成占比", "逾期", "临期"]
LETTERS = [get_column_letter(at) for at in range(1, len(HEADS) + 1)]


def test_each_unit_has_its_row_and_a_link_to_its_sheet(whole: Book, catalogue: Catalogue) -> None:
    sheet = whole["汇总"]
    at = row(sheet.find("序号"))
    assert [sheet.text(f"{letter}{at}") for letter in LETTERS] == HEADS
    names = [unit.name for unit in catalogue.checklist_units()]
    assert [sheet.text(f"B{at + number}") for number in range(1, len(names) + 1)] == names
    assert sheet.text(f"B{at + len(names) + 1}") == "合计"
    links = {link.get("ref"): link.get("location") for link in sheet.parts["hyperlinks"]}
    assert links == {f"B{at + number}": f"'{name}'!A1" for number, name in enumerate(names, 1)}


def test_the_counts_are_those_of_the_entries(
    whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]
) -> None:
    sheet = whole["汇总"]
    at = row(sheet.find("序号"))
    rows = [
        (at + number, [item for item in filled if item.key.unit_key == unit.key])
        for number, unit in enumerate(catalogue.checklist_units(), 1)
    ]
    for number, items in [*rows, (at + len(rows) + 1, list(filled))]:
        counted = tally(items)
        to_do = counted.total - counted.by_status[Status.NOT_APPLICABLE]
        assert [sheet.cells[f"{letter}{number}"].value for letter in LETTERS[2:]] == [
            counted.total,
            *(counted.by_status[status] for status in Status),
            (counted.by_status[Status.DONE] + counted.by_status[Status.CLOSED]) / to_do if to_do else 0,
            counted.late,
            counted.near,
        ]


def test_each_count_is_a_formula_that_gives_what_is_stored(whole: Book) -> None:
    sheet = whole["汇总"]
    computed = {at: compute(whole, sheet, cell.formula) for at, cell in sheet.cells.items() if cell.formula}
    assert len(computed) == 22 * (len(Status) + 4)
    assert computed == {at: sheet.cells[at].value for at in computed}


def test_near_counts_the_days_that_were_asked_for(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    items = [replace(item, light=light(item.entry, TODAY, 3)) for item in filled]
    path = checklist_book.write_all(
        tmp_path / "a.xlsx", checklist_book.Sending(catalogue, today, near_days=3), items
    )
    book = read(path)
    sheet = book["汇总"]
    last = sheet.cells[f"{column_of(sheet, '临期')}{row(sheet.find('合计'))}"]
    assert last.value == 0 == compute(book, sheet, last.formula)
    assert any("3天以内" in text for text in book["区财政局"].texts())


def test_shares_are_shown_as_bars_and_the_validity_is_stated(whole: Book) -> None:
    sheet = whole["汇总"]
    kinds = [rule.get("type") for area in sheet.parts["rules"] for rule in area]
    assert kinds == ["dataBar", "cellIs"]
    assert "有效期至2025年12月31日，已过有效期327天" in sheet.texts()
    assert sheet.parts["sheetProtection"].get("sheet") == "1"
