"""Lines that say something across the window: what just happened, what always holds."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from desktop.ui.kit import icons, plain, widgets
from desktop.ui.kit.look import Look
from desktop.ui.kit.widgets import ElidedLabel


class MessageLine(QFrame):
    """A line that says what just happened, with a button for each thing to do about it.

    Only one that warns, as nothing was done or something must be, is in the colours of warnings.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("message")
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self.words = ElidedLabel()
        self._row.addWidget(self.words, 1)
        self._actions = QHBoxLayout()
        self._row.addLayout(self._actions)
        self.close_button = widgets.button("关闭", "quiet", does=self.hide)
        self._row.addWidget(self.close_button)
        self.hide()
        look.changed.connect(self._take_look)
        self._take_look()

    def tell(self, words: str, **actions: Callable[[], object]) -> None:
        """Show ``words`` with a button for each of ``actions``, named by its label."""
        self.warn(False)
        widgets.clear(self._actions)
        self.words.setText(words.replace("\n", " "))
        self._buttons = {name: widgets.button(name, "quiet", does=does) for name, does in actions.items()}
        for button in self._buttons.values():
            self._actions.addWidget(button)
        self.show()

    def warn(self, on: bool = True) -> None:
        """Show what was told last in the colours of warnings."""
        for part in (self, self.words):
            widgets.set_look(part, "warn", on)

    def button(self, name: str) -> QPushButton:
        """Return the button of one of the actions shown."""
        return self._buttons[name]

    def _take_look(self) -> None:
        look = self._look.tokens
        self._row.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        self._row.setSpacing(look.px(10))


class Banner(QWidget):
    """A line above the pages: the notice's validity, or that this window is read-only.

    In a low window it is one line, and what has no room on it stands in its tip; the strong words stay.
    """

    def __init__(self, look: Look, icon: str = "warning") -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark, self._words = widgets.label(), widgets.label()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setMinimumWidth(1)
        self._parts: tuple[str, str, str] = ("", "", "")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self.hide()
        look.changed.connect(self._take_look)
        self._take_look()

    def say(self, words: str, strong: str = "", after: str = "") -> None:
        """Show ``words``, ``strong`` in bold, and ``after``; without any the banner is hidden."""
        self._parts = (words, strong, after)
        self.setAccessibleName("".join(self._parts))
        self.setVisible(any(self._parts))
        self.fit()

    def fit(self) -> None:
        """Show as much as one line holds where the window is low, else all."""
        look = self._look.tokens
        low = look.low(self)
        above = look.px(2 if low else 7)
        self._words.setWordWrap(not low)
        self._row.setContentsMargins(look.px(16), above, look.px(16), above)
        room = self.width() - 2 * look.px(16) - look.px(15) - self._row.spacing()
        fitting = self._fitting(QFontMetrics(look.font(bold=True)), room) if low else self._parts
        words, strong, after = shown = fitting
        told = escape(words) + (f"<b>{escape(strong)}</b>" if strong else "") + escape(after)
        self._words.setText(told)
        self._words.setToolTip(plain.tip("" if shown == self._parts else "".join(self._parts)))

    def _fitting(self, metrics: QFontMetrics, room: int) -> tuple[str, str, str]:
        """Return as much of the words as ``room`` pixels hold; the strong ones stay longest."""
        words, strong, _ = self._parts
        for shown in (self._parts, (words, strong, ""), ("", strong, "")) if strong else (self._parts,):
            if metrics.horizontalAdvance("".join(shown)) <= room:
                return shown
        elided = metrics.elidedText(strong or words, Qt.TextElideMode.ElideRight, room)
        return ("", elided, "") if strong else (elided, "", "")

    def _take_look(self) -> None:
        look = self._look.tokens
        size = look.px(15)
        self._mark.setPixmap(icons.pixmap(self._icon, look.warn, size, self.devicePixelRatioF()))
        self._mark.setFixedWidth(size)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
