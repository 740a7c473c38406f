"""继续决定: what imports left open is decided on in the window, without the workbooks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.ui import verbs
from desktop.ui.intake.dialog import IntakeDialog
from desktop.ui.intake.receipt_dialog import ReceiptDialog
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import intake, open_questions, receipts
from desktop.workspace.returns.returned import Cell
from desktop.workspace.returns.three_way import Choice
from tests.ui.intake.test_preview import planned, returned


@pytest.fixture
def keys(desk) -> list[ItemKey]:
    return [item.key for item in desk.items("finance")]


@pytest.fixture
def torn(desk, keys) -> receipts.Receipt:
    """Return the receipt of an import with a conflict and a question left open."""
    sent = returned(
        desk,
        keys,
        {"progress": "单位改的", "owner": "李"},
        {"status": Cell("已办结", None, "是否为“已完成”？", "已完成")},
    )
    desk.edit(keys[0], {"progress": "我方改的"})
    made = planned(desk, sent)
    return intake.apply(desk.workspace.db, desk.catalogue, made, by="张", at=desk.now())


def opened(qtbot, window, act) -> IntakeDialog:
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        act()
    (dialog,) = told.args
    assert isinstance(dialog, IntakeDialog)
    return dialog


def test_the_record_of_an_import_leads_to_its_open_questions(qtbot, window, desk, keys, torn):
    record = window.rounds.show_receipts()
    assert "待决定 2 处" in record.choice.currentText()
    assert record.view.decide_button.text() == "继续决定 2 处"
    dialog = opened(
        qtbot, window, lambda: qtbot.mouseClick(record.view.decide_button, Qt.MouseButton.LeftButton)
    )
    assert (dialog.windowTitle(), dialog.preview._draft.open) == ("继续决定", 2)
    assert not dialog.preview.confirm_button.isEnabled()
    QTest.keyClick(dialog.preview.panes.table, Qt.Key.Key_2)  # the conflict: theirs
    with qtbot.waitSignal(dialog.taken, timeout=20_000) as told:
        qtbot.mouseClick(dialog.preview.confirm_button, Qt.MouseButton.LeftButton)
    assert desk.item(keys[0]).entry.progress == "单位改的"
    assert told.args[0].files[0].path_name == "区财政局.xlsx"
    assert dialog.go_on_button.isVisible()
    assert "还有 1 处没有决定" in dialog._said.text()
    dialog.accept()
    record = ReceiptDialog(desk, window)
    counted = [record.choice.itemText(place) for place in range(record.choice.count())]
    assert "待决定" not in counted[0]
    assert "待决定 1 处" in counted[1]


def test_it_goes_on_until_nothing_is_left(qtbot, window, desk, torn):
    dialog = opened(qtbot, window, lambda: window.verbs.do(verbs.DECIDE))
    for left in (1, 0):
        line = dialog.preview._draft.plans[0].conflicts[0]
        dialog.preview._draft.decide(0, line, Choice.OURS)
        with qtbot.waitSignal(dialog.taken, timeout=20_000):
            dialog.confirm()
        assert open_questions.count(desk.workspace.db) == left
        assert dialog.go_on_button.isVisible() is bool(left)
        if left:
            qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)


def test_where_nothing_is_open_it_says_so(qtbot, window):
    window.verbs.do(verbs.DECIDE)
    assert "没有待决定的内容。" in [
        label.text() for label in window.findChildren(QLabel) if label.isVisible()
    ]


def test_of_a_unit_alone(qtbot, window, desk, torn):
    window.rounds.decide(unit_key="tax")
    assert not [each for each in window.findChildren(IntakeDialog) if each.isVisible()]
    dialog = opened(qtbot, window, lambda: window.rounds.decide(unit_key="finance"))
    assert dialog.preview._draft.open == 2


def test_no_file_is_left_out_where_none_is_read(qtbot, window, torn):
    dialog = opened(qtbot, window, lambda: window.verbs.do(verbs.DECIDE))
    assert not dialog.preview.leave_button.isVisible()
    assert not dialog.preview._draft.may_leave_out(0)


def test_what_is_settled_shows_as_that_in_the_record(qtbot, window, desk, keys, torn):
    desk.edit(keys[0], {"progress": "核实后填的"})
    record = window.rounds.show_receipts()
    told = [record.view.panes.model.row(place) for place in range(record.view.panes.model.rowCount())]
    assert [row.cells[-1] for row in told if len(row.cells) > 1] == [
        "已采用",
        "当时待决定，保留本库",
        "待决定，保留本库",
    ]


def test_a_window_that_only_reads_does_not_offer_it(qtbot, window, desk, torn, monkeypatch):
    from desktop.ui.desk import Desk

    monkeypatch.setattr(Desk, "read_only", property(lambda _desk: True))
    record = window.rounds.show_receipts()
    assert not record.view.decide_button.isVisible()
    with qtbot.waitSignal(desk.write_failed):
        window.rounds.decide()
    assert not window.findChildren(IntakeDialog)


def test_what_cannot_be_decided_any_more_is_told_in_every_filter(qtbot, window, desk, torn):
    (plan,) = open_questions.plan_again(desk.workspace.db, desk.catalogue, by="张")
    gone = "第9条“状态”不能再决定：现有的措施数据中没有这个事项。"
    dialog = IntakeDialog(desk, (replace(plan, notes=(*plan.notes, gone)),), window)
    assert dialog.preview.only_open.isChecked()
    told = [dialog.preview.panes.model.row(at) for at in range(dialog.preview.panes.model.rowCount())]
    assert gone in [row.cells[0] for row in told]


def test_the_checklist_offers_what_is_open_of_its_unit(qtbot, window, desk, torn):
    window.open_unit("finance")
    head = window.checklist.head
    head.more_menu.aboutToShow.emit()
    assert head.decide_line.text() == "继续决定（2 处待决定）……"
    dialog = opened(qtbot, window, head.decide_line.trigger)
    assert dialog.preview._draft.open == 2
    dialog.reject()
    window.open_unit(desk.catalogue.find_unit("区税务局").key)
    head.more_menu.aboutToShow.emit()
    assert not head.decide_line.isVisible()
