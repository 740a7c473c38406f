"""Which changes the history shows: by time, person, source and field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.workspace.history.search import Sought
from desktop.workspace.items import typed_dates
from desktop.workspace.items.changes import SOURCES
from desktop.workspace.items.model import CHANGE_NAMES

SPANS: tuple[tuple[str, Callable[[date], date | None]], ...] = (
    ("全部时间", lambda _today: None),
    ("今天", lambda today: today),
    ("近7天", lambda today: today - timedelta(days=6)),
    ("近30天", lambda today: today - timedelta(days=29)),
    ("今年", lambda today: date(today.year, 1, 1)),
)
BETWEEN = "指定日期"
EVERYBODY, EVERY_SOURCE, EVERY_FIELD = "全部使用人", "全部来源", "全部栏目"
FIELDS = tuple(field for field in CHANGE_NAMES if field != "note")  # notes belong to no item


class HistoryFilter(QFrame):
    """One line of choices.

    Signals:
        changed(): something else is sought
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("surface", True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        self.span, self.person = ChoiceButton("时间"), ChoiceButton("使用人")
        self.source, self.field = ChoiceButton("来源"), ChoiceButton("栏目")
        self.span.offer([name for name, _ in SPANS] + [BETWEEN])
        self.source.offer([EVERY_SOURCE, *SOURCES])
        self.field.offer([EVERY_FIELD, *(CHANGE_NAMES[field] for field in FIELDS)])
        self.first, self.last = QLineEdit(), QLineEdit()
        self.first.setPlaceholderText("起始日期")
        self.last.setPlaceholderText("截止日期")
        self.first.setAccessibleName("起始日期")
        self.last.setAccessibleName("截止日期")
        self._to = widgets.label("至", "muted")
        self.clear_button = widgets.button("清除筛选", "quiet", does=self.clear)
        for widget in (self.span, self.first, self._to, self.last, self.person, self.source, self.field):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.clear_button)
        self.show_people(())
        self._show_days()

    def _connect(self) -> None:
        for button in self._buttons():
            button.chosen.connect(self._tell)
        for line in (self.first, self.last):
            line.textEdited.connect(lambda _text, line=line: widgets.set_look(line, "bad", False))
            line.editingFinished.connect(self._tell)

    @property
    def sought(self) -> Sought:
        """Return what is chosen; a day that cannot be read counts as none and is marked."""
        first: date | None
        last: date | None = None
        if self.span.text_chosen == BETWEEN:
            first, last = self._day(self.first), self._day(self.last)
        else:
            first = SPANS[self.span.place][1](self._desk.today())
        return Sought(
            first,
            last,
            self.person.text_chosen if self.person.place else "",
            self.source.text_chosen if self.source.place else "",
            FIELDS[self.field.place - 1] if self.field.place else "",
        )

    @property
    def active(self) -> bool:
        """Return whether anything is left out."""
        return self.sought != Sought()

    def show_people(self, people: Sequence[str]) -> None:
        """Offer these names; the chosen one stays chosen."""
        self.person.offer([EVERYBODY, *people])

    def clear(self) -> None:
        """Leave nothing out."""
        for button in self._buttons():
            button.choose(0)
        for line in (self.first, self.last):
            line.clear()
            widgets.set_look(line, "bad", False)
        self._tell()

    def take_look(self) -> None:
        """Take sizes from the look."""
        px = self._desk.look.tokens.px
        self._row.setContentsMargins(px(8), 0, px(10), px(6))
        self._row.setSpacing(px(6))
        for line in (self.first, self.last):
            line.setFixedWidth(px(112))

    def _buttons(self) -> tuple[ChoiceButton, ...]:
        return self.span, self.person, self.source, self.field

    def _tell(self) -> None:
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        for widget in (self.first, self._to, self.last):
            widget.setVisible(self.span.text_chosen == BETWEEN)
        self.clear_button.setVisible(self.active)

    def _day(self, line: QLineEdit) -> date | None:
        day = typed_dates.day(line.text())
        widgets.set_look(line, "bad", bool(line.text().strip()) and day is None)
        return day
