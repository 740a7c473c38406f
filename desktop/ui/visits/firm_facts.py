"""What is asked about an enterprise with yes or no, by groups: 是, 否 or 未知."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from desktop.catalogue import facts
from desktop.ui.kit import plain, widgets
from desktop.workspace.enterprises.model import FACT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.catalogue.facts import AskedFact
    from desktop.ui.desk import Desk

ANSWERS = {"是": True, "否": False, "未知": None}


class FirmFacts(QWidget):
    """Signals:

    typed(): an answer is another one
    """

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        px = desk.look.tokens.px
        self.buttons: dict[str, dict[bool | None, QRadioButton]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(4))
        grid.setVerticalSpacing(px(1))
        grid.setColumnStretch(0, 1)
        group = ""
        for fact in facts.vocabulary().values():
            if fact.group != group:
                group = fact.group
                title = widgets.label(group, "section")
                title.setContentsMargins(0, px(10) if self.buttons else 0, 0, px(2))
                grid.addWidget(title, grid.rowCount(), 0, 1, 4)
            self._ask(grid, fact)

    def _ask(self, grid: QGridLayout, fact: AskedFact) -> None:
        row = grid.rowCount()
        name = widgets.label(fact.name)
        name.setWordWrap(True)
        name.setToolTip(plain.tip(fact.question))
        grid.addWidget(name, row, 0)
        group = QButtonGroup(self)
        self.buttons[fact.key] = {}
        for place, (word, answer) in enumerate(ANSWERS.items(), 1):
            button = QRadioButton(word)
            button.setAccessibleName(f"{fact.name}：{word}")
            button.setToolTip(plain.tip(fact.question))
            button.setChecked(answer is None)
            group.addButton(button)
            grid.addWidget(button, row, place)
            self.buttons[fact.key][answer] = button
        group.buttonClicked.connect(lambda _button: self.typed.emit())

    def show_facts(self, known: Mapping[str, bool]) -> None:
        """Show what is known, without telling."""
        for key, buttons in self.buttons.items():
            buttons[known.get(key)].setChecked(True)

    def known(self) -> dict[str, bool]:
        """Return what is known to be true or false."""
        said = {key: self._answer(key) for key in self.buttons}
        return {key: answer for key, answer in said.items() if answer is not None}

    def fields(self) -> dict[str, bool | None]:
        """Return the fields of all facts."""
        return {f"{FACT}/{key}": self._answer(key) for key in self.buttons}

    def _answer(self, key: str) -> bool | None:
        return next(answer for answer, button in self.buttons[key].items() if button.isChecked())
