"""A round renamed, extended, closed, withdrawn and reopened in the window, each said before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.modeltest import ModelTester

from desktop.ui.frame import app
from desktop.ui.frame.rail import CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.kit.dialog import Dialog
from desktop.ui.rounds import figures
from desktop.ui.rounds.change_dialogs import ExtendDialog, RenameDialog
from desktop.ui.rounds.new_dialog import RoundDialog
from desktop.ui.rounds.record_dialog import RecordDialog
from desktop.workspace.returns import round_changes, rounds
from desktop.workspace.returns.rounds import RoundState
from tests.ui.rounds.test_card import LONG_MS, asked, came_back  # noqa: F401  a fixture

WEEK = timedelta(days=7)


def line(menu, words: str):
    return next(action for action in menu.actions() if action.text().startswith(words))


def ask(window: Window, words: str) -> Dialog:
    """Choose something in the round's menu; return the dialog that it opens."""
    window.rounds.show_round()
    before = set(window.findChildren(Dialog))
    line(window.overview.round.change_menu(), words).trigger()
    (dialog,) = set(window.findChildren(Dialog)) - before
    return dialog


def words_of(dialog: Dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def now(desk):
    (one,) = rounds.every(desk.workspace.db)
    return one


def test_a_round_is_renamed(window, desk, asked):  # noqa: F811
    dialog = ask(window, "改名")
    assert isinstance(dialog, RenameDialog)
    assert not dialog.ok_button.isEnabled()
    assert "已发出的工作簿仍然认得" in words_of(dialog)
    dialog.name.setText(" ")
    assert not dialog.ok_button.isEnabled()
    dialog.name.setText(" 四季度  填报")
    dialog.accept()
    assert now(desk).name == "四季度 填报"
    assert window.overview._title.text() == "四季度 填报"
    assert "四季度 填报" in window.status._message.text()


def test_another_rounds_name_is_refused_at_once(window, desk, asked):  # noqa: F811
    rounds.new(desk.workspace.db, desk.catalogue, "二", desk.today(), by="张", at=desk.now())
    window.rounds.show_round(asked.key)
    dialog = window.rounds.round_changes.ask_name(asked)
    dialog.name.setText("二 ")
    assert not dialog.ok_button.isEnabled()
    assert "已有名为“二”" in dialog.problem.text()


def test_a_round_is_extended_and_says_what_that_means(window, desk, asked):  # noqa: F811
    dialog = ask(window, "改反馈时限")
    assert isinstance(dialog, ExtendDialog)
    assert dialog.reply_by == desk.today() + WEEK
    assert "延长 7 天。已发出的工作簿上写的仍是原来的时限" in words_of(dialog)
    today = desk.today()
    dialog.day.setDate(QDate(today.year, today.month, today.day))
    assert not dialog.ok_button.isEnabled()
    later = desk.today() + 2 * WEEK
    dialog.day.setDate(QDate(later.year, later.month, later.day))
    dialog.accept()
    one = now(desk)
    assert (one.reply_by, one.first_day) == (later, desk.today())
    about = window.overview.round._about.text()
    assert about == (f"{figures.day(later, today)}前（原{figures.day(today)}）回 · 还有 14 天")
    window.rounds.round_run.copy_reminder(one)
    assert f"原定{today.year}年" in QApplication.clipboard().text()


def test_a_round_ends_and_goes_on(qtbot, window, desk, asked):  # noqa: F811
    dialog = ask(window, "结束本轮")
    assert "还有 3 家没有反馈：" in words_of(dialog)
    assert "以后收到的回填仍可并入" in words_of(dialog)
    dialog.reject()
    assert now(desk).open
    ask(window, "结束本轮").accept()
    assert now(desk).state is RoundState.CLOSED
    card = window.overview.round
    assert "结束" in card._about.text()
    assert "已结束" in window.overview._round_tile.accessibleName()
    assert not card.remind_button.isEnabled()
    assert card.send_button.text() == "发给各单位填报"
    assert not line(card.change_menu(), "改反馈时限").isEnabled()
    assert not card.unit_menu(card._found.units[0]).actions()[1].isEnabled()
    ask(window, "恢复本轮").accept()
    assert now(desk).open
    assert card.remind_button.isEnabled()


def test_a_round_is_withdrawn_only_while_nothing_came_back(window, desk, asked):  # noqa: F811
    came_back(desk, asked)
    window.rounds.show_round()
    withdraw = line(window.overview.round.change_menu(), "撤回本轮")
    assert not withdraw.isEnabled()
    assert "已收到 1 家" in withdraw.toolTip()
    with_it = window.rounds.round_changes
    with_it.withdraw(asked)  # what a stale menu would do
    assert now(desk).open


def test_a_withdrawn_round_stays_where_it_was_seen(window, desk, asked):  # noqa: F811
    other = rounds.new(desk.workspace.db, desk.catalogue, "二", desk.today(), by="张", at=desk.now())
    window.rounds.show_round(asked.key)
    dialog = window.rounds.round_changes.ask_withdraw(asked)
    assert "工作簿已发给 1 家，请通知各单位不再填报" in words_of(dialog)
    dialog.accept()
    assert window.overview.asked.key == asked.key
    assert "撤回" in window.overview.round._about.text()
    assert not line(window.overview.round.change_menu(), "撤回本轮").isEnabled()
    window.overview.show_round()
    assert window.overview.asked.key == other.key


def test_where_all_were_withdrawn_the_newest_is_still_to_be_seen(window, desk, asked):  # noqa: F811
    round_changes.withdraw(desk.workspace.db, asked.key, by="张", at=desk.now())
    window.rounds.show_round()
    assert window.overview.asked.key == asked.key
    assert "已撤回" in window.overview._round_tile.accessibleName()


def test_the_record_shows_all_that_was_done(qtmodeltester: ModelTester, window, desk, asked):  # noqa: F811
    round_changes.rename(desk.workspace.db, asked.key, "<b>改名</b>", by="李四", at=desk.now())
    round_changes.close(desk.workspace.db, asked.key, by="王五", at=desk.now())
    dialog = ask(window, "本轮记录")
    assert isinstance(dialog, RecordDialog)
    rows = [
        tuple(dialog.model.index(row, column).data() for column in (1, 2))
        for row in range(dialog.model.rowCount())
    ]
    assert rows == [
        ("王五", "结束本轮"),
        ("李四", "名称由“第一轮”改为“<b>改名</b>”"),
        ("张", "发出工作簿：区财政局"),
        ("张", "新建“第一轮”"),
    ]
    qtmodeltester.check(dialog.model)


def test_many_rounds_stand_in_the_menu_newest_first_older_ones_apart(window, desk, asked):  # noqa: F811
    db = desk.workspace.db
    for number in range(12):
        one = rounds.new(db, desk.catalogue, f"{number}&<i>{'长' * 40}", desk.today(), by="", at=desk.now())
        round_changes.close(db, one.key, by="", at=desk.now())
    window.rounds.show_round()
    assert window.overview.asked.key == asked.key  # the one that is open
    menu = window.overview.round.rounds_menu()
    words = [action.text() for action in menu.actions()]
    assert words[0].startswith("11&&<i>长")
    assert "……（已结束）" in words[0]
    assert words[8] == "更早的 5 轮"
    (apart,) = menu.findChildren(QMenu)
    older = apart.actions()
    assert older[-1].text().startswith("第一轮（")
    assert older[-1].isChecked()


def test_a_unit_is_sent_its_workbook_again_and_both_are_known(qtbot, window, desk, asked, tmp_path):  # noqa: F811
    window.rounds.show_round()
    units = window.overview.round.units
    place = units.visualRect(units.model().index(0, 0)).center()
    at = QPoint(place.x(), place.y())
    units.menu_asked.disconnect()  # no menu pops up here: it would grab the keyboard
    told: list[str] = []
    units.menu_asked.connect(lambda index, _at: told.append(index.data(Qt.ItemDataRole.DisplayRole)))
    QApplication.sendEvent(
        units.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, units.mapToGlobal(at))
    )
    assert told == [window.overview.round._found.of(figures.Group.MISSING)[0].name]
    finance = next(unit for unit in window.overview.round._found.units if unit.key == "finance")
    window.overview.round.unit_menu(finance).actions()[1].trigger()
    chooser = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.rounds.round_run.sent, timeout=LONG_MS) as sent:
        chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    (done,) = sent.args
    assert (done.unit_keys, done.again, len(done.paths)) == (("finance",), True, 1)
    assert rounds.times_sent(desk.workspace.db, asked.key) == {"finance": 2}
    shown = next(unit for unit in window.overview.round._found.units if unit.key == "finance")
    assert shown.under.endswith("发出 · 共 2 次")
    said = words_of(next(d for d in window.findChildren(Dialog) if "请把它发给区财政局" in words_of(d)))
    assert "先前发出的各份交回来也认得" in said


def test_on_a_checklist_its_unit_is_sent_to_or_a_round_begun(window, desk, asked):  # noqa: F811
    window.open_unit("finance")
    menu = window.checklist.head.sending
    menu.fill()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "“第一轮”进行中",
        "再发给区财政局……",
        "新建一轮，发给全部单位……",
        "新建一轮，只发给本单位……",
    ]
    other = next(unit for unit in desk.catalogue.checklist_units() if unit.key not in asked.unit_keys)
    window.open_unit(other.key)
    menu.fill()
    assert menu.actions()[1].text() == f"本轮没有请{other.name}填报"
    assert not menu.actions()[1].isEnabled()
    menu.actions()[-1].trigger()
    dialog = window.findChild(RoundDialog)
    assert dialog.unit_keys == (other.key,)


def test_the_blue_button_of_each_page_sends(window):
    for page in (CHECKLIST, OVERVIEW):
        window.show_page(page)
        shown = window.checklist if page == CHECKLIST else window.overview
        blue = [
            button.text().removesuffix(" ▾")
            for button in shown.findChildren(QPushButton)
            if button.property("primary") and button.isVisible()
        ]
        assert blue == ["发给各单位填报"]
    window.rounds.show_round()
    blue = [b for b in window.overview.findChildren(QPushButton) if b.property("primary") and b.isVisible()]
    assert [b.text() for b in blue] == ["发给各单位填报"]


def test_nothing_is_changed_in_a_window_that_only_reads(qtbot, desk, asked, folder):  # noqa: F811
    other, _locked = app.open_desk(folder)
    reading = Window(other)
    qtbot.addWidget(reading)
    reading.show()
    reading.rounds.show_round()
    menu = reading.overview.round.change_menu()
    assert [action.text() for action in menu.actions() if action.isEnabled() and action.text()] == [
        "本轮记录……"
    ]
    assert not reading.overview.round.send_button.isEnabled()
    changes = reading.rounds.round_changes
    for ask_for in (
        changes.ask_name,
        changes.ask_day,
        changes.ask_close,
        changes.ask_reopen,
        changes.ask_withdraw,
    ):
        with qtbot.waitSignal(other.write_failed):
            assert ask_for(asked) is None
    assert rounds.every(desk.workspace.db) == (asked,)
    reading.close()
    other.close()


@pytest.mark.parametrize("days", [-3, 0, 5])
def test_reopening_says_how_far_the_day_is(window, desk, asked, days):  # noqa: F811
    one = replace(asked, reply_by=desk.today() + timedelta(days=days), state=RoundState.CLOSED)
    dialog = window.rounds.round_changes.ask_reopen(one)
    assert ("已过 3 天；恢复以后可以改时限" in words_of(dialog)) is (days < 0)
