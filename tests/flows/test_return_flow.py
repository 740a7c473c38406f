"""A round the whole way through the window: out, answered, dropped, decided, taken in, told, undone."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.ui import verbs
from desktop.ui.frame.rail import OVERVIEW
from desktop.ui.history import steps
from desktop.ui.intake.dialog import IntakeDialog
from desktop.ui.intake.rows import Sort
from desktop.ui.rounds.figures import Group
from desktop.ui.rounds.new_dialog import RoundDialog
from desktop.workspace.file import backup
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import notes
from desktop.workspace.items.model import ItemKey, Status
from desktop.workspace.returns import receipts, rounds
from tests.exchange import units as sent_to_finance
from tests.flows.answering import answer

LONG_MS = 60_000
SILENT = ("区文旅局", "区商务局")
FIXTURE = Path(__file__).parent.parent / "exchange" / "fixtures" / "edited.xlsx"


def key(desk, unit: str, number: int) -> ItemKey:
    return ItemKey(desk.catalogue.find_unit(unit).key, desk.catalogue.by_number(number).key)


def drop(window, *paths: Path) -> None:
    """Drag files over the window and let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(window.rect().center(), copy, data, *buttons)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.drop_sheet.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), copy, data, *buttons))
    assert not window.drop_sheet.isVisible()


def send_round(qtbot, window, folder: Path) -> dict[str, Path]:
    """Begin a round in its dialog; return each unit's workbook by the unit's name."""
    window.verbs.do(verbs.NEW_ROUND)
    dialog = window.findChild(RoundDialog)
    dialog.choose_folder(folder)
    dialog.name.setText("第一轮填报")
    dialog.day.setDate(window.desk.today() + timedelta(days=365))
    with qtbot.waitSignal(window.rounds.round_run.sent, timeout=LONG_MS) as told:
        qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    (sent,) = told.args
    assert sent.left == ()
    for shown in window.findChildren(type(dialog).__mro__[1]):
        shown.close()
    return {path.name.partition("-")[0]: path for path in sent.paths}


def preview(qtbot, window, *paths: Path) -> IntakeDialog:
    with qtbot.waitSignal(window.rounds.intake_run.shown, timeout=LONG_MS) as told:
        drop(window, *paths)
    return told.args[0]


def confirm(qtbot, dialog: IntakeDialog):
    with qtbot.waitSignal(dialog.taken, timeout=LONG_MS) as told:
        qtbot.mouseClick(dialog.preview.confirm_button, Qt.MouseButton.LeftButton)
    return told.args[0]


def choose(dialog: IntakeDialog, cell: str, field: str, pressed: Qt.Key) -> None:
    """Select the row of a measure and a field, and press a key on it."""
    panes = dialog.preview.panes
    rows = [panes.model.row(place) for place in range(panes.model.rowCount())]
    (place,) = [
        place
        for place, row in enumerate(rows)
        if len(row.cells) > 1 and row.cells[1] == field and cell in row.cells[4]
    ]
    panes.table.go(place)
    QTest.keyClick(panes.table, pressed)


def standing(desk):
    asked = rounds.find(desk.workspace.db)
    return rounds.standing(desk.workspace.db, asked, desk.today())


def names(desk, keys) -> list[str]:
    return [desk.catalogue.unit(each).name for each in keys]


@pytest.fixture
def books(qtbot, window, desk, tmp_path) -> dict[str, Path]:
    """Return the 20 workbooks, sent out and filled in by the units; two units have not answered."""
    desk.edit(key(desk, "区财政局", 3), {"progress": "发出时的进展", "status": "推进中"})
    books = send_round(qtbot, window, tmp_path / "发出")
    assert len(books) == 20
    for name, path in books.items():
        if name not in SILENT:
            answer(path, lambda sheet, name=name: sheet.put(sheet.numbers()[0], "工作进展", f"{name}的进展"))
    answer(
        books["区财政局"],
        lambda sheet: sheet.put(3, "工作进展", "单位写的进展"),
        lambda sheet: sheet.put(16, "状态", "已办结"),
        lambda sheet: sheet.put(19, "完成时限", "3月1日"),
    )
    answer(books["区工信局"], lambda sheet: sheet.put(16, "措施", "16.持续清理拖欠，单位改了原文。"))
    answer(books["区发改局"], lambda sheet: sheet.add(措施="本单位自己加的一项工作", 工作进展="已开展"))
    desk.edit(key(desk, "区财政局", 3), {"progress": "我方后来写的进展"})
    return books


def test_out_and_back_and_upward_and_undone(qtbot, window, desk, books, tmp_path):
    assert window.page == OVERVIEW
    assert names(desk, standing(desk).missing) == [
        unit.name for unit in desk.catalogue.checklist_units()[:20]
    ]
    came = [path for name, path in books.items() if name not in SILENT]
    broken = tmp_path / "坏了.xlsx"
    broken.write_bytes(b"PK\x03\x04 no longer a workbook")

    dialog = preview(qtbot, window, *came, broken)
    told = dialog.preview
    assert told._draft.open == 3
    assert sum(plan.state == "refused" for plan in told._draft.plans) == 1
    assert {row.sort for row in told._rows(-1)} >= {Sort.FILE, Sort.OPEN}
    choose(dialog, "单位写的进展", "工作进展", Qt.Key.Key_3)  # both
    choose(dialog, "已办结", "状态", Qt.Key.Key_1)  # yes, 已完成
    choose(dialog, "3月1日", "完成时限", Qt.Key.Key_2)  # ours
    assert told._draft.open == 0
    told.only_open.setChecked(False)
    choose(dialog, "本单位自己加的一项工作", "单位增加的行", Qt.Key.Key_2)  # as a note
    assert receipts.receipts(desk.workspace.db) == ()
    assert desk.item(key(desk, "区财政局", 16)).entry.status is Status.NOT_STARTED

    receipt = confirm(qtbot, dialog)
    assert len(receipt.files) == 19
    assert desk.item(key(desk, "区财政局", 16)).entry.status is Status.DONE
    both = desk.item(key(desk, "区财政局", 3)).entry.progress
    assert "我方后来写的进展" in both
    assert "单位写的进展" in both
    assert desk.item(key(desk, "区财政局", 19)).entry.deadline.stored == ""
    assert desk.item(key(desk, "区人社局", 2)).entry.progress == "区人社局的进展"
    assert "本单位自己加的一项工作" in "".join(
        notes.note(desk.workspace.db, measure) for measure in notes.noted(desk.workspace.db)
    )
    (refused,) = [row for file in receipt.files for row in file.rows_refused]
    assert "原文" in refused.reason
    assert dialog.receipt.panes.model.rowCount()
    assert backup.every(desk.workspace.folder)[0].reason == backup.IMPORT
    dialog.close()

    window.rounds.show_round()
    assert [unit.name for unit in window.overview.round._found.of(Group.MISSING)] == list(SILENT)
    assert window.overview._round_tile.accessibleName().count("实回18家") == 1
    window.rounds.round_run.copy_reminder(window.overview.asked)
    assert all(name in QApplication.clipboard().text() for name in SILENT)

    ledger = tmp_path / "台账.xlsx"
    with qtbot.waitSignal(window.rounds.ledger_run.ended, timeout=LONG_MS):
        window.rounds.ledger_run.write(ledger, date(2000, 1, 1))
    book = openpyxl.load_workbook(ledger)
    words = {sheet.title: str([[cell.value for cell in row] for row in sheet.iter_rows()]) for sheet in book}
    assert "区人社局的进展" in words["台账"]
    assert all(name in words["未反馈"] for name in SILENT)
    assert "区人社局" not in words["未反馈"].partition("区商务局")[0]
    assert "我方后来写的进展" in words["变动"]

    records = window.rounds.show_receipts()
    records.view.undo()
    (question,) = [each for each in records.findChildren(QDialog) if each.isVisible()]
    question.accept()
    assert desk.item(key(desk, "区人社局", 2)).entry.progress == ""
    assert desk.item(key(desk, "区财政局", 3)).entry.progress == "我方后来写的进展"
    assert desk.item(key(desk, "区财政局", 16)).entry.status is Status.NOT_STARTED
    assert notes.noted(desk.workspace.db) == set()
    assert standing(desk).returned == ()
    assert records.view.undo_button.text() == "恢复本次导入"
    assert steps.can_undo(desk, Kind.ITEMS)  # what was typed here before; never a piece of an import


def test_the_same_files_twice_change_nothing(qtbot, window, desk, books, tmp_path):
    folder = tmp_path / "收回"
    folder.mkdir()
    for name, path in books.items():
        if name not in SILENT:
            shutil.copy(path, folder / f"{name}（盖章版）.xlsx")
    dialog = preview(qtbot, window, folder)
    dialog.preview._draft.decide_rest(dialog.preview.panes.model.row(1).line.choices[0])
    confirm(qtbot, dialog)
    dialog.close()
    before = [(item.key, item.entry) for item in desk.every_item()]
    again = preview(qtbot, window, folder)
    assert not again.preview.confirm_button.isEnabled()
    assert again.preview._draft.changed_fields == 0
    again.preview.cancel_button.click()
    assert [(item.key, item.entry) for item in desk.every_item()] == before
    assert len(receipts.receipts(desk.workspace.db)) == 1


def test_a_workbook_that_libreoffice_saved(qtbot, window, desk, tmp_path):
    """The fixture was sent out in a round with this key, and with these values."""
    db, asked = desk.workspace.db, sent_to_finance.ROUND
    rounds.new(db, desk.catalogue, asked.name, desk.today(), ("finance",), by="王主任", at=desk.now())
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("UPDATE rounds SET key = ?", (asked.key,))
    db.execute("UPDATE round_units SET round_key = ?", (asked.key,))
    db.execute("PRAGMA foreign_keys = ON")
    items = sent_to_finance.finance(desk.every_item())
    rounds.record_export(
        db, desk.catalogue, asked.key, "finance", items, file_name="清单.xlsx", by="王主任", at=desk.now()
    )
    dialog = preview(qtbot, window, FIXTURE)
    (plan,) = dialog.preview._draft.plans
    assert plan.unit_key == "finance"
    assert plan.conflicts
    assert [row.text for row in plan.added]
    dialog.preview._draft.decide_rest(plan.conflicts[0].choices[1])
    receipt = confirm(qtbot, dialog)
    assert receipt.files[0].changes
    assert standing(desk).returned == ("finance",)
    with qtbot.waitSignal(dialog.receipt._run.ended, timeout=LONG_MS):
        dialog.receipt.write(tmp_path / "回执.xlsx")
    assert openpyxl.load_workbook(tmp_path / "回执.xlsx").sheetnames
