"""A question of the card, answered where it stands: yes or no, a number, or one of two words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.catalogue import facts
from desktop.ui.kit import widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.visits import firm_figures
from desktop.verdicts.profile import FIGURES, GENERAL, SMALL

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

UNITS = {"employees": "人", "revenue": "万元", "assets": "万元", "taxable_income": "万元"}
WIDE = 96  # pixels at zoom 1 of a field for a number


class CardQuestion(QWidget):
    """Signals:

    answered(str, object): the fact, and what it is: True, False, a number, a word
    unsure(str): nobody could say; the fact stays unknown
    form_asked(): it is answered in the form of the enterprise
    """

    answered = Signal(str, object)
    unsure = Signal(str)
    form_asked = Signal()

    def __init__(self, desk: Desk, fact: str) -> None:
        super().__init__()
        self._desk, self.fact = desk, fact
        self.field: QLineEdit | None = None
        self.buttons: list[QPushButton] = []
        row = FlowLayout(self, desk.look.tokens.px(6))
        row.addWidget(widgets.label(facts.asked(fact).question))
        if fact in FIGURES:
            self._ask_number(row)
        elif fact == "taxpayer":
            self._offer(row, (("一般纳税人", GENERAL), ("小规模纳税人", SMALL)))
        elif fact == "industry":
            self._button(row, "填写行业……", None)
        else:
            self._offer(row, (("是", True), ("不是", False)))
        self.unsure_button = widgets.button("不清楚", "small", does=lambda: self.unsure.emit(fact))
        self.unsure_button.setAccessibleName(f"{facts.asked(fact).name}：不清楚")
        row.addWidget(self.unsure_button)
        for one in (*self.buttons, self.field):
            if one is not None:
                one.setEnabled(not desk.read_only)

    def focus_first(self) -> None:
        """Give the keyboard to what answers it."""
        (self.field or self.buttons[0]).setFocus()

    def _offer(self, row: FlowLayout, words: tuple[tuple[str, Any], ...]) -> None:
        for word, value in words:
            self._button(row, word, value)

    def _button(self, row: FlowLayout, word: str, value: Any) -> None:
        def press() -> None:
            if value is None:
                self.form_asked.emit()
            else:
                self.answered.emit(self.fact, value)

        made = widgets.button(word, "small", does=press)
        made.setAccessibleName(f"{facts.asked(self.fact).name}：{word}")
        self.buttons.append(made)
        row.addWidget(made)

    def _ask_number(self, row: FlowLayout) -> None:
        self.field = QLineEdit()
        self.field.setAccessibleName(f"{facts.asked(self.fact).name}，{UNITS[self.fact]}")
        self.field.setFixedWidth(self._desk.look.tokens.px(WIDE))
        self.field.returnPressed.connect(self._take_number)
        row.addWidget(self.field)
        row.addWidget(widgets.label(UNITS[self.fact], "muted"))
        made = widgets.button("记下", "small", does=self._take_number)
        self.buttons.append(made)
        row.addWidget(made)

    def _take_number(self) -> None:
        assert self.field is not None
        try:
            value = firm_figures.number(self.field.text())
        except ValueError:
            value = None
        if value is None:
            self.field.selectAll()
            self.field.setFocus()
        else:
            self.answered.emit(self.fact, value)
