"""The editors of a checklist's cells: plain text of several lines, and a deadline.

Both know the ``session`` of one stay in the cell, so that what is typed during it is one change in the
history, and the value last ``known`` to be in the workspace, to tell news about it from what is being typed.
"""

from __future__ import annotations

import uuid

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.ui.checklist.deadline_picker import DeadlinePane
from desktop.ui.kit import icons, widgets
from desktop.ui.kit.look import Tokens
from desktop.workspace import words
from desktop.workspace.items import typed_dates

PAUSE_MS = 400


class TextEditor(QPlainTextEdit):
    """Several lines of plain text. Enter is done, Shift+Enter and Alt+Enter begin a new line.

    Text under composition by an input method does not count until it is committed.

    Signals:
        paused(): the typing has rested for a moment, or Enter was pressed: time to save
        left(): Enter was pressed
    """

    paused = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = uuid.uuid4().hex
        self.known: str | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.paused)

    def value(self) -> str | None:
        """Return the text as it is now."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show ``text``, keep the caret where it was as far as possible."""
        self.known = text
        if text == self.toPlainText():
            return
        at = self.textCursor().position() if self.toPlainText() else len(text)
        self.setPlainText(text)
        self._pause.stop()
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def height_for_text(self) -> int:
        """Return how high the editor must be to show all its lines."""
        lines = self.document().size().height() * self.fontMetrics().lineSpacing()
        around = self.height() - self.viewport().height()
        return round(lines + 2 * self.document().documentMargin()) + around + 6

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                self.insertPlainText("\n")
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


class DateEditor(QLineEdit):
    """A deadline typed in any usual form, or chosen in a pane; empty means 未写明.

    Signals:
        chosen(): a deadline was chosen in the pane
    """

    chosen = Signal()

    def __init__(self, parent: QWidget, look: Tokens) -> None:
        super().__init__(parent)
        self.session = uuid.uuid4().hex
        self.known: str | None = None
        self._look = look
        self.setPlaceholderText("2026-12-31")
        self.setToolTip(
            "可输入 2026-12-31、2026.12.31、20261231 或 2026年12月31日；"
            "时段写作 2026-01-01至2026-12-31；也可填“长期”；留空为未写明"
        )
        self._open = QAction(icons.icon("calendar", look.muted), "选择时限（Alt+↓）", self)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._open.triggered.connect(self.open_calendar)
        self.textEdited.connect(lambda: widgets.set_look(self, "bad", False))

    def value(self) -> str | None:
        """Return the deadline as it is stored, "" for none, or None when what stands there is none."""
        return typed_dates.stored(self.text())

    def set_value(self, text: str) -> None:
        """Show a deadline given as it is stored."""
        self.known = text
        if self.value() != text or not text:
            self.setText(_shown(text))
            self.selectAll()

    def restore(self) -> None:
        """Show again what stood there before."""
        self.setText(_shown(self.known or ""))

    def refuse(self) -> None:
        """Show that what stands there is no deadline."""
        widgets.set_look(self, "bad", True)
        self.selectAll()

    def open_calendar(self) -> None:
        """Open the pane below the cell."""
        pane = DeadlinePane(self, self.value() or "", self._look)
        pane.picked.connect(self._take)
        corner = self.mapToGlobal(QPoint(0, self.height() + 2))
        pane.adjustSize()
        room = self.screen().availableGeometry()
        pane.move(
            min(corner.x(), room.right() - pane.width()),
            corner.y()
            if corner.y() + pane.height() < room.bottom()
            else corner.y() - pane.height() - self.height(),
        )
        pane.show()
        pane.choice.focus()

    def _take(self, stored: str) -> None:
        self.setText(_shown(stored))
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F4 and not alt) or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
            return
        super().keyPressEvent(event)


def _shown(stored: str) -> str:
    """Return a stored deadline as it is typed; nothing for none."""
    return words.value("deadline", stored, "")
