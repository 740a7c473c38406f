from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import plain
from desktop.exchange.checklists import book, identity, summary
from desktop.exchange.checklists.columns import COLUMNS
from desktop.exchange.sheets.layout import HIGHEST
from desktop.exchange.sheets.options import OPTIONS_SHEET, STATUS_LIST
from desktop.exchange.sheets.styles import LIGHT_FILL, STATUS_FILL
from desktop.workspace.items.model import FIELD_NAMES, Entry, Item, Light, Status
from desktop.workspace.returns.rounds import Round
from tests.exchange.conftest import TODAY, WriteUnit, with_entry
from tests.exchange.paper import assert_readable
from tests.exchange.second_reader import Book, Cell, Sheet, column, column_of, read, row

LETTERS = {heading.title: get_column_letter(at) for at, heading in enumerate(COLUMNS, 1)}
LAST = get_column_letter(len(COLUMNS))
HIDDEN_LETTERS = [get_column_letter(len(COLUMNS) + at) for at in (1, 2, 3)]
FILL_IN = {*FIELD_NAMES.values(), "佐证材料"}


def of_unit(items: Iterable[Item], unit_key: str) -> list[Item]:
    return [item for item in items if item.key.unit_key == unit_key]


def head_row(sheet: Sheet) -> int:
    return row(sheet.find("序号"))


def cell(sheet: Sheet, heading: str, index: int) -> Cell:
    """Return the cell of the item with this number (from 1) under ``heading``."""
    return sheet.cells[f"{LETTERS[heading]}{head_row(sheet) + index}"]


def test_every_unit_has_its_sheet_with_its_measures_in_order(
    whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]
) -> None:
    units = catalogue.checklist_units()
    assert [sheet.title for sheet in whole.sheets] == [
        "汇总",
        *(unit.name for unit in units),
        OPTIONS_SHEET,
        identity.SHEET,
    ]
    assert len(units) == 21
    for unit in units:
        sheet, items = whole[unit.name], of_unit(filled, unit.key)
        for index, item in enumerate(items, 1):
            measure = catalogue.measure(item.key.measure_key)
            shown = cell(sheet, "措施", index).value
            assert isinstance(shown, str)
            assert plain(shown) == plain(measure.text)
            assert shown.startswith(f"{item.number}.{item.title}")
            assert cell(sheet, "序号", index).value == index
            assert cell(sheet, "类别", index).value == item.category
        assert f"A{head_row(sheet) + len(items) + 1}" in sheet.cells
        assert sheet.text(f"A{head_row(sheet) + len(items) + 1}").startswith("亮灯")


def test_units_stand_as_printed(whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]) -> None:
    for unit in catalogue.checklist_units():
        for index, item in enumerate(of_unit(filled, unit.key), 1):
            names = [unit.name for unit in catalogue.units_of(item.key.measure_key)]
            assert cell(whole[unit.name], "责任单位", index).value == ("、".join(names) or "原文未列")


def test_entries_stand_in_their_columns(whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]) -> None:
    for unit in catalogue.checklist_units():
        sheet = whole[unit.name]
        for index, item in enumerate(of_unit(filled, unit.key), 1):
            entry = item.entry
            expected = {
                "状态": entry.status.value,
                "责任人": entry.owner or None,
                "工作进展": entry.progress or None,
                "存在问题": entry.problems or None,
                "下一步举措": entry.next_step or None,
                "佐证材料": None,
                "不适用理由": entry.reason or None,
                "亮灯": item.light.value,
            }
            assert {name: cell(sheet, name, index).value for name in expected} == expected
            day = cell(sheet, "完成时限", index)
            serial = (entry.deadline.due - date(1899, 12, 30)).days if entry.deadline.due else None
            assert (day.value, day.kind) == (serial, "n")


def test_no_cell_of_a_checklist_is_a_formula(whole: Book) -> None:
    assert not [cell for sheet in whole.sheets[1:] for cell in sheet.cells.values() if cell.formula]


def test_the_head_says_what_this_is_and_how_it_stands(whole: Book, catalogue: Catalogue) -> None:
    sheet = whole["区财政局"]
    texts = sheet.texts()
    assert f"{catalogue.documents[0].title}责任清单" in texts
    assert f"依据：《{catalogue.notices[0].title}》（城政办发〔2023〕3号）" in texts
    assert "责任单位：区财政局" in texts
    assert "制表日期：2026年11月23日" in texts
    assert any(text.startswith("共9项：未启动") for text in texts)
    alert = sheet.cells[sheet.find("有效期至2025年12月31日，已过有效期327天")]
    assert alert.look.font == "黑体"
    assert sheet.cells["A1"].look.font == "方正小标宋简体"


def test_each_row_says_which_item_it_is(whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]) -> None:
    for unit in catalogue.checklist_units():
        sheet = whole[unit.name]
        at = head_row(sheet)
        assert [sheet.text(f"{letter}{at}") for letter in HIDDEN_LETTERS] == [
            "事项标识",
            "基准版本",
            "原文校验码",
        ]
        assert [get_column_letter(at) for at in sorted(sheet.hidden_columns)] == HIDDEN_LETTERS
        for index, item in enumerate(of_unit(filled, unit.key), 1):
            assert [sheet.cells[f"{letter}{at + index}"].value for letter in HIDDEN_LETTERS] == [
                f"{item.key.unit_key}/{item.key.measure_key}",
                item.entry.revision,
                catalogue.measure(item.key.measure_key).text_sha256,
            ]


def test_the_page_is_set_up_for_printing(whole: Book) -> None:
    for sheet in whole.visible:
        setup, margins = sheet.parts["pageSetup"], sheet.parts["pageMargins"]
        assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
        assert (setup.get("fitToWidth", "1"), setup.get("fitToHeight")) == ("1", "0")
        (fit,) = [part for part in sheet.parts["sheetPr"] if part.get("fitToPage")]
        assert fit.get("fitToPage") == "1"
        millimetres = {name: float(margins.get(name)) * 25.4 for name in ("top", "bottom", "left", "right")}
        assert millimetres == pytest.approx({"top": 28, "bottom": 26, "left": 35, "right": 37})
        texts = [part.text for part in sheet.parts["headerFooter"] if part.text]
        assert texts == [
            "&R&11 城政办发〔2023〕3号　有效期至2025年12月31日，已过有效期327天",
            "&C&11 第&P页 共&N页",
        ]
        pane = next(iter(sheet.parts["sheetViews"].iter(f"{_ns(sheet)}pane")))
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", str(head_row(sheet)))
        title = sheet.title.replace("'", "''")
        assert (
            whole.names["_xlnm.Print_Titles", sheet.title]
            == f"'{title}'!${head_row(sheet)}:${head_row(sheet)}"
        )
        last = get_column_letter(len(summary.COLUMNS)) if sheet.title == "汇总" else LAST
        assert f"$A$1:${last}$" in whole.names["_xlnm.Print_Area", sheet.title]


def _ns(sheet: Sheet) -> str:
    return str(sheet.parts["sheetViews"].tag).rpartition("}")[0] + "}"


def test_only_what_is_to_be_filled_in_can_be_typed_over(whole: Book) -> None:
    sheet = whole["区财政局"]
    protection = sheet.parts["sheetProtection"]
    assert protection.get("sheet") == "1"
    assert protection.get("password") is None
    for allowed in ("formatColumns", "formatRows", "autoFilter"):
        assert protection.get(allowed) == "0"
    assert protection.get("sort") == "1"  # locked: sorting would move the answers alone
    for heading in LETTERS:
        assert cell(sheet, heading, 1).look.locked == (heading not in FILL_IN)
    assert all(sheet.cells[f"{letter}{head_row(sheet) + 1}"].look.locked for letter in HIDDEN_LETTERS)


def test_what_is_typed_stays_text_and_dates_look_like_dates(whole: Book) -> None:
    sheet = whole["区财政局"]
    for heading in FILL_IN:
        expected = "yyyy-mm-dd" if heading == "完成时限" else "@"
        assert cell(sheet, heading, 1).look.number_format == expected


def test_the_table_is_ruled_and_wrapped(whole: Book) -> None:
    for sheet in whole.visible[1:]:
        for heading in LETTERS:
            look = cell(sheet, heading, 1).look
            assert look.borders
            assert look.wrapped
            assert look.size == 11
            assert look.font == ("黑体" if heading == "亮灯" else "仿宋")


def test_the_drop_down_refers_to_a_hidden_range(whole: Book) -> None:
    options = whole[OPTIONS_SHEET]
    assert options.state == "hidden"
    assert options.texts() == [status.value for status in Status]
    assert whole.names[STATUS_LIST, ""] == f"'选项'!$A$1:$A${len(Status)}"
    for sheet in whole.visible[1:]:
        first, last = head_row(sheet) + 1, head_row(sheet) + _count(sheet)
        choice, day = list(sheet.parts["dataValidations"])
        assert (choice.get("type"), choice.get("sqref")) == (
            "list",
            _area(column_of(sheet, "状态"), first, last),
        )
        assert [part.text for part in choice] == [STATUS_LIST]
        assert choice.get("showErrorMessage") == "1"
        assert (day.get("type"), day.get("errorStyle")) == ("date", "warning")
        assert day.get("sqref") == _area(column_of(sheet, "完成时限"), first, last)
        assert sheet.parts["autoFilter"].get("ref") == f"A{first - 1}:{LAST}{last}"


def _count(sheet: Sheet) -> int:
    at = head_row(sheet)
    return sum(1 for place in sheet.cells if column(place) == HIDDEN_LETTERS[0] and row(place) > at)


def _area(letter: str, first: int, last: int) -> str:
    """Return how a range of one column is written."""
    return f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"


def test_status_and_light_are_words_and_colours(
    whole: Book, catalogue: Catalogue, filled: tuple[Item, ...]
) -> None:
    seen = set()
    for unit in catalogue.checklist_units():
        sheet = whole[unit.name]
        for index, item in enumerate(of_unit(filled, unit.key), 1):
            assert cell(sheet, "状态", index).look.fill == STATUS_FILL[item.entry.status]
            assert cell(sheet, "亮灯", index).look.fill == LIGHT_FILL[item.light]
            seen |= {item.entry.status, item.light}
        rules = [rule for area in sheet.parts["rules"] for rule in area]
        formulas = [part.text for rule in rules for part in rule if part.text and part.text.strip()]
        assert formulas == [f'"{status.value}"' for status in Status]
    assert seen == {*Status, *Light}


def test_the_rule_of_the_lights_is_printed(whole: Book) -> None:
    (rule,) = [text for text in whole["区财政局"].texts() if text.startswith("亮灯（")]
    for light in Light:
        assert f"{light.value}——" in rule
    assert "15天以内" in rule


def test_rows_are_as_high_as_their_texts_and_go_on_growing(whole: Book) -> None:
    for sheet in whole.visible[1:]:
        for index in range(1, _count(sheet) + 1):
            at = head_row(sheet) + index
            assert at in sheet.growing
            assert 24 <= sheet.heights[at] <= HIGHEST
        assert len({*sheet.merged}) == len(sheet.merged) > 0
        assert all(f"A{head_row(sheet)}" not in area for area in sheet.merged)


def test_a_long_answer_is_seen_in_full(blank: tuple[Item, ...], write_unit: WriteUnit) -> None:
    text = "第二批资金正在审核，预计月底前拨付到位。" * 19
    items = of_unit(blank, UNASSIGNED)
    sheet = write_unit([with_entry(items[0], Entry(Status.UNDER_WAY, progress=text)), *items[1:]])
    assert cell(sheet, "工作进展", 1).value == text
    assert cell(sheet, "工作进展", 1).look.size == 11
    assert sheet.widths[column_index_from_string(column_of(sheet, "工作进展"))] > 35
    assert not [found for found in sheet.texts() if found.startswith("附：")]


def test_an_answer_too_long_for_a_row_is_printed_under_the_table(
    blank: tuple[Item, ...], write_unit: WriteUnit
) -> None:
    text = "\n".join(f"{number}. 已走访企业，问题逐一登记。" for number in range(600))
    items = of_unit(blank, UNASSIGNED)
    sheet = write_unit([items[0], with_entry(items[1], Entry(Status.UNDER_WAY, progress=text)), *items[2:]])
    assert cell(sheet, "工作进展", 2).value == text
    at = head_row(sheet) + len(items) + 3
    tail = ""
    while tail != f"附：第2项“工作进展”全文：{text}":
        assert sheet.heights[at] <= HIGHEST
        assert f"A{at}:{LAST}{at}" in sheet.merged
        tail += sheet.text(f"A{at}")
        at += 1
    assert max(sheet.heights.values()) <= HIGHEST


def test_every_sheet_is_read_on_a4(
    whole: Book,
    catalogue: Catalogue,
    blank: tuple[Item, ...],
    today: date,
    tmp_path: Path,
) -> None:
    assert_readable(whole)
    told = Entry(Status.UNDER_WAY, owner="张建国、李梅", progress="已走访企业。" * 90, problems="无。" * 99)
    items = [with_entry(item, told) for item in of_unit(blank, UNASSIGNED)]
    asked = Round("r", "2026年第四季度", TODAY, TODAY, (UNASSIGNED,), "", "张三")
    sending = book.Sending(catalogue, today, in_round=asked)
    book.write_unit(tmp_path / "round.xlsx", sending, items, catalogue.unit(UNASSIGNED))
    assert_readable(read(tmp_path / "round.xlsx"))


def test_many_files_are_counted_in_their_cell_and_named_once_under_the_table(
    blank: tuple[Item, ...], write_unit: WriteUnit
) -> None:
    items = of_unit(blank, UNASSIGNED)
    many = tuple(f"区属国有企业减免房租的拨付凭证和公示名单第{number:03}号.pdf" for number in range(300))
    few = ("会议纪要.docx", "名单.xlsx", "照片：现场.jpg")
    sheet = write_unit([replace(items[0], evidence=few), replace(items[1], evidence=many), *items[2:]])
    assert cell(sheet, "佐证材料", 1).value == "\n".join(few)
    assert cell(sheet, "佐证材料", 2).value == (
        "共300份：区属国有企业减免房…0号.pdf、区属国有企业减免房…1号.pdf等（全部附于表后）"
    )
    lists = [text for text in sheet.texts() if text.startswith("附：第2项“佐证材料”共300份（第")]
    named = [name for text in lists for name in text.partition("）：")[2].split("；")]
    assert tuple(named) == many
    assert sum(sheet.heights[row(sheet.find(text))] for text in lists) < 3_000  # five pages or six


def test_a_list_on_paper_ends_with_how_many_it_leaves_out(
    blank: tuple[Item, ...], write_unit: WriteUnit
) -> None:
    items = of_unit(blank, UNASSIGNED)
    files = [tuple(f"凭证{at}-{number}.pdf" for number in range(1_500)) for at in range(2)]
    sheet = write_unit([replace(one, evidence=names) for one, names in zip(items, files, strict=False)])
    told = "".join(sheet.texts())
    assert [told.count(f"凭证{at}-") for at in range(2)] == [1_000 + 2, 2]
    assert "附：第1项“佐证材料”共1500份……另有500份未逐一列出，导出台账可得全部名称" in sheet.texts()
    assert "附：第2项“佐证材料”共1500份……另有1500份未逐一列出，导出台账可得全部名称" in sheet.texts()


def test_rows_of_another_catalogue_are_kept_and_marked(
    filled: tuple[Item, ...], write_unit: WriteUnit
) -> None:
    items = of_unit(filled, UNASSIGNED)
    gone = replace(items[0], title="老措施", category="", number=0, orphaned=True)
    gone = replace(gone, key=replace(gone.key, measure_key="czbf-2022-1-9"))
    sheet = write_unit([replace(items[1], text_changed=True), gone])
    assert cell(sheet, "措施", 2).value == "老措施（现行措施库中已无此项）"
    assert cell(sheet, "工作进展", 2).value == items[0].entry.progress
    assert "第1项：填报之后措施原文有改动，请对照现行原文核对。" in sheet.texts()
    assert sheet.text(f"{HIDDEN_LETTERS[0]}{head_row(sheet) + 2}") == f"{UNASSIGNED}/czbf-2022-1-9"


def test_a_long_title_is_not_cut_off(
    catalogue: Catalogue, blank: tuple[Item, ...], today: date, tmp_path: Path
) -> None:
    document = replace(catalogue.documents[0], title=catalogue.documents[0].title * 3)
    path = tmp_path / "a.xlsx"
    items = of_unit(blank, UNASSIGNED)
    unit = catalogue.unit(UNASSIGNED)
    book.write_unit(path, book.Sending(replace(catalogue, documents=(document,)), today), items, unit)
    assert read(path)[unit.name].heights[1] > 2 * 20 * 1.2
