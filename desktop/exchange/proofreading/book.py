"""核查结果: each claim of a report that has to be looked at, then what is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.exchange.sheets import table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Alert, Field, Value
from desktop.library.word_changes import Marked
from desktop.proofreading.model import (
    KIND_NAMES,
    VERDICT_NAMES,
    Claim,
    ClaimSource,
    ClaimVerdict,
    on_one_line,
)

WHAT = "引文核查"
_MOST = 400
"""Characters of a quotation in a cell."""
FIELDS = (
    Field("序号", 5, 5, True),
    Field("结论", 8, 8, True),
    Field("类别", 8, 8, True),
    Field("所在行", 7, 7, True),
    Field("材料中写的", 31, 24),
    Field("原文", 31, 24),
    Field("不同之处", 26, 18),
    Field("出处", 28, 22),
)


def write(
    path: Path,
    catalogue: Catalogue,
    found: Sequence[Claim],
    text: str,
    named: str,
    today: date,
    *,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write the claims of a report ``text`` to ``path``, replacing what is there, and return ``path``.

    ``named`` is what the report is called, "" where it has no name. What has to be looked at stands first.
    The rest is as in :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    book = Book(catalogue, today, at, report, cancelled)
    order = list(VERDICT_NAMES)
    listed = sorted(found, key=lambda one: (order.index(one.verdict), one.start))
    rows = [
        table.ordered(FIELDS, {**_row(catalogue, one, text), "序号": place})
        for place, one in enumerate(listed, 1)
    ]
    counts = Counter(one.verdict for one in found)
    told = "，".join(f"{name}{counts[verdict]}处" for verdict, name in VERDICT_NAMES.items())
    head = (WHAT, f"{named}：{told}" if named else told)
    notes = ("只核查说到在用发文的地方；一致是指与发文原文一致，材料中的其他内容没有核查。",)
    return book.fill(
        path, [lambda: table.listing(book, WHAT, FIELDS, head, rows, "没有引用在用的发文。", notes)], WHAT
    )


def _row(catalogue: Catalogue, one: Claim, text: str) -> Mapping[str, Value]:
    verdict = VERDICT_NAMES[one.verdict]
    return {
        "结论": verdict if one.verdict is ClaimVerdict.SAME else Alert(verdict),
        "类别": KIND_NAMES[one.kind],
        "所在行": text.count("\n", 0, one.start) + 1,
        "材料中写的": _cut(one.text),
        "原文": _cut(typeset(one.source.text)) if one.source else "",
        "不同之处": _difference(one),
        "出处": _place(catalogue, one.source) if one.source else "",
    }


def _difference(one: Claim) -> str:
    """Return what only one side says, e.g. 应为“1%”，写成“2%”; one line for each place."""
    lines: list[str] = []
    gone = ""
    for each in (*one.difference, None):
        if each is not None and each.marked is Marked.GONE:
            gone = each.text
        elif each is not None and each.marked is Marked.NEW:
            lines.append(f"原文“{gone}”，材料“{each.text}”" if gone else f"材料多“{each.text}”")
            gone = ""
        elif gone:
            lines.append(f"材料少“{gone}”")
            gone = ""
    return "\n".join(lines)


def _place(catalogue: Catalogue, source: ClaimSource) -> str:
    words = catalogue.notice_with(source.notice).called
    return words + (catalogue.measure(source.measure).cited if source.measure else "")


def _cut(words: str) -> str:
    words = on_one_line(words)
    return words if len(words) <= _MOST else f"{words[:_MOST]}…"
