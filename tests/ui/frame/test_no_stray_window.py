"""No page flashes up as a window of its own while it is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from desktop.ui.frame.window import Window


class Shown(QObject):
    """Remembers the windows that come on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Show and isinstance(watched, QWindow):
            self.names.append(watched.objectName())
        return False


@pytest.mark.parametrize("page", ["checklist", "visits", "overview", "library", "proofreading"])
def test_a_page_that_is_made_is_no_window(window: Window, qapp: QApplication, page: str) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    try:
        assert getattr(window, page)
    finally:
        qapp.removeEventFilter(shown)
    assert shown.names == []
