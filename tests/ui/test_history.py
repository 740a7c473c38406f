from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui import history_model as columns
from desktop.ui.checklist_page import ChecklistPage
from desktop.ui.history_model import HistoryModel
from desktop.workspace.history_search import Scope


@pytest.fixture
def page(qtbot, desk):
    made = ChecklistPage(desk)
    qtbot.addWidget(made)
    made.resize(1294, 650)
    with qtbot.waitExposed(made):
        made.show()
    made.show_unit(desk.catalogue.find_unit("区财政局").key)
    return made


def row(page, number=0):
    model = page.history.model
    return [model.index(number, column).data() for column in range(columns.AFTER + 1)]


def test_the_model_keeps_qts_rules(qtmodeltester, desk, page):
    key = page.model.item(0).key
    desk.edit(key, {"progress": "一"})
    desk.edit(key, {"status": "推进中", "deadline": "2026-12-31"})
    model = HistoryModel(desk)
    model.show(Scope.item(key))
    assert model.rowCount() == 3
    qtmodeltester.check(model, force_py=False)


def test_without_changes_it_says_so(page):
    page.head.history_button.click()
    assert not page.history.view.isVisible()
    assert "还没有修改记录" in page.history.empty.text()
    assert not page.history.undo_button.isEnabled()


def test_a_change_is_shown_with_time_person_field_before_and_after(desk, page):
    desk.set_setting("user_name", "王科长")
    page.head.history_button.click()
    desk.edit(page.model.item(0).key, {"deadline": "2026-12-31"})
    change = desk.history_of_item(page.model.item(0).key)[0]
    assert row(page) == [
        "1",
        change.at[:16].replace("T", " "),
        "王科长",
        "录入",
        "完成时限",
        "未写明",
        "2026-12-31",
    ]


def test_it_follows_the_selected_row_and_can_show_the_whole_unit(desk, page):
    desk.edit(page.model.item(0).key, {"owner": "张"})
    desk.edit(page.model.item(1).key, {"owner": "李"})
    page.head.history_button.click()
    assert page.history.model.rowCount() == 1
    page.table.setCurrentIndex(page.model.index(1, 1))
    assert row(page)[columns.AFTER] == "李"
    page.history.whole_unit.click()
    assert [row(page, number)[columns.AFTER] for number in (0, 1)] == ["李", "张"]


def test_one_change_is_taken_back_and_marked(qtbot, desk, page):
    key = page.model.item(0).key
    desk.edit(key, {"owner": "张"})
    desk.edit(key, {"progress": "已办"})
    page.head.history_button.click()
    page.history.view.selectRow(1)
    page.history.undo_button.click()
    entry = desk.item(key).entry
    assert (entry.owner, entry.progress) == ("", "已办")
    assert row(page, 0)[columns.SOURCE] == "撤销"
    assert row(page, 2)[columns.SOURCE] == "录入（已撤销）"


def test_a_change_that_was_overwritten_is_not_taken_back(qtbot, desk, page):
    key = page.model.item(0).key
    desk.edit(key, {"owner": "张"})
    desk.edit(key, {"owner": "李"})
    page.head.history_button.click()
    page.history.view.selectRow(1)
    with qtbot.waitSignal(desk.write_failed):
        page.history.undo_button.click()
    assert desk.item(key).entry.owner == "李"


def test_it_is_up_to_date_when_the_page_comes_back(desk, page):
    page.head.history_button.click()
    page.hide()
    desk.edit(page.model.item(0).key, {"owner": "张"})
    page.show()
    assert row(page)[columns.AFTER] == "张"


def test_ctrl_h_opens_and_closes_it(qtbot, page):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert page.history.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not page.history.isVisible()
    page.head.history_button.click()
    page.history.head.close_button.click()
    assert not page.history.isVisible()
    assert not page.head.history_button.isChecked()
