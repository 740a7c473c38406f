"""The cells of the table, edited as people edit them, on the real page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.checklist import columns
from desktop.ui.checklist.deadline_picker import DeadlinePane
from desktop.ui.checklist.editors import PAUSE_MS, DateEditor, TextEditor
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.deadline import DeadlineKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def open_editor(page, row, column, key=Qt.Key.Key_F2):
    page.table.setCurrentIndex(page.model.index(row, column))
    QTest.keyClick(page.table, key)
    return page.table.delegate.editor


def entry(page, desk, row):
    return desk.item(page.model.item(row).key).entry


def shut(qtbot, page):
    qtbot.waitUntil(lambda: page.table.delegate.editor is None)


def test_enter_saves_and_closes(qtbot, desk, page):
    editor = open_editor(page, 2, columns.PROGRESS, Qt.Key.Key_Return)
    assert isinstance(editor, TextEditor)
    editor.insertPlainText("已摸底")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert entry(page, desk, 2).progress == "已摸底"
    shut(qtbot, page)


@pytest.mark.parametrize("held", [SHIFT, ALT])
def test_shift_or_alt_enter_is_a_new_line(qtbot, desk, page, held):
    editor = open_editor(page, 0, columns.PROBLEMS)
    editor.insertPlainText("一")
    QTest.keyClick(editor, Qt.Key.Key_Return, held)
    editor.insertPlainText("二")
    page.flush()
    assert entry(page, desk, 0).problems == "一\n二"
    assert page.table.delegate.editor is editor


def test_what_is_typed_is_saved_after_a_moment_without_leaving(qtbot, desk, page):
    editor = open_editor(page, 0, columns.PROGRESS)
    editor.insertPlainText("正在")
    assert entry(page, desk, 0).progress == ""
    qtbot.waitUntil(lambda: entry(page, desk, 0).progress == "正在", timeout=10 * PAUSE_MS)
    editor.insertPlainText("办理")
    qtbot.waitUntil(lambda: entry(page, desk, 0).progress == "正在办理", timeout=10 * PAUSE_MS)
    assert page.table.delegate.editor is editor
    assert editor.toPlainText() == "正在办理"
    changes = search.page(desk.workspace.db, Scope.item(page.model.item(0).key))
    assert [(change.before, change.after) for change in changes] == [("", "正在办理")]


def test_a_second_stay_in_the_cell_is_a_second_change(qtbot, desk, page):
    for text in ("一", "二"):
        editor = open_editor(page, 0, columns.PROGRESS)
        editor.insertPlainText(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        shut(qtbot, page)
    changes = search.page(desk.workspace.db, Scope.item(page.model.item(0).key))
    assert [(change.before, change.after) for change in changes] == [("一", "一二"), ("", "一")]


def test_escape_leaves_and_keeps_what_was_typed(qtbot, desk, page):
    editor = open_editor(page, 1, columns.NEXT_STEP)
    editor.insertPlainText("下周约谈")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert entry(page, desk, 1).next_step == "下周约谈"
    shut(qtbot, page)


def test_text_being_composed_does_not_count_until_it_is_committed(qtbot, desk, page):
    editor = open_editor(page, 0, columns.OWNER)
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    page.flush()
    assert entry(page, desk, 0).owner == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("张")
    QApplication.sendEvent(editor, done)
    page.flush()
    assert entry(page, desk, 0).owner == "张"


def test_tab_goes_from_field_to_field_and_on_to_the_next_row(qtbot, desk, page):
    open_editor(page, 0, columns.DEADLINE)
    visited = []
    for _ in range(5):
        visited.append(page.table.currentIndex().column())
        QTest.keyClick(page.table.delegate.editor, Qt.Key.Key_Tab)
    assert visited == [
        columns.DEADLINE,
        columns.OWNER,
        columns.PROGRESS,
        columns.PROBLEMS,
        columns.NEXT_STEP,
    ]
    assert page.table.currentIndex().row() == 1
    assert page.table.currentIndex().column() == columns.STATUS
    assert page.table.delegate.editor is None


def test_shift_tab_goes_back(qtbot, page):
    open_editor(page, 1, columns.OWNER)
    QTest.keyClick(page.table.delegate.editor, Qt.Key.Key_Backtab, SHIFT)
    assert page.table.currentIndex() == page.model.index(1, columns.DEADLINE)
    assert isinstance(page.table.delegate.editor, DateEditor)


def test_typing_on_a_cell_opens_it_and_adds_to_it(qtbot, desk, page):
    desk.edit(page.model.item(0).key, {"owner": "张"})
    page.table.setCurrentIndex(page.model.index(0, columns.OWNER))
    QTest.keyClicks(page.table, "x")
    page.flush()
    assert entry(page, desk, 0).owner == "张x"


@pytest.mark.parametrize("typed", ["2026-12-31", "2026.12.31", "20261231", "2026年12月31日"])
def test_a_typed_date_is_written_as_a_date(qtbot, desk, page, typed):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText(typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.delegate.editor is None)
    assert entry(page, desk, 0).deadline.stored == "2026-12-31"
    assert page.model.index(0, columns.DEADLINE).data() == "2026-12-31"


def test_an_empty_date_is_no_deadline(qtbot, desk, page):
    desk.edit(page.model.item(0).key, {"deadline": "2026-12-31"})
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.clear()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.delegate.editor is None)
    assert entry(page, desk, 0).deadline.stored == ""
    assert page.model.index(0, columns.DEADLINE).data() == "未写明"


def test_what_is_no_date_keeps_the_editor_open_and_writes_nothing(qtbot, desk, page):
    desk.edit(page.model.item(0).key, {"deadline": "2026-12-31"})
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText("2026-13-01")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        QTest.keyClick(editor, key)
        assert page.table.delegate.editor is editor
        assert editor.property("bad")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == "2026-12-31"


def test_leaving_what_is_no_date_says_that_nothing_changed(qtbot, desk, page):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText("月底")
    page.units.focus_list()
    shut(qtbot, page)
    assert page.message.isVisible()
    assert "完成时限填的是“月底”，应为哪一天？" in page.message.words.text()
    assert search.page(desk.workspace.db, Scope(page.unit_key)) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("2026年6月", "2026-06-30"), ("2026.1-12", "2026-01-01/2026-12-31")]
)
def test_what_probably_names_a_deadline_is_asked_back(qtbot, desk, page, typed, meant):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText(typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == ""
    assert f"完成时限填的是“{typed}”，是否为" in page.message.words.text()
    page.message.button("是").click()
    assert entry(page, desk, 0).deadline.stored == meant
    assert not page.message.isVisible()


def test_a_day_without_its_year_is_the_next_one(qtbot, desk, page):
    coming = desk.today() + timedelta(days=40)
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText(f"{coming.month}月{coming.day}日")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    shut(qtbot, page)
    page.message.button("不是").click()
    assert entry(page, desk, 0).deadline.stored == ""
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText(f"{coming.month}月{coming.day}日")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    shut(qtbot, page)
    page.message.button("是").click()
    assert entry(page, desk, 0).deadline.stored == coming.isoformat()


def test_a_day_picked_in_the_calendar_is_saved_at_once(qtbot, desk, page):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText("2026-12-01")
    QTest.keyClick(editor, Qt.Key.Key_Down, ALT)
    pane = editor.findChild(DeadlinePane)
    assert pane.choice.calendar.selectedDate() == QDate(2026, 12, 1)
    pane.choice.calendar.clicked.emit(QDate(2026, 12, 25))
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == "2026-12-25"


@pytest.mark.parametrize(("kind", "stored"), [(DeadlineKind.UNSTATED, ""), (DeadlineKind.LONG_TERM, "长期")])
def test_a_kind_without_days_is_chosen_in_the_pane(qtbot, desk, page, kind, stored):
    desk.edit(page.model.item(0).key, {"deadline": "2026-12-31"})
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.open_calendar()
    pane = editor.findChild(DeadlinePane)
    pane.choice.kinds[kind].click()
    pane.ok_button.click()
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == stored


def test_a_span_is_chosen_in_the_pane(qtbot, desk, page):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.open_calendar()
    pane = editor.findChild(DeadlinePane)
    pane.choice.kinds[DeadlineKind.SPAN].click()
    assert not pane.ok_button.isEnabled()
    pane.choice.calendar.clicked.emit(QDate(2026, 3, 1))
    pane.choice.calendar.clicked.emit(QDate(2026, 2, 1))
    assert not pane.ok_button.isEnabled()  # it would end before it begins
    assert pane.choice.last.property("bad")
    pane.choice.last.setText("2026.6.30")
    pane.choice.last.textEdited.emit("2026.6.30")
    pane.ok_button.click()
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == "2026-03-01/2026-06-30"
    assert page.model.index(0, columns.DEADLINE).data() == "2026-03-01至2026-06-30"


@pytest.mark.parametrize("typed", ["2026年3月1日至2026年6月30日", "2026.3.1/2026.6.30"])
def test_a_span_is_typed(qtbot, desk, page, typed):
    editor = open_editor(page, 0, columns.DEADLINE)
    editor.setText(typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    shut(qtbot, page)
    assert entry(page, desk, 0).deadline.stored == "2026-03-01/2026-06-30"


def test_a_failed_write_puts_the_cell_back_and_offers_to_try_again(qtbot, desk, page):
    desk.edit(page.model.item(0).key, {"progress": "原来的"})
    editor = open_editor(page, 0, columns.PROGRESS)
    editor.insertPlainText("，新的")
    desk.workspace.db.execute("PRAGMA query_only = 1")
    with qtbot.waitSignal(desk.write_failed):
        page.flush()
    desk.workspace.db.execute("PRAGMA query_only = 0")
    assert editor.toPlainText() == "原来的"
    assert page.model.index(0, columns.PROGRESS).data() == "原来的"
    assert entry(page, desk, 0).progress == "原来的"
    assert "原来的，新的" in page.message.words.text()
    page.message.button("复制内容").click()
    assert QApplication.clipboard().text() == "原来的，新的"
    page.message.button("再试一次").click()
    assert entry(page, desk, 0).progress == "原来的，新的"
    assert not page.message.isVisible()


def test_another_unit_or_another_page_leaves_nothing_unsaved(qtbot, desk, page):
    key = page.model.item(0).key
    open_editor(page, 0, columns.PROGRESS).insertPlainText("快速切换")
    page.show_unit(desk.catalogue.find_unit("区工信局").key)
    assert desk.item(key).entry.progress == "快速切换"
    other = page.model.item(0).key
    open_editor(page, 0, columns.PROGRESS).insertPlainText("离开页面")
    page.hide()
    assert desk.item(other).entry.progress == "离开页面"


def test_a_change_of_another_field_leaves_what_is_being_typed_alone(qtbot, desk, page):
    editor = open_editor(page, 0, columns.PROGRESS)
    editor.insertPlainText("还没停笔")
    desk.edit(page.model.item(0).key, {"status": "推进中"})
    assert editor.toPlainText() == "还没停笔"
    page.flush()
    assert entry(page, desk, 0).progress == "还没停笔"


def test_a_change_from_elsewhere_reaches_the_open_editor(qtbot, desk, page):
    editor = open_editor(page, 0, columns.PROGRESS)
    desk.edit(page.model.item(0).key, {"progress": "从别处改的"})
    assert editor.toPlainText() == "从别处改的"


def test_a_row_is_as_high_as_its_text(qtbot, desk, page):
    before = page.table.rowHeight(0)
    desk.edit(page.model.item(0).key, {"problems": "很长的一段说明，" * 20})
    assert page.table.rowHeight(0) > before
    desk.edit(page.model.item(0).key, {"problems": "短"})
    assert page.table.rowHeight(0) == before


def test_no_text_however_long_makes_a_row_that_fills_the_screen(desk, page):
    desk.edit(page.model.item(0).key, {"progress": "长" * 10_000})
    assert page.table.rowHeight(0) < page.table.viewport().height()
    tip = page.model.index(0, columns.PROGRESS).data(Qt.ItemDataRole.ToolTipRole)
    assert "共 10000 字" in tip
    assert len(tip) < 1_000
