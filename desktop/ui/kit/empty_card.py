"""What the card on the right says when it has no rows: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit import icons, widgets
from desktop.ui.kit.fields import there

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look


ICON = 36
ROOMY = 1.5  # up to this zoom there is room for the drawing on the smallest screen


class EmptyCard(QWidget):
    """An icon, a heading, a sentence and, where there is something to do, a button.

    Signals:
        asked(): the button was pressed
    """

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._drawing = ""
        self._build()
        self._connect()

    def say(
        self, heading: str, text: str, *, drawing: str = "overview", action: str = "", quiet: bool = False
    ) -> None:
        """Show a heading and a sentence; ``drawing`` names an icon, ``action`` the button's words.

        ``quiet``: the button is not what one comes for; another one of the page is.
        """
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        widgets.set_look(self._action, "primary", not quiet)
        self._drawing = drawing
        self._take_look()

    def _build(self) -> None:
        self._icon = widgets.label()
        self._heading, self._text = widgets.label("", "heading"), widgets.label("", "muted")
        self._action = widgets.button("", "primary", does=self.asked.emit)
        inside = widgets.column()
        inside.addStretch(2)
        for widget in (self._icon, self._heading, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(widget)
        self._text.setWordWrap(True)
        inside.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(3)
        self.setLayout(inside)

    def _connect(self) -> None:
        self._look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        look = self._look.tokens
        there(self.layout()).setContentsMargins(look.px(24), 0, look.px(24), 0)
        there(self.layout()).setSpacing(look.px(10))
        self._icon.setVisible(look.zoom <= ROOMY)
        if self._drawing:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(icons.pixmap(self._drawing, look.faint, look.px(ICON), ratio))
