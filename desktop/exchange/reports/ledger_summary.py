"""汇总: counts and shares by unit and by category, computed from the ledger's rows, and two pictures.

Everything is a formula, so that it follows when someone edits a row. On paper the first page has the headline
and the picture of the units, each table begins a page, and each picture stands on high rows, which no program
cuts in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from desktop.catalogue.typeset import typeset
from desktop.exchange.reports import ledger_chart, ledger_rows
from desktop.exchange.reports.ledger_chart import Bars
from desktop.exchange.reports.ledger_rows import LedgerFacts
from desktop.exchange.sheets import counts
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.basis import FORMER
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import formula_cell, text_cell
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import CellLook
from desktop.exchange.sheets.table import PlacedTable
from desktop.workspace.items.model import (
    MOST_DONE_FIRST,
    OPEN,
    STATUSES,
    Item,
    Light,
    Part,
    Status,
)
from desktop.workspace.items.progress import parts_of, tally

TITLE = "汇总"
_WIDTHS = {counts.SHARE: 18}
COLUMNS = (
    SheetColumn("序号", 6, 6),
    SheetColumn("责任单位", 36, 36),
    *(SheetColumn(head, _WIDTHS.get(head, 11), _WIDTHS.get(head, 11)) for head in counts.HEADS),
)
_ROW, _HEAD, _SECTION = 18.0, 26.0, 36.0
"""Heights in points. A page has room for 540 to 575 of them: for the head and a picture; for 20 units, what
has none, the sum and the notes; for the categories and their picture."""

_GAP = 8.0
_LONGEST_LITERAL = 100
"""Characters; quotes are doubled, and more than 255 make a program refuse the workbook."""
_UNIT_PICTURE, _CATEGORY_PICTURE = (340.0, 60.0), (265.0,)


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """What one row counts: the items of a unit or of a category.

    ``within`` are the columns of the ledger, with their values, by which they are known; none where ``name``
    is what stands in the section's column.
    """

    name: str
    items: tuple[Item, ...]
    within: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the summary: what its rows are called, what they count, by which column of the ledger."""

    heading: str
    groups: tuple[CountedGroup, ...]
    column: str


def by_unit(facts: LedgerFacts) -> Section:
    """Return the units that have items, in the order of the checklists."""
    names = [unit.name for unit in facts.catalogue.checklist_units()]
    groups = _groups(facts, names, lambda item: ledger_rows.unit_name(facts.catalogue, item))
    return Section("责任单位", groups, ledger_rows.UNIT)


def by_category(facts: LedgerFacts) -> Section:
    """Return the categories that have items, in the order of the notices, each document's its own."""
    catalogue = facts.catalogue
    if not facts.several:
        names = [typeset(category.heading) for category in catalogue.categories]
        return Section("类别", _groups(facts, names, ledger_rows.category_name), ledger_rows.CATEGORY)
    order = [(each.document_key, typeset(each.heading)) for each in catalogue.categories]
    found: dict[tuple[str, str], list[Item]] = {key: [] for key in order}
    for item in facts.items:
        found.setdefault((item.document_key, ledger_rows.category_name(item)), []).append(item)
    groups: dict[tuple[str, str], list[Item]] = {}
    for (_, category), items in found.items():
        if items:
            paper = ledger_rows.paper_name(catalogue, items[0])
            groups.setdefault((paper, category), []).extend(items)
    made = (
        CountedGroup(
            f"{category}（{paper}）",
            tuple(items),
            ((ledger_rows.PAPER.title, paper), (ledger_rows.CATEGORY, category)),
        )
        for (paper, category), items in groups.items()
    )
    return Section("类别", tuple(made), ledger_rows.CATEGORY)


def columns(facts: LedgerFacts) -> tuple[SheetColumn, ...]:
    """Return the columns of the summary of these facts."""
    named = (group.name for section in (by_unit(facts), by_category(facts)) for group in section.groups)
    return counts.widened(COLUMNS, named)


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
        form.head(book.basis, book.basis.titled("落实情况汇总"), ledger_rows.counted(self._facts))
        headline = form.line("", CellLook.FACT_LEFT)
        self._picture(units, self._data.at + 1, "各责任单位落实情况（项）", _UNIT_PICTURE, 35)
        self._begin_page("按责任单位汇总")
        self._section(units)
        self._headline(headline, form.at)
        for note in _notes(near_days):
            form.line(note, CellLook.NOTE)
        self._begin_page("按类别汇总")
        categories = by_category(self._facts)
        figures = self._data.at + 1
        self._section(categories)
        self._picture(categories, figures, "各类别落实情况（项）", _CATEGORY_PICTURE, 45)
        for number, column in enumerate(columns(self._facts), 1):
            form.sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet_form.set_up(form, 0, book.basis.running_head)

    def _begin_page(self, heading: str) -> None:
        self._form.sheet.row_breaks.append(Break(id=self._form.at))
        self._form.line(heading, CellLook.SECTION, _SECTION)

    def _headline(self, at: int, total: int) -> None:
        """Write into the row ``at``, as a formula over the row of sums, how all items stand."""
        counted = tally(self._facts.items)
        words: list[tuple[str, str, int]] = [("共", counts.TOTAL, counted.total)]
        for status in MOST_DONE_FIRST:
            before = "项，" if len(words) > 1 else "项："
            words.append((f"{before}{status}", status.value, counted.by_status[status]))
        words += [("项；其中逾期", counts.LATE, counted.late), ("项，临期", counts.NEAR, counted.near)]
        formula = "=" + "&".join(f'"{text}"&{counts.cell(head, total)}' for text, head, _ in words)
        formula += f'&"项。完成占比"&TEXT({counts.cell(counts.SHARE, total)},"0%")&"。"'
        told = "".join(f"{text}{number}" for text, _, number in words)
        told += f"项。完成占比{_percent(counted.share)}。"
        cell = self._form.sheet.cell(at, 1)
        cell.value = formula
        self._results[cell.coordinate] = told

    def _section(self, section: Section) -> None:
        """Append a table, and to the hidden sheet the figures of its picture."""
        form, sheet = self._form, self._form.sheet
        heads = [section.heading if column.title == "责任单位" else column.title for column in COLUMNS]
        head = form.row([text_cell(sheet, text, form.styles[CellLook.HEAD]) for text in heads], _HEAD)
        rows = counts.CountedRows(form, self._results, _ROW)
        for index, group in enumerate(section.groups, 1):
            self._book.step()
            name = text_cell(sheet, group.name, form.styles[CellLook.TEXT])
            formulas = self._formulas(section, group, form.at + 1)
            row = rows.append(index, name, formulas, tally(group.items))
            self._figures(group, section, row)
        rows.append_total(head, tally(self._facts.items))
        rows.add_rules()

    def _area(self, title: str) -> str:
        return self._ledger.area(self._facts.column(title))

    def _who(self, section: Section, group: CountedGroup, name: str) -> str:
        """Return the conditions by which a formula counts a group's rows; its name stands in the cell."""
        if not group.within:
            return f"{self._area(section.column)},{name}"
        return ",".join(f"{self._area(title)},{_literal(value)}" for title, value in group.within)

    def _formulas(self, section: Section, group: CountedGroup, row: int) -> list[str]:
        """Return the formulas of a row, without the share; column B holds what is counted."""
        who = self._who(section, group, f"$B{row}")
        status, light = self._area(ledger_rows.STATUS), self._area(ledger_rows.LIGHT)
        return [
            f"=COUNTIFS({who})",
            *(f'=COUNTIFS({who},{status},"{value}")' for value in Status),
            *(f'=COUNTIFS({who},{light},"{value}")' for value in (Light.RED, Light.YELLOW)),
        ]

    def _figures(self, group: CountedGroup, section: Section, row: int) -> None:
        """Append a row to the hidden sheet: the parts of a bar, by the formulas of their row."""
        data, results = self._data, self._book.results[self._data.sheet.title]
        here = f"'{TITLE}'!"
        who = self._who(section, group, f"{here}$B{row}")
        status, light = self._area(ledger_rows.STATUS), self._area(ledger_rows.LIGHT)

        def formula(part: Part) -> str:
            if part is Part.LATE:
                return f"={here}{counts.cell(counts.LATE, row)}"
            statuses = STATUSES[part]
            if statuses[0] in OPEN:
                not_late = (f'COUNTIFS({who},{status},"{one}",{light},"<>{Light.RED}")' for one in statuses)
                return "=" + "+".join(not_late)
            return "=" + "+".join(f"{here}{counts.cell(one, row)}" for one in statuses)

        cells = [text_cell(data.sheet, group.name, data.styles[CellLook.TEXT])]
        for number, (part, count) in enumerate(parts_of(group.items).items(), 2):
            results[f"{get_column_letter(number)}{data.at + 1}"] = count
            cells.append(formula_cell(data.sheet, formula(part), data.styles[CellLook.PART]))
        data.row(cells, _ROW)

    def _picture(
        self, section: Section, figures: int, title: str, heights: Sequence[float], gap: int
    ) -> None:
        """Append a picture as wide as the table, on rows of these heights; none of nothing.

        ``figures`` is the row of the hidden sheet where those of the section begin.
        """
        if not section.groups:
            return
        form = self._form
        first = form.row([], _GAP) + 1
        for points in heights:
            form.row([], points)
        counts_of = tuple(tuple(parts_of(group.items).values()) for group in section.groups)
        bars = Bars(tuple(group.name for group in section.groups), counts_of, figures)
        ledger_chart.add(form.sheet, bars, title, (first, form.at), len(COLUMNS), gap)


def _literal(value: str) -> str:
    """Return a text within a formula; no longer than a spreadsheet program takes it there."""
    cut = value if len(value) <= _LONGEST_LITERAL else f"{value[:_LONGEST_LITERAL]}*"
    return '"{}"'.format(cut.replace('"', '""'))


def _groups(
    facts: LedgerFacts, names: Sequence[str], name_of: Callable[[Item], str]
) -> tuple[CountedGroup, ...]:
    found: dict[str, list[Item]] = {name: [] for name in [*names, FORMER]}
    for item in facts.items:
        found[name_of(item)].append(item)
    return tuple(CountedGroup(name, tuple(items)) for name, items in found.items() if items)


def _notes(near_days: int) -> tuple[str, ...]:
    late = (
        f"逾期（红灯）、临期（黄灯，距完成时限{near_days}天以内）按制表日期计算，{counts.NEVER_LATE}；"
        f"图中逾期事项单列，不再计入{'或'.join(reversed(OPEN))}。"
    )
    return (
        f"各数由“台账”工作表实时计算，修改台账后随之变化。{counts.SHARE_RULE}",
        late,
        "一项措施由几个单位负责的，分别计数，事项数因此多于措施条数。",
    )


def _percent(share: float) -> str:
    """Return what TEXT(share, "0%") gives: halves go up."""
    return f"{int(share * 100 + 0.5)}%"
