"""The calendar reads as the office writes days, and days are picked in it without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QTableView

from desktop.ui.kit.calendar import Calendar
from tests.ui.kit.test_enter import DIALOGS


@pytest.fixture
def elsewhere():
    """A machine whose language is another one."""
    former = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(former)


@pytest.fixture
def calendar(qtbot, desk, elsewhere) -> Calendar:
    made = Calendar(desk.look.tokens)
    qtbot.addWidget(made)
    made.setSelectedDate(QDate(2026, 11, 28))
    made.show()
    return made


def days(calendar: Calendar) -> QTableView:
    (view,) = calendar.findChildren(QTableView)
    return view


def test_the_head_says_year_and_month_in_the_order_of_the_office(calendar):
    assert calendar.head.text() == "2026年11月"
    assert not calendar.isNavigationBarVisible()


def test_the_week_begins_on_monday_and_is_named_in_chinese(calendar):
    model = days(calendar).model()
    assert [model.index(0, column).data() for column in range(7)] == list("一二三四五六日")


def test_buttons_go_to_other_months_and_years(calendar):
    shown = []
    for months in (1, 1, -12, 12, -1):
        calendar.steps[months].click()
        shown.append(calendar.head.text())
    assert shown == ["2026年12月", "2027年1月", "2026年1月", "2027年1月", "2026年12月"]
    assert calendar.selectedDate() == QDate(2026, 11, 28)


def test_a_day_is_picked_by_the_keyboard(qtbot, calendar):
    view = days(calendar)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    with qtbot.waitSignal(calendar.activated) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [QDate(2027, 1, 5)]
    assert calendar.head.text() == "2027年1月"


def test_no_month_is_shown_in_which_no_day_may_be_picked(calendar):
    calendar.setMinimumDate(QDate(2026, 11, 15))
    calendar.setMaximumDate(QDate(2026, 12, 20))
    for months, shown in ((-1, "2026年11月"), (12, "2026年12月"), (1, "2026年12月"), (-12, "2026年11月")):
        calendar.steps[months].click()
        assert calendar.head.text() == shown


def test_every_calendar_of_the_program_is_this_one(qtbot, desk, window):
    found = []
    for make in DIALOGS.values():
        dialog = make(desk, window)
        qtbot.addWidget(dialog)
        found += dialog.findChildren(QCalendarWidget)
        found += [field.calendarWidget() for field in dialog.findChildren(QDateEdit)]
    assert len(found) > 3
    assert {type(each) for each in found} == {Calendar}
