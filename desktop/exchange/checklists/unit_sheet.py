"""One unit's checklist as a sheet: the head, the table to fill in, the rules under it.

Columns A to M are for people. N to P are hidden and say which row this is when the sheet comes back, whatever
was sorted or inserted: the item's key, the revision of the entry, the hash of the measure's text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from desktop.catalogue.model import Measure
from desktop.catalogue.typeset import typeset
from desktop.exchange.checklists.columns import COLUMNS, DEADLINE_COLUMN, HIDDEN, MEASURE, STATUS_COLUMN
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets import layout
from desktop.exchange.sheets.basis import Basis
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import date_cell, headed_cell, number_cell, text_cell
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import Fit
from desktop.exchange.sheets.options import STATUS_LIST
from desktop.exchange.sheets.styles import (
    STATUS_FILL,
    CellLook,
    colour_by_word,
    head_run,
    light_look,
    status_look,
)
from desktop.workspace import words
from desktop.workspace.evidence import names
from desktop.workspace.items.deadline import DeadlineKind
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import (
    CHANGE_NAMES,
    EVIDENCE,
    FIELD_NAMES,
    FINISHED,
    LEFT_OUT,
    Item,
    Status,
    Tally,
)
from desktop.workspace.items.progress import tally

_GREEN_AND_GREY = f"绿——未到时限或{'、'.join(FINISHED)}；灰——未写明时限或{'、'.join(LEFT_OUT)}。"
_HOW_TO_FILL_IN = (
    "填报：完成时限填日期，例如2026-3-31；状态从下拉列表中选择，选“不适用”的须写明理由，“已销号”由他人确认后填写。"
    "措施原文以发文为准，请勿改动。"
)
_BRACKETS, _LABEL = frozenset({"（）", "()", "〔〕", "[]", "【】"}), "责任单位"
_HEADED = 0.95  # of the width, for a list of names that has a heading before it


@dataclass(frozen=True, slots=True)
class PlacedChecklist:
    """Where a checklist stands in its workbook: the sheet's title and the first and last row of its items."""

    sheet: str
    first: int
    last: int


def add_sheet(
    book: Book,
    title: str,
    unit_name: str,
    items: Sequence[Item],
    near_days: int,
    index: int,
    basis: Basis | None = None,
) -> PlacedChecklist:
    """Insert the checklist of ``items`` as the sheet ``index`` and return where it stands.

    ``basis`` is what it is about, by default what the workbook is about.
    """
    form = book.sheet(title, COLUMNS, index)
    basis = basis or book.basis
    catalogue, sheet, styles = book.catalogue, form.sheet, book.styles
    form.head(basis, basis.titled("责任清单"), f"责任单位：{unit_name}")
    form.line(_counts(tally(items)), CellLook.FACT_LEFT)
    heads = [text_cell(sheet, column.title, styles[CellLook.HEAD]) for column in COLUMNS]
    head_row = form.row(heads + [text_cell(sheet, name, styles[CellLook.CODE]) for name in HIDDEN], 36)

    measures = [None if item.orphaned else catalogue.measure(item.key.measure_key) for item in items]
    texts = [
        _texts(index, item, measure)
        for index, (item, measure) in enumerate(zip(items, measures, strict=True), 1)
    ]
    lines = [[row[column.title] for column in COLUMNS] for row in texts]
    fit = layout.fit(COLUMNS, lines)
    for index, (item, measure) in enumerate(zip(items, measures, strict=True)):
        book.step()
        cells = _cells(form, item, measure, texts[index], fit, index)
        form.row(cells, fit.heights[index], grows=True)
    last = form.at

    for note in _notes(items, near_days):
        form.line(note, CellLook.NOTE)
    _write_cut(form, lines, fit)
    _write_files(form, items)
    _set_columns(sheet, fit)
    _add_rules(sheet, head_row, last)
    sheet_form.set_up(form, head_row, basis.running_head)
    return PlacedChecklist(sheet.title, head_row + 1, last)


@lru_cache(maxsize=256)
def measure_words(measure: Measure) -> tuple[str, str]:
    """Return number and title, and the rest of the paragraph, as people read them."""
    shown = typeset(measure.text)
    return shown[: measure.body_start], shown[measure.body_start :]


def units_words(measure: Measure) -> str:
    """Return the units as printed, without their brackets; without the label where that is 责任单位 alone."""
    printed = [_bare(typeset(measure.text[start:end])) for start, end in measure.unit_spans]
    if len(printed) == 1 and printed[0].count("：") == 1:
        label, _, names_of = printed[0].partition("：")
        printed = [names_of.strip() if label.strip() == _LABEL else printed[0]]
    return "；".join(filter(None, printed)) or "原文未列"


def _bare(printed: str) -> str:
    """Return a statement of units without the brackets around it; those within it stay."""
    text = printed.strip().removesuffix("。")
    return text[1:-1].strip() if text[:1] + text[-1:] in _BRACKETS else text


def evidence_words(item: Item) -> str:
    """Return what the cell under 佐证材料 shows: the names of a few files, or how many they are."""
    return names.in_cell(item.evidence, "全部附于表后")


def _texts(index: int, item: Item, measure: Measure | None) -> dict[str, str]:
    """Return what each visible column shows, by its title."""
    entered = {FIELD_NAMES[name]: value for name, value in values_of(item.entry).items()}
    deadline = item.entry.deadline
    return {
        **entered,
        "序号": str(index),
        "类别": item.category,
        MEASURE: "".join(measure_words(measure)) if measure else f"{item.title}{words.GONE}",
        "责任单位": units_words(measure) if measure else "",
        FIELD_NAMES["deadline"]: deadline.words if deadline.stored else "",
        CHANGE_NAMES[EVIDENCE]: evidence_words(item),
        "亮灯": item.light.value,
    }


def _cells(
    form: Form,
    item: Item,
    measure: Measure | None,
    texts: Mapping[str, str],
    fit: Fit,
    index: int,
) -> list[Cell]:
    """Return the cells of one item, hidden ones included; ``index`` is from 0."""
    sheet, styles = form.sheet, form.styles
    shown = [
        _cell(form, column.title, texts[column.title], item, measure, (index, number) in fit.cut)
        for number, column in enumerate(COLUMNS)
    ]
    return [
        *shown,
        text_cell(sheet, f"{item.key.unit_key}/{item.key.measure_key}", styles[CellLook.CODE]),
        number_cell(sheet, item.entry.revision, styles[CellLook.CODE]),
        text_cell(sheet, measure.text_sha256 if measure else "", styles[CellLook.CODE]),
    ]


def _cell(form: Form, title: str, text: str, item: Item, measure: Measure | None, cut: bool) -> Cell:
    """Return the cell under ``title``; what has no look of its own is filled in by the unit."""
    sheet, styles, due = form.sheet, form.styles, item.entry.deadline
    if title == "序号":
        return number_cell(sheet, int(text), styles[CellLook.CENTRE])
    if title == MEASURE and measure:
        return headed_cell(sheet, *measure_words(measure), head_run(), styles[CellLook.TEXT])
    if title == FIELD_NAMES["deadline"] and due.kind is DeadlineKind.DAY:
        return date_cell(sheet, due.due, styles[CellLook.DATE])
    looks = {
        "类别": CellLook.CENTRE,
        MEASURE: CellLook.TEXT,
        "责任单位": CellLook.TEXT,
        FIELD_NAMES["deadline"]: CellLook.DATE,
        FIELD_NAMES["status"]: status_look(item.entry.status),
        "亮灯": light_look(item.light),
        FIELD_NAMES["owner"]: CellLook.FILL_LONG if cut else CellLook.FILL_CENTRE,
    }
    return text_cell(sheet, text, styles[looks.get(title, CellLook.FILL_LONG if cut else CellLook.FILL)])


def _counts(counted: Tally) -> str:
    """Return how the items stand, in a line."""
    told = "，".join(f"{status}{number}项" for status, number in counted.by_status.items())
    return f"共{counted.total}项：{told}；其中逾期{counted.late}项，临期{counted.near}项。"


def _notes(items: Sequence[Item], near_days: int) -> list[str]:
    """Return the lines under the table."""
    notes = [
        f"亮灯（按制表日期计算）：红——已过完成时限；黄——距完成时限{near_days}天以内；{_GREEN_AND_GREY}",
        _HOW_TO_FILL_IN,
    ]
    notes += [
        f"第{index}项：填报之后措施原文有改动，请对照现行原文核对。"
        for index, item in enumerate(items, 1)
        if item.text_changed and not item.orphaned
    ]
    return notes


def _write_cut(form: sheet_form.Form, texts: Sequence[Sequence[str]], fit: Fit) -> None:
    """Write in full, across the whole width, what is too long for a row: rows have a greatest height."""
    for index, column in sorted(fit.cut):
        rest = f"附：第{index + 1}项“{COLUMNS[column].title}”全文：{texts[index][column]}"
        for part in layout.split_for_rows(rest, form.width):
            form.line(part, CellLook.NOTE)


def _write_files(form: sheet_form.Form, items: Sequence[Item]) -> None:
    """Name under the table, across the whole width, the files of which their cell says how many they are."""
    told = [(index, item) for index, item in enumerate(items, 1) if not names.fit_cell(item.evidence)]
    for (index, item), most in zip(told, names.within(len(item.evidence) for _, item in told), strict=True):
        head = f"附：第{index}项“{CHANGE_NAMES[EVIDENCE]}”共{len(item.evidence)}份"
        first = 1
        for group in layout.gathered(item.evidence[:most], names.SEPARATOR, form.width * _HEADED):
            last = first + len(group) - 1
            form.line(f"{head}（第{first}至{last}份）：{names.listed(group)}", CellLook.NOTE)
            first = last + 1
        if rest := names.rest(len(item.evidence) - most):
            form.line(f"{head}{rest}", CellLook.NOTE)


def _set_columns(sheet: Worksheet, fit: Fit) -> None:
    """Set the widths, and hide the columns that are not for people."""
    for index, width in enumerate(fit.widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    first = len(COLUMNS) + 1
    letter = get_column_letter(first)
    sheet.column_dimensions[letter] = ColumnDimension(
        sheet, letter, min=first, max=first + len(HIDDEN) - 1, hidden=True
    )


def _add_rules(sheet: Worksheet, head_row: int, last: int) -> None:
    """Add filter, drop-down, check of dates, and the status fills that follow what is chosen."""
    end = max(last, head_row + 1)
    status = f"{get_column_letter(STATUS_COLUMN)}{head_row + 1}:{get_column_letter(STATUS_COLUMN)}{end}"
    deadline = f"{get_column_letter(DEADLINE_COLUMN)}{head_row + 1}:{get_column_letter(DEADLINE_COLUMN)}{end}"
    sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(len(COLUMNS))}{end}"
    choice = DataValidation(
        "list", formula1=STATUS_LIST, showErrorMessage=True, allow_blank=True, sqref=status
    )
    choice.errorTitle, choice.error = "状态", "请从下拉列表中选择：" + "、".join(Status)
    # A warning, not a refusal: some units answer 长期 or 每季度末, which is better than nothing.
    day = DataValidation(
        "date",
        operator="greaterThanOrEqual",
        formula1="36526",  # 2000-01-01
        errorStyle="warning",
        showErrorMessage=True,
        showInputMessage=True,
        allow_blank=True,
        sqref=deadline,
    )
    day.promptTitle, day.prompt = "完成时限", "填写日期，例如 2026-3-31"
    day.errorTitle, day.error = "完成时限", "这里要填写日期，例如 2026-3-31。仍要保留现在的内容吗？"
    sheet.add_data_validation(choice)
    sheet.add_data_validation(day)
    colour_by_word(sheet, status, STATUS_FILL)
