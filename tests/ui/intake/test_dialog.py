"""Workbooks dropped on the window or chosen; receipts of imports; the ledger."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog

from desktop.exchange.checklists import book
from desktop.ui import verbs
from desktop.ui.frame.rail import BROWSE, CHECKLIST
from desktop.ui.intake import reading
from desktop.ui.intake.receipt_dialog import ReceiptDialog
from desktop.ui.kit import file_drop
from desktop.workspace.returns import intake, plans, receipts
from desktop.workspace.returns.three_way import Choice
from tests.ui.intake.test_preview import planned, returned

LONG_MS = 60_000


@pytest.fixture
def books(desk, tmp_path) -> list[Path]:
    """Return three workbooks as the program exports them."""
    return list(
        book.write_each(tmp_path / "收回", book.Sending(desk.catalogue, desk.today()), desk.every_item())
    )[:3]


def taken_in(desk, progress: str = "单位填的", digest: str = "a"):
    keys = [item.key for item in desk.items("finance")]
    made = planned(desk, returned(desk, keys, {"progress": progress}, digest=digest))
    return intake.apply(desk.workspace.db, desk.catalogue, made, by="张", at=desk.now())


def on_screen(dialog: QDialog) -> list[QDialog]:
    """Return the dialogs that stand before this one."""
    return [each for each in dialog.findChildren(QDialog) if each.isVisible()]


def asked_back(dialog: ReceiptDialog) -> QDialog:
    """Ask for an import to be taken back; return the question."""
    dialog.view.undo_button.click()
    (question,) = on_screen(dialog)
    return question


# ---- which files


def test_folders_give_their_workbooks_and_what_people_send_instead(tmp_path):
    inner = tmp_path / "甲" / "乙"
    inner.mkdir(parents=True)
    for name in ("a.xlsx", "~$a.xlsx", ".~b.xlsx", "c.XLS", "d.docx", ".e.xlsx"):
        (tmp_path / "甲" / name).touch()
    (inner / "f.et").touch()
    found = [path.name for path in reading.workbooks([tmp_path])]
    assert found == ["a.xlsx", "c.XLS", "f.et"]
    named = tmp_path / "甲" / "d.docx"
    assert reading.workbooks([named, named]) == (named,)


def test_only_files_of_this_machine_are_taken():
    data = QMimeData()
    assert file_drop.local_files(data) == ()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.xlsx")])
    assert file_drop.local_files(data) == (Path("/tmp/a.xlsx"),)
    data.setUrls([QUrl("https://example.org/a.xlsx"), QUrl.fromLocalFile("/tmp/a.xlsx")])
    assert file_drop.local_files(data) == ()  # none is left out in silence


def test_text_dragged_over_the_window_is_not_taken(window):
    data = QMimeData()
    data.setText("一段文字")
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    assert not window.drop_sheet.isVisible()


def test_a_drag_that_nobody_ends_leaves_the_window_to_be_read(window, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.xlsx")])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(window.rect().center(), *how))
    assert window.drop_sheet.isVisible()
    qtbot.mouseMove(window.search.field)
    assert not window.drop_sheet.isVisible()
    QApplication.sendEvent(window, QDragEnterEvent(window.rect().center(), *how))
    data.clear()  # the program that they came from is gone
    QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), *how))
    assert not window.drop_sheet.isVisible()


def test_a_folder_without_workbooks_is_told(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.rounds.intake_run._run.missed, timeout=LONG_MS):
        window.rounds.read([tmp_path])
    shown = [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert len(shown) == 1


# ---- reading


def test_workbooks_are_read_and_a_broken_one_does_not_stop_them(qtbot, window, desk, books, tmp_path):
    broken = tmp_path / "收回" / "坏.xlsx"
    broken.write_bytes(b"")
    with qtbot.waitSignal(window.rounds.intake_run.shown, timeout=LONG_MS) as told:
        window.rounds.read([*books, broken])
    dialog = told.args[0]
    states = [plan.state.value for plan in dialog.preview._draft.plans]
    assert sorted(states) == ["refused", "unchanged", "unchanged", "unchanged"]
    assert desk.setting("ui.import_folder") == str(tmp_path / "收回")
    assert dialog.preview.confirm_button.isEnabled()  # that they answered is kept too
    dialog.close()


def test_what_was_just_typed_counts_as_ours(qtbot, window, desk, books):
    window.show_page(CHECKLIST)
    page = window.checklist
    page.show_unit("finance")
    from desktop.ui.checklist import columns

    page.table.setCurrentIndex(page.model.index(0, columns.PROGRESS))
    page.table.edit(page.table.currentIndex())
    page.table.delegate.editor.setPlainText("刚刚写的")
    finance = [path for path in books if path.name.startswith("区财政局")]
    with qtbot.waitSignal(window.rounds.intake_run.shown, timeout=LONG_MS) as told:
        window.rounds.read(finance)
    (plan,) = told.args[0].preview._draft.plans
    assert any(line.ours == "刚刚写的" for line in plan.lines)
    told.args[0].close()


# ---- receipts


def test_without_imports_the_record_says_how_to_begin(qtbot, window):
    dialog = window.rounds.show_receipts()
    assert dialog._stack.currentWidget() is dialog._empty
    with qtbot.waitSignal(dialog.import_asked):
        dialog._empty.asked.emit()


def test_each_import_can_be_looked_at_and_taken_back_alone(qtbot, window, desk):
    taken_in(desk)
    taken_in(desk, "后来填的", "b")
    dialog = window.rounds.show_receipts()
    assert dialog.choice.count() == 2
    assert dialog.view.receipt.id == 2
    dialog.choice.setCurrentIndex(1)
    assert dialog.view.receipt.id == 1
    dialog.choice.setCurrentIndex(0)
    asked_back(dialog).reject()
    assert desk.items("finance")[0].entry.progress == "后来填的"
    asked_back(dialog).accept()
    assert "已撤销" in dialog.choice.itemText(0)
    assert desk.items("finance")[0].entry.progress == "单位填的"
    assert receipts.receipt(desk.workspace.db, 2).undone_at
    (said,) = on_screen(dialog)
    said.reject()
    asked_back(dialog).accept()
    assert desk.items("finance")[0].entry.progress == "后来填的"
    assert not receipts.receipt(desk.workspace.db, 2).undone_at
    assert dialog.view.undo_button.text() == "撤销本次导入"


def test_a_receipt_tells_what_was_decided_with_both_values(qtmodeltester, window, desk):
    keys = [item.key for item in desk.items("finance")]
    sent = returned(desk, keys, {"progress": "单位改的"}, {"owner": "李"})
    desk.edit(keys[0], {"progress": "我方改的"})
    (plan,) = planned(desk, sent)
    plan = plans.decide(plan, plan.conflicts[0], Choice.OURS)
    intake.apply(desk.workspace.db, desk.catalogue, (plan,), by="张", at=desk.now())
    dialog = window.rounds.show_receipts()
    model = dialog.view.panes.model
    qtmodeltester.check(model)
    told = [model.row(place).sentence for place in range(model.rowCount())]
    kept = next(words for words in told if "单位改的" in words)
    assert "我方改的" in kept
    assert "保留本库" in kept
    assert any("李" in words and "已采用" in words for words in told)


def test_a_receipt_is_written_as_a_workbook(qtbot, window, desk, tmp_path):
    taken_in(desk)
    dialog = window.rounds.show_receipts()
    with qtbot.waitSignal(dialog.view._run.ended, timeout=LONG_MS):
        dialog.view.write(tmp_path / "回执.xlsx")
    book = openpyxl.load_workbook(tmp_path / "回执.xlsx")
    assert "单位填的" in str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])


def test_a_row_of_a_receipt_leads_to_the_list(window, desk):
    taken_in(desk)
    dialog = window.rounds.show_receipts()
    item = desk.items("finance")[0].key
    dialog.view.wanted.emit(item)
    assert window.checklist.unit_key == "finance"
    assert not [each for each in window.findChildren(ReceiptDialog) if each.isVisible()]


def test_an_import_is_not_taken_back_piece_by_piece(window, desk):
    desk.edit(desk.items("finance")[1].key, {"owner": "王"})
    taken_in(desk)
    window.show_page(CHECKLIST)
    window.verbs.do(verbs.UNDO)
    assert desk.items("finance")[0].entry.progress == "单位填的"
    assert desk.items("finance")[1].entry.owner == ""


# ---- the ledger


def test_the_ledger_is_written_with_and_without_changes(qtbot, window, desk, tmp_path):
    desk.edit(desk.items("finance")[0].key, {"progress": "台账中要有的"})
    dialog = window.rounds.ledger_run.ask()
    assert dialog.since is None
    dialog.with_changes.setChecked(True)
    assert dialog.since is not None
    dialog.reject()
    for since, sheets in ((None, False), (desk.today(), True)):
        target = tmp_path / f"{sheets}.xlsx"
        with qtbot.waitSignal(window.rounds.ledger_run.ended, timeout=LONG_MS):
            window.rounds.ledger_run.write(target, since)
        book = openpyxl.load_workbook(target)
        assert ("变动" in book.sheetnames) is sheets
        assert "台账中要有的" in str([[cell.value for cell in row] for row in book["台账"].iter_rows()])


# ---- the ways to all of it


def test_every_verb_is_in_the_menu_and_on_a_key(window):
    words = [action.text() for action in window.header.round_menu().actions() if action.text()]
    assert words[0].startswith("新建填报轮次")
    assert any("Ctrl+I" in word for word in words)
    assert any("台账" in word for word in words)
    window.show_page(BROWSE)
    assert not window.header._import.isVisible()
    window.show_page(CHECKLIST)
    assert window.header._import.isVisible()
    assert window.header.round_button.isVisible()
