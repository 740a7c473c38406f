"""The editors of a checklist's cells: plain text of several lines, and a date.

Both know the session of one stay in the cell, so that what is typed during it is one change in the history.
"""

from __future__ import annotations

import uuid

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.ui import checklist_dates, icons, parts
from desktop.ui.theme import Tokens

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
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.paused)

    def value(self) -> str | None:
        """Return the text as it is now."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show ``text``, keep the caret where it was as far as possible."""
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
        lines = self.document().size().height()
        return (
            round(lines * self.fontMetrics().lineSpacing())
            + 2 * round(self.document().documentMargin())
            + (self.height() - self.viewport().height())
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                self.insertPlainText("\n")
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


class DateEditor(QLineEdit):
    """A date typed in any usual form, or chosen from a calendar; empty means 未写明.

    Signals:
        chosen(): a day, or none, was chosen in the calendar
    """

    chosen = Signal()

    def __init__(self, parent: QWidget, look: Tokens) -> None:
        super().__init__(parent)
        self.session = uuid.uuid4().hex
        self._look = look
        self._before = ""
        self.setPlaceholderText("2026-12-31")
        self.setToolTip("可输入 2026-12-31、2026.12.31、20261231 或 2026年12月31日；留空为未写明")
        self._open = QAction(icons.icon("calendar", look.muted, 16), "日历（Alt+↓）", self)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._open.triggered.connect(self.open_calendar)
        self.textEdited.connect(lambda: parts.set_look(self, "bad", False))

    def value(self) -> str | None:
        """Return YYYY-MM-DD, "" for none, or None when what stands there is no date."""
        return checklist_dates.read(self.text())

    def set_value(self, text: str) -> None:
        """Show a date given as YYYY-MM-DD or ""."""
        self._before = text
        if self.value() != text or not text:
            self.setText(text)
            self.selectAll()

    def restore(self) -> None:
        """Show again what stood there before."""
        self.setText(self._before)

    def refuse(self) -> None:
        """Show that what stands there is no date."""
        parts.set_look(self, "bad", True)
        self.selectAll()

    def open_calendar(self) -> None:
        """Open the calendar below the cell."""
        pane = DatePane(self, self.value() or "")
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
        pane.calendar.setFocus()

    def _take(self, day: str) -> None:
        self.setText(day)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F4 and not alt) or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
            return
        super().keyPressEvent(event)


class DatePane(QFrame):
    """A calendar that pops up, with 今天 and 未写明 below it.

    Signals:
        picked(str): YYYY-MM-DD, or "" for none
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget, day: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._build()
        if day:
            self.calendar.setSelectedDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        self._connect()

    def _build(self) -> None:
        box = parts.column(spacing=4, margins=(6, 6, 6, 6))
        self.setLayout(box)
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        box.addWidget(self.calendar)
        foot = QHBoxLayout()
        self.none_button = parts.button(checklist_dates.UNSET, tip="清除完成时限")
        foot.addWidget(self.none_button)
        foot.addStretch(1)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        self.none_button.clicked.connect(self._pick_none)

    def _pick(self, day: QDate) -> None:
        self.close()
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))

    def _pick_none(self) -> None:
        self.close()
        self.picked.emit("")
