"""一次问完: what one sentence asks for, answered by key and mouse, kept at once and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame.window import Window
from desktop.ui.visits import firm_card
from desktop.ui.visits.together_dialog import TogetherDialog
from desktop.ui.visits.together_rows import ChoiceAsked, FigureAsked
from desktop.verdicts.asking import GroupQuestion
from desktop.workspace.enterprises import enterprises

NOW = "眼下情况和打算"
NEEDS = ("distressed", "financing_need", "exhibition")


@pytest.fixture
def dialog(desk: Desk, firm: str, window: Window, qtbot: QtBot) -> TogetherDialog:
    return opened(desk, firm, window, qtbot, GroupQuestion(NOW, "有什么困难和打算？", NEEDS, 3, 2.0))


def opened(desk: Desk, firm: str, window: Window, qtbot: QtBot, asked: GroupQuestion) -> TogetherDialog:
    made = TogetherDialog(desk, firm, asked, window)
    with qtbot.waitExposed(made):
        made.open()
    return made


def facts(desk: Desk, firm: str) -> dict[str, bool]:
    return dict(enterprises.one(desk.workspace.db, firm).facts)


def press(dialog: TogetherDialog, key: str, word: str) -> None:
    row = dialog.rows[key]
    assert isinstance(row, ChoiceAsked)
    row.choice.buttons[word].click()


def word(dialog: TogetherDialog, key: str) -> str:
    row = dialog.rows[key]
    assert isinstance(row, ChoiceAsked)
    return row.choice.word


def test_an_answer_is_kept_at_once_and_taken_back(dialog: TogetherDialog, desk: Desk, firm: str) -> None:
    press(dialog, "distressed", "是")
    assert facts(desk, firm)["distressed"] is True
    press(dialog, "distressed", "否")
    assert facts(desk, firm)["distressed"] is False
    dialog.message.button("撤销").click()
    assert facts(desk, firm)["distressed"] is True
    assert word(dialog, "distressed") == "是"
    press(dialog, "distressed", "不清楚")
    assert "distressed" not in facts(desk, firm)
    assert word(dialog, "distressed") == "不清楚"


def test_what_nobody_answered_stays_unknown(dialog: TogetherDialog, desk: Desk, firm: str) -> None:
    before = facts(desk, firm)
    press(dialog, "financing_need", "是")
    dialog.accept()
    assert facts(desk, firm) == {**before, "financing_need": True}


def test_none_of_the_others_is_said_only_where_it_is_pressed(
    dialog: TogetherDialog, desk: Desk, firm: str
) -> None:
    before = facts(desk, firm)
    press(dialog, "financing_need", "是")
    press(dialog, "exhibition", "不清楚")
    dialog.none_button.click()
    assert facts(desk, firm) == {**before, "financing_need": True, "distressed": False}
    assert not dialog.none_button.isEnabled()
    dialog.message.button("撤销").click()
    assert facts(desk, firm) == {**before, "financing_need": True}
    assert word(dialog, "distressed") == ""


def test_numbers_answer_and_go_on(dialog: TogetherDialog, desk: Desk, firm: str, qtbot: QtBot) -> None:
    before = facts(desk, firm)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(dialog.focusWidget(), key)
    assert facts(desk, firm) == {**before, "distressed": False, "exhibition": True}
    assert word(dialog, "financing_need") == "不清楚"
    qtbot.keyClick(dialog.rows["distressed"].stops()[0], Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.rows["financing_need"].stops()[0]


def test_what_follows_is_shown_and_never_denied(desk: Desk, firm: str, window: Window, qtbot: QtBot) -> None:
    asked = GroupQuestion("用工", "今年招了人没有？", ("hiring", "graduates_hired", "startup"), 1, 1.0)
    dialog = opened(desk, firm, window, qtbot, asked)
    press(dialog, "graduates_hired", "是")
    assert word(dialog, "hiring") == "是"
    dialog.none_button.click()
    assert facts(desk, firm)["startup"] is False
    assert facts(desk, firm)["hiring"] is True
    assert firm_card.of(desk, firm).found.clashes == ()


def test_figures_are_kept_of_the_usual_day(desk: Desk, firm: str, window: Window, qtbot: QtBot) -> None:
    asked = GroupQuestion("上年数据", "各是多少？", ("assets", "taxable_income", "industry"), 1, 1.0)
    dialog = opened(desk, firm, window, qtbot, asked)
    assert not dialog.none_button.isVisible()
    row, other = dialog.rows["assets"], dialog.rows["taxable_income"]
    assert isinstance(row, FigureAsked)
    assert isinstance(other, FigureAsked)
    qtbot.keyClicks(row.line, "4,100")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    kept = enterprises.one(desk.workspace.db, firm).figure("assets", desk.today())
    assert kept is not None
    assert (kept.value, kept.day) == (4100, date(desk.today().year - 1, 12, 31))
    for wrong in ("九十", "1" * 20):
        other.line.setText(wrong)
        dialog.accept()
        assert dialog.isVisible()
        assert other.line.text() == wrong
    other.line.clear()
    dialog.accept()
    assert not dialog.isVisible()
    assert enterprises.one(desk.workspace.db, firm).figure("taxable_income", desk.today()) is None


def test_it_opens_from_what_is_missing(window: Window, desk: Desk, firm: str, qtbot: QtBot) -> None:
    page = window.visits
    page.show_firm(firm)
    assert page.card is not None
    with qtbot.waitSignal(page.together_asked) as asked:
        page.facts.together_asked.emit(page.card.found.ask_groups[0])
    assert asked.args == [page.card.found.ask_groups[0]]
    opened = window.findChildren(TogetherDialog)
    assert [each.windowTitle() for each in opened] == [f"一次问完：{NOW}"]
    opened[0].accept()
