"""What a machine without a Chinese typeface is shown: a picture of the sentence that could not be written."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QVBoxLayout

from desktop import paths
from desktop.libraries import CHINESE_FONT
from desktop.ui.frame import screen
from desktop.ui.kit import widgets


def show() -> None:
    """Show the picture and wait until it is closed; where nobody sees a screen, do nothing."""
    picture = QPixmap(str(paths.resources() / "icon" / "no-chinese-font.png"))
    if screen.is_unseen() or picture.isNull():
        return
    dialog = QDialog()
    dialog.setWindowTitle(CHINESE_FONT)  # the frame may have no Chinese either
    label = widgets.label()
    picture.setDevicePixelRatio(2)
    label.setPixmap(picture)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(label)
    dialog.exec()
