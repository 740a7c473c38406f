"""Small pieces of the page 清单: a label that gives way, the rules, what just happened, the reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop.ui.kit import icons, widgets
from desktop.ui.kit.look import Look, Tokens
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace.items.model import FIELD_NAMES


class NoticeStrip(QFrame):
    """A line above the table that says what just happened, with up to two things to do about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self.words = ElidedLabel()
        self._row.addWidget(self.words, 1)
        self._actions = QHBoxLayout()
        self._row.addLayout(self._actions)
        self.close_button = widgets.button("关闭", "quiet", does=self.hide)
        self._row.addWidget(self.close_button)
        self.hide()

    def tell(self, words: str, **actions: Callable[[], object]) -> None:
        """Show ``words`` with a button for each of ``actions``, named by its label."""
        widgets.clear(self._actions)
        self.words.setText(words.replace("\n", " "))
        self._buttons = {name: widgets.button(name, "quiet", does=does) for name, does in actions.items()}
        for button in self._buttons.values():
            self._actions.addWidget(button)
        self.show()

    def tell_refused(self, number: int, values: dict[str, str], retry: Callable[[], object]) -> None:
        """Say that ``values`` of measure ``number`` were not written; they can be tried again or copied."""

        def again() -> None:
            self.hide()
            retry()

        names, text = "、".join(FIELD_NAMES[field] for field in values), "\n".join(values.values())
        self.tell(
            f"第{number}条{names}没有保存：“{text}”",
            再试一次=again,
            复制内容=lambda: QGuiApplication.clipboard().setText(text),
        )

    def button(self, name: str) -> QPushButton:
        """Return the button of one of the actions shown."""
        return self._buttons[name]

    def apply_look(self, look: Tokens) -> None:
        """Take sizes from the look."""
        self._row.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        self._row.setSpacing(look.px(10))


class Banner(QWidget):
    """One line above the pages: the notice's validity, or that this window is read-only."""

    def __init__(self, look: Look, icon: str = "warning") -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self.hide()
        look.changed.connect(self._take_look)
        self._take_look()

    def say(self, html: str) -> None:
        """Show ``html``; an empty string hides the banner."""
        self._words.setText(html)
        self.setVisible(bool(html))

    def _take_look(self) -> None:
        look = self._look.tokens
        self._row.setContentsMargins(look.px(16), look.px(7), look.px(16), look.px(7))
        size = look.px(15)
        self._mark.setPixmap(icons.pixmap(self._icon, look.warn, size, self.devicePixelRatioF()))
        self._mark.setFixedWidth(size)
