"""The head of a panel: what it is, what it is about, what can be done, and the cross that closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from desktop.ui.kit import icons, widgets
from desktop.ui.kit.look import Tokens
from desktop.ui.kit.widgets import ElidedLabel


class PanelHead(QWidget):
    """Title and subject at the left, buttons at the right, or below where the line is too short.

    Attributes:
        about: the subject, cut off where there is no room

    Signals:
        closed(): the cross was pressed
    """

    closed = Signal()

    def __init__(self, title: str, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._words, self._row = QHBoxLayout(), QHBoxLayout()
        self.about = ElidedLabel("muted", "small")
        self._words.addWidget(widgets.label(title, "section"))
        self._words.addWidget(self.about, 1)
        self.close_button = widgets.button("", "quiet", does=self.closed.emit, tip=f"关闭{title}（Esc）")
        self.close_button.setAccessibleName(f"关闭{title}")
        for button in (*buttons, self.close_button):
            self._row.addWidget(button)
        self._box.addLayout(self._words, 1)
        self._box.addLayout(self._row)
        self._least = 0

    def take_look(self, look: Tokens) -> None:
        """Take colours and sizes from the look."""
        px = look.px
        self._box.setContentsMargins(px(8), px(6), px(10), px(6))
        for layout in (self._box, self._words, self._row):
            layout.setSpacing(px(8))
        self.close_button.setIcon(icons.icon("close", look.muted))
        self.close_button.setIconSize(QSize(px(16), px(16)))
        self._least = px(160)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._row.sizeHint().width() + self._least
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
