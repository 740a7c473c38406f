"""基本情况: all that is known, answered at a touch, and who wrote it down."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.visits import firm_changes
from desktop.ui.visits.page import KNOWN, VisitsPage
from desktop.workspace.enterprises import enterprises


@pytest.fixture
def page(desk: Desk, firm: str, qtbot: QtBot) -> VisitsPage:
    made = VisitsPage(desk)
    qtbot.addWidget(made)
    made.resize(1290, 680)
    made.show()
    made.show_firm(firm)
    made.tabs.setCurrentIndex(KNOWN)
    return made


def test_all_that_is_known_is_shown_with_its_day(page: VisitsPage, desk: Desk, firm: str) -> None:
    desk.firms.edit(firm, {"figure/revenue/2025-12-31": 4100, "contact/a1": {"name": "王某", "phone": "139"}})
    told = _words(page)
    for words in (
        "C33 金属制品业",
        "4,100 万元",
        "数据日期 2025-12-31",
        "3,200 万元",
        "日期不详",
        "王某 139",
    ):
        assert words in told
    assert not page.facts.isVisible()


def test_a_fact_is_kept_at_a_touch_and_taken_back(page: VisitsPage, desk: Desk, firm: str) -> None:
    buttons = page.known.facts.buttons["hiring"]
    buttons[True].click()
    assert enterprises.one(desk.workspace.db, firm).facts["hiring"] is True
    assert page.known.model.index(0, firm_changes.AFTER).data() == "是"
    buttons[None].click()
    assert "hiring" not in enterprises.one(desk.workspace.db, firm).facts
    page.message.button("撤销").click()
    assert buttons[True].isChecked()


def test_what_could_not_be_kept_goes_back(page: VisitsPage, desk: Desk) -> None:
    desk.workspace.db.execute("PRAGMA query_only = ON")
    page.known.facts.buttons["hiring"][True].click()
    desk.workspace.db.execute("PRAGMA query_only = OFF")
    assert page.known.facts.buttons["hiring"][None].isChecked()


def test_a_merged_record_is_named_with_what_it_says_otherwise(
    page: VisitsPage, desk: Desk, firm: str
) -> None:
    other = desk.firms.add("恒工铸造", {"town": "上站街道"})
    assert other is not None
    desk.firms.merge(firm, other)
    page.show_firm(firm)
    assert any("恒工铸造" in text for text in _words(page))


def _words(page: VisitsPage) -> set[str]:
    QApplication.processEvents()  # what was laid out is shown
    return {label.text() for label in page.known.widget().findChildren(QLabel) if label.isVisibleTo(page)}
