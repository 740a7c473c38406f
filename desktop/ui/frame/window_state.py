"""Where the user was: kept in the workspace when the window closes, taken up again when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication

from desktop.ui.frame.rail import PAGES

if TYPE_CHECKING:
    from desktop.ui.frame.window import Window

USUAL_SIZE = (1366, 768)


def restore(window: Window) -> None:
    """Open the window as it was left: size, page, measure, unit, order of the tree."""
    desk = window.desk
    geometry = desk.setting("ui.geometry")
    if not (geometry and window.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "ignore")))):
        room = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(min(USUAL_SIZE[0], room.width()), min(USUAL_SIZE[1], room.height()))
    window.browse.navigator.set_order(desk.setting("ui.order", "category"))
    keys = [measure.key for measure in desk.catalogue.measures]
    last = desk.setting("ui.measure")
    window.browse.show_measure(last if last in keys else keys[0])
    page = desk.setting("ui.page")
    names = [name for name, _ in PAGES]
    window.show_page(names.index(page) if page in names else 0)
    unit = desk.setting("ui.unit")
    if window.has_checklist and unit:
        window.checklist.show_unit(unit)
    window.show_trail()
    window.browse.focus_list()


def remember(window: Window) -> None:
    """Keep how the window is being left."""
    places = {
        "geometry": bytes(window.saveGeometry().toHex().data()).decode("ascii"),
        "page": PAGES[window.page][0],
        "measure": window.browse.measure_key,
        "order": window.browse.navigator.order,
    }
    if window.has_checklist:
        places["unit"] = window.checklist.unit_key
    window.desk.remember_place(places)
