"""One thing that is asked in 一次问完: its name, and beside it what is pressed or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.catalogue import facts
from desktop.classification.size_table import number_words
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.visits import firm_figures
from desktop.ui.visits.firm_industry import IndustryField
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises.model import TAXPAYERS, UNITS

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

UNSURE = "不清楚"
NAME_SHARE, HELD_SHARE = 2, 3
FIELD_WIDE, BUTTON_WIDE = 116, 60  # pixels at zoom 1


class AskedRow(QWidget):
    """Signals:

    answered(str, object): the fact, and its value; None where it is not known
    """

    answered = Signal(str, object)

    def __init__(self, key: str, held: QWidget, beside: str = "") -> None:
        super().__init__()
        self.key = key
        self.name = facts.asked(key).name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        name = widgets.label(self.name)
        name.setWordWrap(True)
        name.setToolTip(plain.tip(facts.asked(key).question))
        row.addWidget(name, NAME_SHARE)
        right = QHBoxLayout()
        right.addWidget(held)
        if beside:
            right.addWidget(widgets.label(beside, "muted", "small"), 1)
        row.addLayout(right, HELD_SHARE)

    def show_value(self, value: Any) -> None:
        """Show what is known now, without telling."""
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        """Return what can have the keyboard, what has it first in front."""
        raise NotImplementedError

    def press(self, _number: int) -> bool:
        """Give the answer of a number key; tells whether there is one."""
        return False

    def take(self) -> bool:
        """Keep what was typed; tells whether nothing is left that cannot be."""
        return True


class ChoiceAsked(AskedRow):
    """A fact with 是, 否, 不清楚, or the kinds of taxpayer.

    Attributes:
        passed: whether somebody said that it is not clear
    """

    def __init__(self, desk: Desk, key: str) -> None:
        words = TAXPAYERS if key == "taxpayer" else {True: "是", False: "否"}
        self._values: dict[str, Any] = {word: value for value, word in words.items()} | {UNSURE: None}
        self.choice = ChoiceRow(desk.look, facts.asked(key).name, list(self._values))
        self.choice.setFixedHeight(desk.look.tokens.px(TOUCH))  # they never need a second line here
        for button in self.choice.buttons.values():
            button.setMinimumWidth(desk.look.tokens.px(BUTTON_WIDE))
        super().__init__(key, self.choice)
        self.passed = False
        self.choice.chosen.connect(self._tell)

    def _tell(self, word: str) -> None:
        self.passed = word == UNSURE
        self.answered.emit(self.key, self._values[word])

    def show_value(self, value: Any) -> None:
        self.passed = self.passed and value is None
        self.choice.choose(
            next((word for word, held in self._values.items() if held == value), "")
            if value is not None or self.passed
            else ""
        )

    def stops(self) -> tuple[QWidget, ...]:
        buttons = self.choice.buttons
        first = buttons.get(self.choice.word) or next(iter(buttons.values()))
        return (first, *(button for button in buttons.values() if button is not first))

    def press(self, number: int) -> bool:
        buttons = list(self.choice.buttons.values())
        if not 1 <= number <= len(buttons):
            return False
        widgets.press(buttons[number - 1])
        return True


class FigureAsked(AskedRow):
    """A figure of the day of which it is usually told."""

    def __init__(self, desk: Desk, key: str) -> None:
        px = desk.look.tokens.px
        day = firm_figures.usual_day(key, desk.today())
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{facts.asked(key).name}（{UNITS[key]}）")
        self.line.setMinimumHeight(px(TOUCH))
        self.line.setFixedWidth(px(FIELD_WIDE))
        super().__init__(key, self.line, f"{UNITS[key]}，数据日期 {day.isoformat()}")
        self._held: float | None = None
        self.line.editingFinished.connect(self.take)

    def take(self) -> bool:
        try:
            value = firm_figures.number(self.line.text())
        except ValueError:
            widgets.set_look(self.line, "bad", True)
            return False
        if value != self._held:
            self.answered.emit(self.key, value)
        widgets.set_look(self.line, "bad", value != self._held)
        return value == self._held

    def show_value(self, value: Any) -> None:
        if value != self._held:
            self._held = value
            self.line.setText("" if value is None else number_words(value))

    def stops(self) -> tuple[QWidget, ...]:
        return (self.line,)


class IndustryAsked(AskedRow):
    """The industry, by code, name or pinyin."""

    def __init__(self, desk: Desk, key: str) -> None:
        self.field = IndustryField(desk)
        super().__init__(key, self.field)
        self._held = ""
        self.field.line.editingFinished.connect(self.take)

    def take(self) -> bool:
        if self.field.text != self._held:
            self.answered.emit(self.key, self.field.text)
        return True

    def show_value(self, value: Any) -> None:
        if (value or "") != self._held:
            self._held = value or ""
            self.field.show_industry(self._held)

    def stops(self) -> tuple[QWidget, ...]:
        return (self.field.line,)


def asked_row(desk: Desk, key: str) -> AskedRow:
    """Return the row of a fact or a figure."""
    if key == "industry":
        return IndustryAsked(desk, key)
    return FigureAsked(desk, key) if key in FIGURES else ChoiceAsked(desk, key)
