"""The foot of a dialog: its buttons at the right, in one order on every system."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from desktop.ui.kit import widgets

CANCEL = "取消"


class DialogFoot(QHBoxLayout):
    """Other buttons, then 取消, and last the one that does what the dialog is for.

    Esc always means 取消. Enter presses ``ok_button``, or with ``safe``, where something would be lost, 取消.

    Attributes:
        ok_button: accepts the dialog
        cancel_button: rejects it; None in a dialog that has nothing to call off
    """

    def __init__(
        self, dialog: QDialog, does: str, *others: QPushButton, cancel: str = CANCEL, safe: bool = False
    ) -> None:
        super().__init__()
        self.addStretch(1)
        for button in others:
            self.addWidget(button)
        self.cancel_button = widgets.button(cancel, does=dialog.reject) if cancel else None
        if self.cancel_button is not None:
            self.addWidget(self.cancel_button)
        self.ok_button = widgets.button(does, "primary", does=dialog.accept)
        self.addWidget(self.ok_button)
        self._by_enter = self.cancel_button if safe and self.cancel_button is not None else self.ok_button
        self._by_enter.setDefault(True)

    def focus_default(self) -> None:
        """Put the focus on the button that Enter presses; for a dialog with nothing to fill in."""
        self._by_enter.setFocus()
