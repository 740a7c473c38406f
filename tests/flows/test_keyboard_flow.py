"""The whole window without a mouse: what each key does, seen where a person sees it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QToolButton

from desktop.catalogue import quotation
from desktop.catalogue.typeset import typeset
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.history import steps
from desktop.workspace.file import backup
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import notes
from desktop.workspace.items.model import ItemKey
from tests.flows import dialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen


def press(window, keys: str) -> None:
    """Press keys in the window, written as in Qt: Ctrl+Shift+P."""
    pressed = QKeySequence(keys)[0]
    QTest.keyClick(window, pressed.key(), pressed.keyboardModifiers())


def shown(window) -> int:
    return window.browse.reader.measure.number


def finance(desk) -> ItemKey:
    unit = desk.catalogue.find_unit("区财政局").key
    return ItemKey(unit, desk.catalogue.measures_of(unit)[0].key)


def opened(qtbot, title: str) -> QDialog:
    """Wait for the dialog with this title."""
    qtbot.waitUntil(lambda: bool(dialogs.seen(QDialog, title)))
    (dialog,) = dialogs.seen(QDialog, title)
    return dialog


# ---- Ctrl+F1


def readable(keys: QKeySequence) -> str:
    words = keys.toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "回车")
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        words = words.replace(name, arrow)
    return words


def test_ctrl_f1_names_every_key_of_the_window(qtbot, window):
    bound = {shortcut.key() for shortcut in window.findChildren(QShortcut)}
    bound |= {keys for action in window.findChildren(QAction) for keys in action.shortcuts()}
    here = Qt.FindChildOption.FindDirectChildrenOnly
    own = {shortcut.key() for shortcut in window.findChildren(QShortcut, options=here)}
    own |= {keys for action in window.actions() for keys in action.shortcuts()}
    assert len(own) >= 30
    assert own <= bound
    press(window, "Ctrl+F1")
    dialog = opened(qtbot, "快捷键")
    told = {key for line in dialogs.words(dialog) for key in line.split("  或  ")}
    assert {readable(keys) for keys in own} <= told
    assert {"打印", "存为 PDF", "设置", "备份与恢复", "导出台账", "填报", "查阅"} <= told
    press(dialog, "Esc")
    assert not dialogs.seen(QDialog)


def test_ctrl_f1_fits_the_smallest_screen_with_the_largest_text(qtbot, window):
    for _ in range(5):
        press(window, "Ctrl++")
    press(window, "Ctrl+F1")
    dialog = opened(qtbot, "快捷键")
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()


# ---- reading


def test_measures_are_walked_and_the_trail_leads_back(window):
    first = shown(window)
    press(window, "Alt+Down")
    press(window, "Alt+Down")
    assert shown(window) == first + 2
    press(window, "Alt+Up")
    assert shown(window) == first + 1
    window.open_measure(window.desk.catalogue.by_number(19).key)
    press(window, "Ctrl+2")
    press(window, "Alt+Left")
    assert (window.page, shown(window)) == (BROWSE, first + 1)
    press(window, "Alt+Right")
    assert shown(window) == 19


def test_what_is_read_is_copied_cited_kept_and_noted(qtbot, desk, window):
    measure = desk.catalogue.by_number(19)
    window.open_measure(measure.key)
    press(window, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == typeset(measure.text)
    assert any("已复制第19条原文" in line for line in dialogs.words(window))
    press(window, "Ctrl+Shift+Q")
    assert QGuiApplication.clipboard().text() == quotation.with_source(
        desk.catalogue, [measure], desk.today()
    )
    press(window, "Ctrl+Shift+X")
    assert QGuiApplication.clipboard().text().endswith(f"（{desk.catalogue.notices[0].number}）第19条")
    press(window, "Ctrl+D")
    assert notes.favourites(desk.workspace.db) == (measure.key,)
    press(window, "Ctrl+D")
    assert notes.favourites(desk.workspace.db) == ()
    press(window, "Ctrl+2")
    press(window, "Ctrl+M")
    assert window.page == BROWSE
    QTest.keyClicks(window.focusWidget(), "Note")
    press(window, "Ctrl+2")
    assert notes.note(desk.workspace.db, measure.key) == "Note"


def test_the_search_is_reached_walked_and_left(qtbot, window):
    press(window, "F6")
    assert window.focusWidget() is not window.search.field
    for keys in ("Ctrl+F", "Ctrl+K"):
        window.browse.setFocus()
        press(window, keys)
        assert window.focusWidget() is window.search.field
    window.search.field.setText("担保")
    qtbot.waitUntil(lambda: window.browse.searching)
    first = shown(window)
    for _ in range(window.browse.reader.text.match_count + 1):
        press(window, "F3")
    assert shown(window) != first
    press(window, "Shift+F3")
    assert shown(window) == first
    press(window.search.field, "Esc")
    assert not window.browse.searching


# ---- the look


def test_text_grows_and_shrinks_and_the_dark_comes_and_goes(window):
    look = window.desk.look
    press(window, "Ctrl++")
    press(window, "Ctrl+=")
    large = look.tokens.zoom
    assert large > 1
    press(window, "Ctrl+-")
    assert 1 < look.tokens.zoom < large
    press(window, "Ctrl+0")
    assert look.tokens.zoom == 1
    press(window, "Ctrl+Shift+L")
    assert look.tokens.dark
    press(window, "Ctrl+Shift+L")
    assert not look.tokens.dark


# ---- menus


@pytest.mark.parametrize("keys", ["Shift+F10", "Menu"])
def test_a_row_has_its_menu_by_key_and_is_copied(qtbot, desk, window, keys):
    window.open_item(finance(desk))
    press(window.checklist.table, keys)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (line,) = (each for each in menu.actions() if each.text().startswith("复制这一行"))
    line.trigger()
    menu.close()
    held = QGuiApplication.clipboard().mimeData()
    assert held.text().startswith("序号\t措施\t状态")
    assert "<table" in held.html()


@pytest.mark.parametrize("keys", ["Shift+F10", "Menu"])
def test_a_row_of_a_dialog_has_its_menu_by_key(qtbot, desk, window, keys):
    desk.edit(finance(desk), {"owner": "张三"})
    backup.save(desk.workspace.db, desk.workspace.folder, backup.START)
    press(window, "Ctrl+Shift+B")
    dialog = opened(qtbot, "备份与恢复")
    dialog.view.setFocus()
    press(dialog.view, keys)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text().startswith("备份时间\t")
    dialog.reject()


# ---- taking back


@pytest.mark.parametrize("page", ["Ctrl+2", "Ctrl+4"])
def test_the_last_entry_is_taken_back_and_put_again_where_it_is_seen(desk, window, page):
    key = finance(desk)
    desk.edit(key, {"owner": "张三"})
    press(window, page)
    press(window, "Ctrl+Z")
    assert desk.item(key).entry.owner == ""
    assert window.page == CHECKLIST
    assert not steps.can_undo(desk, Kind.ITEMS)
    for keys, owner in (("Ctrl+Y", "张三"), ("Ctrl+Z", ""), ("Ctrl+Shift+Z", "张三")):
        press(window, keys)
        assert desk.item(key).entry.owner == owner
    press(window, "Ctrl+Y")
    assert "没有可以重做的录入" in dialogs.words(window)


def test_notes_are_taken_back_in_the_reader_and_entries_in_the_checklist(desk, window):
    key, measure = finance(desk), window.browse.measure_key
    desk.edit(key, {"owner": "张三"})
    desk.set_note(measure, "问区税务局")
    press(window, "Ctrl+2")
    press(window, "Ctrl+Z")
    assert (desk.item(key).entry.owner, notes.note(desk.workspace.db, measure)) == ("", "问区税务局")
    press(window, "Ctrl+Z")
    assert notes.note(desk.workspace.db, measure) == "问区税务局"
    press(window, "Ctrl+Y")
    press(window, "Ctrl+1")
    press(window, "Ctrl+Z")
    assert (desk.item(key).entry.owner, notes.note(desk.workspace.db, measure)) == ("张三", "")
    press(window, "Ctrl+Z")
    assert desk.item(key).entry.owner == "张三"
    assert any("清单中的录入请在清单页撤销" in said for said in dialogs.words(window))
    press(window, "Ctrl+Y")
    assert notes.note(desk.workspace.db, measure) == "问区税务局"


def test_where_nothing_was_entered_there_is_nothing_to_take_back(window):
    press(window, "Ctrl+Z")
    assert "没有可以撤销的录入" in dialogs.words(window)


# ---- dialogs


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ("Ctrl+,", "设置"),
        ("Ctrl+Shift+B", "备份与恢复"),
        ("Ctrl+Shift+I", "导入记录"),
        ("Ctrl+Shift+N", "新建填报轮次"),
        ("Ctrl+L", "台账"),
    ],
)
def test_a_dialog_opens_by_its_key_over_any_page(qtbot, window, keys, title):
    for number in (BROWSE, OVERVIEW):
        window.show_page(number)
        press(window, keys)
        dialog = opened(qtbot, title)
        press(dialog, "Esc")
        qtbot.waitUntil(lambda: not dialogs.seen(QDialog))
        assert window.page == number


@pytest.mark.parametrize(
    ("keys", "title", "page"), [("Ctrl+I", "导入", BROWSE), ("Ctrl+E", "导出责任清单", CHECKLIST)]
)
def test_files_are_asked_for_by_their_keys(qtbot, window, keys, title, page):
    titles: list[str] = []
    dialogs.answered(
        qtbot, lambda: press(window, keys), lambda dialog: titles.append(dialog.windowTitle()), QFileDialog
    )
    assert title in titles[0]
    assert window.page == page


def test_the_foot_of_the_rail_opens_what_the_keys_open(qtbot, window):
    (button,) = (each for each in window.findChildren(QToolButton) if each.text() == "设置")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    opened(qtbot, "设置").reject()


@pytest.mark.qt_log_ignore("does not support grabbing", "does not support raise")
def test_the_foot_of_the_rail_offers_what_explains_the_program(qtbot, window):
    (button,) = (each for each in window.findChildren(QToolButton) if each.text() == "帮助")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    opened(qtbot, "关于和诊断信息").reject()


# ---- the menu of rounds


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("新建填报轮次", "新建填报轮次"),
        ("导入回填", "导入"),
        ("导入整个文件夹", "选择存放回填工作簿的文件夹"),
        ("导入记录", "导入记录"),
        ("导出台账", "台账"),
    ],
)
def test_the_menu_of_rounds_opens_each_dialog(qtbot, window, words, title):
    press(window, "Ctrl+4")
    titles: list[str] = []
    dialogs.answered(
        qtbot, rounds_action(window, words).trigger, lambda dialog: titles.append(dialog.windowTitle())
    )
    assert title in titles[0]


def test_the_menu_of_rounds_leads_to_the_round_on_the_overview(window):
    press(window, "Ctrl+2")
    rounds_action(window, "本轮情况").trigger()
    assert window.page == OVERVIEW


def rounds_action(window, words: str) -> QAction:
    window.header.round_button.click()
    (menu,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()
    )
    (action,) = (each for each in menu.actions() if each.text().startswith(words))
    menu.close()
    return action
