"""The demands of one unit as a workbook that it fills in and sends back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop import __version__
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.demands.columns import (
    ANSWER,
    COLUMNS,
    DATES,
    FILLED,
    FINISHED,
    FIRM,
    HIDDEN,
    IDENTITY,
    MARK,
    NO,
    NUMBER,
    PROGRAM,
    REASON,
    SCHEMA,
    SENT_ON,
    SHEET,
    STANDS,
    TEXT,
    UNIT,
    YES,
)
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets import layout, names
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.cells import clean, text_cell
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.styles import CellLook
from desktop.workspace import words
from desktop.workspace.demands import demands
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.demands.model import Demand
from desktop.workspace.demands.reminding import called
from desktop.workspace.demands.returned import text_hash
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.masking import contact, masked
from desktop.workspace.visits import persons

WHAT = "诉求办理"
_HOW = (
    "填报：每件写经办人和办理日期。已办结的选“是”，写明答复内容和告知企业的方式、日期；未办结的写办理进展，已告知企业的"
    "一并写明；需要延期的写申请延期至哪天和理由。协办单位只写办理意见。诉求内容请勿改动，不填的行留空。"
)
_ROOM = 64  # points of a row to be filled in


def file_name(catalogue: Catalogue, unit: str, today: date) -> str:
    """Return a file name, e.g. 区工信局-诉求办理-城政办发〔2023〕3号-20261123.xlsx."""
    return names.file_name(catalogue, f"{called(catalogue, unit)}-{WHAT}", today)


def write(
    path: Path,
    catalogue: Catalogue,
    db: sqlite3.Connection,
    unit: str,
    today: date,
    *,
    with_contacts: bool = False,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write the demands whose next step may be that of a unit (by key) to ``path``, and return ``path``.

    Names of persons and phones are masked unless ``with_contacts``. Raises KnownError when it has none, and
    as :func:`desktop.exchange.checklists.book.write_unit` does.
    """
    waiting, every = demands.waiting_for(db, unit), demands.of_unit(db, unit)
    left_out = len(every) - len(waiting)
    if not waiting:
        hint = f"有{left_out}件还没有交办，或已办结待回访。" if left_out else "请核对单位名称。"
        raise KnownError(f"{called(catalogue, unit)}没有正在办理的诉求，没有导出。", hint)
    found = demands.standings(db, waiting, today)
    firms = {one.key: one for one in enterprises.recorded(db)}
    into, named = enterprises.merged(db), persons.by_firm(db)
    rows = []
    for one in found:
        own = enterprises.resolved(into, one.demand.enterprise) if one.demand.enterprise else ""
        firm = firms.get(own)
        texts = _texts(catalogue, one, firm, unit, None if with_contacts else named.get(own, frozenset()))
        rows.append((one.demand, texts))
    book = Book(catalogue, today, at, report, cancelled)
    sheets = (
        lambda: _sheet(book, called(catalogue, unit), rows, left_out),
        lambda: _identity(book, unit, [one for one, _ in rows]),
    )
    return book.fill(path, sheets, WHAT)


def _texts(
    catalogue: Catalogue,
    standing: DemandStanding,
    firm: Enterprise | None,
    unit: str,
    named: frozenset[str] | None,
) -> dict[str, str]:
    """Return what the visible columns show, masked where the ``named`` are given."""
    one = standing.demand
    known = (
        "、".join(" ".join(filter(None, (each.name, each.phone))) for each in firm.contacts) if firm else ""
    )
    who = one.contact or known
    reached = who if named is None else contact(who, named)
    role = "主办" if unit == one.lead else "协办"
    measure = words.number(catalogue, one.measure) if one.measure else ""
    due = [span.due for span in standing.spans if span.unit == unit and span.done is None]
    return {
        NUMBER: one.number,
        FIRM: "\n".join(filter(None, (firm.name if firm else "", reached))),
        TEXT: one.text if named is None else masked(one.text, named),
        STANDS: "\n".join(filter(None, (role, one.state, measure))),
        "时限": min(due).isoformat() if due else "",
    }


def _sheet(book: Book, unit: str, rows: Sequence[tuple[Demand, Mapping[str, str]]], left_out: int) -> None:
    form = book.sheet(names.sheet_title(unit), COLUMNS)
    sheet, styles = form.sheet, form.styles
    form.head(book.basis, f"企业{WHAT}表", f"承办单位：{unit}　共{len(rows)}件")
    heads = [text_cell(sheet, column.title, styles[CellLook.HEAD]) for column in COLUMNS]
    head_row = form.row(heads + [text_cell(sheet, name, styles[CellLook.CODE]) for name in HIDDEN], 46)
    lines = [[texts.get(column.title, "") for column in COLUMNS] for _, texts in rows]
    fit = layout.fit(COLUMNS, lines)
    for index, (one, texts) in enumerate(rows):
        book.step()
        cells = [_cell(form, column.title, texts.get(column.title, "")) for column in COLUMNS]
        last = one.chain.last.key if one.chain else ""
        codes = (one.key, last, text_hash(one.text))
        cells += [text_cell(sheet, code, styles[CellLook.CODE]) for code in codes]
        form.row(cells, max(fit.heights[index], _ROOM), grows=False)
    last_row = form.at
    form.line(_HOW, CellLook.NOTE)
    if left_out:
        form.line(f"另有{left_out}件还没有交办，或已办结待回访，不在表中。", CellLook.NOTE)
    for index, column in sorted(fit.cut):
        rest = f"附：第{index + 1}项“{COLUMNS[column].title}”全文：{lines[index][column]}"
        for part in layout.split_for_rows(rest, form.width):
            form.line(part, CellLook.NOTE)
    for at, width in enumerate(fit.widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at in range(len(COLUMNS) + 1, len(COLUMNS) + len(HIDDEN) + 1):
        sheet.column_dimensions[get_column_letter(at)].hidden = True
    _rules(sheet, head_row + 1, last_row)
    sheet_form.set_up(form, head_row, book.basis.running_head)


def _cell(form: Form, title: str, text: str) -> Cell:
    if title in DATES:
        look = CellLook.DATE
    elif title in (ANSWER, REASON):
        look = CellLook.FILL
    elif title in {column.title for column in FILLED}:
        look = CellLook.FILL_CENTRE
    else:
        look = CellLook.TEXT if title in (FIRM, TEXT) else CellLook.CENTRE
    return text_cell(form.sheet, text, form.styles[look])


def _rules(sheet: Worksheet, first: int, last: int) -> None:
    def area(title: str) -> str:
        letter = get_column_letter([column.title for column in COLUMNS].index(title) + 1)
        return f"{letter}{first}:{letter}{last}"

    sheet.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(COLUMNS))}{last}"
    choice = DataValidation(
        "list", formula1=f'"{YES},{NO}"', showErrorMessage=True, allow_blank=True, sqref=area(FINISHED)
    )
    choice.errorTitle, choice.error = FINISHED, f"请选择“{YES}”或“{NO}”。"
    sheet.add_data_validation(choice)
    for title in DATES:
        day = DataValidation(
            "date",
            operator="greaterThanOrEqual",
            formula1="36526",  # 2000-01-01
            errorStyle="warning",
            showErrorMessage=True,
            allow_blank=True,
            sqref=area(title),
        )
        day.errorTitle, day.error = title, "这里要填写日期，例如 2026-3-31。仍要保留现在的内容吗？"
        sheet.add_data_validation(day)


def _identity(book: Book, unit: str, found: Sequence[Demand]) -> None:
    """Append the hidden sheet by which it is known again, all as text."""
    sheet = book.workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    lines = [
        (MARK, str(SCHEMA)),
        (PROGRAM, __version__),
        (UNIT, unit),
        (SENT_ON, book.basis.today.isoformat()),
        IDENTITY,
        *(
            (one.key, one.chain.last.key if one.chain else "", text_hash(one.text), one.number)
            for one in found
        ),
    ]
    look = book.styles[CellLook.CODE]
    for line in lines:
        sheet.append([text_cell(sheet, clean(text), look) for text in line])
