from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import __version__
from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book as checklist_book
from desktop.exchange.checklists import guide, identity
from desktop.exchange.checklists.unit_sheet import measure_words
from desktop.exchange.returned import identity as returned_identity
from desktop.exchange.returned.sheet_cells import CellKind, Raw, SheetRow
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import FIELD_NAMES, Item, ItemKey
from tests.exchange import second_reader, units
from tests.exchange.conftest import TODAY


@pytest.fixture
def sent(catalogue: Catalogue, today: date, blank: tuple[Item, ...], tmp_path: Path) -> Path:
    return units.send(tmp_path / "区财政局.xlsx", catalogue, today, blank)


def rows_of(sheet: second_reader.Sheet) -> list[SheetRow]:
    """Return a sheet as the second reader sees it, in the form that the hidden sheet is parsed from."""
    rows: dict[int, dict[int, Raw]] = {}
    for coordinate, cell in sheet.cells.items():
        if cell.value is not None:
            column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(second_reader.column(coordinate)) + 1
            rows.setdefault(second_reader.row(coordinate), {})[column] = Raw(CellKind.TEXT, str(cell.value))
    return [SheetRow(number, cells) for number, cells in sorted(rows.items())]


def test_the_hidden_sheet_says_what_was_sent_to_whom(
    sent: Path, catalogue: Catalogue, blank: tuple[Item, ...]
) -> None:
    sheet = second_reader.read(sent)[identity.SHEET]
    assert sheet.state == "veryHidden"
    assert {cell.kind for cell in sheet.cells.values()} <= {"inlineStr", "n"}
    said = returned_identity.parse(rows_of(sheet))
    assert (said.schema, said.program) == (identity.SCHEMA, __version__)
    assert (said.document_key, said.notice_number) == (
        catalogue.documents[0].key,
        catalogue.notices[0].number,
    )
    assert (said.unit_key, said.round_key, said.sent_on) == ("finance", "a1b2c3", TODAY)
    assert len(said.export_id) == 16
    items = units.finance(blank)
    assert list(said.rows) == [item.key for item in items]
    for item in items:
        row, measure = said.rows[item.key], catalogue.measure(item.key.measure_key)
        assert (row.revision, row.text_sha256) == (item.entry.revision, measure.text_sha256)
        assert (row.number, row.title) == (measure.number, measure.title)
        assert row.shown_sha256 == identity.shown_hash("".join(measure_words(measure)))
        assert row.values == values_of(item.entry)


def test_the_same_export_has_the_same_number(
    catalogue: Catalogue, today: date, blank: tuple[Item, ...], tmp_path: Path
) -> None:
    def number(name: str, items: list[Item]) -> str:
        unit = catalogue.unit("finance")
        path = checklist_book.write_unit(
            tmp_path / name, checklist_book.Sending(catalogue, today), items, unit
        )
        return returned_identity.parse(rows_of(second_reader.read(path)[identity.SHEET])).export_id

    own = [item for item in blank if item.key.unit_key == "finance"]
    assert number("a.xlsx", own) == number("b.xlsx", own)
    assert number("c.xlsx", units.finance(blank)) != number("a.xlsx", own)


def test_outside_a_round_there_is_no_round_and_no_guide(whole: second_reader.Book) -> None:
    said = returned_identity.parse(rows_of(whole[identity.SHEET]))
    assert (said.round_key, said.unit_key) == ("", "")
    assert len(said.rows) == 67
    assert guide.TITLE not in [sheet.title for sheet in whole.sheets]


def test_in_a_round_a_sheet_tells_the_clerk_how_to_answer(sent: Path) -> None:
    book = second_reader.read(sent)
    assert [sheet.title for sheet in book.visible] == ["区财政局", guide.TITLE]
    texts = book[guide.TITLE].texts()
    assert "填报轮次：2026年第四季度" in texts
    assert "请于2026年12月10日前（含当日）填好发回。" in texts
    assert {*FIELD_NAMES.values(), "佐证材料"} <= set(texts)
    assert any("有效期至2025年12月31日，已过有效期327天" in text for text in texts)
    assert book[guide.TITLE].parts["sheetProtection"].get("sheet") == "1"


def test_each_workbook_of_an_export_carries_its_own_identity(
    catalogue: Catalogue, today: date, blank: tuple[Item, ...], tmp_path: Path
) -> None:
    written = checklist_book.write_each(
        tmp_path, checklist_book.Sending(catalogue, today, in_round=units.ROUND), blank
    )
    for unit, path in zip(catalogue.checklist_units(), written, strict=True):
        book = second_reader.read(path)
        assert [sheet.title for sheet in book.sheets] == [unit.name, "填写说明", "选项", identity.SHEET]
        said = returned_identity.parse(rows_of(book[identity.SHEET]))
        assert said.unit_key == unit.key
        assert {key.unit_key for key in said.rows} == {unit.key}


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_key_is_one_text_and_back(unit: str, measure: str) -> None:
    key = ItemKey(unit.replace("/", "").strip() or "u", measure.strip() or "m")
    assert returned_identity.item_key(identity.item_code(key)) == key


@pytest.mark.parametrize("code", ["", "/", "finance", "finance/", "/m01", "见附件"])
def test_what_is_no_key_is_none(code: str) -> None:
    assert returned_identity.item_key(code) is None


def test_a_damaged_sheet_says_less_and_never_fails(sent: Path) -> None:
    rows = rows_of(second_reader.read(sent)[identity.SHEET])
    assert returned_identity.parse(rows[:1]) == returned_identity.Identity(identity.SCHEMA)
    assert returned_identity.parse([SheetRow(1, {1: Raw(CellKind.TEXT, identity.MARK)})]).schema == 0
    without_heads = [row for row in rows if row.text(1) != "事项标识"]
    assert not returned_identity.parse(without_heads).rows
    swapped = [SheetRow(row.number, {3: row.cells[1]} if 1 in row.cells else {}) for row in rows[1:]]
    assert returned_identity.parse([rows[0], *swapped]).unit_key == ""
    yesterday = SheetRow(2, {1: Raw(CellKind.TEXT, "导出日期"), 2: Raw(CellKind.TEXT, "昨天")})
    assert returned_identity.parse([rows[0], yesterday]).sent_on is None


def test_white_space_does_not_count_in_the_words_of_a_measure() -> None:
    assert identity.shown_hash(" 1.发挥\n作用 ") == identity.shown_hash("1.发挥作用")
    assert identity.shown_hash("1.发挥作用") != identity.shown_hash("1.发挥作用。")
    assert identity.shown_hash("\ud800")
