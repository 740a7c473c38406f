"""The report: pasted, dropped or opened, and after the check with its claims marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.proofreading.model import Claim, ClaimVerdict
from desktop.ui.kit import fields
from desktop.ui.proofreading.claim_rows import colour

if TYPE_CHECKING:
    from desktop.ui.kit.look import Tokens

INVITES = (
    "把材料粘贴在这里，或者把文件（.txt、.docx、.xlsx）拖到这里。\n\n"
    "然后按“核查”：引用发文的地方会逐处标出，有出入的列在右边。"
)
_LINES = {
    ClaimVerdict.DIFFERS: QTextCharFormat.UnderlineStyle.WaveUnderline,
    ClaimVerdict.UNKNOWN: QTextCharFormat.UnderlineStyle.DashUnderline,
    ClaimVerdict.SAME: QTextCharFormat.UnderlineStyle.SingleUnderline,
}
"""Each verdict has a line of its own: nobody has to tell colours apart."""


class ReportText(QPlainTextEdit):
    """A report; places are told in code points of its text.

    Signals:
        chosen(int): the place at which the caret was put with the mouse
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(INVITES)
        self.setAccessibleName("要核查的材料")
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText() and not source.hasUrls():
            self.insertPlainText(source.text())

    def mark(self, found: Sequence[Claim], current: Claim | None, look: Tokens) -> None:
        """Underline claims; ``current`` has a ground as well, and is brought into view by :meth:`go_to`."""
        marks = []
        for one in found:
            style = QTextCharFormat()
            style.setUnderlineStyle(_LINES[one.verdict])
            style.setUnderlineColor(QColor(colour(one.verdict, look)))
            if one.verdict is ClaimVerdict.DIFFERS:
                style.setBackground(QColor(look.warn_soft))
            if one == current:
                style.setBackground(QColor(look.mark))
                style.setForeground(QColor(look.mark_text))
            marks.append(fields.selection(self._cursor(one.start, one.end), style))
        self.setExtraSelections(marks)

    def go_to(self, start: int) -> None:
        """Bring a place into view and put the caret there."""
        self.setTextCursor(self._cursor(start, start))
        self.centerCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            units = self.textCursor().position()
            self.chosen.emit(len(self.toPlainText().encode("utf-16-le")[: 2 * units].decode("utf-16-le")))

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self.toPlainText()
        cursor = self.textCursor()
        first = len(text[:start].encode("utf-16-le")) // 2
        cursor.setPosition(first)
        last = first + len(text[start:end].encode("utf-16-le")) // 2
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor
