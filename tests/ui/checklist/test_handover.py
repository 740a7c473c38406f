"""责任人变更: one edit, the sheet with the right names, and taking it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.checklist.handover import HandedOver, HandoverDialog
from desktop.ui.checklist.page import ChecklistPage
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from tests.ui.printing import pdf_reading

UNCHECKED = Qt.CheckState.Unchecked


@pytest.fixture
def page(page, desk):
    for row, owner in ((0, "张三"), (1, "张三"), (2, "王五")):
        desk.edit(page.model.item(row).key, {"owner": owner})
    return page


@pytest.fixture
def dialog(page):
    page.head.hand_over_asked.emit()
    return page.findChild(HandoverDialog)


def owners(page):
    return [page.model.item(row).entry.owner for row in range(page.model.rowCount())]


def test_all_items_go_over_unless_told_otherwise(desk, page, dialog):
    assert not dialog.ok_button.isEnabled()
    dialog.name.setText(" 李四 ")
    dialog.ok_button.click()
    assert owners(page) == ["李四"] * 9
    assert {change.field for change in search.page(desk.workspace.db, Scope(page.unit_key))[:9]} == {"owner"}


def test_only_the_items_of_one_person_go_over(page, dialog):
    dialog.owners.choose(1)
    dialog.owners.chosen.emit(1)
    assert "已选 2 项" in dialog.told.text()
    dialog.name.setText("李四")
    dialog.accept()
    assert owners(page)[:4] == ["李四", "李四", "王五", ""]


def test_an_item_that_is_not_ticked_stays(page, dialog):
    dialog.list.item(0).setCheckState(UNCHECKED)
    dialog.name.setText("李四")
    dialog.accept()
    assert owners(page)[:3] == ["张三", "李四", "李四"]


def test_the_boxes_are_ticked_by_keyboard(dialog):
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.list.item(0).checkState() is UNCHECKED
    assert len(dialog.chosen()) == 8


def test_who_has_it_already_is_not_handed_anything(desk, page, dialog):
    dialog.name.setText("张三")
    assert "2 项的责任人本来就是张三" in dialog.told.text()
    dialog.owners.chosen.emit(1)
    assert not dialog.ok_button.isEnabled()


def test_it_is_taken_back_as_one(page, dialog):
    before = owners(page)
    dialog.name.setText("李四")
    dialog.accept()
    page.findChild(HandedOver).undo_button.click()
    assert owners(page) == before


def test_the_undo_of_the_page_takes_it_back_as_one(page, dialog):
    before = owners(page)
    dialog.name.setText("李四")
    dialog.accept()
    page.findChild(HandedOver).accept()
    page.undo()
    assert owners(page) == before


def test_the_sheet_names_both_and_stands_on_paper(page, dialog, tmp_path):
    dialog.owners.chosen.emit(1)
    dialog.name.setText("李四")
    dialog.accept()
    done = page.findChild(HandedOver)
    target = tmp_path / "移交单"
    done.save_pdf(target)
    told = "".join(pdf_reading.pages(target.with_suffix(".pdf").read_bytes()))
    for words in ("区财政局责任事项移交单", "张三", "李四", "移交人", "接收人"):
        assert words in told
    assert "王五" not in told


def test_a_read_only_window_hands_nothing_over(qtbot, desk, page, folder):
    from desktop.ui.frame import app

    second, _why = app.open_desk(folder)
    try:
        other = ChecklistPage(second)
        qtbot.addWidget(other)
        other.head.hand_over_asked.emit()
        assert other.findChild(HandoverDialog) is None
    finally:
        second.close()
