"""并入回执 as a workbook: which files were taken in, what each changed, what it did not change and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import Validity
from desktop.exchange.checklists.book import Cancel, Report
from desktop.exchange.reports import receipt_rows
from desktop.exchange.reports.change_rows import moment
from desktop.exchange.sheets import book, table
from desktop.exchange.sheets.book import Book
from desktop.workspace.returns.receipts import Receipt

WHAT = "并入回执"


def file_name(catalogue: Catalogue, receipt: Receipt, today: date) -> str:
    """Return a file name, e.g. 并入回执第3号-城政办发〔2023〕3号-20261123.xlsx."""
    return book.file_name(catalogue, f"{WHAT}第{receipt.id}号", today)


def write(
    path: Path,
    catalogue: Catalogue,
    receipt: Receipt,
    validity: Validity,
    today: date,
    *,
    round_names: Mapping[str, str] | None = None,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write ``receipt`` to ``path``, replacing what is there, and return ``path``.

    ``round_names`` are the rounds' names by key. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    book = Book(path, catalogue, validity, today, at, report, cancelled)
    facts = _facts(receipt)

    def sheet(title: str, made: receipt_rows.Made, empty: str, notes: tuple[str, ...] = ()) -> None:
        heading = f"回填{WHAT}" if title == WHAT else f"{WHAT}：{title}"
        head = (heading, f"第{receipt.id}号　共{len(made.rows)}{made.what}")
        table.listing(book, title, made.fields, head, made.rows, empty, notes, facts)

    return book.fill(
        [
            lambda: sheet(
                WHAT, receipt_rows.files(catalogue, receipt, round_names or {}), "没有文件。", _NOTES
            ),
            lambda: sheet("已改动", receipt_rows.changed(catalogue, receipt), "没有改动任何内容。"),
            lambda: sheet(
                "冲突与未采用",
                receipt_rows.disputed(catalogue, receipt),
                "没有冲突或未采用的内容。",
                _DISPUTED,
            ),
            lambda: sheet(
                "未并入的行", receipt_rows.left_out(catalogue, receipt), "没有未并入的行。", _LEFT_OUT
            ),
        ],
        WHAT,
    )


_NOTES = ("无变化：文件中没有与工作库不同的内容，或者同一文件此前已经并入。校验码：文件内容的SHA-256。",)
_DISPUTED = (
    "冲突：发出以后，工作库和回填表都改过同一内容。需确认：回填的内容不能确定是什么意思。不合规定：回填的内容不符合填报规则。",
    "没有采用的回填值都保留在修改记录中。",
)
_LEFT_OUT = (
    "未并入：整行没有采用。手工增加：责任单位自行增加的行，不是措施。已删去：发出时有、回填表中没有的行，工作库中的内容不变。",
)


def _facts(receipt: Receipt) -> tuple[str, ...]:
    """Return who took in how many files and when, and whether that was taken back."""
    told = f"{moment(receipt.at)} 由{receipt.by}并入，共{len(receipt.files)}个文件。"
    if not receipt.undone_at:
        return (told,)
    return (told, f"本次并入已于{moment(receipt.undone_at)} 由{receipt.undone_by}撤销。")
