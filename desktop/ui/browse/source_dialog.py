"""打开原文: the notice as it was published, to the character, with one measure marked in it.

A window of its own that stays open beside the reader and shows where the reader's measure stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.catalogue import query, spans
from desktop.catalogue.typeset import typeset
from desktop.ui import verbs
from desktop.ui.kit import clipboard, fields, look, widgets
from desktop.ui.kit.dialog import Dialog

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.ui.desk import Desk

SIZE = (760, 640)  # pixels at zoom 1
ABOVE = 4  # lines that stay in view above the measure
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
VERBATIM = "逐字照录发文的网页，标点、空格与网页一致。"


class SourceText(QPlainTextEdit):
    """A notice's source, read-only; its places are told in code points of the source.

    Signals:
        matches_changed(int, int): the current match counted from 1 (0 for none), and how many there are
    """

    matches_changed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._source = ""
        self._measure: tuple[int, int] = (0, 0)
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("发文原文")

    def show_source(self, source: str) -> None:
        """Show another notice."""
        if source != self._source:
            self._source = source
            self._matches, self._current = [], -1
            self.setPlainText(source)

    def mark(self, start: int, end: int) -> None:
        """Mark a place and scroll to it."""
        self._measure = self._place(start, end)
        self.go_to_mark()

    def go_to_mark(self) -> None:
        """Scroll to the marked place, a few lines below the top."""
        self._go(self._measure[0])
        block = self._cursor(*self._measure).block()
        line = block.firstLineNumber() if block.isValid() else 0
        self.verticalScrollBar().setValue(max(0, line - ABOVE))

    def seek(self, words: str) -> None:
        """Mark every place of ``words`` and go to the first one from the marked place on."""
        found = spans.find(self._source, (words,)) if words.strip() else ()
        self._matches = [self._place(*span) for span in found]
        after = (at for at, (start, _) in enumerate(self._matches) if start >= self._measure[0])
        self._current = next(after, 0) if self._matches else -1
        self._show_current()

    def step(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) match, round to the other end."""
        if self._matches:
            self._current = (self._current + step) % len(self._matches)
            self._show_current()

    def paint_marks(self, colours: look.Tokens) -> None:
        """Paint the marked place and the matches in the colours of a look."""
        marked = [(self._measure, colours.accent_soft, colours.text)]
        marked += [
            (match, colours.mark_now if at == self._current else colours.mark, colours.mark_text)
            for at, match in enumerate(self._matches)
        ]
        shown = []
        for place, ground, ink in marked:
            style = QTextCharFormat()
            style.setBackground(QColor(ground))
            style.setForeground(QColor(ink))
            shown.append(fields.selection(self._cursor(*place), style))
        self.setExtraSelections(shown)

    def marked_words(self) -> str:
        """Return what stands at the marked place."""
        return self._words(self._cursor(*self._measure))

    def _show_current(self) -> None:
        if self._current >= 0:
            self._go(self._matches[self._current][0])
        self.matches_changed.emit(self._current + 1, len(self._matches))

    def _go(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a place of the source stands in Qt's document, which counts UTF-16 units.

        Qt makes one paragraph's end of a carriage return and a line feed.
        """
        before, within = self._source[:start], self._source[start:end]
        first = _units(before)
        return first, first + _units(within)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @staticmethod
    def _words(cursor: QTextCursor) -> str:
        return cursor.selectedText().replace("\u2029", "\n")

    def createMimeDataFromSelection(self) -> QMimeData:
        """The characters as they stand; Qt would make common spaces of those that do not break."""
        return clipboard.words(self._words(self.textCursor()))


class SourceDialog(Dialog):
    """Shows where a measure stands in its notice."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowFlag(Qt.WindowType.Window, True)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._build()
        self._connect()
        self._take_look()
        px = desk.look.tokens.px
        widgets.resize_within(self, px(SIZE[0]), px(SIZE[1]))

    def _build(self) -> None:
        self.about = widgets.label("", "heading")
        self._told = widgets.label(VERBATIM, "muted", "small")
        for line in (self.about, self._told):
            line.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setPlaceholderText("在原文中查找")
        self.field.setAccessibleName("在原文中查找")
        self.field.setClearButtonEnabled(True)
        self.count = widgets.label("", "muted")
        self._up = widgets.button("上一处", does=lambda: self.text.step(-1), tip=verbs.PREVIOUS_MATCH.hint)
        self._down = widgets.button("下一处", does=lambda: self.text.step(1), tip=verbs.NEXT_MATCH.hint)
        seeking = QHBoxLayout()
        seeking.addWidget(self.field, 1)
        for widget in (self.count, self._up, self._down):
            seeking.addWidget(widget)
        self.text = SourceText()
        self.back_button = widgets.button("", does=self.text.go_to_mark)
        self.back_button.setAccessibleName("回到本条")
        self.copy_button = widgets.button("复制本条原样文字", does=self._copy)
        self.close_button = widgets.button("关闭", "primary", does=self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._box = widgets.column()
        self._rows: Sequence[QHBoxLayout] = (seeking, foot)
        self.setLayout(self._box)
        for line in (self.about, self._told):
            self._box.addWidget(line)
        self._box.addLayout(seeking)
        self._box.addWidget(self.text, 1)
        self._box.addLayout(foot)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.text.seek)
        self.text.matches_changed.connect(self._show_matches)
        self._desk.look.changed.connect(self._take_look)
        for keys, does in (
            *((keys, self._focus_field) for keys in verbs.FOCUS_SEARCH.keys),
            (verbs.NEXT_MATCH.keys[0], lambda: self.text.step(1)),
            (verbs.PREVIOUS_MATCH.keys[0], lambda: self.text.step(-1)),
        ):
            QShortcut(QKeySequence(keys), self, does)
        self._show_matches(0, 0)

    def show_measure(self, measure: Measure) -> None:
        """Show the notice of a measure with the measure marked."""
        catalogue = self._desk.catalogue
        notice = catalogue.notice_of(measure)
        called = typeset(notice.called)
        self.setWindowTitle(f"发文原文 · {notice.called}")
        self.about.setText(f"{called} · {measure.cited}在原文第{measure.line}行")
        self.back_button.setText(f"回到{measure.cited}")
        self.text.show_source(query.source(self._desk.measures, notice.key))
        self.text.mark(measure.start, measure.end)
        self.text.paint_marks(self._desk.look.tokens)
        QTimer.singleShot(0, self.text.go_to_mark)  # when its lines are laid out at their width

    def _show_matches(self, current: int, count: int) -> None:
        sought = bool(self.field.text().strip())
        self.count.setText(f"{current} / {count} 处" if count else "没有找到" if sought else "")
        for button in (self._up, self._down):
            button.setEnabled(count > 0)
        self.text.paint_marks(self._desk.look.tokens)

    def _focus_field(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(self.text.marked_words())

    def _take_look(self) -> None:
        tokens = self._desk.look.tokens
        px = tokens.px
        self.text.setFont(look.font(look.BODY_FAMILIES, tokens.points(1.25)))
        self._box.setSpacing(px(8))
        self._box.setContentsMargins(px(20), px(16), px(20), px(14))
        for row in self._rows:
            row.setSpacing(px(8))
        self.text.paint_marks(tokens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.field.hasFocus():
            self.text.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return
        super().keyPressEvent(event)


def _units(words: str) -> int:
    """Return how many places words take in Qt's document."""
    return len(words.replace("\r\n", "\n").encode("utf-16-le")) // 2
