"""Work kept safe: from the first entry over backups and a damaged file to going on with the work."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from desktop.ui.checklist import columns
from desktop.ui.checklist.deadline_dialog import DeadlineDialog
from desktop.ui.checklist.handover import HandoverDialog
from desktop.ui.frame import app
from desktop.ui.frame.window import Window
from desktop.workspace.file import store
from desktop.workspace.items.deadline import DeadlineKind
from tests.flows import dialogs

CTRL = Qt.KeyboardModifier.ControlModifier
LONG_MS = 60_000


def opened(qtbot, folder) -> Window:
    desk, why, _told = app.rescued_desk(folder)
    assert why == ""
    window = Window(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    return window


def shut(window) -> None:
    window.close()
    window.desk.close()


def drop(window, row, path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page = window.checklist
    spot = page.table.visualRect(page.model.index(row, columns.TITLE)).center()
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (
        QDragEnterEvent(spot, Qt.DropAction.CopyAction, data, *keys),
        QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, *keys),
    ):
        QApplication.sendEvent(page.table.viewport(), event)


def cut_short(folder: Path) -> None:
    file = folder / store.DATABASE
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_files_deadlines_and_a_hand_over_reach_the_workbook_and_the_next_start(qtbot, folder, tmp_path):
    paper = tmp_path / "拨付凭证.pdf"
    paper.write_bytes(b"%PDF-1.7 paid")
    window = opened(qtbot, folder)
    window.open_unit(window.desk.catalogue.find_unit("区财政局").key)
    page = window.checklist
    with qtbot.waitSignal(page.evidence.run.ended, timeout=LONG_MS):
        drop(window, 1, paper)
    window.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(page.table, Qt.Key.Key_T, CTRL)
    dialog = window.findChild(DeadlineDialog)
    dialog.choice.kinds[DeadlineKind.LONG_TERM].click()
    dialog.ok_button.click()
    page.head.more_menu.actions()[1].trigger()
    handover = window.findChild(HandoverDialog)
    QTest.keyClicks(handover.name, "Li Si")
    QTest.keyClick(handover.name, Qt.Key.Key_Return)
    number = page.model.item(1).number
    shut(window)

    window = opened(qtbot, folder)
    page = window.checklist
    assert page.model.index(1, columns.EVIDENCE).data() == "1 份：拨付凭证.pdf"
    assert {page.model.item(row).entry.deadline.stored for row in range(9)} == {"长期"}
    assert {page.model.item(row).entry.owner for row in range(9)} == {"Li Si"}
    page.export_run.with_evidence = True
    target = tmp_path / "导出" / "清单.xlsx"
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS):
        page.export_run.write_unit(page.unit, target)
    cells = [str(cell.value) for sheet in load_workbook(target) for row in sheet for cell in row]
    assert cells.count("长期") >= 9
    assert cells.count("Li Si") >= 9  # the hidden sheet of the base values has them as well
    copied = target.parent / "佐证材料" / "区财政局" / f"第{number}条-拨付凭证.pdf"
    assert copied.read_bytes() == paper.read_bytes()
    shut(window)


def test_a_damaged_workspace_is_put_right_on_start_and_the_work_goes_on(qtbot, folder):
    window = opened(qtbot, folder)
    unit = window.desk.catalogue.find_unit("区财政局").key
    keys = [item.key for item in window.desk.items(unit)]
    window.desk.edit(keys[0], {"owner": "张三", "progress": "进展" * 3000})
    run = app.start_backup(window)
    with qtbot.waitSignal(run.ended, timeout=LONG_MS):
        run.begin()
    window.desk.edit(keys[1], {"owner": "李四"})
    shut(window)
    cut_short(folder)

    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().offered_button.click())
    desk, why, told = app.rescued_desk(folder)
    assert why == ""
    assert "已恢复" in told
    assert desk.item(keys[0]).entry.owner == "张三"
    assert desk.item(keys[1]).entry.owner == ""
    assert desk.edit(keys[1], {"owner": "王五"})
    assert list((folder / "damaged").glob("*/workspace.db"))
    desk.close()


def pressed(dialog, words: str) -> None:
    (button,) = (each for each in dialog.findChildren(QPushButton) if each.text() == words)
    button.click()


def test_a_backup_is_taken_along_in_a_file_and_gone_back_to(qtbot, folder, tmp_path):
    window = opened(qtbot, folder)
    unit = window.desk.catalogue.find_unit("区财政局").key
    key = window.desk.items(unit)[0].key
    window.desk.edit(key, {"owner": "张三"})
    QTest.keyClick(window, Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = dialogs.seen(QDialog, "备份与恢复")
    proposed = []
    dialogs.answered(
        qtbot,
        lambda: pressed(dialog, "备份到文件……"),
        lambda asked: proposed.append(dialogs.choose(asked, tmp_path / "带走")),
        QFileDialog,
    )
    assert proposed[0].startswith("惠企措施手册-工作库备份-")
    told = f"已备份并核对：{tmp_path / '带走.zip'}"
    qtbot.waitUntil(lambda: any(line.startswith(told) for line in dialogs.words(dialog)), timeout=LONG_MS)
    window.desk.edit(key, {"owner": "李四"})

    dialogs.answered(
        qtbot,
        lambda: pressed(dialog, "从文件恢复……"),
        lambda asked: dialogs.choose(asked, tmp_path / "带走.zip"),
        QFileDialog,
    )
    qtbot.waitUntil(lambda: bool(dialogs.seen(QDialog, "恢复工作库")), timeout=LONG_MS)
    (question,) = dialogs.seen(QDialog, "恢复工作库")
    pressed(question, "备份现有内容并恢复")
    qtbot.waitUntil(
        lambda: any("已恢复为“带走.zip”的内容" in line for line in dialogs.words(dialog)), timeout=LONG_MS
    )
    assert window.desk.item(key).entry.owner == "张三"
    dialog.accept()
    shut(window)
