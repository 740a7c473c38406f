"""Tables that count items: how many in each status, the finished share, what is late and what is near.

Every count is a formula. Before the counts stand a number and what is counted; :data:`HEADS` name the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from desktop.exchange.sheets import layout
from desktop.exchange.sheets.cells import formula_cell, number_cell, text_cell
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import RED, CellLook
from desktop.workspace.items.model import FINISHED, LEFT_OUT, Status, Tally

TOTAL, SHARE, LATE, NEAR = "事项数", "完成占比", "逾期", "临期"
HEADS = (TOTAL, *(status.value for status in Status), SHARE, LATE, NEAR)
FIRST = 3
"""The first column of the counts."""
_TIGHT, _TIGHT_SHARE = 9, 14
SHARE_RULE = f"完成占比＝（{'＋'.join(FINISHED)}）÷（事项数－{'－'.join(LEFT_OUT)}）。"
NEVER_LATE = f"{'、'.join(FINISHED)}和{'、'.join(LEFT_OUT)}的不计"
"""How the share is counted, and which statuses are neither late nor near, for the notes under a table."""
_LETTERS = {head: get_column_letter(number) for head, number in zip(HEADS, count(FIRST), strict=False)}


def cell(head: str, row: int) -> str:
    """Return where one of :data:`HEADS` stands in a row, e.g. C7."""
    return f"{_LETTERS[head]}{row}"


def added(heads: Iterable[str], row: int) -> str:
    """Return the sum of some of the counts of a row, e.g. F7+G7."""
    return "+".join(cell(head, row) for head in heads)


def share(row: int) -> str:
    """Return the formula of the finished share of a row; nothing left to do counts as 0."""
    total, left_out = cell(TOTAL, row), added(LEFT_OUT, row)
    to_do = "-".join((total, *(cell(status, row) for status in LEFT_OUT)))
    return f"=IF({total}>{left_out},({added(FINISHED, row)})/({to_do}),0)"


def widened(columns: Sequence[SheetColumn], names: Iterable[str]) -> tuple[SheetColumn, ...]:
    """Return the columns, narrow ones of the counts giving room to what is counted if a name needs it.

    Together they are no wider than a table may be to be read on paper.
    """
    name, told = columns[FIRST - 2], list(names)
    if all(layout.lines(each, name.width) < 2 for each in told):
        return tuple(columns)
    tight = [
        SheetColumn(each.title, width, width)
        for each in columns[FIRST - 1 :]
        for width in (min(each.width, _TIGHT_SHARE if each.title == SHARE else _TIGHT),)
    ]
    room = layout.WIDEST_TABLE - sum(each.width for each in (*columns[: FIRST - 2], *tight))
    return (*columns[: FIRST - 2], SheetColumn(name.title, room, room), *tight)


class CountedRows:
    """The rows of one such table on ``form``, each ``points`` high, or as what is counted needs it.

    ``results`` takes, by coordinate, what each formula gives.
    """

    def __init__(self, form: Form, results: dict[str, float | str], points: float) -> None:
        self._form = form
        self._results = results
        self._points = points
        self._first = form.at + 1

    def append(self, index: int, name: Cell, formulas: Sequence[str], tally: Tally) -> int:
        """Append a row and return its number; ``formulas`` are those of :data:`HEADS` without the share."""
        number = number_cell(self._form.sheet, index, self._form.styles[CellLook.NUMBER])
        looks = CellLook.NUMBER, CellLook.SHARE
        points = self._form.room(str(name.value), FIRST - 1, self._points)
        return self._form.row([number, name, *self._counts(formulas, tally, *looks)], points)

    def append_total(self, first: int, tally: Tally) -> None:
        """Append the sums of the rows from ``first``."""
        form, last = self._form, self._form.at
        letters = (letter for head, letter in _LETTERS.items() if head != SHARE)
        sums = [f"=SUM({letter}{first}:{letter}{last})" for letter in letters]
        heads = [text_cell(form.sheet, text, form.styles[CellLook.TOTAL]) for text in ("", "合计")]
        looks = CellLook.TOTAL, CellLook.TOTAL_SHARE
        form.row([*heads, *self._counts(sums, tally, *looks)], self._points)

    def add_rules(self) -> None:
        """Show the shares as bars, and what is late in red."""
        rules, last = self._form.sheet.conditional_formatting, self._form.at
        ends = [FormatObject("num", 0), FormatObject("num", 1)]
        bar = DataBar(cfvo=ends, color="FF9DC3A8", minLength=0, maxLength=100)
        rules.add(f"{cell(SHARE, self._first)}:{cell(SHARE, last)}", Rule(type="dataBar", dataBar=bar))
        red = DifferentialStyle(font=Font(color=RED, b=True))
        late = Rule(type="cellIs", operator="greaterThan", formula=["0"], dxf=red)
        rules.add(f"{cell(LATE, self._first)}:{cell(LATE, last)}", late)

    def _counts(
        self, formulas: Sequence[str], tally: Tally, look: CellLook, share_look: CellLook
    ) -> list[Cell]:
        """Return the cells of the counts in the next row, and note what they give."""
        row, cells, given = self._form.at + 1, [], iter(formulas)
        for head, value in _values(tally).items():
            formula = share(row) if head == SHARE else next(given)
            style = self._form.styles[share_look if head == SHARE else look]
            self._results[cell(head, row)] = value
            cells.append(formula_cell(self._form.sheet, formula, style))
        return cells


def _values(tally: Tally) -> dict[str, float]:
    """Return what the formulas of a row with this tally give, in the order of :data:`HEADS`."""
    shown = {TOTAL: tally.total, SHARE: tally.share, LATE: tally.late, NEAR: tally.near}
    counts: dict[str, float] = {status.value: number for status, number in tally.by_status.items()}
    return {head: {**shown, **counts}[head] for head in HEADS}
