"""佐证材料 of the ledger: the files of the items that have more of them than a cell can name, by item.

All of them are on the sheet; of very many the first are printed, and the sheet says so.
"""

from __future__ import annotations

from itertools import accumulate

from openpyxl.utils import get_column_letter

from desktop.exchange.reports import ledger_rows
from desktop.exchange.reports.ledger_rows import LedgerFacts
from desktop.exchange.sheets import layout, table
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.styles import CellLook
from desktop.exchange.sheets.table import Field, Value
from desktop.workspace.evidence import names

FIELDS = (
    Field("序号", 6, 6, True),
    Field("责任单位", 11, 11, True),
    Field("措施", 18, 18),
    Field("份数", 7, 7, True),
    Field("文件名称", 106, 106),
)


def add_sheet(book: Book, facts: LedgerFacts, frozen: str) -> None:
    """Append the list, if the ledger does not name all files itself; ``frozen`` is a note on its day."""
    many = [item for item in facts.items if not names.fit_cell(facts.files.get(item.key, ()))]
    if not many:
        return
    rows: list[list[Value]] = []
    counts: list[int] = []
    for item in many:
        files = facts.files[item.key]
        for at, group in enumerate(layout.gathered(files, names.SEPARATOR, FIELDS[-1].width)):
            rows.append(
                [
                    len(rows) + 1,
                    ledger_rows.unit_name(facts.catalogue, item),
                    ledger_rows.listed_name(facts, item) + ("（续）" if at else ""),
                    "" if at else len(files),
                    names.listed(group),
                ]
            )
            counts.append(len(group))
    form = book.sheet(ledger_rows.EVIDENCE_TITLE, FIELDS)
    form.head(book.basis, book.basis.titled(ledger_rows.EVIDENCE_TITLE), f"{len(many)}项共{sum(counts)}份")
    printed = sum(1 for total in accumulate(counts) if total <= names.MOST_LISTED)
    if printed < len(rows):
        form.line(
            f"打印时只印前{sum(counts[:printed])}份，全部名称请在本表中查看；如需全部打印，请清除打印区域。",
            CellLook.FACT_LEFT,
        )
    placed = table.append(book, form, FIELDS, rows, "")
    note = f"列出“{ledger_rows.TITLE}”中没有逐一写明的佐证材料，名称之间以“{names.SEPARATOR}”隔开。"
    table.finish(book, form, placed, (note, frozen))
    if printed < len(rows):
        last = placed.first + printed - 1
        form.sheet.print_area = f"A1:{get_column_letter(form.columns)}{last}"
