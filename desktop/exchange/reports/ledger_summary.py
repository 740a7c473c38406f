"""汇总: counts and shares by unit and by category, computed from the ledger's rows, and two pictures.

Everything is a formula, so that it follows when someone edits a row. On paper each section begins a page and
each picture stands on high rows, which no program cuts in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from desktop.catalogue.typeset import typeset
from desktop.exchange.reports import ledger_chart, ledger_rows
from desktop.exchange.reports.ledger_chart import Bars
from desktop.exchange.reports.ledger_rows import FORMER, LedgerFacts
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import formula_cell, number_cell, text_cell
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import RED, CellLook
from desktop.exchange.sheets.table import PlacedTable
from desktop.workspace.items.model import Item, Light, Status, Tally
from desktop.workspace.items.progress import tally

TITLE = "汇总"
COLUMNS = (
    SheetColumn("序号", 6, 6),
    SheetColumn("责任单位", 44, 44),
    SheetColumn("事项数", 11, 11),
    *(SheetColumn(status.value, 11, 11) for status in Status),
    SheetColumn("完成占比", 22, 22),
    SheetColumn("逾期", 11, 11),
    SheetColumn("临期", 11, 11),
)
_COUNTED, _SHARE = 3, 9  # columns: the first formula, the share
_ROW, _HEAD, _SECTION = 18.0, 26.0, 60.0
"""Heights in points. A page has room for 555 to 580 of them: for 20 units, what has none, and the sum; for a
picture and the notes; for a section. What is then left holds no section's heading, should a program not heed
page breaks."""

_GAP = 8.0
_UNIT_PICTURE, _CATEGORY_PICTURE = (400.0, 60.0), (240.0,)


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """What one row counts: the items of a unit or of a category."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the summary: what its rows are called, what they count, by which column of the ledger."""

    heading: str
    groups: tuple[CountedGroup, ...]
    column: int


def by_unit(facts: LedgerFacts) -> Section:
    """Return the units that have items, in the order of the checklists."""
    names = [unit.name for unit in facts.catalogue.checklist_units()]
    groups = _groups(facts, names, lambda item: ledger_rows.unit_name(facts.catalogue, item))
    return Section("责任单位", groups, ledger_rows.UNIT)


def by_category(facts: LedgerFacts) -> Section:
    """Return the categories that have items, in the order of the notice."""
    names = [typeset(category.heading) for category in facts.catalogue.categories]
    return Section("类别", _groups(facts, names, ledger_rows.category_name), ledger_rows.CATEGORY)


class Summary:
    """Writes the summary of the table ``ledger``; ``data`` is the hidden sheet with the pictures' figures."""

    def __init__(self, book: Book, form: Form, data: Form, facts: LedgerFacts, ledger: PlacedTable) -> None:
        self._book = book
        self._form = form
        self._data = data
        self._facts = facts
        self._ledger = ledger
        self._results = book.results[form.sheet.title]

    def fill(self, near_days: int) -> None:
        """Write the whole sheet."""
        book, form = self._book, self._form
        units = by_unit(self._facts)
        title = f"{book.catalogue.document.title}落实情况汇总"
        form.head(book.catalogue, book.validity, title, ledger_rows.counted(self._facts), (2, 8))
        self._headline(form.at + 2 + len(units.groups) + 1)
        bars = self._section(units)
        self._picture(bars, "各责任单位落实情况（项）", _UNIT_PICTURE, 35)
        for note in _notes(near_days):
            form.line(note, CellLook.NOTE)
        form.sheet.row_breaks.append(Break(id=form.at))
        form.line("按类别汇总", CellLook.SECTION, _SECTION)
        bars = self._section(by_category(self._facts))
        self._picture(bars, "各类别落实情况（项）", _CATEGORY_PICTURE, 45)
        for number, column in enumerate(COLUMNS, 1):
            form.sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet_form.set_up(form, 0, sheet_form.running_head(book.catalogue, book.validity))

    def _headline(self, total: int) -> None:
        """Write, as a formula over the row of sums, how all items stand."""
        counted = tally(self._facts.items)
        words: list[tuple[str, str, int]] = [
            ("共", f"C{total}", counted.total),
            ("项：已完成", f"F{total}", counted.done),
            ("项，已销号", f"G{total}", counted.closed),
            ("项，推进中", f"E{total}", counted.under_way),
            ("项，未启动", f"D{total}", counted.not_started),
            ("项，不适用", f"H{total}", counted.not_applicable),
            ("项；其中逾期", f"J{total}", counted.late),
            ("项，临期", f"K{total}", counted.near),
        ]
        share = _share_of(_values(counted))
        formula = "=" + "&".join(f'"{text}"&{cell}' for text, cell, _ in words)
        formula += f'&"项。完成占比"&TEXT(I{total},"0%")&"。"'
        told = "".join(f"{text}{number}" for text, _, number in words) + f"项。完成占比{_percent(share)}。"
        at = self._form.line("", CellLook.FACT_LEFT)
        cell = self._form.sheet.cell(at, 1)
        cell.value = formula
        self._results[cell.coordinate] = told

    def _section(self, section: Section) -> Bars:
        """Append a table, and its figures for the picture; return these."""
        form, sheet = self._form, self._form.sheet
        heads = [section.heading if column.title == "责任单位" else column.title for column in COLUMNS]
        head = form.row([text_cell(sheet, text, form.styles[CellLook.HEAD]) for text in heads], _HEAD)
        first, data_first = head + 1, self._data.at + 1
        for index, group in enumerate(section.groups, 1):
            self._book.step()
            row = form.at + 1
            cells = [number_cell(sheet, index, form.styles[CellLook.NUMBER])]
            cells.append(text_cell(sheet, group.name, form.styles[CellLook.TEXT]))
            formulas = self._formulas(section.column, row)
            cells += self._counted(formulas, _values(tally(group.items)), CellLook.NUMBER, CellLook.SHARE)
            form.row(cells, _ROW)
            self._figures(group, section.column, row)
        self._total(head, form.at)
        _add_rules(form, first)
        counts = tuple(ledger_chart.parts_of(group.items) for group in section.groups)
        return Bars(tuple(group.name for group in section.groups), counts, data_first)

    def _formulas(self, column: int, row: int) -> list[str]:
        """Return the formulas of a row from column C on; column B holds what is counted."""
        who = f"{self._ledger.area(column)},$B{row}"
        status, light = self._ledger.area(ledger_rows.STATUS), self._ledger.area(ledger_rows.LIGHT)
        return [
            f"=COUNTIFS({who})",
            *(f'=COUNTIFS({who},{status},"{value}")' for value in Status),
            _share(row),
            *(f'=COUNTIFS({who},{light},"{value}")' for value in (Light.RED, Light.YELLOW)),
        ]

    def _total(self, head: int, last: int) -> None:
        """Append the sums of the rows under ``head`` down to ``last``; the heading counts as nothing."""
        form, sums = self._form, []
        for column in range(_COUNTED, len(COLUMNS) + 1):
            letter = get_column_letter(column)
            formula = f"=SUM({letter}{head}:{letter}{last})"
            sums.append(_share(last + 1) if column == _SHARE else formula)
        cells = [text_cell(form.sheet, text, form.styles[CellLook.TOTAL]) for text in ("", "合计")]
        cells += self._counted(sums, _values(tally(self._facts.items)), CellLook.TOTAL, CellLook.TOTAL_SHARE)
        form.row(cells, _ROW)

    def _counted(
        self, formulas: Sequence[str], values: Sequence[float], look: CellLook, share_look: CellLook
    ) -> list[Cell]:
        """Return the cells from column C on, and note what they give."""
        form, cells = self._form, []
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), _COUNTED):
            self._results[f"{get_column_letter(column)}{form.at + 1}"] = value
            style = form.styles[share_look if column == _SHARE else look]
            cells.append(formula_cell(form.sheet, formula, style))
        return cells

    def _figures(self, group: CountedGroup, column: int, row: int) -> None:
        """Append a row to the hidden sheet: the parts of a bar, by the formulas of their row."""
        data, results = self._data, self._book.results[self._data.sheet.title]
        here = f"'{TITLE}'!"
        who = f"{self._ledger.area(column)},{here}$B{row}"
        status, light = self._ledger.area(ledger_rows.STATUS), self._ledger.area(ledger_rows.LIGHT)

        def not_late(value: Status) -> str:
            return f'=COUNTIFS({who},{status},"{value}",{light},"<>{Light.RED}")'

        formulas = (
            f"={here}F{row}+{here}G{row}",
            not_late(Status.UNDER_WAY),
            f"={here}J{row}",
            not_late(Status.NOT_STARTED),
            f"={here}H{row}",
        )
        cells = [text_cell(data.sheet, group.name, data.styles[CellLook.TEXT])]
        for number, (formula, count) in enumerate(
            zip(formulas, ledger_chart.parts_of(group.items), strict=True), 2
        ):
            results[f"{get_column_letter(number)}{data.at + 1}"] = count
            cells.append(formula_cell(data.sheet, formula, data.styles[CellLook.PART]))
        data.row(cells, _ROW)

    def _picture(self, bars: Bars, title: str, heights: Sequence[float], gap: int) -> None:
        """Append a picture as wide as the table, on rows of these heights; none of nothing."""
        if not bars.names:
            return
        form = self._form
        first = form.row([], _GAP) + 1
        for points in heights:
            form.row([], points)
        ledger_chart.add(form.sheet, bars, title, (first, form.at), len(COLUMNS), gap)


def _groups(
    facts: LedgerFacts, names: Sequence[str], name_of: Callable[[Item], str]
) -> tuple[CountedGroup, ...]:
    found: dict[str, list[Item]] = {name: [] for name in [*names, FORMER]}
    for item in facts.items:
        found[name_of(item)].append(item)
    return tuple(CountedGroup(name, tuple(items)) for name, items in found.items() if items)


def _notes(near_days: int) -> tuple[str, ...]:
    late = (
        f"逾期（红灯）、临期（黄灯，距完成时限{near_days}天以内）按制表日期计算，已完成、已销号和不适用的不计；"
        "图中逾期事项单列，不再计入推进中或未启动。"
    )
    return (
        "各数由“台账”工作表实时计算，修改台账后随之变化。完成占比＝（已完成＋已销号）÷（事项数－不适用）。",
        late,
        "一项措施由几个单位负责的，分别计数，事项数因此多于措施条数。",
    )


def _add_rules(form: Form, first: int) -> None:
    """Show the shares of the rows from ``first`` as bars, and what is late in red."""
    bar = DataBar(
        cfvo=[FormatObject("num", 0), FormatObject("num", 1)], color="FF9DC3A8", minLength=0, maxLength=100
    )
    rules = form.sheet.conditional_formatting
    rules.add(f"I{first}:I{form.at}", Rule(type="dataBar", dataBar=bar))
    late = DifferentialStyle(font=Font(color=RED, b=True))
    rules.add(f"J{first}:J{form.at}", Rule(type="cellIs", operator="greaterThan", formula=["0"], dxf=late))


def _share(row: int) -> str:
    """Return the formula of the finished share; nothing left to do counts as 0."""
    return f"=IF(C{row}>H{row},(F{row}+G{row})/(C{row}-H{row}),0)"


def _values(counted: Tally) -> list[float]:
    """Return what the formulas of a row with this tally give."""
    counts: list[float] = [
        counted.total,
        counted.not_started,
        counted.under_way,
        counted.done,
        counted.closed,
        counted.not_applicable,
    ]
    return [*counts, _share_of(counts), counted.late, counted.near]


def _share_of(counts: Sequence[float]) -> float:
    """Return (已完成 + 已销号) ÷ (事项数 − 不适用) of counts from column C on."""
    total, done, closed, not_applicable = counts[0], counts[3], counts[4], counts[5]
    return (done + closed) / (total - not_applicable) if total > not_applicable else 0.0


def _percent(share: float) -> str:
    """Return what TEXT(share, "0%") gives: halves go up."""
    return f"{int(share * 100 + 0.5)}%"
