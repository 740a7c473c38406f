"""The first look around: beside what it explains, by key and mouse, once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import verbs
from desktop.ui.frame import first_look
from desktop.ui.frame.first_look import STOPS, FirstLook
from desktop.ui.frame.rail import OVERVIEW, VISITS


def place(window: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (900, 560)])
def test_each_bubble_stands_in_the_window_and_beside_what_it_explains(window, size) -> None:
    window.resize(*size)
    look = first_look.begin(window)
    for stop in STOPS:
        around, bubble = place(window, stop.find(window)), place(window, look.bubble)
        assert window.rect().contains(bubble), stop.title
        assert not bubble.intersects(around), stop.title
        assert look.bubble.title.text() == stop.title
        look.go_on()


def test_keys_go_on_and_esc_ends_it_for_good(qtbot, window) -> None:
    first_look.begin_once(window)
    (look,) = window.findChildren(FirstLook)
    for key, title in ((Qt.Key.Key_Return, STOPS[1].title), (Qt.Key.Key_Right, STOPS[2].title)):
        qtbot.keyClick(look.bubble, key)
        assert look.bubble.title.text() == title
    with qtbot.waitSignal(look.destroyed):
        qtbot.keyClick(look.bubble, Qt.Key.Key_Escape)
    first_look.begin_once(window)
    assert not window.findChildren(FirstLook)


def test_the_mouse_goes_through_it_and_the_last_one_ends_it(qtbot, window) -> None:
    look = first_look.begin(window)
    for _ in STOPS[:-1]:
        assert look.bubble.skip_button.isVisible()
        look.bubble.next_button.click()
    assert (look.bubble.next_button.text(), look.bubble.skip_button.isVisible()) == ("开始使用", False)
    with qtbot.waitSignal(look.destroyed):
        look.bubble.next_button.click()
    assert window.desk.setting(first_look.SEEN)


def test_skipping_ends_it(qtbot, window) -> None:
    look = first_look.begin(window)
    with qtbot.waitSignal(look.destroyed):
        look.bubble.skip_button.click()


def test_it_outlives_other_pages_sizes_and_looks(qtbot, window) -> None:
    look = first_look.begin(window)
    look.go_on()
    look.go_on()
    for page, size in ((OVERVIEW, (1100, 700)), (VISITS, (1600, 900))):
        window.show_page(page)
        window.resize(*size)
        window.desk.look.set_dark(page == VISITS)
        qtbot.waitUntil(
            lambda: not place(window, look.bubble).intersects(place(window, STOPS[2].find(window)))
        )
        assert look.bubble.isVisible()


def test_it_begins_again_from_the_menu_and_only_once(window) -> None:
    window.desk.set_setting(first_look.SEEN, "1")
    for _ in range(2):
        window.verbs.do(verbs.LOOK_AROUND)
        assert len(window.findChildren(FirstLook)) == 1


def test_a_window_that_only_reads_begins_nothing(window, monkeypatch) -> None:
    monkeypatch.setattr(type(window.desk), "read_only", property(lambda _desk: True))
    first_look.begin_once(window)
    assert not window.findChildren(FirstLook)
