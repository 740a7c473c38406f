"""The small pieces that pages are made of: labels, buttons and lines that carry a look by property."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QDialog,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit import plain

TITLE_BAR = 32  # pixels that a system puts above a window, at most


def label(text: str = "", *looks: str, selectable: bool = False) -> QLabel:
    """Return a plain-text label; ``looks`` are properties of the style sheet (``muted``, ``section``, …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    for look in looks:
        made.setProperty(look, True)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class PushButton(QPushButton):
    """A button that Enter presses as well as the space bar, in the window too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press(self)
            event.accept()
            return
        super().keyPressEvent(event)


def press(button: QAbstractButton) -> None:
    """Do what a click on ``button`` does, if it is allowed."""
    if isinstance(button, QPushButton) and button.menu() is not None and button.isEnabled():
        button.showMenu()
    else:
        button.click()


def button(text: str, *looks: str, does: Callable[[], object] | None = None, tip: str = "") -> QPushButton:
    """Return a push button that calls ``does`` when clicked."""
    made = PushButton(text)
    for look in looks:
        made.setProperty(look, True)
    made.setAutoDefault(False)
    if tip:
        made.setToolTip(plain.tip(tip))
    if does is not None:
        made.clicked.connect(lambda: does())
    return made


def frame(*looks: str, edge: str = "", name: str = "") -> QFrame:
    """Return a frame; ``edge`` draws one border line, ``name`` is its object name in the style sheet."""
    made = QFrame()
    for look in looks:
        made.setProperty(look, True)
    if edge:
        made.setProperty("edge", edge)
    if name:
        made.setObjectName(name)
    return made


def column(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return a vertical layout with nothing around it unless asked for."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def rows_or_words(rows: QWidget, words: QLabel) -> QStackedLayout:
    """Return a layout that shows ``rows`` (index 0) or, where there are none, ``words`` in its middle (1)."""
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setWordWrap(True)
    return stacked(rows, words)


def stacked(*pages: QWidget) -> QStackedLayout:
    """Return a layout that shows one of the pages, the first one now; it may get its parent later.

    A stacked layout shows its first page as soon as it has it: without a parent as a window of its own, which
    flashes up on the screen.
    """
    made = QStackedLayout()
    for page in pages:
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        made.addWidget(page)
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    return made


def stack(row: QBoxLayout, stacked: bool) -> None:
    """Set what stands in a row one below the other, or side by side again."""
    row.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """Return an area without a frame in which ``inside`` scrolls up and down."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setAccessibleName(name)
    inside.setObjectName("canvas")
    made.setWidget(inside)
    return made


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet reads, and let the style sheet take it up."""
    if (widget.property(name) or "") == (value or ""):
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take every widget and inner layout out of ``layout`` and delete them."""
    while (entry := layout.takeAt(0)) is not None:
        if (widget := entry.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := entry.layout()) is not None:
            clear(inner)
            inner.deleteLater()


def room_of(window: QWidget) -> QSize:
    """Return how large a window can be under its title bar: as its screen, or its parent's window."""
    room = window.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
    parent = window.parentWidget()
    return room.expandedTo(parent.window().size()) if parent is not None else room


def resize_within(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or what the screen has room for."""
    window.resize(QSize(width, height).boundedTo(room_of(window)))


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where the room does not suffice."""

    def __init__(self, *looks: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        for look in looks:
            self.setProperty(look, True)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2  # what is drawn is cut by its advance
        return hint.expandedTo(QSize(wide, 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        fitting = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
        self.setToolTip(plain.tip(self.text()) if fitting != self.text() else "")


def fill(dialog: QDialog, parent: QWidget) -> None:
    """Give a dialog the size and place of the window that it belongs to."""
    window = parent.window()
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
    dialog.setGeometry(window.geometry())
    if window.isMaximized():
        dialog.setWindowState(Qt.WindowState.WindowMaximized)
