"""A day by which something is to be done, typed as a day or as a number of working days."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import RuleError
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.workspace.demands import chosen
from desktop.workspace.items import typed_dates

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

_COUNT = re.compile(r"\s*(\d{1,3})\s*(?:个?工作日|天|日|个)?\s*")


class DueField(QWidget):
    """A line, and below it how many working days that is and what is not known of them.

    Signals:
        typed(object): the ``date``, None for none
    """

    typed = Signal(object)

    def __init__(self, desk: Desk, name: str = "办理时限") -> None:
        super().__init__()
        self._desk = desk
        self._start = desk.today()
        box = widgets.column(spacing=2)
        self.setLayout(box)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("日期，或工作日数")
        self.line.setMaxLength(40)
        self.note = widgets.label("", "muted", "small")
        self.note.setWordWrap(True)
        box.addWidget(self.line)
        box.addWidget(self.note)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._take)
        self.line.editingFinished.connect(self._settle)
        desk.look.changed.connect(self._take_look)
        self._take_look()
        self._tell()

    @property
    def value(self) -> date | None:
        """Return the day that is typed, None for none or what is none."""
        counted = _COUNT.fullmatch(self.line.text())
        try:
            if counted:
                return chosen.calendar(self._desk.workspace.db).add(self._start, int(counted[1]))
        except RuleError:
            return None
        return typed_dates.day(self.line.text())

    def show_day(self, due: date | None, start: date) -> None:
        """Show a day, counted from ``start``."""
        self._start = start
        self.line.setText(due.isoformat() if due else "")
        self._tell()

    def _take(self) -> None:
        self._tell()
        self.typed.emit(self.value)

    def _settle(self) -> None:
        """Write a number of days as the day that it is."""
        if (due := self.value) is not None and not self.line.isReadOnly():
            self.line.setText(due.isoformat())

    def _tell(self) -> None:
        due, typed = self.value, bool(self.line.text().strip())
        widgets.set_look(self.line, "bad", typed and due is None)
        if due is None:
            words = "请写成 2026-12-10，或 10（个工作日）。" if typed else ""
        else:
            days = chosen.calendar(self._desk.workspace.db)
            caveat = days.caveat(self._start, due)
            words = f"{days.between(self._start, due)} 个工作日" + (f"；{caveat}" if caveat else "")
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _take_look(self) -> None:
        self.line.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
