"""Where the user was: kept in the workspace when the window closes, taken up again when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QSize
from PySide6.QtGui import QGuiApplication

from desktop.ui.frame.rail import PAGES
from desktop.ui.kit import widgets

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk

USUAL_SIZE = (1366, 768)
_NAMES = tuple(name for name, _ in PAGES)


@dataclass(frozen=True, slots=True)
class WindowState:
    """Page by its number, measure, order of the tree, and the unit of 清单, "" when it was not opened."""

    page: int
    measure_key: str
    order: str
    unit_key: str


def read(desk: Desk) -> WindowState:
    """Return where the user was; what is not there any more is the beginning."""
    first = desk.catalogue.first
    last, page = desk.setting("ui.measure"), desk.setting("ui.page")
    return WindowState(
        _NAMES.index(page) if page in _NAMES else 0,
        last if desk.catalogue.has(last) else first.key if first else "",
        desk.setting("ui.order", "category"),
        desk.setting("ui.unit"),
    )


def take_size(window: QWidget, desk: Desk) -> None:
    """Give a window the size and place that it was left with, else the usual one, in the middle."""
    geometry = desk.setting("ui.geometry")
    if not (geometry and window.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "ignore")))):
        room = QGuiApplication.primaryScreen().availableGeometry()
        size = QSize(*USUAL_SIZE).boundedTo(room.size() - QSize(0, widgets.TITLE_BAR))
        spare = room.size() - QSize(0, widgets.TITLE_BAR) - size
        window.resize(size)
        window.move(room.topLeft() + QPoint(spare.width() // 2, spare.height() // 2))


def write(window: QWidget, desk: Desk, state: WindowState) -> None:
    """Keep how the window is being left."""
    places = {
        "geometry": bytes(window.saveGeometry().toHex().data()).decode("ascii"),
        "page": _NAMES[state.page],
        "measure": state.measure_key,
        "order": state.order,
    }
    if state.unit_key:
        places["unit"] = state.unit_key
    desk.remember_place(places)
