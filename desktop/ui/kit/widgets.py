"""The small pieces that pages are made of: labels, buttons and lines that carry a look by property."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget


def label(text: str = "", *looks: str, selectable: bool = False) -> QLabel:
    """Return a plain-text label; ``looks`` are properties of the style sheet (``muted``, ``section``, …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    for look in looks:
        made.setProperty(look, True)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(text: str, *looks: str, does: Callable[[], object] | None = None, tip: str = "") -> QPushButton:
    """Return a push button that calls ``does`` when clicked."""
    made = QPushButton(text)
    for look in looks:
        made.setProperty(look, True)
    made.setAutoDefault(False)
    if tip:
        made.setToolTip(tip)
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
    made = QStackedLayout()
    made.addWidget(rows)
    made.addWidget(words)
    return made


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet reads, and let the style sheet take it up."""
    if widget.property(name) == value:
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


def resize_within(widget: QWidget, width: int, height: int) -> None:
    """Give a window a size, or what the screen has room for."""
    room = widget.screen().availableGeometry()
    widget.resize(min(width, room.width() - 20), min(height, room.height() - 40))
