from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.ui.checklist import columns
from desktop.ui.checklist.columns import EVERYTHING, ROW_FILTERS
from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.checklist.reason_dialog import ReasonDialog
from desktop.ui.frame import app
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.model import Status

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen


@pytest.fixture
def page(qtbot, desk):
    made = ChecklistPage(desk)
    qtbot.addWidget(made)
    made.resize(1294, 650)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(page, row, status):
    """Choose a status in the row's menu, as the user does."""
    menu = page.table.status_menu(page.model.item(row))
    action = next(each for each in menu.actions() if each.text().startswith(status))
    action.trigger()
    menu.deleteLater()
    return action


def test_every_unit_of_the_catalogue_has_its_checklist(desk, page):
    for unit in desk.catalogue.checklist_units():
        page.show_unit(unit.key)
        assert page.unit_key == unit.key
        assert page.units.view.currentIndex().data() == unit.name
        assert page.model.rowCount() == len(desk.catalogue.measures_of(unit.key))


def test_the_measures_without_a_unit_have_a_checklist_that_can_be_filled_in(desk, page):
    page.show_unit(UNASSIGNED)
    assert [page.model.item(row).number for row in range(page.model.rowCount())] == [29, 30, 31, 32]
    assert choose(page, 0, "推进中").isEnabled()
    assert desk.item(page.model.item(0).key).entry.status is Status.UNDER_WAY


def test_a_status_chosen_reads_the_list_once_and_asks_once_what_can_be_undone(desk, page):
    page.show_unit(desk.catalogue.find_unit("区财政局").key)
    said: list[str] = []
    desk.workspace.db.set_trace_callback(said.append)
    choose(page, 0, "推进中")
    desk.workspace.db.set_trace_callback(None)
    of_unit = f"WHERE unit_key = '{page.unit_key}' ORDER BY"
    assert len([sql for sql in said if "FROM entries" in sql and of_unit in sql]) == 1
    assert len([sql for sql in said if "FROM changes" in sql and "undoes IS NULL" in sql]) == 1
    assert page.head.undo_button.isEnabled()
    assert "推进中 1" in page.head.counts


def test_a_unit_is_shown_at_the_row_of_a_measure(qtbot, desk, page):
    unit, measure = desk.catalogue.find_unit("区财政局"), desk.catalogue.by_number(16)
    with qtbot.waitSignal(page.unit_changed) as told:
        page.show_unit(unit.key, measure.key)
    assert told.args == [unit.key]
    assert page.table.current_item().number == 16


def test_a_unit_that_does_not_exist_changes_nothing(qtbot, page):
    before = page.unit_key
    with qtbot.assertNotEmitted(page.unit_changed):
        page.show_unit("nowhere", "nothing")
    assert page.unit_key == before


def test_a_unit_known_from_the_workspace_alone_is_shown_but_not_edited(desk, page):
    desk.edit(page.model.item(0).key, {"progress": "以前填的"})
    with desk.workspace.db as db:
        db.execute("UPDATE entries SET unit_key = 'former'")
    page.units.model.count()
    page.show_unit("former")
    assert page.model.index(0, columns.PROGRESS).data() == "以前填的"
    assert not page.model.index(0, columns.PROGRESS).flags() & Qt.ItemFlag.ItemIsEditable
    assert page.head.counts.startswith("1 项")
    assert not page.head.print_button.isEnabled()


def test_a_row_that_the_filter_hides_is_shown_when_it_is_asked_for(desk, page):
    unit, measure = desk.catalogue.find_unit("区财政局"), desk.catalogue.by_number(16)
    page.show_unit(unit.key)
    page.show_rows(next(each for each in ROW_FILTERS if each.name == "已完成"))
    assert page.model.rowCount() == 0
    page.show_unit(unit.key, measure.key)
    assert page.table.current_item().number == 16
    assert page.model.row_filter is EVERYTHING


def test_a_filter_without_rows_says_so(desk, page):
    page.table.selectAll()
    page.show_rows(next(each for each in ROW_FILTERS if each.name == "逾期"))
    assert not page.table.isVisible()
    assert "本单位没有“逾期”的事项" in [label.text() for label in page.empty.findChildren(QLabel)]
    assert page.head.filter_button.text().startswith("逾期")
    assert "已选" not in page.legend.text()
    (button,) = page.empty.findChildren(QPushButton)
    button.click()
    assert page.table.isVisible()
    assert page.model.row_filter is EVERYTHING
    assert page.head.filter_button.text().startswith("全部")


@pytest.mark.parametrize("status", ["推进中", "已完成"])
def test_a_status_chosen_in_the_menu_is_written(desk, page, status):
    choose(page, 1, status)
    assert desk.item(page.model.item(1).key).entry.status == status
    assert page.model.index(1, columns.STATUS).data() == status


def test_closing_an_item_is_offered_only_after_it_was_finished(desk, page):
    action = choose(page, 0, "已销号")
    assert not action.isEnabled()
    assert "先填“已完成”" in action.toolTip()
    assert desk.item(page.model.item(0).key).entry.status is Status.NOT_STARTED
    choose(page, 0, "已完成")
    desk.set_setting("user_name", "核实人")
    assert choose(page, 0, "已销号").isEnabled()
    assert desk.item(page.model.item(0).key).entry.status is Status.CLOSED


def test_not_applicable_asks_for_its_reason_before_it_is_written(qtbot, desk, page):
    choose(page, 0, "不适用")
    dialog = page.findChild(ReasonDialog)
    assert desk.item(page.model.item(0).key).entry.status is Status.NOT_STARTED
    assert not dialog.ok_button.isEnabled()
    dialog.text.setPlainText("  本年度无预算安排 ")
    dialog.ok_button.click()
    entry = desk.item(page.model.item(0).key).entry
    assert (entry.status, entry.reason) == (Status.NOT_APPLICABLE, "本年度无预算安排")
    assert "本年度无预算安排" in page.model.index(0, columns.STATUS).data(Qt.ItemDataRole.ToolTipRole)


def test_a_status_that_could_not_be_written_is_tried_again_with_its_reason(desk, page):
    choose(page, 0, "不适用")
    dialog = page.findChild(ReasonDialog)
    dialog.text.setPlainText("无此业务")
    desk.workspace.db.execute("PRAGMA query_only = 1")
    dialog.ok_button.click()
    desk.workspace.db.execute("PRAGMA query_only = 0")
    assert page.model.index(0, columns.STATUS).data() == "未启动"
    page.message.button("再试一次").click()
    entry = desk.item(page.model.item(0).key).entry
    assert (entry.status, entry.reason) == (Status.NOT_APPLICABLE, "无此业务")


def test_enter_goes_from_the_units_to_the_rows(page):
    page.focus_list()
    QTest.keyClick(page.units.view, Qt.Key.Key_Return)
    assert page.focusWidget() is page.table


def test_a_reason_not_given_changes_nothing(desk, page):
    choose(page, 0, "不适用")
    page.findChild(ReasonDialog).reject()
    assert search.page(desk.workspace.db, Scope(page.unit_key)) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Space])
def test_the_status_is_chosen_by_keyboard(qtbot, desk, page, key):
    page.table.setCurrentIndex(page.model.index(0, columns.STATUS))
    QTest.keyClick(page.table, key)
    menu = QApplication.activePopupWidget()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert desk.item(page.model.item(0).key).entry.status is Status.UNDER_WAY


def test_the_head_counts_what_the_unit_has(desk, page):
    page.show_unit(desk.catalogue.find_unit("区财政局").key)
    desk.edit(page.model.item(0).key, {"status": "推进中", "deadline": "2020-01-01"})
    desk.edit(page.model.item(1).key, {"status": "已完成"})
    assert page.head.counts == "9 项 · 已完成 1 · 推进中 1 · 未启动 7 · 逾期 1"


def test_a_double_click_on_the_title_opens_the_measure(qtbot, page):
    index = page.model.index(1, columns.TITLE)
    with qtbot.waitSignal(page.measure_chosen) as told:
        spot = page.table.visualRect(index).center()
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [page.model.item(1).key.measure_key]


def line(menu, words: str):
    """Return the line of a menu that says ``words``, with or without keys."""
    (found,) = [each for each in menu.actions() if each.text().partition("\t")[0] == words]
    return found


def test_the_row_menu_opens_copies_and_shows_the_history(qtbot, page):
    menu = page.table.row_menu(page.model.index(0, columns.TITLE))
    with qtbot.waitSignal(page.measure_chosen):
        line(menu, "在查阅中打开").trigger()
    line(menu, "复制这一格").trigger()
    assert QApplication.clipboard().text() == page.model.index(0, columns.TITLE).data()
    line(menu, "修改记录").trigger()
    assert page.history.isVisible()
    assert line(menu, "状态").menu().isEnabled()
    assert not line(menu, "撤销上一次录入").isEnabled()
    assert not line(menu, "填写这一格").isEnabled()


def test_the_row_menu_fills_in_the_cell_and_takes_back(desk, page):
    key = page.model.item(0).key
    line(page.table.row_menu(page.model.index(0, columns.PROGRESS)), "填写这一格").trigger()
    assert page.table.delegate.editor is not None
    page.table.leave()
    desk.edit(key, {"owner": "张三"})
    line(page.table.row_menu(page.model.index(0, columns.TITLE)), "撤销上一次录入").trigger()
    assert desk.item(key).entry.owner == ""


def test_the_row_menu_quotes_the_measure(qtbot, desk, page):
    measure = desk.catalogue.measure(page.model.item(0).key.measure_key)
    with qtbot.waitSignal(page.told):
        line(page.table.row_menu(page.model.index(0, columns.TITLE)), "复制原文并注明出处").trigger()
    words, source = QApplication.clipboard().text().split("\n")
    assert words == typeset(measure.text)
    assert f"（{desk.catalogue.notices[0].number}）第{measure.number}条" in source


def test_chosen_rows_are_copied_as_a_table(qtbot, desk, page):
    first, second = page.model.item(0).key, page.model.item(1).key
    desk.edit(first, {"progress": "=1+1\n第二行", "owner": "001"})
    desk.edit(second, {"status": "不适用", "reason": "无此业务"})
    page.table.clearSelection()
    for row in (1, 0):
        page.table.selectionModel().select(
            page.model.index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    with qtbot.waitSignal(page.told) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "2 行" in told.args[0]
    held = QApplication.clipboard().mimeData()
    (titles, one, two) = csv.reader(io.StringIO(held.text()), delimiter="\t")
    assert titles == [column.title for column in columns.COLUMNS]
    assert one[columns.OWNER] == "'001"
    assert one[columns.PROGRESS] == "'=1+1\n第二行"
    assert two[columns.PROBLEMS] == "不适用理由：无此业务"
    assert held.html().count("<tr>") == 3


def test_the_menu_key_opens_the_menu_of_the_current_row(qtbot, page):
    page.table.setCurrentIndex(page.model.index(1, columns.TITLE))
    by_keys = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(page.table, QContextMenuEvent(by_keys, QPoint(), QPoint()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    line(menu, "复制这一格").trigger()
    menu.close()
    assert QApplication.clipboard().text() == page.model.index(1, columns.TITLE).data()


def test_undo_takes_back_the_last_edit_and_shows_where(desk, page):
    first = desk.catalogue.find_unit("区财政局").key
    page.show_unit(first)
    choose(page, 2, "推进中")
    page.show_unit(desk.catalogue.find_unit("区工信局").key)
    assert page.head.undo_button.isEnabled()
    page.head.undo_button.click()
    assert page.unit_key == first
    assert page.table.currentIndex().row() == 2
    assert page.model.item(2).entry.status is Status.NOT_STARTED
    assert not page.head.undo_button.isEnabled()


def test_one_row_alone_is_selected_while_the_keys_of_a_verb_are_still_held(qtbot, page):
    page.table.select_measure(page.model.item(1).key.measure_key)
    qtbot.keyPress(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    page.table.select_measure(page.model.item(3).key.measure_key)
    qtbot.keyRelease(page.table, Qt.Key.Key_Z)
    assert [item.key for item in page.table.selected_items()] == [page.model.item(3).key]


def test_undo_and_redo_keep_the_rows_selected_and_say_what_they_did(desk, page):
    page.show_unit(desk.catalogue.find_unit("区财政局").key)
    page.table.select_measure(page.model.item(1).key.measure_key)
    page.table.select_also([page.model.item(row).key.measure_key for row in (2, 3)])
    chosen = [item.key for item in page.table.selected_items()]
    assert page.verbs.set_deadline(chosen, "2026-06-30")
    page.undo()
    assert [item.key for item in page.table.selected_items()] == chosen
    assert page.message.words.text() == "已撤销：区财政局 3 项的完成时限。"
    page.message.button("重做").click()
    assert page.model.item(3).entry.deadline.stored == "2026-06-30"
    assert page.message.words.text() == "已重做：区财政局 3 项的完成时限。"
    page.table.select_first()
    page.message.button("撤销").click()
    assert [item.key for item in page.table.selected_items()] == chosen


def test_what_a_message_offers_to_take_back_is_what_it_told_of(desk, page):
    page.show_unit(desk.catalogue.find_unit("区财政局").key)
    keys = [page.model.item(row).key for row in (0, 1)]
    page.verbs.set_deadline(keys, "2026-06-30")
    desk.edit(keys[0], {"owner": "张三"})
    page.message.button("撤销").click()
    assert (desk.item(keys[0]).entry.deadline.stored, desk.item(keys[0]).entry.owner) == ("", "张三")


def test_how_near_is_near_is_taken_from_the_settings(desk, page):
    from datetime import timedelta

    deadline = desk.today() + timedelta(days=20)
    desk.edit(page.model.item(0).key, {"deadline": deadline.isoformat()})
    assert page.model.index(0, columns.LIGHT).data() == "绿"
    desk.set_setting("near_days", "30")
    assert page.model.index(0, columns.LIGHT).data() == "黄"
    assert "30 天内到期" in page.legend.text()


def test_zoom_and_dark_reach_the_whole_page(desk, page):
    page.resize(1294, 1100)
    height, width = page.table.rowHeight(0), page.table.columnWidth(columns.STATUS)
    desk.look.step_zoom(1)
    desk.look.set_dark(True)
    assert page.table.rowHeight(0) > height
    assert page.table.columnWidth(columns.STATUS) > width
    assert page.units.view.sizeHintForRow(0) > 46
    desk.look.step_zoom(0)
    desk.look.set_dark(False)
    assert page.table.rowHeight(0) == height


def test_no_sideways_scrolling_on_the_smallest_screen(page):
    assert page.table.horizontalScrollBar().maximum() == 0


def test_a_read_only_page_shows_and_exports_but_does_not_edit(qtbot, desk, page, folder):
    choose(page, 0, "推进中")
    second, locked = app.open_desk(folder)
    try:
        assert locked
        other = ChecklistPage(second)
        qtbot.addWidget(other)
        other.show()
        assert other.model.item(0).entry.status is Status.UNDER_WAY
        for column in columns.TEXT_COLUMNS | {columns.STATUS, columns.DEADLINE}:
            assert not other.model.index(0, column).flags() & Qt.ItemFlag.ItemIsEditable
        other.table.setCurrentIndex(other.model.index(0, columns.PROGRESS))
        QTest.keyClick(other.table, Qt.Key.Key_F2)
        assert other.table.delegate.editor is None
        other.table.open_status_menu(other.model.index(0, columns.STATUS))
        assert QApplication.activePopupWidget() is None
        assert "只读" in other.legend.text()
        other.close()
    finally:
        second.close()


def test_the_one_who_claimed_it_cannot_close_it_and_is_shown_the_way(qtbot, desk, page):
    desk.set_setting("user_name", "张三")
    choose(page, 0, "已完成")
    menu = page.table.status_menu(page.model.item(0))
    actions = {action.text().strip(): action for action in menu.actions()}
    refused = actions["已销号（须由另一人确认）"]
    assert not refused.isEnabled()
    assert "“已完成”是张三填报的" in refused.toolTip()
    with qtbot.waitSignal(page.settings_asked):
        actions["换人核实：设置本机使用人……"].trigger()
    desk.set_setting("user_name", "李四")
    assert choose(page, 0, "已销号").isEnabled()
    assert desk.item(page.model.item(0).key).entry.status is Status.CLOSED
