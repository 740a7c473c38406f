"""Icons of one hand: stroke drawings in ``resources/icons/`` tinted with a colour of the look."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop import paths

SCALES = (1, 2)


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return the icon ``name`` drawn in ``colour``, ``size`` device-independent pixels square."""
    cached = QPixmap()
    wanted = f"{name} {colour} {size} {scale}"
    if QPixmapCache.find(wanted, cached):
        return cached
    drawing = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    image = QPixmap(QSize(round(size * scale), round(size * scale)))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    QPixmapCache.insert(wanted, image)
    return image


def icon(name: str, colour: str, size: int = 18, *, checked: str = "", disabled: str = "") -> QIcon:
    """Return a tinted icon; ``checked`` and ``disabled`` are the colours of those states, if they differ."""
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(pixmap(name, colour, size, scale))
        if checked:
            made.addPixmap(pixmap(name, checked, size, scale), QIcon.Mode.Normal, QIcon.State.On)
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made
