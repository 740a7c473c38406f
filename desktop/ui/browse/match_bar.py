"""A small bar on the reader while something is searched for: which match, how many, up and down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.ui import verbs
from desktop.ui.desk import Desk
from desktop.ui.kit import icons, plain, widgets
from desktop.ui.kit.fields import there


class MatchBar(QFrame):
    """Keeps to the upper right corner of the widget it lies on.

    Signals:
        stepped(int): the previous (-1) or the next (+1) match was asked for
    """

    stepped = Signal(int)

    def __init__(self, desk: Desk, on: QWidget) -> None:
        super().__init__(on)
        self._desk = desk
        self.setObjectName("matches")
        self._words = widgets.label("", "muted", "small")
        self._up, self._down = QToolButton(), QToolButton()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words)
        for step, each, words in (
            (-1, self._up, verbs.PREVIOUS_MATCH.hint),
            (1, self._down, verbs.NEXT_MATCH.hint),
        ):
            each.setToolTip(plain.tip(words))
            each.setAccessibleName(words)
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            each.clicked.connect(lambda _on=False, step=step: self.stepped.emit(step))
            self._row.addWidget(each)
        self.hide()
        on.installEventFilter(self)
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def show_matches(self, current: int, count: int) -> None:
        """Say that match ``current`` of ``count`` is shown; 0 of several: none yet. Without any, hide."""
        self._words.setText(f"{current} / {count} 处" if current else f"{count} 处匹配")
        self.setVisible(count > 0)
        self._place()

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._row.setContentsMargins(look.px(10), look.px(3), look.px(4), look.px(3))
        self._row.setSpacing(look.px(2))
        size = look.px(14)
        for each, name in ((self._up, "up"), (self._down, "down")):
            each.setIcon(icons.icon(name, look.muted))
            each.setIconSize(QSize(size, size))
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(
            there(self.parentWidget()).width() - self.width() - self._desk.look.tokens.px(24),
            self._desk.look.tokens.px(8),
        )
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
