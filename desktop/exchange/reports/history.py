"""Changes as a workbook: when, who, by what, which item, which field, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import Validity
from desktop.exchange.checklists.book import Cancel, Report
from desktop.exchange.reports import change_rows
from desktop.exchange.sheets import book, table
from desktop.exchange.sheets.book import Book
from desktop.workspace.items.model import Change

WHAT = "修改记录"


def file_name(catalogue: Catalogue, about: str, today: date) -> str:
    """Return a file name, e.g. 区财政局-修改记录-城政办发〔2023〕3号-20261123.xlsx; ``about`` may be ""."""
    return book.file_name(catalogue, f"{about}-{WHAT}" if about else WHAT, today)


def write(
    path: Path,
    catalogue: Catalogue,
    changes: Sequence[Change],
    validity: Validity,
    today: date,
    *,
    about: str = "",
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write ``changes`` to ``path`` in their order, replacing what is there, and return ``path``.

    ``about`` says whose they are, or by what they were chosen, e.g. 区财政局. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    book = Book(path, catalogue, validity, today, at, report, cancelled)
    rows = change_rows.rows(catalogue, changes)
    fact = f"{about}　共{len(rows)}处变动" if about else f"共{len(rows)}处变动"
    head = (f"{catalogue.document.title}{WHAT}", fact)
    notes = (
        "时间为操作时本机时间。注明“未采用的回填值”的，是回填表中有而未采用的内容，“改前”一栏为保留的内容。",
    )

    def sheet() -> None:
        table.listing(book, WHAT, change_rows.FIELDS, head, rows, "没有修改记录。", notes)

    return book.fill([sheet], WHAT)
