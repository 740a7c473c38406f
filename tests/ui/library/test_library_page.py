"""The page 发文库 on a real library: in use or not, removed and taken back, taken in; every page follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.library import store
from desktop.ui.frame import app, library_actions
from desktop.ui.frame.rail import LIBRARY
from desktop.ui.frame.window import Window
from desktop.ui.history.wording_dialog import WordingDialog
from desktop.ui.library.notice_rows import IN_USE, NOTICE, OUT_OF_USE, USED, VALID
from desktop.workspace.items.model import ItemKey
from tests import two_notices
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, NUMBER


@pytest.fixture
def key(folder):
    """Take the invented notice into the library of the workspace."""
    return store.accept(folder, two_notices.reading())


@pytest.fixture
def shown(key, own_window):
    """Return the window on a library of two, with the page 发文库 shown."""
    own_window.show_page(LIBRARY)
    return own_window


def cell(page, key, column):
    return page.model.index(page.model.row_of(key), column).data()


def done(qtbot, page):
    qtbot.waitUntil(lambda: not page.changes.running)


def test_the_library_is_listed_with_what_is_known_of_each(shown, key):
    page = shown.library
    assert [row.key for row in page.model.rows] == [key, BUNDLED]
    assert cell(page, key, NOTICE).startswith(f"{NUMBER}\n")
    assert cell(page, BUNDLED, VALID) == "至2025年12月31日\n已过有效期"
    assert cell(page, key, USED) == cell(page, BUNDLED, USED) == IN_USE
    assert page._told.text() == "2 份在用"
    assert not page._invite.isVisible()
    page.choose(BUNDLED)
    assert "可以停用" in page.card.advice
    assert not page.remove_button.isEnabled()
    page.choose(key)
    assert page.card.advice == ""
    assert page.remove_button.isEnabled()


def test_a_notice_is_switched_off_and_on_and_every_page_follows(qtbot, shown, key):
    page = shown.library
    page.choose(BUNDLED)
    page.changes.use(page.chosen, on=False)
    done(qtbot, page)
    assert cell(page, BUNDLED, USED) == OUT_OF_USE
    assert page.chosen.key == BUNDLED
    assert shown.windowTitle().startswith(NUMBER)
    assert [each.key for each in shown.desk.catalogue.notices] == [key]
    assert page._told.text() == "1 份在用，1 份已停用"
    shown.show_page(0)
    assert shown.browse.measure_key.startswith(key)
    shown.search.ask_for("担保")
    assert {row.key.partition(".")[0] for row in shown.browse.results._model.rows} == {key}
    shown.search.ask_for("")
    shown.show_page(LIBRARY)
    qtbot.mouseClick(page.message.button("撤销"), Qt.MouseButton.LeftButton)
    done(qtbot, page)
    assert cell(page, BUNDLED, USED) == IN_USE
    assert shown.windowTitle() == "发文库：2 份在用 — 惠企措施手册"


def test_the_last_one_in_use_stays_so(qtbot, shown, key):
    page = shown.library
    page.choose(BUNDLED)
    page.changes.use(page.chosen, on=False)
    done(qtbot, page)
    page.choose(key)
    with qtbot.waitSignal(shown.desk.write_failed) as told:
        page.changes.use(page.chosen, on=False)
    assert "至少要有一份发文在用" in told.args[0].message
    assert cell(page, key, USED) == IN_USE


def test_what_was_entered_is_told_and_kept(qtbot, shown, key):
    item = ItemKey("finance", f"{key}.1.m01")
    assert shown.desk.edit(item, {"progress": "已减免三户"})
    page = shown.library
    page.refresh()
    page.choose(key)
    assert page.chosen.entered == 1
    page.changes.remove(page.chosen)
    done(qtbot, page)
    assert [row.key for row in page.model.rows] == [BUNDLED]
    assert page._invite.isVisible()
    shown.open_unit("finance")
    (lost,) = [each for each in shown.checklist.model.every if each.orphaned]
    assert lost.entry.progress == "已减免三户"
    shown.show_page(LIBRARY)
    assert page.more_button.isVisible()
    (line,) = page.removed_menu().actions()
    assert line.text() == f"放回 {NUMBER}"
    line.trigger()
    done(qtbot, page)
    assert page.model.row_of(key) >= 0
    assert not shown.desk.item(item).orphaned


def test_what_another_program_did_is_seen_when_the_page_is_shown(qtbot, desk, window):
    folder = desk.workspace.folder
    key = store.accept(folder, two_notices.reading())
    page = window.library
    window.show_page(LIBRARY)
    done(qtbot, page)
    assert [row.key for row in page.model.rows] == [key, BUNDLED]
    assert page.message.words.text() == "发文库在别处有改动，已经更新。"
    window.show_page(0)
    store.use(folder, BUNDLED, on=False)
    window.show_page(LIBRARY)
    done(qtbot, page)
    assert not page.model.rows[1].listed.in_use
    assert "数据" not in window.status.facts.text()
    page.message.hide()
    window.show_page(0)
    window.show_page(LIBRARY)
    assert not page.changes.running
    assert not page.message.isVisible()


def test_what_is_taken_in_stands_there_at_once(qtbot, desk, window, monkeypatch):
    page = window.library
    window.show_page(LIBRARY)
    assert page._invite.isVisible()
    assert page.first_button.text() == "录入第一份发文"
    page.entry_asked.disconnect()
    dialog = library_actions.enter(page, desk, window)
    qtbot.addWidget(dialog)
    made = store.accept(desk.workspace.folder, two_notices.reading())
    dialog.taken.emit(made)
    done(qtbot, page)
    assert [row.key for row in page.model.rows] == [made, BUNDLED]
    assert not page._invite.isVisible()
    assert page.message.isVisible()
    assert window.windowTitle().startswith("发文库：2 份在用")
    dialog.done(0)


def test_a_notice_is_read_from_the_list(shown, key):
    shown.library.choose(key)
    shown.library.read_button.click()
    assert shown.page == 0
    assert shown.browse.measure_key == f"{key}.1.m01"
    assert shown.browse.reader._title.text() == FIRST


def test_a_library_that_cannot_be_opened_is_told_and_the_bundled_notice_works(qtbot, qapp, folder, key):
    (folder / "notices" / key / "structure.json").write_text("{", "utf-8")
    desk, _why = app.open_desk(folder)
    window = Window(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert key in window.lines._library.accessibleName()
    assert window.lines._library.isVisible()
    assert window.windowTitle().startswith(BUNDLED_NUMBER)
    window.close()
    desk.close()


def test_what_was_entered_for_a_former_wording_can_be_compared_with_it(qtbot, shown, key):
    item = ItemKey("finance", f"{key}.1.m01")
    assert shown.desk.edit(item, {"progress": "已减免三户"})
    amended = two_notices.reading(two_notices.SOURCE.replace("减免2个月租金", "减免3个月租金"))
    assert store.accept(shown.desk.workspace.folder, amended) == key
    shown.library.changes.taken(key)
    done(qtbot, shown.library)
    shown.open_unit("finance", item.measure_key)
    page = shown.checklist
    assert page.table.current_item().text_changed
    menu = page.table.row_menu(page.table.currentIndex())
    next(line for line in menu.actions() if line.text() == "看录入时的措施文字……").trigger()
    (dialog,) = page.findChildren(WordingDialog)
    assert "减免23个月租金" in dialog.text.toPlainText()
    dialog.accept()
    shown.open_measure(item.measure_key)
    (link,) = [each for each in shown.browse.facts.findChildren(QLabel) if "版的文字" in each.text()]
    link.linkActivated.emit("#")
    (dialog,) = shown.browse.findChildren(WordingDialog)
    assert dialog.text.toPlainText().count("个月租金") == 1
    dialog.accept()


def test_what_rules_suggested_is_confirmed_beside_the_measure(qtbot, shown, key):
    def waits(measure):
        return any(each.suggested for each in shown.desk.catalogue.measure_tags_of(measure.key))

    measure = next(each for each in shown.desk.catalogue.measures if waits(each))
    shown.open_measure(measure.key)
    button = next(each for each in shown.browse.facts.findChildren(QPushButton) if each.text() == "确认")
    button.click()
    done(qtbot, shown.library)
    assert not waits(measure)
    facts = shown.browse.facts
    qtbot.waitUntil(lambda: "确认" not in [each.text() for each in facts.widget().findChildren(QPushButton)])
