"""The one table of what can be asked of the window, and all that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop.ui import verbs
from desktop.ui.frame import actions, app, header
from desktop.ui.frame.help_dialog import HelpDialog
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.verbs import Verb

OF_PAGES = {
    verbs.HISTORY,
    verbs.EVIDENCE,
    verbs.DEADLINES,
    verbs.NEXT_OPEN,
    verbs.CONFIRM_IMPORT,
    verbs.LEAVE_OUT,
}


def test_every_verb_is_done_by_the_window_by_a_page_or_by_what_hears_its_keys():
    heard = {verb for verb in verbs.EVERY if verb.heard}
    assert set(actions.DOES) | OF_PAGES | heard == set(verbs.EVERY)
    assert not set(actions.DOES) & heard


def test_no_key_asks_for_two_things():
    keys = [QKeySequence(key).toString() for verb in (*actions.DOES, *OF_PAGES) for key in verb.keys]
    assert "" not in keys
    assert len(keys) == len(set(keys))


def test_every_action_of_the_window_can_be_reached(window):
    menus = {*header.PRINTED, *header.SAVED, *header.LISTED, verbs.SHOW_ROUND, verbs.IMPORT_FOLDER}
    offered = [verbs.VISIT_LEDGER, verbs.DEMAND_LEDGER, verbs.SAME_FIRMS]
    offered += [verbs.TAKE_PACKAGE, verbs.WRITE_PACKAGE, verbs.DECIDE_MERGED, verbs.ARRIVALS]
    offered += [verbs.SEND_DEMANDS, verbs.TAKE_DEMANDS, verbs.UNTAKE_DEMANDS, verbs.RETENTION]
    menus |= {*offered, verbs.LOOK_AROUND, verbs.ABOUT}
    lines = [line.text() for line in window.header.package_menu().actions() if line.text()]
    assert lines == [f"{verb.words}……" for verb in offered]
    for verb in actions.DOES:
        assert verb.keys or verb in menus
        assert window.verbs[verb] in window.findChildren(QAction)


def test_help_offers_the_manual_the_keys_the_first_look_and_what_this_is(window):
    lines = [line.text() for line in window.rail.help_menu().actions()]
    assert lines == ["使用手册\tF1", "快捷键\tCtrl+F1", "看一遍功能介绍", "关于和诊断信息"]


def test_menus_show_the_words_and_keys_of_the_table(window):
    lines = [line.text() for line in window.header.round_menu().actions() if line.text()]
    assert "新建填报轮次……\tCtrl+Shift+N" in lines
    for verb in (verbs.NEW_ROUND, verbs.IMPORT, verbs.IMPORT_FOLDER, verbs.RECEIPTS, verbs.LEDGER):
        assert any(line.startswith(verb.words) for line in lines)


def test_keys_tell_the_three_steps_and_then_exactly_the_keys_of_the_table(qtbot, window):
    dialog = HelpDialog(window)
    qtbot.addWidget(dialog)
    shown = [each.text() for each in dialog.findChildren(QLabel)]
    steps, shown = shown[:9], shown[9:]
    assert steps[::3] == ["一、发出", "二、收回", "三、上报"]
    assert steps[2::3] == ["新建填报轮次：Ctrl+Shift+N", "导入回填：Ctrl+I", "导出台账：Ctrl+L"]
    with_keys = [verb for verb in verbs.EVERY if verb.keys]
    groups = {verb.group for verb in with_keys}
    assert sorted(shown) == sorted(
        [*groups, *(text for verb in with_keys for text in (verb.words, "  或  ".join(verb.readable_keys)))]
    )


def test_keys_open_by_their_key_and_closes(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(HelpDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.fixture
def reading(qtbot, desk, folder: Path) -> Window:
    """A second window on the workspace: it only reads."""
    other, locked = app.open_desk(folder)
    made = Window(other)
    qtbot.addWidget(made)
    made.lines.say_locked(locked)
    made.show()
    yield made
    made.close()
    other.close()


def test_a_window_that_only_reads_allows_all_that_does_not_write(reading: Window):
    moving = {verbs.GO_BACK, verbs.GO_FORWARD}  # allowed where there is a way
    for verb in set(actions.DOES) - moving:
        assert reading.verbs[verb].isEnabled() is not verb.writes, verb
        if verb.writes:
            assert reading.verbs[verb].toolTip() == verbs.READ_ONLY


def test_a_button_follows_its_action(reading: Window, window: Window):
    def of(at: Window) -> list[QAbstractButton]:
        return [b for b in at.header.findChildren(QAbstractButton) if b.text() == verbs.IMPORT.words]

    assert [button.isEnabled() for button in of(reading)] == [False]
    assert [button.toolTip() for button in of(reading)] == [verbs.READ_ONLY]
    assert [button.isEnabled() for button in of(window)] == [True]
    assert [button.toolTip() for button in of(window)] == [verbs.IMPORT.hint]


def test_back_and_forward_are_allowed_where_there_is_a_way(desk, window):
    back, forward = window.verbs[verbs.GO_BACK], window.verbs[verbs.GO_FORWARD]
    assert not forward.isEnabled()
    window.open_measure(desk.catalogue.by_number(9).key)
    window.open_measure(desk.catalogue.by_number(12).key)
    assert back.isEnabled()
    back.trigger()
    assert forward.isEnabled()
    assert window.browse.measure_key == desk.catalogue.by_number(9).key


@pytest.mark.parametrize(
    ("verb", "page"),
    [(verbs.SHOW_BROWSE, BROWSE), (verbs.SHOW_CHECKLIST, CHECKLIST), (verbs.SHOW_OVERVIEW, OVERVIEW)],
)
def test_pages_open_from_the_table(window, verb: Verb, page: int):
    window.verbs.do(verb)
    assert window.page == page


def test_copying_goes_to_the_clipboard(desk, window):
    measure = desk.catalogue.by_number(5)
    window.open_measure(measure.key)
    window.verbs.do(verbs.COPY_CITATION)
    assert desk.catalogue.notices[0].number in QApplication.clipboard().text()
    window.verbs.do(verbs.COPY_TEXT)
    assert "5" in QApplication.clipboard().text()
