"""走访: an enterprise is chosen, judged, asked about on the card, and visited."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.visits.card_measure import MeasureCard
from desktop.ui.visits.card_question import CardQuestion
from desktop.ui.visits.page import DEMANDS, VisitsPage
from desktop.verdicts.judging import Finding
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits

FOUNDRY = {
    "industry": "C33",
    "figure/employees/2025-12-31": 86,
    "figure/revenue/2025-12-31": 3200,
    "taxpayer": "general",
    "fact/specialised": True,
}


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> VisitsPage:
    made = VisitsPage(desk)
    qtbot.addWidget(made)
    made.resize(1290, 680)
    made.show()
    return made


@pytest.fixture
def foundry(desk: Desk, page: VisitsPage) -> str:
    key = desk.firms.add("泉城精密铸造有限公司", FOUNDRY)
    assert key is not None
    return key


def test_an_empty_page_says_what_to_do(page: VisitsPage, qtbot: QtBot) -> None:
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.firm_form_asked) as asked:
        page.empty.asked.emit()
    assert asked.args == [""]


def test_an_added_enterprise_is_shown_with_its_card(page: VisitsPage, foundry: str) -> None:
    assert page.firm_key == foundry
    assert page.head.name.text() == "泉城精密铸造有限公司"
    assert page.card is not None
    assert page.card.found.size.size == "小型"
    groups = page.card_view.groups
    assert len(groups[Finding.APPLIES].cards) == len(page.card.found.found(Finding.APPLIES))
    assert groups[Finding.INTERNAL].cards == []  # made when it is unfolded
    groups[Finding.INTERNAL].fold_button.click()
    assert len(groups[Finding.INTERNAL].cards) == len(page.card.found.found(Finding.INTERNAL))


def test_the_list_is_narrowed_by_name_code_and_pinyin(page: VisitsPage, desk: Desk, foundry: str) -> None:
    desk.firms.add("晨光餐饮店", {"uscc": "91140302MA0K1X2Y3A"})
    for typed, count in (("", 2), ("晨光", 1), ("cgcy", 1), ("MA0K1", 1), ("没有", 0), ("zhuzao", 1)):
        page.firms.filter.setText(typed)
        assert page.firms.model.rowCount() == count
    assert page.firm_key == foundry  # who is hidden by the filter stays chosen


def test_a_question_is_answered_on_the_card_and_taken_back(
    page: VisitsPage, desk: Desk, foundry: str
) -> None:
    before = _finding(page, 16)
    page.card_view.finish()
    cards = page.card_view.groups[Finding.MAYBE].cards
    question = next(one for card in cards for one in card.questions if one.fact == "arrears_owed")
    question.buttons[0].click()
    assert enterprises.one(desk.workspace.db, foundry).facts["arrears_owed"] is True
    assert (before, _finding(page, 16)) == (Finding.MAYBE, Finding.APPLIES)
    page.message.button("撤销").click()
    assert _finding(page, 16) is Finding.MAYBE


def test_a_number_is_asked_for_and_kept_with_its_day(
    page: VisitsPage, desk: Desk, foundry: str, qtbot: QtBot
) -> None:
    page.card_view.finish()
    cards = page.card_view.groups[Finding.MAYBE].cards
    question = next(one for card in cards for one in card.questions if one.fact == "assets")
    assert question.field is not None
    question.field.setText("很多")
    qtbot.keyClick(question.field, Qt.Key.Key_Return)
    assert enterprises.one(desk.workspace.db, foundry).figure("assets", date.max) is None
    question.field.setText("4,100")
    qtbot.keyClick(question.field, Qt.Key.Key_Return)
    figure = enterprises.one(desk.workspace.db, foundry).figure("assets", date.max)
    assert figure is not None
    year = desk.today().year - 1
    assert (figure.value, figure.day) == (4100, date(year, 12, 31))  # as one tells them


def test_a_click_on_a_measure_asks_to_read_it(page: VisitsPage, foundry: str, qtbot: QtBot) -> None:
    card = page.card_view.groups[Finding.APPLIES].cards[0]
    with qtbot.waitSignal(page.measure_chosen) as asked:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert asked.args == [card.measure.key]


def test_a_visit_is_begun_and_one_comes_back(page: VisitsPage, desk: Desk, foundry: str) -> None:
    page.head.visit_button.click()
    assert page.record is not None
    assert page.record.isVisible()
    (visit,) = visits.every(desk.workspace.db)
    assert (visit.enterprise, visit.day) == (foundry, desk.today())
    page.record.leave()
    assert page.head.isVisible()
    assert page.tabs.tabText(1) == "走访记录 1"
    desk.demands.add("希望续贷", desk.today(), enterprise=foundry)
    assert page.tabs.tabText(DEMANDS) == "诉求 1"
    assert page.firms.model.rows[0].demands == 1


def test_cards_that_say_the_same_stay_when_a_question_is_answered(
    page: VisitsPage, desk: Desk, foundry: str
) -> None:
    page.card_view.finish()
    before = {card for group in page.card_view.groups.values() for card in group.cards}
    page.answer("arrears_owed", True)
    page.card_view.finish()
    after = {card for group in page.card_view.groups.values() for card in group.cards}
    assert page.card is not None
    changed = [card for card in after - before if card.measure.number == 16]
    assert len(after) == len(before)
    assert changed
    assert len(after & before) > len(after) / 2
    for finding, group in page.card_view.groups.items():
        if group.cards:
            shown = [card.measure.key for card in group.cards]
            assert shown == [one.measure_key for one in page.card.found.found(finding)]


def test_what_nobody_could_say_is_asked_no_more_but_can_still_be_answered(
    page: VisitsPage, desk: Desk, foundry: str
) -> None:
    view = page.card_view
    view.finish()
    question = _question(page, "arrears_owed")
    assert question is not None
    question.unsure_button.click()
    assert _question(page, "arrears_owed") is None
    card = next(one for one in view.groups[Finding.MAYBE].cards if one.measure.number == 16)
    card.more_button.click()
    question = _question(page, "arrears_owed")
    assert question is not None
    question.buttons[0].click()
    assert enterprises.one(desk.workspace.db, foundry).facts["arrears_owed"] is True
    page.message.button("撤销").click()
    page.show_firm(desk.firms.add("另一家", {}) or "")
    page.show_firm(foundry)
    view.finish()
    assert _question(page, "arrears_owed") is not None  # it is another talk


def test_cards_are_made_as_far_as_one_sees_then_all(page: VisitsPage, foundry: str, qtbot: QtBot) -> None:
    page.card_view.finish()
    whole = [len(group.cards) for group in page.card_view.groups.values()]
    page.show_firm(page.firm_key)
    assert [len(group.cards) for group in page.card_view.groups.values()] == whole
    page.resize(900, 400)
    page.card_view._take_look()
    assert page.card_view.lacking > 0
    qtbot.waitUntil(lambda: page.card_view.lacking == 0)
    assert [len(group.cards) for group in page.card_view.groups.values()] == whole


def test_scrolling_ends_where_the_card_ends(page: VisitsPage, foundry: str, qtbot: QtBot) -> None:
    view = page.card_view
    view.finish()
    inside = view.widget()
    qtbot.waitUntil(lambda: inside.height() == inside.heightForWidth(inside.width()))
    cards = [card for group in view.groups.values() for card in group.cards if card.isVisible()]
    assert cards
    for card in cards:
        assert card.height() == card.heightForWidth(card.width())


def test_a_measure_is_opened_by_the_keyboard(page: VisitsPage, foundry: str, qtbot: QtBot) -> None:
    card = page.card_view.groups[Finding.APPLIES].cards[0]
    card.setFocus()
    with qtbot.waitSignal(page.measure_chosen) as asked:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert asked.args == [card.measure.key]


def test_one_goes_through_measures_by_the_keyboard_and_back(
    page: VisitsPage, foundry: str, qtbot: QtBot
) -> None:
    page.activateWindow()
    page.focus_list()
    qtbot.keyClick(page.firms.view, Qt.Key.Key_Return)
    page.card_view.finish()
    cards = [*page.card_view.groups[Finding.APPLIES].cards, *page.card_view.groups[Finding.MAYBE].cards]
    for at in (0, 1, 2, 1):
        if at:
            step = Qt.Key.Key_Down if cards.index(_focused(page)) < at else Qt.Key.Key_Up
            qtbot.keyClick(_focused(page), step)
        assert _focused(page) is cards[at]
    for _ in cards:
        qtbot.keyClick(_focused(page), Qt.Key.Key_Down)
    assert _focused(page) is cards[-1]
    qtbot.waitUntil(lambda: cards[-1].visibleRegion().boundingRect().height() == cards[-1].height())
    qtbot.keyClick(_focused(page), Qt.Key.Key_Escape)
    assert page.focusWidget() is page.firms.view


def test_an_enterprise_of_which_nothing_is_known_is_to_be_filled_in_first(
    page: VisitsPage, desk: Desk, foundry: str, qtbot: QtBot
) -> None:
    assert not page.card_view.fill_button.isVisible()
    key = desk.firms.add("什么也不知道的企业", {})
    assert key is not None
    page.show_firm(key)
    assert page.card_view.fill_button.isVisible()
    with qtbot.waitSignal(page.firm_form_asked) as asked:
        page.card_view.fill_button.click()
    assert asked.args == [key]


def test_what_is_missing_is_asked_where_it_is_answered(page: VisitsPage, foundry: str, qtbot: QtBot) -> None:
    assert page.card is not None
    page.tabs.setCurrentIndex(DEMANDS)
    page.activateWindow()
    for one in page.card.found.ask_next[:2]:
        page.card_view.groups[Finding.MAYBE].unfold(False)
        page.facts.question_chosen.emit(one.key)
        question = _question(page, one.key)
        assert question is not None
        assert question.isVisible()
        assert question.visibleRegion().boundingRect().height() == question.height()
        assert question.isAncestorOf(page.focusWidget())
    with qtbot.waitSignal(page.firm_form_asked):
        page.ask("little_giant")  # no card asks for it


def test_what_is_undone_is_the_last_edit(page: VisitsPage, desk: Desk, foundry: str) -> None:
    assert not page.undo()
    page.answer("hiring", True)
    assert page.undo()
    assert "hiring" not in enterprises.one(desk.workspace.db, foundry).facts


def test_the_facts_fold_where_there_is_no_room(page: VisitsPage, foundry: str) -> None:
    assert foundry
    assert page.facts.isVisible()
    page.resize(900, 600)
    assert not page.facts.isVisible()
    page.strip.click()
    assert page.facts.isVisible()


def _finding(page: VisitsPage, number: int) -> Finding:
    assert page.card is not None
    return next(one.finding for one in page.card.found.verdicts if one.measure_key.endswith(f"m{number:02}"))


def _focused(page: VisitsPage) -> MeasureCard:
    focus = page.focusWidget()
    assert isinstance(focus, MeasureCard)
    return focus


def _question(page: VisitsPage, fact: str) -> CardQuestion | None:
    cards = page.card_view.groups[Finding.MAYBE].cards
    return next((one for card in cards for one in card.questions if one.fact == fact), None)
