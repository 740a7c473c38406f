"""A table on a sheet: heading, rows as high as they must be, filter. What a value is decides how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from desktop.errors import KnownError
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets import layout, saving
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import date_cell, formula_cell, number_cell, text_cell
from desktop.exchange.sheets.form import Form, GrowingRow
from desktop.exchange.sheets.layout import Fit, SheetColumn
from desktop.exchange.sheets.packed_rows import PackedRows
from desktop.exchange.sheets.styles import CellLook, light_look, status_look
from desktop.workspace.items.deadline import Deadline, DeadlineKind
from desktop.workspace.items.model import Light, Status

HEAD = 30  # points
FITTED = 5_000  # rows by which the columns are laid out, and that are kept as cells
MOST = 1_000_000  # rows of a table: Excel's sheet has 1,048,576, and what is cut off follows under the table
_END = 6  # points of the row that ends a table
_SLACK = 1.06


@dataclass(frozen=True, slots=True)
class Formula:
    """A computed value: the formula, what it gives now, and the style of its cell."""

    text: str
    result: float | str
    look: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A text or number that stands out."""

    shown: str | int


Value = str | int | Deadline | Formula | Alert
"""What a cell shows. A Status or a Light is a str in its colour; a number never becomes text."""


@dataclass(frozen=True, slots=True)
class Field(SheetColumn):
    """A column of a table to be read; ``centred`` ones hold short words, ``hidden`` ones stand last."""

    centred: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """Where a table stands: its heading, first and last row, and ``end``, an empty row that closes it.

    A formula that covers ``first`` to ``end`` also covers rows inserted under the last one.
    """

    sheet: str
    head: int
    first: int
    last: int

    @property
    def end(self) -> int:
        """Return the number of the closing row."""
        return self.last + 1

    def area(self, column: int) -> str:
        """Return the cells of a column, closing row included, for formulas on any sheet."""
        letter = get_column_letter(column)
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.end}"


def ordered(fields: Sequence[Field], values: Mapping[str, Value]) -> list[Value]:
    """Return the values of a row, given by title, in the order of ``fields``; KeyError for one missing."""
    return [values[field.title] for field in fields]


def listing(
    book: Book,
    title: str,
    fields: Sequence[Field],
    head: tuple[str, str | Callable[[int], str]],
    rows: Iterable[Sequence[Value]],
    empty: str,
    notes: Sequence[str] = (),
    facts: Sequence[str] = (),
) -> None:
    """Append a sheet called ``title`` that is one table.

    ``head`` is the heading and what stands under it on the left, which may depend on how many rows there are;
    ``facts`` are lines above the table, ``notes`` lines under it; ``empty`` is said when there are no rows.
    """
    shown = [field for field in fields if not field.hidden]
    form = book.sheet(title, shown)
    heading, told = head
    form.head(book.basis, heading, told if isinstance(told, str) else told(MOST))
    under = form.at
    for fact in facts:
        form.line(fact, CellLook.FACT_LEFT)
    table = append(book, form, fields, rows, empty)
    if not isinstance(told, str):
        form.retell(under, told(table.last - table.first + 1))
    finish(book, form, table, notes)


def append(
    book: Book, form: Form, fields: Sequence[Field], rows: Iterable[Sequence[Value]], empty: str
) -> PlacedTable:
    """Append a table of ``rows``; with none, a line says ``empty``.

    Columns after the form's last are hidden. What no row has room for follows in full under the table. The
    columns are laid out for the first FITTED rows; where there are more, these are packed one by one.
    """
    shown = fields[: form.columns]
    coming = iter(rows)
    rows = list(islice(coming, FITTED))
    texts = [[text_of(value) for value in row[: form.columns]] for row in rows]
    fit = _fit(shown, texts)
    high = max(layout.height(field.title, width) for field, width in zip(shown, fit.widths, strict=True))
    heads = [text_cell(form.sheet, field.title, form.styles[CellLook.HEAD]) for field in fields]
    head = form.row(heads, max(HEAD, high))
    results = book.results[form.sheet.title]
    for index, row in enumerate(rows):
        book.step()
        cells = []
        for column, value in enumerate(row):
            cut = (index, column) in fit.cut
            centred = fields[column].centred
            cells.append(_cell(form, value, centred, cut))
            if isinstance(value, Formula):
                results[f"{get_column_letter(column + 1)}{form.at + 1}"] = value.result
        form.row(cells, fit.heights[index], grows=True)
    rest = {place: texts[place[0]][place[1]] for place in sorted(fit.cut)}
    rest |= _pack(book, form, fields, coming, fit.widths, len(rows))
    table = PlacedTable(form.sheet.title, head, head + 1, form.at)
    if not rows:
        form.line(empty, CellLook.NOTE)
    form.row([], _END)
    _write_cut(form, shown, rest)
    _set_columns(form, fields, fit)
    return table


def finish(book: Book, form: Form, table: PlacedTable, notes: Sequence[str]) -> None:
    """Append the lines under the table and set the sheet up for paper.

    It is not protected: whoever gets it may sort, filter and write in it.
    """
    for note in notes:
        form.line(note, CellLook.NOTE)
    if table.last >= table.first:
        form.sheet.auto_filter.ref = f"A{table.head}:{get_column_letter(form.columns)}{table.last}"
    sheet_form.set_up(form, table.head, book.basis.running_head)
    form.sheet.protection.sheet = False


def text_of(value: Value) -> str:
    """Return what a value shows, to measure it."""
    if isinstance(value, Formula):
        return str(value.result)
    if isinstance(value, Deadline):
        return value.words
    return str(value.shown if isinstance(value, Alert) else value)


def _fit(fields: Sequence[Field], texts: Sequence[Sequence[str]]) -> Fit:
    """Lay the table out in columns a little narrower than they will be.

    Programs differ in how wide they draw letters and columns, and a line too many would be cut off.
    """
    narrow = [SheetColumn(field.title, field.width / _SLACK, field.narrowest / _SLACK) for field in fields]
    fit = layout.fit(narrow, texts, layout.WIDEST_TABLE / _SLACK)
    return replace(fit, widths=tuple(width * _SLACK for width in fit.widths))


def _cell(form: Form, value: Value, centred: bool, cut: bool) -> Cell:
    """Return the cell that shows ``value``."""
    sheet, styles = form.sheet, form.styles
    if isinstance(value, Formula):
        return formula_cell(sheet, value.text, styles[value.look])
    if isinstance(value, Status):
        return text_cell(sheet, value.value, styles[status_look(value)])
    if isinstance(value, Light):
        return text_cell(sheet, value.value, styles[light_look(value)])
    if isinstance(value, Deadline):
        return _deadline_cell(form, value)
    if isinstance(value, Alert):
        return _plain_cell(form, value.shown, CellLook.ALERT)
    look = CellLook.NUMBER if isinstance(value, int) else _text_look(centred, cut)
    return _plain_cell(form, value, look)


def _plain_cell(form: Form, value: str | int, look: CellLook) -> Cell:
    """Return a text as text, a number as a number."""
    if isinstance(value, int):
        return number_cell(form.sheet, value, form.styles[look])
    return text_cell(form.sheet, value, form.styles[look])


def _text_look(centred: bool, cut: bool) -> CellLook:
    if cut:
        return CellLook.FILL_LONG
    return CellLook.FILL_CENTRE if centred else CellLook.FILL


def _deadline_cell(form: Form, value: Deadline) -> Cell:
    """Return a real date for a day, words for the rest."""
    style = form.styles[CellLook.DATE]
    if value.kind is DeadlineKind.DAY:
        return date_cell(form.sheet, value.due, style)
    return text_cell(form.sheet, value.words, style)


def _pack(
    book: Book,
    form: Form,
    fields: Sequence[Field],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[float],
    before: int,
) -> dict[tuple[int, int], str]:
    """Append the rows after the first ``before`` without keeping their cells; no formulas may be in them.

    Returns what no row has room for, by row and column. Raises KnownError for more than a sheet can have.
    """
    packed = PackedRows(form.at + 1)
    cut: dict[tuple[int, int], str] = {}
    fitted = [SheetColumn("", width / _SLACK, 0) for width in widths]
    for index, row in enumerate(rows, before):
        if index >= MOST:
            raise KnownError(
                f"内容超过一张工作表能放下的{MOST}行，没有导出。工作库没有改动。",
                "请按单位、时间或使用人缩小范围，分几次导出。",
            )
        book.step()
        shown = [text_of(value) for value in row[: form.columns]]
        fit = layout.as_wide(fitted, shown)
        cut |= {(index, column): shown[column] for _, column in sorted(fit.cut)}
        number = packed.first + packed.count
        cells = [_cell(form, each, fields[at].centred, (0, at) in fit.cut) for at, each in enumerate(row)]
        for at, cell in enumerate(cells, 1):
            cell.row, cell.column = number, at
        points = dict(GrowingRow(form.sheet, index=number, ht=fit.heights[0]))
        packed.add(saving.rows_xml([(number, cells)], {number: points}, {}))
    if packed.count:
        book.packed[form.sheet.title] = packed
        form.pass_over(packed.count)
    return cut


def _write_cut(form: Form, fields: Sequence[Field], cut: Mapping[tuple[int, int], str]) -> None:
    """Write in full, across the whole width, what is too long for a row."""
    for (index, column), text in cut.items():
        rest = f"附：第{index + 1}行“{fields[column].title}”全文：{text}"
        for part in layout.split_for_rows(rest, form.width):
            form.line(part, CellLook.NOTE)


def _set_columns(form: Form, fields: Sequence[Field], fit: Fit) -> None:
    for number, width in enumerate(fit.widths, 1):
        form.sheet.column_dimensions[get_column_letter(number)].width = width
    for number in range(form.columns + 1, len(fields) + 1):
        form.sheet.column_dimensions[get_column_letter(number)].hidden = True
