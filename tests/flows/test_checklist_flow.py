"""清单 as the coordinator uses it: fill in, close, open again, find it in the workbook."""

from __future__ import annotations

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.checklist import columns
from desktop.ui.frame import app
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.model import Status

CTRL = Qt.KeyboardModifier.ControlModifier


def fill(page, row, column, text):
    page.table.setCurrentIndex(page.model.index(row, column))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    page.table.delegate.editor.insertPlainText(text)


def test_type_close_reopen_and_find_it_in_the_workbook(qtbot, folder, tmp_path):
    desk, _ = app.open_desk(folder)
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    unit = desk.catalogue.find_unit("财政局")
    window.open_unit(unit.key, desk.catalogue.by_number(16).key)
    page = window.checklist
    row = page.table.currentIndex().row()
    fill(page, row, columns.PROGRESS, "台账已建，应清12笔")
    QTest.keyClick(page.table.delegate.editor, Qt.Key.Key_Tab)
    page.table.delegate.editor.insertPlainText("分歧2笔")
    page.verbs.set_status(page.model.item(row).key, Status.UNDER_WAY)
    window.close()  # with the caret still in the cell
    desk.close()

    desk, locked = app.open_desk(folder)
    assert locked == ""
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    assert window.page == CHECKLIST
    page = window.checklist
    assert page.unit_key == unit.key
    entry = page.model.item(row).entry
    assert entry.status is Status.UNDER_WAY
    assert (entry.progress, entry.problems) == ("台账已建，应清12笔", "分歧2笔")
    target = tmp_path / "清单.xlsx"
    with qtbot.waitSignal(page.export_run.ended, timeout=60_000):
        page.export_run.write_unit(page.unit, target)
    cells = [
        str(cell.value) for sheet in load_workbook(target) for line in sheet.iter_rows() for cell in line
    ]
    assert any("台账已建，应清12笔" in cell for cell in cells)
    assert any("分歧2笔" in cell for cell in cells)
    window.close()
    desk.close()


def test_an_edit_is_taken_back_from_the_keyboard(qtbot, desk, window):
    window.show_page(CHECKLIST)
    page = window.checklist
    page.table.setFocus()
    fill(page, 0, columns.OWNER, "张三")
    QTest.keyClick(page.table.delegate.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.delegate.editor is None)
    key = page.model.item(0).key
    assert desk.item(key).entry.owner == "张三"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert desk.item(key).entry.owner == ""
    assert [change.source for change in search.page(desk.workspace.db, Scope.item(key))] == ["撤销", "录入"]


def test_an_edit_in_the_list_is_on_the_other_pages_at_once(qtbot, desk, window):
    window.show_page(OVERVIEW)
    window.show_page(CHECKLIST)
    page = window.checklist
    page.verbs.set_status(page.model.item(0).key, Status.DONE)
    window.show_page(BROWSE)
    measure = page.model.item(0).key.measure_key
    window.open_measure(measure)
    assert window.page == BROWSE
    assert desk.item(page.model.item(0).key).entry.status is Status.DONE


def test_a_measure_opens_from_its_row_and_its_unit_from_the_reader(qtbot, desk, window):
    window.show_page(CHECKLIST)
    page = window.checklist
    page.table.setCurrentIndex(page.model.index(2, columns.TITLE))
    number = page.model.item(2).number
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert window.page == BROWSE
    assert window.browse.reader.measure.number == number
    window.open_unit(desk.catalogue.find_unit("区工信局").key)
    assert window.page == CHECKLIST
    assert page.units.view.currentIndex().data() == "区工信局"


def test_a_failed_write_shows_what_happened_and_the_screen_tells_the_truth(qtbot, desk, window):
    from PySide6.QtWidgets import QDialog

    window.show_page(CHECKLIST)
    page = window.checklist
    page.table.setFocus()
    fill(page, 0, columns.PROGRESS, "写不进去")
    desk.workspace.db.execute("PRAGMA query_only = 1")
    page.flush()
    desk.workspace.db.execute("PRAGMA query_only = 0")
    shown = [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert len(shown) == 1
    assert page.model.index(0, columns.PROGRESS).data() == ""
    shown[0].close()
    page.message.button("再试一次").click()
    assert desk.item(page.model.item(0).key).entry.progress == "写不进去"
