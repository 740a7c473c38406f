"""The lines between header and page: how valid what is shown is, what cannot be done, what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.frame.validity_line import ValidityLine
from desktop.ui.kit import widgets
from desktop.ui.kit.message_line import Banner, MessageLine

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class TopLines(QWidget):
    """Holds the lines; each of them is only seen while it has something to say.

    Attributes: ``validity`` speaks of the notice that is shown.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.validity = ValidityLine(desk)
        self._lock, self._library = Banner(desk.look), Banner(desk.look)
        self._column = widgets.column()
        self.setLayout(self._column)
        for line in (self.validity, self._lock, self._library):
            self._column.addWidget(line)
        self.take_library()

    def announce(self, words: str, **actions: Callable[[], object]) -> MessageLine:
        """Put a line below the others with a button for each of ``actions``; closed, it is gone."""
        line = MessageLine(self._desk.look)
        line.close_button.clicked.connect(line.deleteLater)
        self._column.insertWidget(self._column.indexOf(self._library) + 1, line)
        line.tell(words, **actions)
        return line

    def say_locked(self, why: str) -> None:
        """Say that this window is read-only, and why."""
        self._lock.say("", "本窗口只读，可以查阅和导出，不能填报。", why)

    def take_library(self) -> None:
        """Say what is wrong with the library, if anything is."""
        self._library.say(" ".join(self._desk.warning.split("\n")))

    def fit(self) -> None:
        """Take less height where the window is low."""
        for line in (self.validity, self._lock, self._library):
            line.fit()
