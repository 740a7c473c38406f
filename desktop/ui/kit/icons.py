"""Icons of one hand: stroke drawings in ``resources/icons/`` tinted with a colour of the look.

An icon is drawn when it is painted, at the size and for the screen that it is painted on, and kept in Qt's
cache of pixmaps; one that is never seen is never drawn.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop import paths


@cache
def _drawing(name: str) -> str:
    """Return the drawing; one that is not there is blank, for whoever has to say that it is missing."""
    try:
        return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        return '<svg xmlns="http://www.w3.org/2000/svg"/>'


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return the icon ``name`` drawn in ``colour``, ``size`` device-independent pixels square."""
    cached = QPixmap()
    wanted = f"{name} {colour} {size} {scale}"
    if QPixmapCache.find(wanted, cached):
        return cached
    image = QPixmap(QSize(round(size * scale), round(size * scale)))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    QPixmapCache.insert(wanted, image)
    return image


class _Tinted(QIconEngine):
    """Draws an icon when it is asked for: in one colour, or another where it is checked or disabled."""

    def __init__(self, name: str, colour: str, checked: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self._checked, self._disabled = checked or colour, disabled or colour

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return self._disabled
        return self._checked if state == QIcon.State.On else self._colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.deviceTransform().m11()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size() * scale, mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return pixmap(
            self._name, self._tint(mode, state), round(min(size.width(), size.height()) / scale), scale
        )

    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._colour, self._checked, self._disabled)


def icon(name: str, colour: str, *, checked: str = "", disabled: str = "") -> QIcon:
    """Return a tinted icon; ``checked`` and ``disabled`` are the colours of those states, if they differ."""
    return QIcon(_Tinted(name, colour, checked, disabled))
