"""Several words side by side of which one is chosen: as high as a finger, one tab stop, arrows go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.kit import plain, widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.kit.look import Look

TOUCH = 34  # pixels at zoom 1 that what a finger presses is high


class ChoiceRow(QWidget):
    """Signals:

    chosen(str): the word that the user chose
    """

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, choices: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._row = FlowLayout(self, look.tokens.px(5))
        self.buttons = {word: widgets.button(plain.caption(word)) for word in choices}
        for word, button in self.buttons.items():
            button.setCheckable(True)
            button.setAccessibleName(f"{name}：{word}")
            self._group.addButton(button)
            self._row.addWidget(button)
        self._group.buttonClicked.connect(lambda _button: self.chosen.emit(self.word))
        look.changed.connect(self._take_look)
        self._take_look()

    @property
    def word(self) -> str:
        """Return what is chosen, "" for nothing."""
        return next((word for word, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, word: str) -> None:
        """Choose without telling; "" for nothing."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == word)
        self._group.setExclusive(True)

    def focus(self) -> None:
        """Put the focus on what is chosen."""
        for word, button in self.buttons.items():
            if word == (self.word or word):
                button.setFocus()
                return

    def _take_look(self) -> None:
        px = self._look.tokens.px
        self._row.setSpacing(px(5))
        for button in self.buttons.values():
            button.setMinimumHeight(px(TOUCH))
