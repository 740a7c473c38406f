"""The last searches: kept when something was opened, offered under the empty field, forgotten when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.ui import verbs
from desktop.ui.frame import app, recent_searches
from desktop.ui.frame.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen


def offered(window) -> list[str]:
    menu = window.search.findChild(QMenu)
    return [action.text() for action in menu.actions() if action.text()] if menu else []


@pytest.fixture
def field(qtbot, window):
    window.verbs.do(verbs.FOCUS_SEARCH)
    qtbot.waitUntil(window.search.field.hasFocus)
    return window.search.field


def search(qtbot, window, text: str) -> None:
    window.search.ask_for(text)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Escape)
    window.search.field.setFocus()


def test_what_was_found_and_opened_is_offered_newest_first(qtbot, window, field, desk):
    for text in ("担保", " 专利  展会 ", "zjtx", "担保"):
        search(qtbot, window, text)
    assert recent_searches.kept(desk) == ("担保", "zjtx")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert offered(window) == ["担保", "zjtx", "清除最近搜索"]
    menu = window.search.findChild(QMenu)
    assert menu.activeAction().text() == "担保"
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert field.text() == "zjtx"
    assert window.browse.searching
    assert field.hasFocus()


def test_a_click_on_a_hit_keeps_what_was_searched_for(qtbot, window, desk):
    window.search.ask_for("担保")
    view = window.browse.results.view
    assert recent_searches.kept(desk) == ()
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1)).center()
    )
    assert recent_searches.kept(desk) == ("担保",)


def test_the_button_is_there_only_where_there_is_something_to_offer(qtbot, window, field, desk):
    assert "recent_button" not in vars(field)
    search(qtbot, window, "担保")
    button = field.recent_button
    assert button.isVisible()
    assert min(button.width(), button.height()) >= 24
    window.search.ask_for("担保")
    assert not button.isVisible()
    assert field.clear_button.isVisible()
    qtbot.mouseClick(field.clear_button, Qt.MouseButton.LeftButton)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = window.search.findChild(QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    assert recent_searches.kept(desk) == ()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert not button.isVisible()


def test_ten_are_kept_and_no_pasted_text(desk):
    for number in range(15):
        recent_searches.keep(desk, f"词{number}")
    recent_searches.keep(desk, "长" * 300)
    recent_searches.keep(desk, "  ")
    assert recent_searches.kept(desk) == tuple(f"词{number}" for number in range(14, 4, -1))


@pytest.mark.parametrize("damaged", ["", "[", "{}", "7", '[1, "担保", null]'])
def test_a_setting_that_cannot_be_read_does_no_harm(desk, damaged):
    desk.remember_place({recent_searches.SETTING: damaged})
    assert recent_searches.kept(desk) in ((), ("担保",))
    recent_searches.keep(desk, "专利")
    assert recent_searches.kept(desk)[0] == "专利"


def test_text_is_shown_as_it_was_typed(window, desk):
    recent_searches.keep(desk, "A&B <b>粗</b>")
    window.search.open_recent()
    assert offered(window)[0] == "A&&B <b>粗</b>"


def test_a_window_that_only_reads_keeps_and_forgets_nothing(qtbot, window, desk, folder: Path):
    recent_searches.keep(desk, "担保")
    other, _locked = app.open_desk(folder)
    reading = Window(other)
    qtbot.addWidget(reading)
    reading.show()
    reading.search.ask_for("专利")
    qtbot.keyClick(reading.search.field, Qt.Key.Key_Return)
    assert recent_searches.kept(other) == ("担保",)
    reading.search.ask_for()
    reading.search.open_recent()
    menu = reading.search.findChild(QMenu)
    assert not menu.actions()[-1].isEnabled()
    menu.close()
    reading.close()
    other.close()
