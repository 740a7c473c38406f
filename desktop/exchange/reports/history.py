"""Changes as a workbook: when, who, by what, which item, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.exchange.sheets import basis, names, table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Field, Value
from desktop.workspace import words
from desktop.workspace.items.changes import UNADOPTED
from desktop.workspace.items.model import Change, Item, ItemKey

WHAT = "修改记录"


def file_name(catalogue: Catalogue, about: str, today: date) -> str:
    """Return a file name, e.g. 区财政局-修改记录-城政办发〔2023〕3号-20261123.xlsx; ``about`` may be ""."""
    return names.file_name(catalogue, f"{about}-{WHAT}" if about else WHAT, today)


def write(
    path: Path,
    catalogue: Catalogue,
    changes: Iterable[Change],
    today: date,
    *,
    about: str = "",
    documents: Iterable[str] = (),
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write ``changes`` to ``path`` in their order, replacing what is there, and return ``path``.

    They are gone through once, and may be as many as a sheet has rows.

    ``about`` says whose they are, or by what they were chosen, e.g. 区财政局; ``documents`` are the keys of
    the documents that they concern, by default all in use. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    catalogue = basis.concerned(catalogue, documents)
    book = Book(catalogue, today, at, report, cancelled)
    rows = change_rows(catalogue, changes)

    def counted(found: int) -> str:
        return f"{about}　共{found}处改动" if about else f"共{found}处改动"

    head = (book.basis.titled(WHAT), counted)
    notes = (
        "时间为操作时本机时间。注明“未采用的回填值”的，是回填表中有而未采用的内容，“改前”一栏为保留的内容。",
    )

    def sheet() -> None:
        table.listing(book, WHAT, FIELDS, head, rows, "没有修改记录。", notes)

    return book.fill(path, [sheet], WHAT)


FIELDS = (
    Field("序号", 6, 6, True),
    Field("时间", 13, 13, True),
    Field("使用人", 9, 8, True),
    Field("来源", 14, 9, True),
    Field("责任单位", 14, 12, True),
    Field("措施", 26, 20),
    Field("项目", 12.5, 12.5, True),
    Field("改前", 34, 16),
    Field("改后", 34, 16),
)


def change_rows(catalogue: Catalogue, changes: Iterable[Change]) -> Iterator[list[Value]]:
    """Yield a row for each change, numbered in their order."""
    return (_change_row(catalogue, index, change) for index, change in enumerate(changes, 1))


def newest(items: Iterable[Item], last: Mapping[ItemKey, Change]) -> Change | None:
    """Return the newest of the ``last`` changes of some items, None when they have none."""
    found = [last[item.key] for item in items if item.key in last]
    return max(found, key=lambda change: change.id) if found else None


def _change_row(catalogue: Catalogue, index: int, change: Change) -> list[Value]:
    before, after = words.sides(change)
    return [
        index,
        words.moment(change.at),
        change.by,
        _source(change),
        words.unit(catalogue, change.key.unit_key),
        words.measure(catalogue, change.key.measure_key),
        words.field(change.field),
        before,
        after + ("" if change.adopted else f"\n（{UNADOPTED}）"),
    ]


def _source(change: Change) -> str:
    """Return where a change came from, with the workbook when it was one."""
    source = f"{change.source}（撤销）" if change.undoes and change.source != "撤销" else change.source
    return f"{source}\n{change.file_name}" if change.file_name else source
