"""The pane that opens below a cell of 完成时限."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.checklist.deadline_picker import DeadlineChoice
from desktop.ui.kit import widgets
from desktop.ui.kit.look import Tokens
from desktop.workspace.items import deadline


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
