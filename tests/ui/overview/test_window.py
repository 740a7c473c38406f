"""From the pictures to their rows, through the real window."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.frame.rail import OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.overview.figures import Tile


def test_late_item_is_found_on_the_overview_and_opened_in_its_list(qtbot: QtBot, window: Window) -> None:
    desk = window.desk
    item = next(item for item in desk.every_item() if item.number == 19)
    desk.edit(item.key, {"deadline": (desk.today() - timedelta(days=8)).isoformat()})
    window.show_page(OVERVIEW)
    page = window.overview
    assert page._tiles[Tile.LATE].figure == 1
    page._rows.setFocus()
    page._rows.setCurrentIndex(page._rows.rows.index(0))
    qtbot.keyClick(page._rows, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.checklist
    assert window.checklist.unit_key == item.key.unit_key


def test_escape_leads_back_to_what_is_late(qtbot: QtBot, window: Window) -> None:
    window.show_page(OVERVIEW)
    page = window.overview
    page.show_set(window.desk.catalogue.categories[0].key)
    page._rows.setFocus()
    qtbot.keyClick(page._rows, Qt.Key.Key_Escape)
    assert page._title.text() == "逾期与临期"


def test_category_leads_to_its_text(qtbot: QtBot, window: Window) -> None:
    category = window.desk.catalogue.categories[4]
    window.show_page(OVERVIEW)
    page = window.overview
    page.show_set(category.key)
    qtbot.mouseClick(page._read, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.browse
    measure = window.desk.catalogue.measure(window.browse.measure_key)
    assert measure.category_key == category.key
