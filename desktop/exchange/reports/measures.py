"""Measures as a workbook: those that a search found, or that are marked as favourites, with their source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue import validity
from desktop.catalogue.model import UNASSIGNED_NAME, Measure
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.exchange.sheets import basis, table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Field, Value
from desktop.workspace import words

WHAT = "措施摘录"
FIELDS = (
    Field("序号", 6, 6, True),
    Field("条号", 8, 8, True),
    Field("类别", 14, 12, True),
    Field("标题", 20, 16),
    Field("原文", 58, 40),
    Field("责任单位", 20, 14),
    Field("出处", 22, 22, True),
)


def write(
    path: Path,
    catalogue: Catalogue,
    measures: Sequence[Measure],
    today: date,
    *,
    about: str,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write ``measures`` to ``path`` in their order, replacing what is there, and return ``path``.

    ``about`` says in words which they are, e.g. 搜索“担保”. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    catalogue = basis.concerned(catalogue, (one.document_key for one in measures))
    book = Book(catalogue, today, at, report, cancelled)
    head = (book.basis.titled("摘录"), f"{about}，共{len(measures)}条")
    rows = [_row(book, index, one) for index, one in enumerate(measures, 1)]
    notes = (
        "原文的逗号、冒号、括号恢复为全角，其余与发布原文逐字一致。责任单位按原文所列的次序。",
        *(("引用前请核实是否有延续或替代文件。",) if book.basis.expired else ()),
    )
    return book.fill(path, [lambda: table.listing(book, WHAT, FIELDS, head, rows, "没有措施。", notes)], WHAT)


def _row(book: Book, index: int, one: Measure) -> list[Value]:
    catalogue = book.catalogue
    stands = validity.state(catalogue.notice_of(one), book.basis.today).mark
    place = [words.document(catalogue, one.document_key), one.cited]
    units = "、".join(unit.name for unit in catalogue.units_of(one.key))
    return [
        index,
        one.cited,
        typeset(catalogue.category_of(one).heading),
        typeset(one.title),
        typeset(one.text),
        units or UNASSIGNED_NAME,
        "\n".join([*place, stands] if len(book.basis.notices) > 1 else place),
    ]
