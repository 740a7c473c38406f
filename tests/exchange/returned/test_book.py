from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.exchange.checklists.columns import HIDDEN
from desktop.exchange.returned import book as returned_book
from desktop.exchange.returned import table
from desktop.exchange.returned.package import RefusedError
from desktop.workspace.items import entries
from desktop.workspace.items.model import Item, ItemKey
from desktop.workspace.returns.returned import NO_REVISION
from tests.exchange import units
from tests.exchange.units import COLUMN, FIRST_ROW, differing, edit, put, read, row_of

FIRST, SECOND = 1, 2
"""Numbers of the first two measures of 区财政局."""


@pytest.fixture(scope="session")
def sent(
    catalogue: Catalogue,
    today: date,
    blank: tuple[Item, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The workbook of 区财政局 as it went out; nothing may write to it."""
    folder = tmp_path_factory.mktemp("sent")
    return units.send(folder / "区财政局.xlsx", catalogue, today, blank)


@pytest.fixture(scope="session")
def own(blank: tuple[Item, ...]) -> list[Item]:
    return units.finance(blank)


def key(own: list[Item], index: int) -> ItemKey:
    return own[index].key


def test_an_untouched_workbook_says_what_was_sent(sent: Path, own: list[Item], catalogue: Catalogue) -> None:
    found = read(sent)
    assert (found.path_name, found.size) == (sent.name, sent.stat().st_size)
    assert (found.schema, found.unit_key, found.round_key) == (2, "finance", "a1b2c3")
    assert (found.document_key, found.notice_number) == (
        catalogue.documents[0].key,
        catalogue.notices[0].number,
    )
    assert (found.added, found.missing, found.notes) == ((), (), ())
    assert [row.key for row in found.rows] == [item.key for item in own]
    for row, item in zip(found.rows, own, strict=True):
        assert row.base == entries.values_of(item.entry)
        assert (row.number, row.base_revision, row.refused) == (item.number, item.entry.revision, "")
        assert row.base_text_sha256 == catalogue.measure(item.key.measure_key).text_sha256
        assert row.text.startswith(f"{item.number}.{item.title}")
    assert differing(found) == {}


def test_what_is_filled_in_is_read_where_it_was_typed(sent: Path) -> None:
    def fill_in(sheet: Any) -> None:
        put("工作进展", "新的进展\n第二行")(sheet)
        put("状态", " 已完成\n")(sheet)
        put("完成时限", "2026.3.1")(sheet)
        put("责任人", 13800138000)(sheet)
        put("存在问题", "'=1+1")(sheet)

    found = read(edit(sent, fill_in))
    assert differing(found) == {
        (FIRST, "progress"): "新的进展\n第二行",
        (FIRST, "status"): "已完成",
        (FIRST, "deadline"): "2026-03-01",
        (FIRST, "owner"): "13800138000",
        (FIRST, "problems"): "'=1+1",
    }


def test_what_cannot_be_understood_is_a_question(sent: Path) -> None:
    found = read(edit(sent, lambda sheet: [put("状态", "已办结")(sheet), put("完成时限", "3月1日")(sheet)]))
    values = row_of(found, FIRST).values
    assert (values["status"].value, values["status"].guess) == (None, "已完成")
    assert (values["deadline"].value, values["deadline"].guess) == (None, "2026-03-01")


def test_answers_that_are_deleted_are_empty(sent: Path) -> None:
    found = read(
        edit(sent, lambda sheet: [put(head, None)(sheet) for head in ("工作进展", "完成时限", "状态")])
    )
    values = row_of(found, FIRST).values
    assert (values["progress"].value, values["deadline"].value) == ("", "")
    assert (values["status"].value, values["status"].raw, values["status"].guess) == (None, "", "推进中")


def rows_as_values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 8)]


def put_rows(sheet: Any, rows: list[list[Any]], first: int = FIRST_ROW) -> None:
    """Put ``rows`` where they are to stand; a text stays a text, though it may begin with =."""
    for number, values in enumerate(rows, first):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def room_below(sheet: Any) -> None:
    """Make an empty row below the table: openpyxl leaves merged cells where they were."""
    unmerge_all(sheet)
    sheet.insert_rows(FIRST_ROW + 9)


def sort_backwards(sheet: Any) -> None:
    put_rows(sheet, rows_as_values(sheet)[::-1])


def hide_and_filter(sheet: Any) -> None:
    sheet.row_dimensions[FIRST_ROW + 2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.auto_filter.add_filter_column(COLUMN["状态"] - 1, ["推进中"])


def move_columns(sheet: Any) -> None:
    """Move 状态 to the far right and insert two columns before the table."""
    for row in sheet.iter_rows(min_row=FIRST_ROW - 1, max_row=FIRST_ROW + 8):
        row[-1].value = row[COLUMN["原文校验码"] - 1].value
    for number in range(FIRST_ROW - 1, FIRST_ROW + 9):
        sheet.cell(number, 20).value = sheet.cell(number, COLUMN["状态"]).value
        sheet.cell(number, COLUMN["状态"]).value = None
    sheet.insert_cols(1, 2)


def insert_rows_above(sheet: Any) -> None:
    unmerge_all(sheet)
    sheet.insert_rows(1, 4)
    sheet["A1"] = "关于报送责任清单的函"


def leave_merged_cells_behind(sheet: Any) -> None:
    """Insert rows as careless programs do, so that merged lines of the head cover rows of the table."""
    sheet.insert_rows(1, 4)
    sheet.insert_rows(12, 1)


def unmerge_all(sheet: Any) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


def show_hidden_columns(sheet: Any) -> None:
    for heading in HIDDEN:
        sheet.column_dimensions[get_column_letter(COLUMN[heading])].hidden = False


def rename(sheet: Any) -> None:
    sheet.title = "财政局（已填）"
    sheet.parent["填写说明"].title = "说明"


def move_sheets(sheet: Any) -> None:
    sheet.parent.move_sheet(sheet, 3)


def unhide_sheets(sheet: Any) -> None:
    for other in sheet.parent.worksheets:
        other.sheet_state = "visible"


def decorate_headings(sheet: Any) -> None:
    put("工作进展", "工作进展\n（截至11月底）", -1)(sheet)
    put("完成时限", " 完 成 时 限 ", -1)(sheet)


def break_lines_in_measures(sheet: Any) -> None:
    for row in range(FIRST_ROW, FIRST_ROW + 9):
        cell = sheet.cell(row, COLUMN["措施"])
        cell.value = cell.value.replace("。", "。\n", 1) + " "


@pytest.mark.parametrize(
    "change",
    [
        sort_backwards,
        hide_and_filter,
        move_columns,
        insert_rows_above,
        leave_merged_cells_behind,
        unmerge_all,
        show_hidden_columns,
        rename,
        move_sheets,
        unhide_sheets,
        decorate_headings,
        break_lines_in_measures,
    ],
)
def test_what_people_do_to_a_sheet_does_no_harm(
    sent: Path, own: list[Item], change: Callable[[Any], None]
) -> None:
    def both(sheet: Any) -> None:
        put("工作进展", "做了这件事")(sheet)
        change(sheet)

    found = read(edit(sent, both))
    assert {row.key for row in found.rows} == {item.key for item in own}
    assert differing(found) == {(FIRST, "progress"): "做了这件事"}
    assert (found.missing, [row.refused for row in found.rows if row.refused]) == ((), [])
    assert all("没有找到" not in note for note in found.notes)


def test_deleted_rows_are_missing_and_the_rest_is_read(sent: Path, own: list[Item]) -> None:
    found = read(edit(sent, lambda sheet: sheet.delete_rows(FIRST_ROW, 2)))
    assert found.missing == (key(own, 0), key(own, 1))
    assert len(found.rows) == len(own) - 2
    assert differing(found) == {}


def test_a_row_whose_cells_were_all_emptied_counts_as_deleted(sent: Path, own: list[Item]) -> None:
    found = read(edit(sent, lambda sheet: [put(head, None)(sheet) for head in set(COLUMN) - set(HIDDEN)]))
    assert found.missing == (key(own, 0),)
    assert found.notes == ("第6行的内容已被清空，按删去这一行处理，没有改动该事项。",)


def test_rows_added_by_hand_are_no_measures(sent: Path, own: list[Item]) -> None:
    def add(sheet: Any) -> None:
        sheet.insert_rows(FIRST_ROW + 1)
        put("措施", "为企业开设专窗", 1)(sheet)
        put("工作进展", "已开设2个", 1)(sheet)
        sheet.cell(sheet.max_row + 1, 1).value = "填报人：赵敏　电话：0353-1234567"

    found = read(edit(sent, add))
    assert [(row.row, row.text, row.after) for row in found.added] == [
        (FIRST_ROW + 1, "措施：为企业开设专窗；工作进展：已开设2个", key(own, 0)),
        (18, "填报人：赵敏　电话：0353-1234567", key(own, 8)),
    ]
    assert len(found.rows) == len(own)


def copy_first(sheet: Any) -> None:
    """Copy the first row of the table to the place below the table."""
    room_below(sheet)
    put_rows(sheet, [rows_as_values(sheet)[0]], FIRST_ROW + 9)


def test_a_row_copied_as_it_is_counts_once(sent: Path, own: list[Item]) -> None:
    found = read(edit(sent, copy_first))
    assert len(found.rows) == len(own)
    assert differing(found) == {}
    assert found.added == ()


def test_a_row_copied_very_often_is_refused_in_one_short_sentence(sent: Path) -> None:
    def often(sheet: Any) -> None:
        unmerge_all(sheet)
        first = rows_as_values(sheet)[0]
        put_rows(sheet, [[*first[:7], f"第{number}种说法", *first[8:]] for number in range(50)], 20)

    found = read(edit(sent, often))
    reasons = {row.refused for row in found.rows if row.refused}
    assert reasons == {"第6、20、21等51行是同一事项而内容不同，无法判断以哪一行为准"}


def test_a_list_below_the_table_that_is_far_too_long_is_refused(sent: Path) -> None:
    def go_on(sheet: Any) -> None:
        for number in range(table.MOST_ROWS):
            sheet.cell(20 + number, 8).value = number

    with pytest.raises(RefusedError, match="多得不正常"):
        read(edit(sent, go_on))


def test_very_many_things_beside_the_answers_are_counted(sent: Path) -> None:
    def write(sheet: Any) -> None:
        for item in range(9):
            for column in range(30, 45):
                sheet.cell(FIRST_ROW + item, column).value = "随手写的"

    notes = read(edit(sent, write)).notes
    assert len(notes) == 101
    assert notes[0] == "第6行表格以外写有“随手写的”，清单没有这一栏，没有读取。"
    assert notes[-1] == "另有35处没有读取，请查看原文件。"


def test_a_row_copied_and_answered_differently_is_refused_both_times(sent: Path, own: list[Item]) -> None:
    def twice(sheet: Any) -> None:
        copy_first(sheet)
        put("工作进展", "另一种说法", 9)(sheet)

    found = read(edit(sent, twice))
    refused = [row for row in found.rows if row.refused]
    assert [(row.row, row.key) for row in refused] == [(6, key(own, 0)), (15, key(own, 0))]
    assert {row.refused for row in refused} == {"第6、15行是同一事项而内容不同，无法判断以哪一行为准"}
    assert found.missing == ()


@pytest.mark.parametrize("order", [1, -1])
def test_a_row_copied_to_become_another_is_an_added_row(sent: Path, own: list[Item], order: int) -> None:
    def make(sheet: Any) -> None:
        copy_first(sheet)
        put("措施", "为企业开设专窗", 9)(sheet)
        put("工作进展", "已开设2个", 9)(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=15)]
        put_rows(sheet, rows[::order])

    found = read(edit(sent, make))
    assert {row.key for row in found.rows} == {item.key for item in own}
    assert [row.refused for row in found.rows if row.refused] == []
    assert len(found.added) == 1
    assert "措施：为企业开设专窗" in found.added[0].text


def test_without_the_column_of_keys_rows_are_known_by_their_words(sent: Path, own: list[Item]) -> None:
    def cut(sheet: Any) -> None:
        sort_backwards(sheet)
        put("工作进展", "做了这件事")(sheet)
        sheet.delete_cols(COLUMN["事项标识"], 3)

    found = read(edit(sent, cut))
    assert {row.key for row in found.rows} == {item.key for item in own}
    assert differing(found) == {(own[-1].number, "progress"): "做了这件事"}
    assert row_of(found, FIRST).base_revision == own[0].entry.revision


def test_without_key_and_with_other_words_a_row_is_nobodys(sent: Path, own: list[Item]) -> None:
    def spoil(sheet: Any) -> None:
        put("事项标识", None)(sheet)
        text = sheet.cell(FIRST_ROW, COLUMN["措施"])
        text.value = text.value.replace("给予专项资金支持", "给予大力支持")

    found = read(edit(sent, spoil))
    (row,) = [row for row in found.rows if row.key is None]
    assert (row.number, row.base_revision, dict(row.base)) == (FIRST, own[0].entry.revision, {})
    assert found.missing == (key(own, 0),)


def test_the_words_of_the_measure_are_told_as_they_stand(sent: Path, own: list[Item]) -> None:
    def reword(sheet: Any) -> None:
        text = sheet.cell(FIRST_ROW, COLUMN["措施"])
        text.value = text.value.replace("资金", "基金")

    row = row_of(read(edit(sent, reword)), FIRST)
    assert row.key == key(own, 0)
    assert "基金" in row.text


def test_a_key_of_nothing_known_is_told_as_it_stands(sent: Path, own: list[Item]) -> None:
    found = read(edit(sent, put("事项标识", "tax/czbf-2023-3.1.m09")))
    assert found.rows[0].key == ItemKey("tax", "czbf-2023-3.1.m09")
    assert (found.unit_key, found.missing) == ("finance", (key(own, 0),))
    assert dict(found.rows[0].base) == {}


def test_a_deleted_column_is_named_and_its_field_left_out(sent: Path) -> None:
    found = read(edit(sent, lambda sheet: sheet.delete_cols(COLUMN["存在问题"])))
    assert found.notes == ("没有找到“存在问题”一列，这一列没有读取。",)
    assert all("problems" not in row.values for row in found.rows)
    assert differing(found) == {}


def test_two_columns_of_one_heading_are_not_chosen_between(sent: Path) -> None:
    found = read(edit(sent, put("佐证材料", "工作进展", -1)))
    assert found.notes[0] == "“工作进展”有不止一列，无法判断以哪一列为准，没有读取。"
    assert all("progress" not in row.values for row in found.rows)


def test_what_stands_beside_the_answers_is_told(sent: Path) -> None:
    def beside(sheet: Any) -> None:
        put("佐证材料", "拨付凭证.pdf")(sheet)
        sheet.insert_cols(4)
        sheet.cell(FIRST_ROW - 1, 4).value = "本单位备注"
        sheet.cell(FIRST_ROW + 1, 4).value = "请区长协调"
        sheet["D7"].comment = Comment("批注中的话", "赵敏")
        extra = sheet.parent.create_sheet("企业名单")
        extra["A1"] = "名称"

    assert read(edit(sent, beside)).notes == (
        "工作表“企业名单”不是清单，没有读取。",
        "工作簿中有批注，没有读取；如写有答复，请查看原文件。",
        "第6行“佐证材料”写有“拨付凭证.pdf”，请另行添加佐证材料。",
        "第7行“本单位备注”写有“请区长协调”，清单没有这一栏，没有读取。",
    )


def test_merged_answers_are_asked_about(sent: Path) -> None:
    def merge(sheet: Any) -> None:
        put("状态", "推进中", 3)(sheet)
        sheet.merge_cells(start_row=9, end_row=10, start_column=COLUMN["状态"], end_column=COLUMN["状态"])
        sheet.merge_cells(
            start_row=7, end_row=7, start_column=COLUMN["工作进展"], end_column=COLUMN["存在问题"]
        )

    found = read(edit(sent, merge))
    assert found.rows[3].values["status"].value == "推进中"
    covered = found.rows[4].values["status"]
    assert (covered.value, covered.guess) == (None, "推进中")
    assert covered.question == "“状态”与第9行合并成了一格（“推进中”），这一项应填什么？"
    beside = found.rows[1].values["problems"]
    assert (beside.value, beside.guess) == (None, "")
    assert beside.question == "“存在问题”与“工作进展”合并成了一格（“=1+1”），这一项应填什么？"


def test_an_answer_lost_under_merged_cells_is_asked_about(sent: Path) -> None:
    found = read(edit(sent, lambda sheet: sheet.merge_cells("A6:M6")))
    cell = found.rows[0].values["progress"]
    assert (cell.value, cell.guess) == (None, "")
    assert cell.question == "“工作进展”被合并单元格盖住，原来的“拨付12笔。 第二批在审。”不见了，应填什么？"
    assert found.rows[0].values["problems"].value == ""


@pytest.mark.parametrize("head", ["工作进展", "状态", "完成时限", "措施", "事项标识"])
def test_formulas_where_answers_are_read_refuse_the_workbook(sent: Path, head: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read(edit(sent, put(head, "=1+1")))
    assert caught.value.reason == f"含有公式（工作表“区财政局”第6行“{head}”）"


def test_many_formulas_are_counted(sent: Path) -> None:
    with pytest.raises(RefusedError, match="等5处"):
        read(edit(sent, lambda sheet: [put("责任人", "=A1", index)(sheet) for index in range(5)]))


@pytest.mark.parametrize("head", ["序号", "类别", "亮灯", "佐证材料"])
def test_formulas_where_nothing_is_read_do_no_harm(sent: Path, head: str) -> None:
    assert differing(read(edit(sent, put(head, "=ROW()-5")))) == {}


def test_a_total_below_the_table_is_an_added_row(sent: Path) -> None:
    def total(sheet: Any) -> None:
        room_below(sheet)
        put("序号", "合计", 9)(sheet)
        put("状态", "=COUNTA(F6:F14)", 9)(sheet)

    assert [row.text for row in read(edit(sent, total)).added] == ["序号：合计；状态：（公式）"]


def without_identity(path: Path) -> Path:
    """Return the workbook as the first version of the program wrote it: without the hidden sheet."""
    book = openpyxl.load_workbook(path)
    del book["回填标识"]
    del book["填写说明"]
    return units.save(book, path)


def test_a_workbook_of_the_first_version_is_read_by_its_hidden_columns(
    sent: Path, own: list[Item], catalogue: Catalogue
) -> None:
    found = read(edit(without_identity(sent), put("工作进展", "做了这件事")))
    assert (found.schema, found.program, found.round_key) == (1, "", "")
    assert (found.unit_key, found.document_key) == ("finance", catalogue.documents[0].key)
    assert found.notice_number == catalogue.notices[0].number
    assert [row.key for row in found.rows] == [item.key for item in own]
    assert [row.base_revision for row in found.rows] == [item.entry.revision for item in own]
    assert [row.base_text_sha256 for row in found.rows] == [
        catalogue.measure(item.key.measure_key).text_sha256 for item in own
    ]
    assert all(not row.base for row in found.rows)
    assert row_of(found, FIRST).values["progress"].value == "做了这件事"
    assert (found.added, found.missing, found.notes) == ((), (), ())


def test_hidden_numbers_that_are_spoilt_are_no_revision(sent: Path) -> None:
    found = read(edit(without_identity(sent), put("基准版本", "三")))
    assert found.rows[0].base_revision == NO_REVISION


@pytest.mark.parametrize(
    ("schema", "words"),
    [("4", "更新版本的程序"), ("99", "更新版本的程序"), ("0", "回填标识已损坏"), ("x", "回填标识已损坏")],
)
def test_a_workbook_of_another_schema_is_refused(sent: Path, schema: str, words: str) -> None:
    def change(sheet: Any) -> None:
        sheet.parent["回填标识"]["B1"] = schema

    with pytest.raises(RefusedError, match=words):
        read(edit(sent, change))


def strip_all(sheet: Any) -> None:
    del sheet.parent["回填标识"]
    sheet.delete_cols(COLUMN["事项标识"], 3)


def other_headings(sheet: Any) -> None:
    sheet.delete_rows(1, 5)


@pytest.mark.parametrize("change", [strip_all, other_headings])
def test_what_is_none_of_ours_is_refused(sent: Path, change: Callable[[Any], None]) -> None:
    with pytest.raises(RefusedError, match="不是本程序导出的责任清单"):
        read(edit(sent, change))


def test_any_other_workbook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["企业名称", "诉求"])
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(RefusedError, match="不是本程序导出的责任清单"):
        read(tmp_path / "名单.xlsx")


def test_two_hidden_sheets_are_not_chosen_between(sent: Path) -> None:
    def double(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet.parent["回填标识"])

    with pytest.raises(RefusedError, match="两张回填标识页"):
        read(edit(sent, double))


def test_a_sheet_kept_as_a_copy_counts_once(sent: Path) -> None:
    found = read(edit(sent, lambda sheet: sheet.parent.copy_worksheet(sheet)))
    assert found.notes == ("工作表“区财政局 Copy”与“区财政局”内容相同，只读取了一张。",)
    assert differing(found) == {}


def test_two_sheets_of_a_unit_that_differ_are_not_chosen_between(sent: Path) -> None:
    def double(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)
        put("工作进展", "后来改的")(sheet)

    with pytest.raises(RefusedError, match="同一单位的清单而内容不同"):
        read(edit(sent, double))


def test_the_workbook_of_all_units_is_read_unit_by_unit(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    path = book.write_all(tmp_path / "全部.xlsx", book.Sending(catalogue, today), filled)

    def change(sheet: Any) -> None:
        sheet.parent["区工信局"].title = "工信"
        sheet.parent["工信"].cell(FIRST_ROW, COLUMN["工作进展"]).value = "做了这件事"
        del sheet.parent["区审计局"]

    found = returned_book.read(edit(path, change))
    expected = [unit.key for unit in catalogue.checklist_units() if unit.name != "区审计局"]
    assert [one.unit_key for one in found] == expected
    for one in found:
        measures = catalogue.measures_of(one.unit_key)
        assert [row.number for row in one.rows] == [measure.number for measure in measures]
        assert (one.added, one.missing, one.notes) == ((), (), ())
        changed = differing(one)
        assert list(changed.values()) == (["做了这件事"] if one.unit_key == "industry-information" else [])


def test_reading_the_same_file_twice_says_the_same(sent: Path) -> None:
    assert read(sent) == read(sent)


def test_evidence_goes_out_by_name_and_comes_back_without_a_word(catalogue, today, blank, tmp_path):
    named = tuple(replace(item, evidence=("回执.pdf", "照片.jpg")) for item in blank)
    path = units.send(tmp_path / "区财政局.xlsx", catalogue, today, named)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (head,) = (cell for cell in sheet[5] if cell.value == "佐证材料")
    assert sheet.cell(6, head.column).value == "回执.pdf\n照片.jpg"
    (back,) = returned_book.read(path)
    assert back.notes == ()
    sheet.cell(6, head.column).value = "回执.pdf\n照片.jpg\n新材料.docx"
    book.save(path)
    (back,) = returned_book.read(path)
    assert len(back.notes) == 1
    assert "新材料.docx" in back.notes[0]


def test_many_files_that_are_only_counted_come_back_without_a_word(catalogue, today, blank, tmp_path):
    many = tuple(f"减免房租的拨付凭证和公示名单第{number:04}号.pdf" for number in range(1_500))
    long = tuple(f"{'很长的名字' * 12}{number}.pdf" for number in range(3))
    named = tuple(replace(item, evidence=many if at % 2 else long) for at, item in enumerate(blank))
    (back,) = returned_book.read(units.send(tmp_path / "区财政局.xlsx", catalogue, today, named))
    assert back.rows
    assert (back.added, back.missing, back.notes) == ((), (), ())


ALONE = ("_xD800_", "_xDFFF_", "_x0000_", "_x001B_", "_xFFFE_", "_xDE00__xD83D_")


@pytest.mark.parametrize("escaped", ALONE)
def test_no_half_of_a_character_and_no_control_gets_in_anywhere(sent: Path, escaped: str) -> None:
    """In answers, in rows of the unit's own, in titles, in keys and in what the hidden sheet says."""
    book = openpyxl.load_workbook(sent)
    for at, sheet in enumerate(book.worksheets):
        sheet.protection.sheet = False
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("=") and (at or cell.row > 5):
                    cell.value = f"{cell.value}{escaped}"
    book.create_sheet("另页")["A1"] = f"说明{escaped}"
    first = book.worksheets[0]
    for column in range(1, 12):
        first.cell(FIRST_ROW + 40, column).value = f"自加{escaped}"
    try:
        found = returned_book.read(save_titled(book, sent, escaped))
    except RefusedError as error:
        told = str(error)
    else:
        told = repr(found)
        assert found[0].added
    assert "区财政局" in told
    assert not set(told) & {"\0", "\x1b", "\ufffe"}
    assert not re.search(r"\\u[dD][89a-fA-F]|\\x00|\\x1b|\\ufffe", told)


def save_titled(book: Any, path: Path, escaped: str) -> Path:
    """Save a workbook one of whose sheets has ``escaped`` in its title, which openpyxl would not write."""
    saved = units.save(book, path)
    listed = units.parts(saved)["xl/workbook.xml"].decode("utf-8").replace("另页", f"另页{escaped}")
    return units.rebuilt(saved, {"xl/workbook.xml": listed.encode("utf-8")})


@pytest.mark.parametrize(
    ("name", "content"),
    [(b"\xff\xfe.xlsx", b"PK\x03\x04rubbish"), (b"\xe5.xlsx", b""), (b"a.xlsx", b"\0" * 99)],
)
def test_a_name_that_is_no_text_is_told_as_far_as_it_is(tmp_path: Path, name: bytes, content: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(content)
    with pytest.raises(RefusedError) as told:
        returned_book.read(path)
    assert name.decode("utf-8", "replace") in str(told.value)
