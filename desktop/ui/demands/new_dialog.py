"""登记诉求: one that did not come up at a visit, by telephone, by letter, from 12345 or otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.demands.form import DemandForm, titled
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.demands.model import DemandSource

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

SOURCES = (DemandSource.CALL, DemandSource.LETTER, DemandSource.HOTLINE, DemandSource.OTHER)
WIDE, MOST = 560, 400


class NewDemandDialog(Dialog):
    """Asks for a demand; refused, it stays with all that was typed.

    Signals:
        registered(str): the key of the demand
    """

    registered = Signal(str)

    def __init__(self, desk: Desk, enterprise: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._enterprise = desk, enterprise
        self._fields: dict[str, Any] = {}
        self.setWindowTitle("登记诉求")
        self._build()
        self._connect()
        self._check()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(8), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        self.source = ChoiceRow(self._desk.look, "来源", list(SOURCES))
        self.source.choose(SOURCES[0])
        today = self._desk.today()
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        calendar.pop_up(self.day, self._desk.look.tokens)
        self.day.setMaximumDate(self.day.date())
        self.day.setAccessibleName("收到日期")
        self.contact = QLineEdit()
        self.contact.setAccessibleName("联系人和电话")
        self.contact.setMaxLength(MOST)
        for field in (self.day, self.contact):
            field.setMinimumHeight(px(TOUCH))
        row = QHBoxLayout()
        row.addLayout(titled("来源", self.source), 1)
        row.addLayout(titled("收到日期", self.day))
        box.addLayout(row)
        self.form = DemandForm(self._desk)
        self._fields.update(self.form.show_new(today))
        self.form.grid.addLayout(titled("联系人和电话", self.contact), 2, 1)
        box.addWidget(self.form)
        box.addStretch(1)
        foot = DialogFoot(self, "登记")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.setMinimumWidth(px(WIDE))
        self.form.text.setFocus()

    def _connect(self) -> None:
        self.form.typed.connect(self._take)

    def _take(self, name: str, value: object, _now: bool) -> None:
        self._fields[name] = value
        self._check()

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(str(self._fields.get("text", "")).strip()))

    def accept(self) -> None:
        fields = dict(self._fields)
        words = str(fields.pop("text", "")).strip()
        if not words:
            return
        day = self.day.date()
        key = self._desk.demands.add(
            words,
            date(day.year(), day.month(), day.day()),
            enterprise=self._enterprise,
            source=self.source.word,
            contact=self.contact.text(),
            **fields,
        )
        if key is not None:
            super().accept()
            self.registered.emit(key)
