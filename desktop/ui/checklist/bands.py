"""The bands between the rows of a checklist: which paper the rows below belong to, where several are in use.

A band is the upper part of the first row of each paper, as wide as the table.
All rows of the model are items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor

from desktop.ui import origin
from desktop.ui.checklist.columns import RowFilter
from desktop.workspace import words as said
from desktop.workspace.items import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk import Desk
    from desktop.ui.kit.look import Tokens
    from desktop.workspace.items.model import Item

TALL, LOW = 32, 22  # pixels at zoom 1
LOST = "现行措施库中已无的事项"
PAST = "\n"  # parts the words of a band from what warns of its paper


def paper_of(item: Item) -> str:
    """Return the key of the paper that an item is about, "" where the catalogue does not have its measure."""
    return "" if item.orphaned else item.document_key


def words(desk: Desk, items: Sequence[Item]) -> list[str]:
    """Return for each row the words of the band above it, "" for none."""
    if not origin.several(desk.catalogue):
        return [""] * len(items)
    papers = [paper_of(item) for item in items]
    grouped: dict[str, list[Item]] = {}
    for item, paper in zip(items, papers, strict=True):
        grouped.setdefault(paper, []).append(item)
    told = {key: _words(desk, key, own) for key, own in grouped.items()}
    return [told[paper] if not at or papers[at - 1] != paper else "" for at, paper in enumerate(papers)]


def _words(desk: Desk, key: str, items: Sequence[Item]) -> str:
    late = progress.tally(items).late
    counted = f"{len(items)} 项" + (f" · 逾期 {late}" if late else "")
    if not key:
        return f"{LOST}　{counted}"
    catalogue = desk.catalogue
    document = catalogue.document_with(key)
    validity = desk.validity_of(catalogue.notice_with(document.notice_key))
    past = f"{PAST}{validity.mark}" if validity.expired else ""
    return f"{origin.named(catalogue, document)}　{counted}{past}"


def filters(catalogue: Catalogue) -> tuple[RowFilter, ...]:
    """Return for each paper in use what lets its rows alone through, none where there is only one."""
    if not origin.several(catalogue):
        return ()
    return tuple(_only(said.document(catalogue, each.key), each.key) for each in catalogue.documents)


def _only(name: str, key: str) -> RowFilter:
    return RowFilter(name, lambda item: paper_of(item) == key)


def height(band: str, look: Tokens, *, low: bool) -> int:
    """Return how high a band is, 0 for none."""
    return look.px(LOW if low else TALL) if band else 0


def paint(painter: QPainter, cell: QRect, whole: int, band: str, look: Tokens) -> None:
    """Draw that part of a band which lies in a cell; ``whole`` is the width of the table."""
    named, _, past = band.partition(PAST)
    painter.save()
    painter.setClipRect(cell)
    painter.fillRect(cell, QColor(look.raised))
    painter.setPen(QColor(look.border))
    painter.drawLine(cell.bottomLeft(), cell.bottomRight())
    area = QRect(look.px(12), cell.y(), whole - look.px(24), cell.height())
    middle = Qt.AlignmentFlag.AlignVCenter
    if past:
        painter.setFont(look.font(0.92))
        painter.setPen(QColor(look.warn))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, past)
        area.setRight(area.right() - painter.fontMetrics().horizontalAdvance(past) - look.px(12))
    painter.setFont(look.font(0.96, bold=True))
    painter.setPen(QColor(look.muted))
    shown = painter.fontMetrics().elidedText(named, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()
