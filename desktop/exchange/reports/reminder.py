"""催报 as a workbook: the units that a round still waits for, and the words to send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import date_words
from desktop.exchange.reports import history
from desktop.exchange.sheets import basis, names, table
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.cells import text_cell
from desktop.exchange.sheets.layout import SheetColumn, height
from desktop.exchange.sheets.styles import CellLook
from desktop.exchange.sheets.table import Alert, Field, Value
from desktop.workspace import words
from desktop.workspace.items.deadline import on
from desktop.workspace.items.model import OPEN, Change, Item, ItemKey, Light
from desktop.workspace.returns.rounds import Round, RoundStanding

WHAT, TEXT_TITLE = "催报", "催报文字"
FIELDS = (
    Field("序号", 6, 6, True),
    Field("责任单位", 46, 30),
    Field("发出日期", 14, 14, True),
    Field("反馈时限", 14, 14, True),
    Field("逾期天数", 12, 12, True),
    Field("应填事项", 12, 12, True),
    Field("未办结事项", 13, 13, True),
    Field("其中逾期", 12, 12, True),
    Field("最近更新", 30, 18, True),
)
_TEXT = SheetColumn(TEXT_TITLE, 110, 110)


def file_name(catalogue: Catalogue, round_name: str, today: date) -> str:
    """Return a file name, e.g. 2026年第四季度-催报-城政办发〔2023〕3号-20261123.xlsx."""
    return names.file_name(catalogue, f"{round_name}-{WHAT}", today)


def write(
    path: Path,
    catalogue: Catalogue,
    asked: Round,
    standing: RoundStanding,
    items: Sequence[Item],
    last: Mapping[ItemKey, Change],
    text: str,
    today: date,
    *,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write whom the round ``asked`` still waits for to ``path``, replacing what is there; return ``path``.

    ``items`` are those of all units, ``last`` the newest change of each (``history.last_of_each``), ``text``
    the words to send (``reminder.text``). The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    catalogue = basis.concerned(catalogue, asked.documents)
    items = [item for item in items if not asked.documents or item.document_key in asked.documents]
    book = Book(catalogue, today, at, report, cancelled)
    rows = [
        [index, *_row(catalogue, asked, standing, items, last, unit_key)]
        for index, unit_key in enumerate(standing.missing, 1)
    ]
    told = f"应回{len(standing.due)}家，实回{len(standing.returned)}家，缺{len(standing.missing)}家"
    head = (book.basis.titled("填报催报单"), f"填报轮次：{asked.name}")
    was = f"（原定{date_words(asked.first_day)}）" if asked.first_day else ""
    facts = (f"{date_words(asked.sent_on)}发出，反馈时限{date_words(asked.reply_by)}{was}；{told}。",)
    notes = (f"未办结事项：状态为{'或'.join(OPEN)}的事项；其中逾期：已过完成时限的。按制表时的工作库计算。",)

    def listed() -> None:
        empty = "各单位均已反馈。"
        table.listing(book, WHAT, FIELDS, head, rows, empty, notes, facts)

    return book.fill(path, [listed, lambda: _text_sheet(book, text)], WHAT)


def _row(
    catalogue: Catalogue,
    asked: Round,
    standing: RoundStanding,
    items: Sequence[Item],
    last: Mapping[ItemKey, Change],
    unit_key: str,
) -> list[Value]:
    """Return what a unit is reminded of, without the number of the row."""
    own = [item for item in items if item.key.unit_key == unit_key]
    late = -standing.days_left
    return [
        words.unit(catalogue, unit_key),
        on(asked.sent_on),
        on(asked.reply_by),
        Alert(late) if late > 0 else "未逾期",
        len(own),
        sum(item.entry.status in OPEN for item in own),
        sum(item.light is Light.RED for item in own),
        words.last(history.newest(own, last)),
    ]


def _text_sheet(book: Book, text: str) -> None:
    """Append the words to send, in one cell, so that they are copied at once."""
    form = book.sheet(TEXT_TITLE, [_TEXT])
    several = len(book.basis.notices) > 1
    words_of = book.basis.named if several else book.basis.sentence
    form.row([text_cell(form.sheet, TEXT_TITLE, form.styles[CellLook.TITLE])], 40)
    form.row([text_cell(form.sheet, words_of, form.styles[CellLook.SUBTITLE])], 24)
    form.row([text_cell(form.sheet, text, form.styles[CellLook.FILL])], height(text, _TEXT.width), grows=True)
    form.sheet.column_dimensions["A"].width = _TEXT.width
    sheet_form.set_up(form, 0, book.basis.running_head)
    form.sheet.protection.sheet = False
