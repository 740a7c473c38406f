"""What pages and pictures are drawn with where no window is opened."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication


def prepare() -> None:
    """Make the application, off the screen if there is none yet.

    Raises KnownError when the machine has no Chinese typeface.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.ui.frame import app, screen

    app.application()
    screen.ensure_legible()
