"""A button that says what is chosen and opens a menu of what else could be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.kit import plain, widgets


class ChoiceButton(widgets.PushButton):
    """One of several choices, the first of which leaves nothing out.

    Signals:
        chosen(int): the place of what the user chose
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._name = name
        self._choices: list[str] = []
        self.setAutoDefault(False)
        self.setMenu(self._menu)
        self._menu.triggered.connect(self._take)

    def offer(self, choices: Sequence[str]) -> None:
        """Offer these; what was chosen stays chosen if it is among them."""
        if list(choices) == self._choices:
            return
        kept = self.text_chosen
        self._choices = list(choices)
        self._menu.clear()
        for number, choice in enumerate(choices):
            action = plain.line(self._menu, choice)
            action.setCheckable(True)
            action.setData(number)
            self._group.addAction(action)
        self.choose(list(choices).index(kept) if kept in choices else 0)

    @property
    def place(self) -> int:
        """Return the place of what is chosen."""
        action = self._group.checkedAction()
        return int(action.data()) if action is not None else 0

    @property
    def text_chosen(self) -> str:
        """Return what is chosen."""
        return self._choices[self.place] if self._choices else ""

    def choose(self, place: int) -> None:
        """Choose without telling."""
        self._menu.actions()[place].setChecked(True)
        self.setText(f"{self._menu.actions()[place].text()} ▾")
        self.setAccessibleName(f"{self._name}：{self.text_chosen}")
        widgets.set_look(self, "chosen", place > 0)

    def _take(self, action: QAction) -> None:
        self.choose(int(action.data()))
        self.chosen.emit(int(action.data()))
