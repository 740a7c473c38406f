"""清单 over two notices: each row says which paper gives it, in table, tip and on the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.ui.checklist import bands, columns
from desktop.ui.checklist.model import BAND_ROLE
from desktop.workspace.items.model import ItemKey
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, KEY, NUMBER, SECOND

FINANCE = "finance"


def shown(window):
    window.open_unit(FINANCE)
    return window.checklist


def test_a_band_stands_above_the_rows_of_each_paper(two_window):
    page = shown(two_window)
    told = [page.model.index(row, 0).data(BAND_ROLE) for row in range(page.model.rowCount())]
    assert len(told) == 11
    assert told[0] == f"《{FIRST}》（{NUMBER}）　1 项"
    assert told[1] == f"《{SECOND}》（{NUMBER}）　1 项"
    assert told[2].endswith(f"（{BUNDLED_NUMBER}）　9 项{bands.PAST}已过有效期")
    assert not any(told[3:])
    row_height = page.table.rowHeight
    assert row_height(0) > row_height(3) + 20


def test_no_band_stands_where_one_paper_is_in_use(page):
    assert not any(page.model.index(row, 0).data(BAND_ROLE) for row in range(page.model.rowCount()))
    assert page.table.delegate.above(page.model.index(0, 0)) == 0


def test_bands_follow_the_filter_and_what_is_late(two_desk, two_window):
    key = ItemKey(FINANCE, f"{KEY}.2.m01")
    page = shown(two_window)
    two_desk.edit(key, {"status": "推进中", "deadline": "2020-01-01"})
    assert page.model.index(1, 0).data(BAND_ROLE) == f"《{SECOND}》（{NUMBER}）　1 项 · 逾期 1"
    late = next(action.data() for action in page.head.filter_menu.actions() if action.text() == "逾期")
    page.show_rows(late)
    assert page.model.rowCount() == 1
    assert page.model.index(0, 0).data(BAND_ROLE).startswith(f"《{SECOND}》")


def test_rows_of_one_paper_alone_can_be_shown(two_window):
    page = shown(two_window)
    chosen = {action.text(): action.data() for action in page.head.filter_menu.actions() if action.data()}
    page.show_rows(chosen[f"{NUMBER}《{SECOND}》"])
    assert [page.model.item(row).key.measure_key for row in range(page.model.rowCount())] == [f"{KEY}.2.m01"]
    page.show_rows(chosen[BUNDLED_NUMBER])
    assert page.model.rowCount() == 9


def test_an_editor_opens_below_the_band(qtbot, two_window):
    page = shown(two_window)
    index = page.model.index(1, columns.PROGRESS)
    page.table.setFocus()
    page.table.edit(index)
    editor = page.table.delegate.editor
    assert editor.y() >= page.table.visualRect(index).y() + page.table.delegate.above(index)
    page.table.leave()


def test_what_is_copied_and_said_of_a_row_names_its_paper(two_window):
    page = shown(two_window)
    first = page.model.index(0, columns.TITLE)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == f"{NUMBER}《{FIRST}》 减免门店租金"
    assert NUMBER in first.data(Qt.ItemDataRole.ToolTipRole)
    page.table.copy_rows([0, 2])
    told = QGuiApplication.clipboard().text()
    assert f'"{NUMBER}《{FIRST}》\n减免门店租金"' in told
    assert f'"{BUNDLED_NUMBER}\n' in told
    page.table._quote(page.model.item(2))
    assert BUNDLED_NUMBER in QGuiApplication.clipboard().text()
    assert page.model.item(2).key.measure_key == f"{BUNDLED}.1.m01"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu, offscreen
def test_a_click_on_a_band_only_chooses_its_row(qtbot, two_window):
    page = shown(two_window)
    table, index = page.table, page.model.index(1, columns.STATUS)
    place = table.visualRect(index).topLeft() + QPoint(20, 6)
    for click in (qtbot.mouseClick, qtbot.mouseDClick):
        click(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.current_item().key.measure_key == f"{KEY}.2.m01"
    assert not table.findChildren(QMenu)
    assert two_window.page == 1
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(0, 40))
    (menu,) = table.findChildren(QMenu)
    menu.close()
