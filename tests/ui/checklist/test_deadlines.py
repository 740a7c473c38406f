"""Deadlines for many rows at once, the rule of the lights, and what turned red since last time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from desktop.ui.checklist import columns
from desktop.ui.checklist.deadline_dialog import DeadlineDialog
from desktop.ui.frame.window import CHECKLIST
from desktop.ui.overview import reminder
from desktop.ui.overview import reminder as overview_reminder
from desktop.ui.overview.reminder import ReminderDialog, ReminderRows
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.deadline import DeadlineKind
from desktop.workspace.items.model import ItemKey

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def choose(page, *rows):
    """Select rows as Ctrl+click does."""
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)


def asked(page):
    """Ask for a deadline by keyboard and return the dialog."""
    QTest.keyClick(page.table, Qt.Key.Key_T, CTRL)
    return page.findChildren(DeadlineDialog)[-1]


def deadlines(page):
    return [page.model.item(row).entry.deadline.stored for row in range(page.model.rowCount())]


# ---- many rows at once


def test_one_deadline_is_set_for_the_chosen_rows_and_taken_back_at_once(desk, page):
    desk.edit(page.model.item(4).key, {"deadline": "2026-06-30"})
    choose(page, 1, 3, 4)
    dialog = asked(page)
    assert "3 项" in dialog.windowTitle() or dialog.windowTitle() == "批量设置时限"
    dialog.choice.choose(DeadlineKind.DAY)
    dialog.choice.calendar.setSelectedDate(QDate(2026, 12, 31))
    assert "1 项已有别的时限" in dialog._replaces.text()
    dialog.ok_button.click()
    wanted = ["", "2026-12-31", "", "2026-12-31", "2026-12-31", "", "", "", ""]
    assert deadlines(page) == wanted
    assert "3 项" in page.message.words.text()
    page.message.button("撤销").click()
    assert deadlines(page) == ["", "", "", "", "2026-06-30", "", "", "", ""]


@pytest.mark.parametrize(("kind", "stored"), [(DeadlineKind.LONG_TERM, "长期"), (DeadlineKind.UNSTATED, "")])
def test_every_row_becomes_long_term_or_unstated(desk, page, kind, stored):
    desk.edit_each([page.model.item(row).key for row in range(9)], {"deadline": "2026-06-30"})
    QTest.keyClick(page.table, Qt.Key.Key_A, CTRL)
    dialog = asked(page)
    dialog.choice.kinds[kind].click()
    dialog.ok_button.click()
    assert deadlines(page) == [stored] * 9


def test_a_span_for_many_rows(page):
    choose(page, 0, 1)
    dialog = asked(page)
    dialog.choice.kinds[DeadlineKind.SPAN].click()
    assert not dialog.ok_button.isEnabled()
    for line, day in ((dialog.choice.first, "2026.1.1"), (dialog.choice.last, "20261231")):
        line.clear()
        QTest.keyClicks(line, day)
    assert dialog.ok_button.isEnabled()
    dialog.ok_button.click()
    assert deadlines(page)[:3] == ["2026-01-01/2026-12-31"] * 2 + [""]


def test_cancelling_changes_nothing(desk, page):
    choose(page, 0, 1)
    asked(page).reject()
    assert search.page(desk.workspace.db, Scope(page.unit_key)) == []


def test_rows_are_chosen_with_the_keyboard_and_counted(page):
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    assert [item.number for item in page.table.selected_items()] == [
        page.model.item(row).number for row in (1, 2, 3)
    ]
    assert "已选 3 项" in page.legend.text()
    page.table.setCurrentIndex(page.model.index(0, columns.OWNER))
    assert "已选" not in page.legend.text()


def test_the_row_menu_acts_on_all_chosen_rows(page):
    choose(page, 0, 2)
    menu = page.table.row_menu(page.model.index(0, columns.TITLE))
    assert "批量设置时限（已选 2 项）……\tCtrl+T" in [action.text() for action in menu.actions()]


def test_one_row_alone_offers_the_deadline_that_it_has(desk, page):
    desk.edit(page.model.item(2).key, {"deadline": "2026-01-01/2026-03-31"})
    choose(page, 2)
    dialog = asked(page)
    assert dialog.windowTitle() == "设置时限"
    assert dialog.choice.value().stored == "2026-01-01/2026-03-31"


# ---- the rule


@pytest.mark.parametrize("days", ["15", "30"])
def test_the_rule_under_the_table_tells_the_configured_days_and_what_has_no_light(desk, page, days):
    desk.set_setting("near_days", days)
    assert f"{days} 天内到期" in page.legend.text()
    assert "长期和未写明不亮灯" in page.legend.text()


@pytest.mark.parametrize("stored", ["长期", ""])
def test_long_term_and_unstated_have_no_light(desk, page, stored):
    key = page.model.item(0).key
    desk.edit(key, {"status": "推进中", "deadline": "2020-01-01"})
    assert page.model.index(0, columns.LIGHT).data() == "红"
    desk.edit(key, {"deadline": stored})
    assert page.model.index(0, columns.LIGHT).data() == "灰"


# ---- what turned red


def keys(desk, *names):
    units = [desk.catalogue.find_unit(name).key for name in names]
    return [ItemKey(unit, desk.catalogue.measures_of(unit)[0].key) for unit in units]


def due(desk, key, days):
    desk.edit(key, {"deadline": (desk.today() + timedelta(days=days)).isoformat()})


def test_what_passed_its_day_since_someone_looked_is_told(desk):
    one, two, three, four = keys(desk, "区财政局", "区工信局", "区发改局", "区人社局")
    for key, days in ((one, -1), (two, -3), (three, -4), (four, 0)):
        due(desk, key, days)
    since = desk.today() - timedelta(days=3)
    red = overview_reminder.turned_red(desk.every_item(), since)
    assert [item.key for item in red] == [two, one]  # the third was red then, the fourth is not red yet


def test_nothing_is_said_on_the_first_start_and_when_nothing_turned_red(window, desk):
    (key,) = keys(desk, "区财政局")
    due(desk, key, -30)
    assert reminder.begin(desk, window, window.announce, window.open_item) is None
    assert desk.setting("ui.reminded") == desk.today().isoformat()
    assert reminder.begin(desk, window, window.announce, window.open_item) is None


@pytest.mark.parametrize("kept", ["", "gestern", "2999-01-01"])
def test_a_day_that_cannot_be_is_none(desk, kept):
    desk.remember_place({"reminded": kept})
    assert overview_reminder.last_seen(desk) is None


def test_the_line_is_said_again_until_someone_has_read_it(window, desk):
    one, two = keys(desk, "区财政局", "区工信局")
    due(desk, one, -1)
    due(desk, two, -2)
    since = desk.today() - timedelta(days=2)
    desk.remember_place({"reminded": since.isoformat()})
    strip = reminder.begin(desk, window, window.announce, window.open_item)
    assert "2 项转为逾期" in strip.words.text()
    assert f"{since.month}月{since.day}日" in strip.words.text()
    assert desk.setting("ui.reminded") == since.isoformat()
    strip.close_button.click()
    assert desk.setting("ui.reminded") == desk.today().isoformat()
    assert reminder.begin(desk, window, window.announce, window.open_item) is None


def test_a_row_of_the_list_leads_to_its_place(qtbot, window, desk):
    one, two = keys(desk, "区财政局", "区工信局")
    due(desk, one, -1)
    due(desk, two, -2)
    desk.remember_place({"reminded": (desk.today() - timedelta(days=2)).isoformat()})
    strip = reminder.begin(desk, window, window.announce, window.open_item)
    strip.button("查看").click()
    dialog = window.findChild(ReminderDialog)
    rows = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert rows == ["区工信局", "区财政局"]
    dialog.view.selectRow(1)
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    assert window.page == CHECKLIST
    assert window.checklist.table.current_item().key == one
    assert not dialog.isVisible()


def test_finished_items_are_no_reminder(desk):
    (key,) = keys(desk, "区财政局")
    due(desk, key, -1)
    desk.edit(key, {"status": "已完成"})
    assert overview_reminder.turned_red(desk.every_item(), date(2020, 1, 1)) == ()


def test_the_model_keeps_qts_rules(qtmodeltester, desk):
    one, two = keys(desk, "区财政局", "区工信局")
    due(desk, one, -1)
    due(desk, two, -2)
    model = ReminderRows(desk, [desk.item(one), desk.item(two)])
    qtmodeltester.check(model, force_py=False)
