"""Text written into a document block by block, each stretch in a form of its own. Never HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor

if TYPE_CHECKING:
    from desktop.ui.kit.look import Tokens


class TextWriting:
    """Writes blocks and stretches of text, one after the other."""

    def __init__(self, cursor: QTextCursor, tokens: Tokens) -> None:
        self._cursor, self._tokens = cursor, tokens
        self._first = True

    def block(self, *, above: int = 3, indent: int = 0) -> None:
        """Begin a paragraph, ``above`` pixels below the last one."""
        form = QTextBlockFormat()
        form.setTopMargin(0 if self._first else self._tokens.px(above))
        form.setIndent(indent)
        form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._first:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._first = False

    def put(
        self,
        text: str,
        colour: str,
        *,
        bold: bool = False,
        ground: str = "",
        struck: bool = False,
        size: float = 1.0,
    ) -> None:
        """Write a stretch of text."""
        form = QTextCharFormat()
        form.setFont(self._tokens.font(size, bold=bold))
        form.setForeground(QColor(colour))
        form.setFontStrikeOut(struck)
        if ground:
            form.setBackground(QColor(ground))
        self._cursor.insertText(text.replace("\n", " "), form)
