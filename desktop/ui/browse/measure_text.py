"""A measure's words as a flowing text, set like an official document, with its matches marked.

The text widget is as high as its text: the page around it scrolls, not the widget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.catalogue.model import Measure
from desktop.catalogue.typeset import typeset
from desktop.ui.kit import fields
from desktop.ui.kit import look as looks
from desktop.ui.kit.look import Tokens

BODY_LEADING = 1.95
HEADING_LEADING = 1.5
TIGHT_LEADING = 1.42  # of the body where the window is low


class MeasureText(QTextEdit):
    """Category, heading, body and unit list of one measure; read-only, selectable.

    Signals:
        matches_changed(int, int): the current match counted from 1 (0 for none), and how many there are
    """

    matches_changed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[tuple[int, int, int]] = []
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self._look: Tokens | None = None
        self.tight = False  # whether lines stand closer; taken up by the next measure shown
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("措施正文")
        self.document().setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def show_measure(self, measure: Measure, heading: str, terms: Sequence[str], look: Tokens) -> None:
        """Set the measure under the category ``heading``, "" for none, and mark where ``terms`` stand."""
        self._look = look
        self._pieces = []
        text = typeset(measure.text)
        body = looks.font(looks.BODY_FAMILIES, look.points(1.42))
        strong = looks.font(looks.HEADING_FAMILIES, look.points(1.5), bold=True)
        small = look.font(1.0, bold=True)
        self.clear()
        cursor = QTextCursor(self.document())
        if heading:
            self._block(cursor, small, look.muted, 0, below=6, first=True)
            cursor.insertText(heading)
        if measure.title:
            title_at = measure.text.index(measure.title)
            self._block(cursor, strong, look.text, 0, below=4 if self.tight else 10, first=not heading)
            cursor.insertText(before_title(measure.label))
            self._piece(cursor, text, title_at, title_at + len(measure.title))
        self._block(cursor, body, look.text, 2, first=not (heading or measure.title))
        self._set_body(cursor, measure, text, look)
        if measure.units_start >= 0:
            self._block(cursor, body, look.muted, 2)
            self._piece(cursor, text, measure.units_start, len(text))
        self._matches = list(self._in_document(measure.text, terms, text)) if terms else []
        self._current = -1
        self._paint_matches()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()

    @property
    def match_count(self) -> int:
        """Return how many matches are marked."""
        return len(self._matches)

    def step_match(self, step: int) -> bool:
        """Go to the next (+1) or previous (-1) match; return False when there is none in that direction."""
        wanted = self._current + step if self._current >= 0 or step > 0 else len(self._matches) - 1
        if not 0 <= wanted < len(self._matches):
            return False
        self._current = wanted
        self._paint_matches()
        return True

    def current_match_top(self) -> int:
        """Return the y of the current match within this widget, or 0."""
        if self._current < 0:
            return 0
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._matches[self._current][0])
        return self.cursorRect(cursor).top()

    def selected_words(self) -> str:
        """Return what is selected, a line for each paragraph; an empty string when nothing is."""
        return self.textCursor().selectedText().replace("\u2029", "\n").strip()

    def _block(
        self,
        cursor: QTextCursor,
        font: QFont,
        colour: str,
        indent: int,
        *,
        below: int = 0,
        first: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        leading = (TIGHT_LEADING if self.tight else BODY_LEADING) if indent else HEADING_LEADING
        block.setLineHeight(leading * _em(font), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setBottomMargin(below)
        if indent:
            block.setTextIndent(indent * _em(font))
            block.setAlignment(Qt.AlignmentFlag.AlignJustify)
        letters = QTextCharFormat()
        letters.setFont(font)
        letters.setForeground(QColor(colour))
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.setCharFormat(letters)
        cursor.setBlockCharFormat(letters)

    def _set_body(self, cursor: QTextCursor, measure: Measure, text: str, look: Tokens) -> None:
        """Set what stands between title and units, its own statements of units as quiet as those."""
        at = measure.body_start if measure.title else 0
        end = measure.body_end if measure.units_start >= 0 else len(text)
        for start, stop in (span for span in measure.unit_spans if span[1] <= end):
            self._piece(cursor, text, at, start)
            usual, quiet = cursor.charFormat(), cursor.charFormat()
            quiet.setForeground(QColor(look.muted))
            cursor.setCharFormat(quiet)
            self._piece(cursor, text, start, stop)
            cursor.setCharFormat(usual)
            at = stop
        self._piece(cursor, text, at, end)

    def _piece(self, cursor: QTextCursor, text: str, start: int, end: int) -> None:
        self._pieces.append((start, end, cursor.position()))
        cursor.insertText(text[start:end])

    def _in_document(self, source: str, terms: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
        from desktop.catalogue import spans

        for start, end in spans.find(source, tuple(terms)):
            for piece_start, piece_end, position in self._pieces:
                low, high = max(start, piece_start), min(end, piece_end)
                if low < high:
                    words = text[piece_start:piece_end]
                    ((first, last),) = spans.utf16(words, ((low - piece_start, high - piece_start),))
                    yield position + first, position + last

    def _paint_matches(self) -> None:
        look = self._look
        if look is None:
            return
        marks = []
        for at, (start, end) in enumerate(self._matches):
            cursor, style = QTextCursor(self.document()), QTextCharFormat()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            style.setBackground(QColor(look.mark_now if at == self._current else look.mark))
            style.setForeground(QColor(look.mark_text))
            marks.append(fields.selection(cursor, style))
        self.setExtraSelections(marks)
        self.matches_changed.emit(self._current + 1, len(self._matches))

    def _fit(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 4)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # what can be done with the words, the page around them knows

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words alone: the colours of a dark window are of no use on white paper."""
        from desktop.ui.kit import clipboard

        return clipboard.words(self.selected_words())

    def sizeHint(self) -> QSize:
        return QSize(400, int(self.document().size().height()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def before_title(label: str) -> str:
    """Return a printed label as it stands before a title set apart: 16. with a space, 三、, 第四条　."""
    if label.endswith((".", "．")):
        return f"{label} "
    return f"{label}　" if label.startswith("第") else label


def _em(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("国")
