"""The editors of a checklist's cells: plain text of several lines, and a date.

Both know the ``session`` of one stay in the cell, so that what is typed during it is one change in the
history, and the value last ``known`` to be in the workspace, to tell news about it from what is being typed.
"""

from __future__ import annotations

import uuid

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

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
    """A date typed in any usual form, or chosen from a calendar; empty means 未写明.

    Signals:
        chosen(): a day, or none, was chosen in the calendar
    """

    chosen = Signal()

    def __init__(self, parent: QWidget, look: Tokens) -> None:
        super().__init__(parent)
        self.session = uuid.uuid4().hex
        self.known: str | None = None
        self._look = look
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
        self.known = text
        if self.value() != text or not text:
            self.setText(text)
            self.selectAll()

    def restore(self) -> None:
        """Show again what stood there before."""
        self.setText(self.known or "")

    def refuse(self) -> None:
        """Show that what stands there is no date."""
        parts.set_look(self, "bad", True)
        self.selectAll()

    def open_calendar(self) -> None:
        """Open the calendar below the cell."""
        pane = DatePane(self, self.value() or "", self._look)
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

    def __init__(self, parent: QWidget, day: str, look: Tokens) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._build()
        self._paint_quietly(look)
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

    def _paint_quietly(self, look: Tokens) -> None:
        """Give the calendar the colours and the arrows of the look."""
        bar = self.calendar.findChild(QWidget, "qt_calendar_navigationbar")
        for widget in (bar, *bar.findChildren(QToolButton)):
            palette = widget.palette()
            palette.setColor(QPalette.ColorRole.Highlight, QColor(look.accent_soft))
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor(look.accent))
            widget.setPalette(palette)
        plain = QTextCharFormat()
        plain.setForeground(QColor(look.text))
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, icon in (("prev", "back"), ("next", "forward")):
            arrow = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            arrow.setIcon(icons.icon(icon, look.accent, look.px(16)))

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
