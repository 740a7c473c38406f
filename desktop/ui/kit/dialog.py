"""A dialog in which Enter does what has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QRadioButton

from desktop.ui.kit import context_menu, widgets

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dialog(QDialog):
    """As Qt's, but that Enter on a button presses that button and never the default one in its place.

    Qt lets a button that is no ``autoDefault`` pass Enter on, and the dialog presses its default instead: the
    focus was on 取消, and a round went out. Boxes to tick and lists keep Qt's way: Enter means the default.
    Shift+F10 and the menu key open the menu of what has the focus.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if context_menu.ask_by_keys(self, event):
            return
        focus = self.focusWidget()
        is_button = isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox | QRadioButton)
        if event.key() in ENTER and is_button:
            assert isinstance(focus, QAbstractButton)
            widgets.press(focus)
            event.accept()
            return
        super().keyPressEvent(event)
