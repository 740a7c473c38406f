"""What is put on the clipboard, so made that it may stay there when the program ends.

Mime data made in Python calls Python when it goes, and without a screen Qt keeps what is on the clipboard
until after Python has ended.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QStringListModel


def empty() -> QMimeData:
    """Return mime data that Qt has made itself, with nothing in it."""
    one = QStringListModel([""])
    made = one.mimeData([one.index(0)])
    made.clear()
    return made


def words(text: str) -> QMimeData:
    """Return text alone."""
    made = empty()
    made.setText(text)
    return made
