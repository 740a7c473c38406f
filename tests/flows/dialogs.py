"""Dialogs as a person meets them: seen on the screen, by their title or kind, and answered there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

Answer = Callable[[QDialog], object]
Kind = TypeVar("Kind", bound=QDialog)
LOOK_MS = 10


def seen(kind: type[Kind], title: str = "") -> list[Kind]:
    """Return the dialogs of a kind that are on the screen, those with ``title`` in their title."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, kind) and widget.isVisible() and title in widget.windowTitle()
    ]


def words(widget: QWidget) -> list[str]:
    """Return what the labels of a dialog say."""
    return [label.text() for label in widget.findChildren(QLabel)]


def answered(qtbot: QtBot, does: Callable[[], object], answer: Answer, kind: type[QDialog] = QDialog) -> None:
    """Do something that opens a dialog and let ``answer`` answer it, also where the dialog waits for that.

    Returns when the dialog was answered. One that is still open then is left, so that nothing waits for it.
    """
    met: list[QDialog] = []
    timer = QTimer(interval=LOOK_MS)

    def look() -> None:
        for dialog in seen(kind):
            timer.stop()
            met.append(dialog)
            try:
                answer(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()
            return

    timer.timeout.connect(look)
    timer.start()
    does()
    qtbot.waitUntil(lambda: bool(met))


def choose(dialog: QFileDialog, path: Path) -> str:
    """Choose ``path`` in a file dialog; return the name that it had proposed."""
    (proposed,) = dialog.selectedFiles() or [""]
    for name in dialog.findChildren(QLineEdit, "fileNameEdit"):  # typed: what is listed may not be read yet
        name.setText(str(path))
    dialog.accept()
    return Path(proposed).name
