"""汇总: one row for each unit's sheet, counted by formulas, so that the totals follow when one is edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import Validity
from desktop.exchange.checklists.columns import DEADLINE_COLUMN, STATUS_COLUMN
from desktop.exchange.checklists.sheet import PlacedChecklist
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.cells import formula_cell, number_cell, text_cell
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import RED, CellLook, Styles
from desktop.workspace.items.model import Status, Tally

TITLE = "汇总"
COLUMNS = (
    SheetColumn("序号", 6, 6),
    SheetColumn("责任单位", 36, 36),
    SheetColumn("事项数", 10, 10),
    *(SheetColumn(status.value, 10, 10) for status in Status),
    SheetColumn("完成占比", 20, 20),
    SheetColumn("逾期", 9, 9),
    SheetColumn("临期", 9, 9),
)
_ROW = 24


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One unit's row: its name, where its checklist stands, and how its items stand now."""

    name: str
    place: PlacedChecklist
    tally: Tally


def fill_sheet(
    sheet: Worksheet,
    styles: Styles,
    catalogue: Catalogue,
    lines: Sequence[SummaryLine],
    validity: Validity,
    near_days: int,
) -> dict[str, float]:
    """Write the summary and return what each formula gives now, by coordinate."""
    form = sheet_form.Form(sheet, styles, COLUMNS)
    form.head(catalogue, validity, f"{catalogue.document.title}责任清单汇总", f"共{len(lines)}张清单", (2, 8))
    head_row = form.row([text_cell(sheet, column.title, styles[CellLook.HEAD]) for column in COLUMNS], 30)
    results: dict[str, float] = {}
    for index, line in enumerate(lines, 1):
        _unit_row(form, index, line, validity, near_days, results)
    _total_row(form, head_row + 1, [line.tally for line in lines], results)
    _add_pictures(sheet, head_row + 1, form.at)
    for note in (
        "各数由各单位清单实时计算，修改清单后随之变化。完成占比＝（已完成＋已销号）÷（事项数－不适用）。",
        f"逾期、临期按制表日期计算：已过完成时限为逾期，距完成时限{near_days}天以内为临期，已完成、已销号和不适用的不计。",
        "一项措施由几个单位负责的，在各单位清单中分别计数，合计数因此多于措施条数。",
    ):
        form.line(note, CellLook.NOTE)
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet_form.set_up(form, head_row, sheet_form.running_head(catalogue, validity))
    return results


def _add_pictures(sheet: Worksheet, first: int, last: int) -> None:
    """Show the shares as bars, and what is late in red."""
    ends = [FormatObject("num", 0), FormatObject("num", 1)]
    bar = DataBar(cfvo=ends, color="FF9DC3A8", minLength=0, maxLength=100)
    sheet.conditional_formatting.add(f"I{first}:I{last}", Rule(type="dataBar", dataBar=bar))
    late = DifferentialStyle(font=Font(color=RED, b=True))
    rule = Rule(type="cellIs", operator="greaterThan", formula=["0"], dxf=late)
    sheet.conditional_formatting.add(f"J{first}:J{last}", rule)


def _unit_row(
    form: sheet_form.Form,
    index: int,
    line: SummaryLine,
    validity: Validity,
    near_days: int,
    results: dict[str, float],
) -> None:
    """Append one unit's row."""
    sheet, styles, row = form.sheet, form.styles, form.at + 1
    name = text_cell(sheet, line.name, styles[CellLook.LINK])
    cells = [number_cell(sheet, index, styles[CellLook.NUMBER]), name]
    cells += _counted(form, _formulas(line.place, row, validity, near_days), _values(line.tally), results)
    form.row(cells, _ROW)
    location = f"{quote_sheetname(line.place.sheet)}!A1"
    name.hyperlink = Hyperlink(ref=name.coordinate, location=location, tooltip="打开该单位的清单")


def _total_row(
    form: sheet_form.Form, first: int, tallies: Sequence[Tally], results: dict[str, float]
) -> None:
    """Append the sums of the rows from ``first``."""
    sheet, styles, last = form.sheet, form.styles, form.at

    def total(column: int) -> str:
        letter = get_column_letter(column)
        return f"=SUM({letter}{first}:{letter}{last})"

    formulas = [total(column) for column in range(3, len(COLUMNS) + 1)]
    formulas[6] = _share(last + 1)
    values = [sum(column) for column in zip(*(_values(tally) for tally in tallies), strict=True)]
    values[6] = _share_of(values)
    cells = [text_cell(sheet, text, styles[CellLook.TOTAL]) for text in ("", "合计")]
    form.row(cells + _counted(form, formulas, values, results, total=True), _ROW)


def _counted(
    form: sheet_form.Form,
    formulas: Sequence[str],
    values: Sequence[float],
    results: dict[str, float],
    total: bool = False,
) -> list[Cell]:
    """Return the cells from column C on, and note what they give."""
    row, cells = form.at + 1, []
    for number, (formula, value) in enumerate(zip(formulas, values, strict=True), 3):
        results[f"{get_column_letter(number)}{row}"] = value
        cells.append(formula_cell(form.sheet, formula, form.styles[_look(number, total)]))
    return cells


def _look(number: int, total: bool) -> CellLook:
    """Return the style of a counted column: the share, or any other."""
    if number == 9:
        return CellLook.TOTAL_SHARE if total else CellLook.SHARE
    return CellLook.TOTAL if total else CellLook.NUMBER


def _formulas(place: PlacedChecklist, row: int, validity: Validity, near_days: int) -> list[str]:
    """Return the formulas of one unit's row from column C on."""

    def area(column: int) -> str:
        letter = get_column_letter(column)
        return f"{quote_sheetname(place.sheet)}!${letter}${place.first}:${letter}${place.last}"

    status, deadline = area(STATUS_COLUMN), area(DEADLINE_COLUMN)
    day = f"DATE({validity.today.year},{validity.today.month},{validity.today.day})"
    pending = (Status.NOT_STARTED, Status.UNDER_WAY)

    def due(*conditions: str) -> str:
        tests = ",".join(f"{deadline},{condition}" for condition in conditions)
        return "=" + "+".join(f'COUNTIFS({status},"{value}",{tests})' for value in pending)

    return [
        f"=COUNTA({status})",
        *(f'=COUNTIF({status},"{value}")' for value in Status),
        _share(row),
        due(f'"<"&{day}'),
        due(f'">="&{day}', f'"<="&{day}+{near_days}'),
    ]


def _share(row: int) -> str:
    """Return the formula of the finished share; nothing left to do counts as 0."""
    return f"=IF(C{row}>H{row},(F{row}+G{row})/(C{row}-H{row}),0)"


def _values(tally: Tally) -> list[float]:
    """Return what the formulas of a row with this tally give."""
    counts: list[float] = [
        tally.total,
        tally.not_started,
        tally.under_way,
        tally.done,
        tally.closed,
        tally.not_applicable,
    ]
    return [*counts, _share_of(counts), tally.late, tally.near]


def _share_of(counts: Sequence[float]) -> float:
    """Return (已完成 + 已销号) ÷ (事项数 − 不适用) of counts from column C on."""
    total, done, closed, not_applicable = counts[0], counts[3], counts[4], counts[5]
    return (done + closed) / (total - not_applicable) if total > not_applicable else 0.0
