"""What to change when a search found nothing: sentences, and a button for each search that they promise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from desktop.catalogue.advice import Advice
from desktop.ui.desk import Desk
from desktop.ui.kit import plain, widgets

NOTHING = "没有找到相符的措施。"


class AdviceButton(widgets.PushButton):
    """Searches for what is offered; the words end in an ellipsis where the room does not suffice."""

    def __init__(self, offer: str) -> None:
        super().__init__()
        self._offer = offer
        self.setProperty("chip", True)
        self.setAutoDefault(False)
        self.setAccessibleName(offer)
        self.setToolTip(plain.tip(offer))

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # which gives the font
        wide = self.fontMetrics().horizontalAdvance(self._offer) + 2 * self.fontMetrics().height()
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - 2 * self.fontMetrics().height()
        words = self.fontMetrics().elidedText(self._offer, Qt.TextElideMode.ElideMiddle, room)
        self.setText(plain.caption(words))


class AdviceList(QScrollArea):
    """Stands in place of the hits. The arrows go from one button to the next, Enter takes what it offers.

    Attributes:
        buttons: one for each offer, in their order
        sentences: what it says, line by line

    Signals:
        taken(object): the ``Advice`` whose button was pressed
    """

    taken = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.buttons: tuple[QPushButton, ...] = ()
        self.sentences: tuple[str, ...] = ()
        self._build()
        self._desk.look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = widgets.frame("surface")
        self._column = widgets.column()
        inside.setLayout(self._column)
        self.setWidget(inside)

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Say that nothing was found and what to change."""
        widgets.clear(self._column)
        self.sentences = (NOTHING, *(each.sentence for each in advice))
        self._column.addWidget(self._line(NOTHING, "heading"))
        buttons = []
        for each in advice:
            self._column.addWidget(self._line(each.sentence, "muted"))
            if each.offer:
                made = AdviceButton(each.offer)
                made.clicked.connect(lambda _on=False, each=each: self.taken.emit(each))
                self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
                made.show()  # now, for it may be asked to take the caret
                buttons.append(made)
        self._column.addStretch(1)
        self.buttons = tuple(buttons)

    def focus_first(self) -> None:
        """Put the caret on the first button, if there is one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, words: str, look: str) -> QWidget:
        made = widgets.label(words, look)
        made.setWordWrap(True)
        return made

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        self._column.setSpacing(look.px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key, focused = Qt.Key(event.key()), self.focusWidget()
        if key in steps and focused in self.buttons:
            at = self.buttons.index(focused) + steps[key]
            self.buttons[min(max(at, 0), len(self.buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
