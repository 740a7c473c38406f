"""Setting type: headings, paragraphs, rules and frames of an official paper, written into a document.

Sizes follow GB/T 9704-2012: title 22 pt (二号) 小标宋, headings 16 pt (三号) 黑体, body 16 pt 仿宋 on a pitch
of 28 pt, first lines indented by two characters. Where a typeface is missing, its fallback is set bold if the
real one is heavy. Every letter has its ink set: a dark window does not make a grey print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
)

from desktop.ui.kit import look
from desktop.ui.printing.paper import INK, typeface

if TYPE_CHECKING:
    from desktop.ui.printing.paper import Paper

RED = "#c00000"
BODY, TITLE, SMALL, RULE = 16.0, 22.0, 12.0, 1.5
PITCH = 28 / 16  # of the body's size

LINE_BREAK = "\u2028"


class Face(Enum):
    """A typeface by its part in the paper: families in order of preference, and the real ones among them."""

    TITLE = (look.TITLE_FAMILIES, look.TITLE_FAMILIES[:3], True)
    HEADING = (look.HEADING_FAMILIES, ("黑体", "SimHei"), True)
    BODY = (look.BODY_FAMILIES, (), False)

    def font(self, points: float, *, bold: bool = False) -> QFont:
        """Return the typeface in a size."""
        families, real, heavy = self.value
        stands_in = heavy and not any(QFontDatabase.hasFamily(family) for family in real)
        return typeface(families, points, bold=bold or stands_in)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one type."""

    text: str
    face: Face = Face.BODY
    size: float = BODY
    bold: bool = False
    ink: str = INK

    @property
    def letters(self) -> QTextCharFormat:
        """Return the character format."""
        made = QTextCharFormat()
        made.setFont(self.face.font(self.size, bold=self.bold))
        made.setForeground(QColor(self.ink))
        return made


class Setting:
    """Writes at the end of a paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.cursor = QTextCursor(paper)
        self._fresh = True
        self._headings: list[int] = []

    def title(self, text: str, size: float = TITLE, ink: str = INK) -> None:
        """Set a centred title, its lines of even length."""
        run = Run(even_lines(text, int(self.paper.area.width() / size)), Face.TITLE, size, ink=ink)
        self.block([run], align=Qt.AlignmentFlag.AlignHCenter, pitch=1.5, below=8)

    def centred(self, text: str, size: float = BODY) -> None:
        """Set a centred line."""
        self.block([Run(text, size=size)], align=Qt.AlignmentFlag.AlignHCenter, pitch=1.5)

    def heading(self, text: str) -> None:
        """Set a category's heading."""
        self.block([Run(text, Face.HEADING)], indent=2, above=6)
        self._headings.append(self.cursor.block().blockNumber())

    def keep_headings(self) -> None:
        """Begin a page with each heading that would stand at a page's foot, its text on the next one."""
        for number in self._headings:
            block = self.paper.findBlockByNumber(number)
            if self._page(block) != self._page(block.next()):
                QTextCursor(block).mergeBlockFormat(_on_a_new_page())

    def _page(self, block: QTextBlock) -> int:
        """Return on which page, from 0, the first line of a block stands."""
        top = self.paper.documentLayout().blockBoundingRect(block).topLeft()
        line = block.layout().lineAt(0).rect().translated(top)
        return int(line.center().y() // self.paper.area.height())

    def paragraph(self, *runs: Run, size: float = BODY, above: float = 0) -> None:
        """Set a paragraph of the body."""
        self.block(runs, align=Qt.AlignmentFlag.AlignJustify, indent=2, above=above, size=size)

    def signature(self, text: str, edge: int) -> None:
        """Set who issued it, or when: at the right, ``edge`` characters from the edge."""
        self.block([Run(text)], align=Qt.AlignmentFlag.AlignRight, right=edge)

    def rule(self, above: float = 8, below: float = 10, *, new_page: bool = False) -> None:
        """Set the red rule across the text area, on a new page if asked."""
        line = QTextFrameFormat()
        if new_page:
            line.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        line.setBackground(QBrush(QColor(RED)))
        line.setBorder(0)
        length = self.paper.length
        line.setTopMargin(length(above))
        line.setBottomMargin(length(below))
        self._frame(line)
        self.block([Run("", size=RULE)], pitch=1)
        self._leave_frame()

    def boxed(self, *runs: Run) -> None:
        """Set words in a frame that no reader overlooks."""
        box = QTextFrameFormat()
        box.setBorder(self.paper.length(0.8))
        box.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        box.setBorderBrush(QBrush(QColor(RED)))
        box.setPadding(self.paper.length(5))
        box.setBottomMargin(self.paper.length(10))
        self._frame(box)
        self.block(runs, align=Qt.AlignmentFlag.AlignHCenter, pitch=1.35, size=SMALL)
        self._leave_frame()

    def block(
        self,
        runs: Sequence[Run],
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        indent: int = 0,
        right: int = 0,
        pitch: float = PITCH,
        above: float = 0,
        below: float = 0,
        size: float = 0,
    ) -> None:
        """Set one block; ``indent`` and ``right`` in characters, ``pitch`` in sizes."""
        size, length = size or runs[0].size, self.paper.length
        made = QTextBlockFormat()
        made.setAlignment(align)
        made.setTextIndent(indent * size)  # the one length that Qt does not scale
        made.setLineHeight(length(pitch * size), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        made.setTopMargin(length(above))
        made.setBottomMargin(length(below))
        made.setRightMargin(length(right * size))
        if self._fresh:
            self.cursor.setBlockFormat(made)
            self.cursor.setBlockCharFormat(runs[0].letters)
        else:
            self.cursor.insertBlock(made, runs[0].letters)
        self._fresh = False
        for run in runs:
            self.cursor.insertText(run.text, run.letters)

    def bottom(self) -> float:
        """Return how far down its page the text reaches."""
        laid = self.paper.documentLayout().blockBoundingRect(self.paper.lastBlock())
        return laid.bottom() % self.paper.area.height()

    def leave_table(self) -> None:
        """Go on after a table or frame; the block that Qt keeps there takes no room."""
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        thin = QTextBlockFormat()
        thin.setLineHeight(self.paper.length(1), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.cursor.setBlockFormat(thin)
        self.cursor.setBlockCharFormat(Run("", size=1).letters)
        self._fresh = False

    def _frame(self, made: QTextFrameFormat) -> None:
        self.cursor.insertFrame(made)
        self._fresh = True

    def _leave_frame(self) -> None:
        self.leave_table()


def _on_a_new_page() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    return made


def even_lines(text: str, room: int) -> str:
    """Break ``text`` into lines of even length, at most ``room`` characters each."""
    lines = ceil(len(text) / max(room, 1))
    each = ceil(len(text) / max(lines, 1))
    return LINE_BREAK.join(text[start : start + each] for start in range(0, len(text), each or 1))
