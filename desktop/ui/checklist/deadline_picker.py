"""Choosing a deadline, and the pane that opens with it below a cell of 完成时限."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.errors import RuleError
from desktop.ui.kit import widgets
from desktop.ui.kit.calendar import Calendar
from desktop.ui.kit.look import Tokens
from desktop.workspace.items import deadline, typed_dates
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED, Deadline, DeadlineKind

KINDS = (DeadlineKind.DAY, DeadlineKind.SPAN, DeadlineKind.LONG_TERM, DeadlineKind.UNSTATED)
MEANS = {
    DeadlineKind.LONG_TERM: "长期推进，没有截止日，不亮灯。",
    DeadlineKind.UNSTATED: "没有写明完成时限，不亮灯。",
}


class DeadlineChoice(QWidget):
    """Four kinds, and what each of them needs.

    Signals:
        changed(): something else is chosen, or what stands there is no deadline
        settled(): a day was picked in the calendar, with 日期 chosen: nothing is left to choose
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, chosen: Deadline, look: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(look)
        self.show_deadline(chosen)
        self._connect()

    def _build(self, look: Tokens) -> None:
        box = widgets.column(spacing=look.px(6))
        self.setLayout(box)
        segments = QFrame()
        segments.setObjectName("segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self.kinds = {kind: widgets.button(str(kind), "segment") for kind in KINDS}
        for number, button in enumerate(self.kinds.values()):
            button.setCheckable(True)
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        box.addWidget(segments)
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        self.first, self.last = QLineEdit(), QLineEdit()
        for word, line, name in (("自", self.first, "开始日期"), ("至", self.last, "结束日期")):
            line.setPlaceholderText(name)
            line.setAccessibleName(name)
            line.installEventFilter(self)
            days.addWidget(widgets.label(word, "muted"))
            days.addWidget(line, 1)
        box.addWidget(self._days)
        self.calendar = Calendar(look)
        self.calendar.setMinimumHeight(max(min(look.px(200), 320), 200))  # gives way on a low screen
        box.addWidget(self.calendar, 1)
        self._note = widgets.label("", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        self._note.setMinimumHeight(look.px(64))
        box.addWidget(self._note, 1)
        self._into = self.first

    def _connect(self) -> None:
        self._group.idToggled.connect(lambda _number, on: self._show_kind() if on else None)
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        self.calendar.selectionChanged.connect(self.changed)
        for line in (self.first, self.last):
            line.textEdited.connect(lambda _text: self._check())

    # ---- what is chosen

    @property
    def kind(self) -> DeadlineKind:
        """Return which kind is chosen."""
        return KINDS[self._group.checkedId()]

    def value(self) -> Deadline | None:
        """Return what is chosen, None when it is not a deadline yet."""
        if self.kind is DeadlineKind.UNSTATED:
            return UNSTATED
        if self.kind is DeadlineKind.LONG_TERM:
            return LONG_TERM
        if self.kind is DeadlineKind.DAY:
            return deadline.on(_day(self.calendar.selectedDate()))
        first, last = typed_dates.day(self.first.text()), typed_dates.day(self.last.text())
        if first is None or last is None:
            return None
        try:
            return deadline.span(first, last)
        except RuleError:  # it ends before it begins
            return None

    def show_deadline(self, chosen: Deadline) -> None:
        """Show a deadline."""
        if chosen.end:
            self.calendar.setSelectedDate(QDate(chosen.end.year, chosen.end.month, chosen.end.day))
            self.last.setText(chosen.end.isoformat())
        if chosen.start:
            self.first.setText(chosen.start.isoformat())
        self.kinds[chosen.kind].setChecked(True)
        self._show_kind()

    def choose(self, kind: DeadlineKind) -> None:
        """Choose a kind."""
        self.kinds[kind].setChecked(True)

    def focus(self) -> None:
        """Give the keyboard to what is chosen next."""
        if self.kind is DeadlineKind.DAY:
            self.calendar.setFocus()
        elif self.kind is DeadlineKind.SPAN:
            self._into.setFocus()
        else:
            self.kinds[self.kind].setFocus()

    # ---- inside

    def _show_kind(self) -> None:
        with_days = self.kind in (DeadlineKind.DAY, DeadlineKind.SPAN)
        self._days.setVisible(self.kind is DeadlineKind.SPAN)
        self.calendar.setVisible(with_days)
        self._note.setVisible(not with_days)
        self._note.setText(MEANS.get(self.kind, ""))
        self._check()

    def _pick(self, day: QDate) -> None:
        if self.kind is DeadlineKind.DAY:
            self.calendar.setSelectedDate(day)
            self.settled.emit()
            return
        self._into.setText(day.toString(Qt.DateFormat.ISODate))
        self._into = self.last
        self.last.setFocus()
        self._check()

    def _check(self) -> None:
        """Mark what cannot be read, or stands the wrong way round."""
        days = [typed_dates.day(line.text()) for line in (self.first, self.last)]
        turned = None not in days and self.value() is None
        for line, day in zip((self.first, self.last), days, strict=True):
            widgets.set_look(line, "bad", turned or (bool(line.text().strip()) and day is None))
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._into = watched
        return False


def _day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())


class DeadlinePane(QFrame):
    """A choice of deadlines that pops up. A day is taken at once, the rest with 确定.

    Signals:
        picked(str): the deadline as it is stored
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget, stored: str, look: Tokens) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        box = widgets.column(spacing=6, margins=(8, 8, 8, 8))
        self.setLayout(box)
        known = deadline.parse(stored)
        self.choice = DeadlineChoice(known if stored else deadline.UNSTATED, look)
        if not stored:
            self.choice.choose(deadline.DeadlineKind.DAY)
        box.addWidget(self.choice)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.ok_button = widgets.button("确定", "primary", does=self._take)
        foot.addWidget(self.ok_button)
        box.addLayout(foot)
        self.setMinimumWidth(look.px(280))
        self.choice.changed.connect(self._check)
        self.choice.settled.connect(self._take)
        self._check()

    def _check(self) -> None:
        self.ok_button.setEnabled(self.choice.value() is not None)
        self.adjustSize()

    def _take(self) -> None:
        chosen = self.choice.value()
        if chosen is not None:
            self.close()
            self.picked.emit(chosen.stored)
