"""汇总: one row for each unit's sheet, counted by formulas, so that the totals follow when one is edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from desktop.exchange.checklists.columns import DEADLINE_COLUMN, STATUS_COLUMN
from desktop.exchange.checklists.unit_sheet import PlacedChecklist
from desktop.exchange.sheets import counts
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import text_cell
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import CellLook
from desktop.workspace.items.model import OPEN, Status, Tally

TITLE = "汇总"
_WIDTHS = {counts.SHARE: 20, counts.LATE: 9, counts.NEAR: 9}
COLUMNS = (
    SheetColumn("序号", 6, 6),
    SheetColumn("责任单位", 36, 36),
    *(SheetColumn(head, _WIDTHS.get(head, 10), _WIDTHS.get(head, 10)) for head in counts.HEADS),
)
_ROW = 24


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One unit's row: its name, where its checklist stands, and how its items stand now."""

    name: str
    place: PlacedChecklist
    tally: Tally


def add_sheet(book: Book, lines: Sequence[SummaryLine], whole: Tally, near_days: int) -> None:
    """Put the summary before the checklists; ``whole`` counts all items."""
    columns = counts.widened(COLUMNS, [line.name for line in lines])
    form = book.sheet(TITLE, columns, 0)
    basis, sheet, styles = book.basis, form.sheet, book.styles
    form.head(basis, basis.titled("责任清单汇总"), f"共{len(lines)}张清单")
    head_row = form.row([text_cell(sheet, column.title, styles[CellLook.HEAD]) for column in COLUMNS], 30)
    rows = counts.CountedRows(form, book.results[sheet.title], _ROW)
    for index, line in enumerate(lines, 1):
        name = text_cell(sheet, line.name, styles[CellLook.LINK])
        rows.append(index, name, _formulas(line.place, basis.today, near_days), line.tally)
        location = f"{quote_sheetname(line.place.sheet)}!A1"
        name.hyperlink = Hyperlink(ref=name.coordinate, location=location, tooltip="打开该单位的清单")
    rows.append_total(head_row + 1, whole)
    rows.add_rules()
    for note in (
        f"各数由各单位清单实时计算，修改清单后随之变化。{counts.SHARE_RULE}",
        f"逾期、临期按制表日期计算：已过完成时限为逾期，距完成时限{near_days}天以内为临期，{counts.NEVER_LATE}。",
        "一项措施由几个单位负责的，在各单位清单中分别计数，合计数因此多于措施条数。",
    ):
        form.line(note, CellLook.NOTE)
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet_form.set_up(form, head_row, basis.running_head)


def _formulas(place: PlacedChecklist, today: date, near_days: int) -> list[str]:
    """Return the formulas of one unit's row, without the share."""

    def area(column: int) -> str:
        letter = get_column_letter(column)
        return f"{quote_sheetname(place.sheet)}!${letter}${place.first}:${letter}${place.last}"

    status, deadline = area(STATUS_COLUMN), area(DEADLINE_COLUMN)
    day = f"DATE({today.year},{today.month},{today.day})"

    def due(*conditions: str) -> str:
        tests = ",".join(f"{deadline},{condition}" for condition in conditions)
        return "=" + "+".join(f'COUNTIFS({status},"{value}",{tests})' for value in OPEN)

    return [
        f"=COUNTA({status})",
        *(f'=COUNTIF({status},"{value}")' for value in Status),
        due(f'"<"&{day}'),
        due(f'">="&{day}', f'"<="&{day}+{near_days}'),
    ]
