"""The field that one searches in.

Qt puts text that a pinyin input method is still composing into the pre-edit area, not into ``text()``; so
searching on ``textChanged`` only ever sees committed text.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from desktop.ui import verbs
from desktop.ui.kit import icons, plain, widgets

END_SIZE = 24  # pixels at zoom 1 of the button at the right end
ROOM = 4  # characters that can be typed beside the hint; where there is less it gives way


class SearchField(QLineEdit):
    """The field itself. Arrows and Enter are handed on, so that results are walked without leaving it.

    Signals:
        moved(int): up (-1) or down (+1) in the results; page keys move by more
        left(): Esc was pressed
        entered(): the caret came into the field
        recent_asked(): what was searched for last is to be offered
    """

    moved = Signal(int)
    left = Signal()
    entered = Signal()
    recent_asked = Signal()

    STEPS: ClassVar = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("搜索措施、单位、文号、企业和填报内容，可用拼音")
        self.setAccessibleName("搜索")
        self._glass, self._hint = widgets.label(), widgets.label(verbs.FOCUS_SEARCH.keys[0], "muted", "small")
        self._glass.setParent(self)
        self._hint.setParent(self)
        self._drawn = ("", END_SIZE)
        self._offers = False
        self.textChanged.connect(self._show_end)

    @cached_property
    def clear_button(self) -> QToolButton:
        """Return the × at the right end, made when there first is something to clear."""
        made = self._end_button("清除搜索词")
        made.clicked.connect(self.clear)
        made.clicked.connect(lambda: self.setFocus())
        return made

    @cached_property
    def recent_button(self) -> QToolButton:
        """Return the button of the last searches, made when there first are some to offer."""
        made = self._end_button(verbs.RECENT_SEARCHES.hint)
        made.clicked.connect(self.recent_asked)
        return made

    def offer_recent(self, offered: bool) -> None:
        """Let the empty field have a button of the last searches, or none."""
        self._offers = offered
        self._show_end()

    def _end_button(self, words: str) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName("clear")
        made.setAccessibleName(words)
        made.setToolTip(plain.tip(words))
        made.setCursor(Qt.CursorShape.ArrowCursor)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _show_end(self) -> None:
        """Show the button that the field has use for."""
        for name, shown in (("clear_button", bool(self.text())), ("recent_button", self._offers_recent)):
            if shown or name in vars(self):
                getattr(self, name).setVisible(shown)
        self._place_hint()

    @property
    def _offers_recent(self) -> bool:
        return self._offers and not self.text()

    def put(self, text: str) -> None:
        """Set the text without telling."""
        with QSignalBlocker(self):
            self.setText(text)
        self._show_end()

    def set_hint(self, text: str) -> None:
        """Show a few words at the right end of the field."""
        self._hint.setText(text)
        self._place_hint()

    def tint(self, colour: str, size: int, clear_size: int) -> None:
        """Draw the magnifying glass in ``colour``, and a × of ``clear_size`` pixels."""
        self._drawn = (colour, clear_size)
        self._glass.setPixmap(icons.pixmap("search", colour, size, self.devicePixelRatioF()))
        self._place_hint()

    def _place_hint(self) -> None:
        gap = self.height() // 3
        end = self.width() - self._place_end(gap)
        self._hint.adjustSize()
        typed = self.fontMetrics().horizontalAdvance("措") * ROOM
        self._hint.setVisible(self._hint.width() + self._glass.width() + 2 * gap + typed <= end)
        self._hint.move(end - self._hint.width(), (self.height() - self._hint.height()) // 2)
        self._glass.adjustSize()
        self._glass.move(gap, (self.height() - self._glass.height()) // 2)
        right = self.width() - end + (0 if self._hint.isHidden() else self._hint.width())
        self.setTextMargins(self._glass.width() + gap // 2, 0, right, 0)

    def _place_end(self, gap: int) -> int:
        """Return how much of the right end its button takes, ``gap`` without one."""
        if not self.text() and not self._offers_recent:
            return gap
        colour, size = self._drawn
        made, name = (self.clear_button, "close") if self.text() else (self.recent_button, "history")
        made.setIcon(icons.icon(name, colour))
        made.setIconSize(QSize(size // 2, size // 2))
        made.setFixedSize(size, size)
        space = max(2, (self.height() - size) // 2)
        made.move(self.width() - size - space, (self.height() - size) // 2)
        return size + 2 * space

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in self.STEPS:
            self.moved.emit(self.STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
