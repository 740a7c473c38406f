"""The window and what lies over it, drawn as pictures that say when what they show is invented."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.exchange.sheets import names
from desktop.ui.kit.look import LIGHT

WIDE, ABOVE, BELOW = 760, 110, 60  # pixels of the window that are shown around a menu
SHADE = QColor(0, 0, 0, 90)


def now(shown: QWidget) -> QPixmap:
    """Return the window as it is now, or what lies over it, and the window below where that is seen."""
    _settle()
    picture, below = shown.grab(), shown.parentWidget()
    if below is None or picture.width() >= below.window().width():
        return picture
    whole = below.window().grab()
    place = QRectF(picture.rect())
    place.moveCenter(QRectF(whole.rect()).center())
    painter = QPainter(whole)
    painter.fillRect(whole.rect(), SHADE)
    painter.drawPixmap(place.topLeft(), picture)
    painter.end()
    return whole


def alone(dialog: QWidget) -> QPixmap:
    """Return a dialog, with a line around it and the mark below it."""
    _settle()
    picture = dialog.grab()
    painter = QPainter(picture)
    painter.setPen(QPen(QColor(LIGHT.border), 1))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return _marked_below(picture)


def open_menu(menu: QWidget, window: QWidget) -> QPixmap:
    """Return the part of a window in which a menu is open, with the mark below it."""
    _settle()
    whole, place = window.grab(), QRect(window.mapFromGlobal(menu.pos()), menu.size())
    painter = QPainter(whole)
    painter.drawPixmap(QPointF(place.topLeft()), menu.grab())
    painter.end()
    part = place.adjusted(0, -ABOVE, 0, BELOW)
    part.setLeft(max(0, min(place.center().x() - WIDE // 2, whole.width() - WIDE)))
    part.setWidth(WIDE)
    return _marked_below(whole.copy(part.intersected(whole.rect())))


def mark(picture: QPixmap) -> None:
    """Write across the foot of a picture that what it shows is invented."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(LIGHT.font(bold=True))
    words = f"{names.SAMPLE}　内容为虚构"
    metrics = painter.fontMetrics()
    wide, tall = metrics.horizontalAdvance(words) + 32, metrics.height() + 4
    place = QRectF((picture.width() - wide) / 2, picture.height() - tall - 3, wide, tall)
    painter.setPen(QPen(QColor(LIGHT.amber), 1))
    painter.setBrush(QColor(LIGHT.warn_soft))
    painter.drawRoundedRect(place, 8, 8)
    painter.setPen(QColor(LIGHT.warn))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
    painter.end()


def _marked_below(picture: QPixmap) -> QPixmap:
    """Return a picture with a strip below it, in which the mark hides nothing."""
    made = QPixmap(picture.width(), picture.height() + LIGHT.px(30))
    made.fill(QColor(LIGHT.desk))
    painter = QPainter(made)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    mark(made)
    return made


def _settle() -> None:
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
