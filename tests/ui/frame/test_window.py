from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from desktop.ui import verbs
from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.frame import app
from desktop.ui.frame.rail import BROWSE, CHECKLIST, LIBRARY, OVERVIEW, PROOFREADING, VISITS
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.frame.window import Window
from desktop.ui.overview.page import OverviewPage
from desktop.workspace.items import notes


@pytest.mark.parametrize(
    ("key", "page"),
    [("1", BROWSE), ("2", CHECKLIST), ("3", VISITS), ("4", OVERVIEW), ("5", LIBRARY), ("6", PROOFREADING)],
)
def test_pages_open_by_key(qtbot, window, key, page):
    qtbot.keyClick(window, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
    assert window.page == page


@pytest.mark.parametrize(("number", "other"), [(OVERVIEW, ChecklistPage), (CHECKLIST, OverviewPage)])
def test_a_page_is_made_without_the_others(window, number, other):
    window.show_page(number)
    assert window.page == number
    assert window.findChild(other) is None
    window.show_page(BROWSE)
    assert window.findChild(other) is None


def test_the_place_is_taken_up_again(qtbot, desk, window):
    key = desk.catalogue.by_number(19).key
    unit = desk.catalogue.find_unit("区科技局").key
    window.open_measure(key)
    window.browse.navigator.set_order("unit")
    window.open_unit(unit)
    window.close()
    again = Window(desk)
    qtbot.addWidget(again)
    assert again.page == CHECKLIST
    assert again.checklist.unit_key == unit
    assert again.browse.measure_key == key
    assert again.browse.navigator.order == "unit"
    again.close()


def test_a_remembered_place_that_is_gone_does_no_harm(qtbot, desk):
    desk.remember_place(
        {"measure": "nothing", "page": "nowhere", "geometry": "zz", "order": "?", "zoom": "x"}
    )
    window = Window(desk)
    qtbot.addWidget(window)
    assert window.page == BROWSE
    assert window.browse.measure_key == desk.catalogue.measures[0].key
    window.close()


def test_zoom_and_look_are_kept(desk, window):
    window.verbs.do(verbs.ZOOM_IN)
    window.verbs.do(verbs.DARK)
    zoom = desk.look.tokens.zoom
    assert zoom > 1
    assert desk.look.tokens.dark
    assert desk.setting("ui.zoom") == str(zoom)
    window.verbs.do(verbs.ZOOM_RESET)
    window.verbs.do(verbs.DARK)
    assert desk.look.tokens.zoom == 1
    assert not desk.look.tokens.dark


@pytest.mark.parametrize("zoom_steps", [-2, 0, 3, 5])
def test_the_window_fits_the_smallest_screen_at_any_zoom(qtbot, window, zoom_steps):
    for _ in range(abs(zoom_steps)):
        window.verbs.do(verbs.ZOOM_IN if zoom_steps > 0 else verbs.ZOOM_OUT)
    for page in (BROWSE, CHECKLIST, OVERVIEW):
        window.show_page(page)
        hint = window.minimumSizeHint()
        assert hint.width() <= 1366
        assert hint.height() <= 768


def test_the_settings_open_at_the_person_when_another_is_to_confirm(desk, window):
    desk.set_setting("user_name", "张三")
    window.checklist.settings_asked.emit()
    dialog = window.findChild(SettingsDialog)
    assert dialog.user.selectedText() == "张三"
    dialog.user.setText("李四")
    dialog.accept()
    assert desk.user_name == "李四"


def test_a_second_window_on_the_same_workspace_is_read_only_and_says_why(qtbot, desk, folder: Path):
    other, locked = app.open_desk(folder)
    window = Window(other)
    qtbot.addWidget(window)
    window.lines.say_locked(locked)
    window.show()
    assert other.read_only
    assert locked
    key = other.catalogue.by_number(1).key
    with qtbot.waitSignal(other.write_failed) as told:
        window.browse.reader.toggle_favourite()
    assert "只读" in told.args[0].message
    assert notes.favourites(other.workspace.db) == ()
    assert desk.set_favourite(key, True)
    window.close()
    other.close()


def test_files_over_the_window_are_announced_until_they_leave(qtbot, window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "回填.xlsx"))])
    (tmp_path / "回填.xlsx").write_bytes(b"PK")
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    bare = window.grab().toImage()
    middle = window.rect().center()
    over = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, *buttons)
    QApplication.sendEvent(window, over)
    assert over.isAccepted()
    veiled = window.grab().toImage()
    corners = [(40, 28), (bare.width() - 40, bare.height() - 29)]  # on the frame that the sheet draws
    assert all(veiled.pixelColor(*corner) != bare.pixelColor(*corner) for corner in corners)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert all(window.grab().toImage().pixelColor(*corner) == bare.pixelColor(*corner) for corner in corners)


def test_the_focus_of_a_button_that_another_page_lacks_goes_to_its_list(window):
    window.show_page(CHECKLIST)
    window.header._import.setFocus()
    window.show_page(BROWSE)
    assert window.focusWidget() is window.browse.navigator.tree


def test_the_bundled_data_is_checked(qtbot, window):
    window.status.check_data()
    assert "校验通过" in window.status.facts.text()


def test_the_title_ends_with_the_programs_name_so_that_qt_adds_it_to_no_window_twice(window):
    assert window.windowTitle() == f"城政办发〔2023〕3号 — {QApplication.applicationDisplayName()}"


def test_a_window_whose_last_words_cannot_be_saved_stays_once(qtbot, desk, window):
    window.browse.reader.note.setPlainText("字" * 10_001)
    window.close()
    assert window.isVisible()
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    (box,) = dialog.findChildren(QPlainTextEdit)
    assert box.toPlainText() == "字" * 10_001
    dialog.reject()
    window.close()
    assert not window.isVisible()
