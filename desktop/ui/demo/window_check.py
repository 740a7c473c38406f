"""Whether the window works on this machine: shown, drawn and looked at, page by page.

For ``doctor``. On Linux it is drawn offscreen, elsewhere on the real platform but not put on the screen:
Qt's offscreen platform finds the system's fonts only where fontconfig is.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, qVersion
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QImage, QPainter


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """What was seen: the window's size, the number of colours on its plainest page, how it was drawn.

    ``chinese`` is true when Chinese characters are drawn as themselves and not as one and the same empty box.
    """

    width: int
    height: int
    colours: int
    chinese: bool
    font: str
    platform: str


def qt_version() -> str:
    """Return Qt's version and its binding's."""
    return f"{qVersion()}（PySide6 {PySide6.__version__}）"


def examine(workspace: Path) -> WindowSeen:
    """Show the window on a workspace in the folder ``workspace``, look at each page, and close it again."""
    if QCoreApplication.instance() is None and sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

    from desktop.ui.frame import app as program
    from desktop.ui.frame.rail import PAGES
    from desktop.ui.frame.window import Window

    app = program.application()
    desk, _locked = program.open_desk(workspace)
    try:
        window = Window(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        colours = []
        for number in range(len(PAGES)):
            window.show_page(number)
            app.processEvents()
            colours.append(_colours(window.grab().toImage()))
        size = window.size()
        font = app.font()
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        desk.close()
    return WindowSeen(
        width=size.width(),
        height=size.height(),
        colours=min(colours),
        chinese=_drawn("惠", font) != _drawn("企", font),
        font=QFontInfo(font).family(),
        platform=QGuiApplication.platformName(),
    )


def _colours(image: QImage) -> int:
    """Return how many different colours an image has."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(bytes(plain.constBits())).cast("I")))


def _drawn(character: str, font: QFont) -> QImage:
    """Return a picture of one character."""
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    large = QFont(font)
    large.setPixelSize(32)
    painter = QPainter(image)
    painter.setFont(large)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return image
