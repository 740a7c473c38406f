from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.ui.history import change_table, steps
from desktop.ui.history.change_table import PAGE, HistoryModel
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import changes, checklist


def row(page, number=0):
    model = page.history.model
    return [model.index(number, column).data() for column in range(change_table.AFTER + 1)]


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
    change = search.page(desk.workspace.db, Scope.item(page.model.item(0).key))[0]
    assert row(page) == [
        "1",
        change.at[:16].replace("T", " "),
        "王科长",
        "录入",
        "完成时限",
        "（空）",
        "2026-12-31",
    ]


def test_changes_are_copied_without_the_column_that_is_not_shown(qtbot, desk, page):
    page.head.history_button.click()
    desk.edit(page.model.item(0).key, {"progress": "=1+1"})
    page.history.view.selectRow(0)
    with qtbot.waitSignal(page.told):
        QTest.keyClick(page.history.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, words = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert titles == list(change_table.TITLES[1:])
    assert words[-1] == "'=1+1"
    assert [each.removeprefix("'") for each in words] == row(page)[1:]


def test_it_follows_the_selected_row_and_can_show_the_whole_unit(desk, page):
    desk.edit(page.model.item(0).key, {"owner": "张"})
    desk.edit(page.model.item(1).key, {"owner": "李"})
    page.head.history_button.click()
    assert page.history.model.rowCount() == 1
    page.table.setCurrentIndex(page.model.index(1, 1))
    assert row(page)[change_table.AFTER] == "李"
    page.history.whole_unit.click()
    assert [row(page, number)[change_table.AFTER] for number in (0, 1)] == ["李", "张"]


def test_one_change_is_taken_back_and_marked(qtbot, desk, page):
    key = page.model.item(0).key
    desk.edit(key, {"owner": "张"})
    desk.edit(key, {"progress": "已办"})
    page.head.history_button.click()
    page.history.view.selectRow(1)
    page.history.undo_button.click()
    entry = desk.item(key).entry
    assert (entry.owner, entry.progress) == ("", "已办")
    assert row(page, 0)[change_table.SOURCE] == "撤销"
    assert row(page, 2)[change_table.SOURCE] == "录入（已撤销）"


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
    assert row(page)[change_table.AFTER] == "张"


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


# ---- filtered, page by page, exported


def made_long(page, desk, many):
    """Change the first item many times, each by another person and on another day."""
    key = page.model.item(0).key
    start = datetime(2026, 1, 1, 9).astimezone()
    for number in range(many):
        checklist.edit(
            desk.workspace.db,
            desk.catalogue,
            key,
            {("progress", "owner")[number % 2]: f"第{number}次"},
            by=("张三", "李四")[number % 2],
            source=("录入", "命令行")[number // 2 % 2],
            at=start + timedelta(days=number // 10),
        )
    return key


def chosen(button, words):
    """Choose in a menu button as the user does."""
    action = next(each for each in button.menu().actions() if each.text() == words)
    action.trigger()


def test_a_long_history_is_read_page_by_page_as_one_scrolls(qtbot, desk, page):
    made_long(page, desk, 3 * PAGE + 5)
    page.head.history_button.click()
    model = page.history.model
    assert (model.found, model.rowCount()) == (3 * PAGE + 5, PAGE)
    assert f"{3 * PAGE + 5} 次改动" in page.history.head.about.text()
    while model.canFetchMore(QModelIndex()):
        before = model.rowCount()
        page.history.view.scrollToBottom()
        qtbot.waitUntil(lambda before=before: model.rowCount() > before)
    ids = [model.change(row).id for row in range(model.rowCount())]
    assert len(ids) == 3 * PAGE + 5
    assert ids == sorted(ids, reverse=True)
    assert page.history.view.rowHeight(model.rowCount() - 1) > 20


def test_an_undo_on_a_later_page_marks_what_it_took_back(qtbot, desk, page):
    key = made_long(page, desk, PAGE)
    last = search.page(desk.workspace.db, Scope.item(key))[0]
    steps.undo_change(desk, last.id)
    page.head.history_button.click()
    assert row(page, 1)[change_table.SOURCE].endswith("（已撤销）")


@pytest.mark.parametrize(
    ("button", "words", "shows"),
    [
        ("person", "李四", lambda change: change.by == "李四"),
        ("source", "命令行", lambda change: change.source == "命令行"),
        ("field", "责任人", lambda change: change.field == "owner"),
    ],
)
def test_only_what_is_sought_is_shown(desk, page, button, words, shows):
    key = made_long(page, desk, 40)
    page.head.history_button.click()
    page.history.filter_button.click()
    chosen(getattr(page.history.filter, button), words)
    model = page.history.model
    found = [model.change(at) for at in range(model.rowCount())]
    assert found == [change for change in search.page(desk.workspace.db, Scope.item(key)) if shows(change)]
    assert f"符合条件的 {len(found)} 次改动" in page.history.head.about.text()
    page.history.filter.clear_button.click()
    assert model.found == 40


def test_a_span_of_days_is_sought(desk, page):
    made_long(page, desk, 40)
    page.head.history_button.click()
    page.history.filter_button.click()
    sieve = page.history.filter
    assert not sieve.first.isVisible()
    chosen(sieve.span, "指定日期")
    for line, text in ((sieve.first, "2026.1.2"), (sieve.last, "2026-01-03")):
        line.setFocus()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.history.model.found == 20
    sieve.last.clear()
    QTest.keyClicks(sieve.last, "2026-13-01")
    QTest.keyClick(sieve.last, Qt.Key.Key_Return)
    assert sieve.last.property("bad")
    assert page.history.model.found == 30


def test_a_span_without_changes_says_so(desk, page):
    made_long(page, desk, 3)
    page.head.history_button.click()
    page.history.filter_button.click()
    chosen(page.history.filter.span, "今天")
    if page.history.model.found:
        pytest.fail("the made changes are of today")
    assert "没有符合筛选条件" in page.history.empty.text()
    assert not page.history.export_button.isEnabled()
    page.history.filter_button.click()
    assert page.history.model.found == 3


def test_the_people_offered_are_those_of_the_scope(desk, page):
    made_long(page, desk, 4)
    page.head.history_button.click()
    offered = [action.text() for action in page.history.filter.person.menu().actions()]
    assert offered == ["全部使用人", "张三", "李四"]
    page.table.setCurrentIndex(page.model.index(1, 1))
    offered = [action.text() for action in page.history.filter.person.menu().actions()]
    assert offered == ["全部使用人"]


def test_all_that_is_sought_is_exported_not_only_what_was_scrolled_to(qtbot, desk, page, tmp_path):
    made_long(page, desk, PAGE + 20)
    page.head.history_button.click()
    page.history.filter_button.click()
    chosen(page.history.filter.person, "李四")
    target = tmp_path / "记录.xlsx"
    export = page.verbs.history_export
    page.history.export_wanted.disconnect()
    with qtbot.waitSignal(page.history.export_wanted) as told:
        page.history.export_button.click()
    scope, sought, whose = told.args
    with qtbot.waitSignal(export.ended, timeout=60_000):
        export.write(scope, sought, target, whose)
    cells = [
        str(cell.value) for sheet in load_workbook(target) for line in sheet.iter_rows() for cell in line
    ]
    assert cells.count("李四") == (PAGE + 20) // 2
    assert "张三" not in cells


def test_what_a_workbook_said_and_was_not_taken_is_marked_and_not_taken_back(desk, page):
    key = page.model.item(0).key
    desk.edit(key, {"progress": "本库的"})
    with transaction(desk.workspace.db):
        changes.set_aside(
            desk.workspace.db,
            key,
            [("progress", "本库的", "回填的")],
            changes.Origin("张三", changes.IMPORT, desk.now()),
            "",
            2,
        )
    page.head.history_button.click()
    assert row(page)[change_table.SOURCE] == "导入（未采用）"
    page.history.view.selectRow(0)
    assert not page.history.undo_button.isEnabled()
    page.history.view.selectRow(1)
    assert page.history.undo_button.isEnabled()


def test_a_deadline_that_cannot_be_read_stands_as_it_is(desk, page):
    desk.edit(page.model.item(0).key, {"deadline": "2026-12-31"})
    db = desk.workspace.db
    db.execute("DROP TRIGGER changes_stay_true")
    with transaction(db):
        db.execute("UPDATE changes SET before = '年底前' WHERE field = 'deadline'")
    page.head.history_button.click()
    assert row(page)[change_table.BEFORE] == "年底前"
