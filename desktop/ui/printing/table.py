"""A table on paper: its head on every page, and no row cut in two unless it is longer than a page.

Qt repeats a head by itself but cuts rows. So the rows are measured first, and those of each page make a table
of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from desktop.ui.printing.paper import INK, Paper
from desktop.ui.printing.typesetting import Face, Run, Setting

if TYPE_CHECKING:
    from PySide6.QtGui import QTextTable, QTextTableCell

SIZE, PITCH, PADDING, LINE = 10.5, 1.35, 3.5, 0.5
EDGES = 4  # points: what Qt's table takes at its top and bottom beside its rows
HEAD_FILL = "#f0f0f0"


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its head, its share of the width in percent, and whether its words are centred."""

    head: str
    share: float
    centred: bool = False


Cell = tuple[Run, ...]
Row = Sequence[Cell]


def words(text: str, *, bold: bool = False) -> Cell:
    """Return a cell's words; each line a run of its own."""
    return tuple(Run(line, size=SIZE, bold=bold) for line in text.split("\n"))


def set_table(
    setting: Setting, columns: Sequence[PaperColumn], rows: Sequence[Row], size: float = SIZE
) -> None:
    """Set ``rows``, whose words are of ``size``, at the end of the paper, as one table on each page."""
    height = setting.paper.area.height() - EDGES
    head, *heights = _heights(setting.paper, columns, rows, size)
    room = height - setting.bottom() - head
    begins = bool(heights) and room < heights[0] <= height - head
    if heights and heights[0] > room:
        room = height - head
    for page, group in enumerate(_pages(heights, room, height - head)):
        _insert(setting, columns, [rows[at] for at in group], size, new_page=begins or page > 0)


def _pages(heights: Sequence[float], first: float, room: float) -> list[list[int]]:
    """Return which rows stand on which page; a row longer than a page has its own table."""
    pages: list[list[int]] = [[]]
    left = first
    for at, height in enumerate(heights):
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(at)
        left -= height
    return pages


def _heights(paper: Paper, columns: Sequence[PaperColumn], rows: Sequence[Row], size: float) -> list[float]:
    """Return how high the head and each row are when nothing breaks them."""
    scratch = Paper("", ("", ""), landscape=paper.landscape)
    scratch.setPageSize(QSizeF(paper.area.width(), -1))
    closing: Row = [words("") for _ in columns]
    table = _insert(Setting(scratch), columns, [*rows, closing], size, new_page=False)
    laid = scratch.documentLayout()
    tops = [
        min(
            laid.blockBoundingRect(table.cellAt(row, column).firstCursorPosition().block()).top()
            for column in range(len(columns))
        )
        for row in range(table.rows())
    ]
    return [below - above for above, below in pairwise(tops)]


def _insert(
    setting: Setting, columns: Sequence[PaperColumn], rows: Sequence[Row], size: float, *, new_page: bool
) -> QTextTable:
    pitch = setting.paper.length(size * PITCH)
    made = QTextTableFormat()
    made.setHeaderRowCount(1)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, column.share) for column in columns]
    )
    made.setBorder(setting.paper.length(LINE))
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(QColor(INK)))
    made.setBorderCollapse(True)
    made.setCellPadding(setting.paper.length(PADDING))
    made.setCellSpacing(0)
    if new_page:
        made.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    setting.cursor.beginEditBlock()  # laid out once, not after each cell
    table = setting.cursor.insertTable(len(rows) + 1, len(columns), made)
    lined = QTextTableCellFormat()
    lined.setBorder(setting.paper.length(LINE))
    lined.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    lined.setBorderBrush(QBrush(QColor(INK)))
    shade = QTextTableCellFormat(lined)
    shade.setBackground(QBrush(QColor(HEAD_FILL)))
    shade.setVerticalAlignment(QTextTableCellFormat.VerticalAlignment.AlignMiddle)
    for at, column in enumerate(columns):
        head = (Run(column.head, Face.HEADING, size),)
        _fill(table.cellAt(0, at), shade, head, pitch, centred=True)
    for down, row in enumerate(rows, 1):
        for at, (column, content) in enumerate(zip(columns, row, strict=True)):
            _fill(table.cellAt(down, at), lined, content, pitch, centred=column.centred)
    setting.cursor.endEditBlock()
    setting.leave_table()
    return table


def _fill(
    cell: QTextTableCell, look: QTextTableCellFormat, content: Cell, pitch: float, *, centred: bool
) -> None:
    """Write a cell, each run as a line of its own."""
    block = QTextBlockFormat()
    block.setAlignment(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
    block.setLineHeight(pitch, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    whole = QTextTableCellFormat(look)
    whole.merge(content[0].letters)  # what Qt keeps for a cell is also its first block's character format
    cell.setFormat(whole)
    cursor = cell.firstCursorPosition()
    cursor.setBlockFormat(block)
    for at, run in enumerate(content):
        if at:
            cursor.insertBlock(block, run.letters)
        cursor.insertText(run.text, run.letters)
