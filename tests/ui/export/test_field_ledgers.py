from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.export.field_ledgers import DEMANDS, VISITS, FieldLedgerRun
from desktop.ui.frame.window import Window
from desktop.ui.kit.written_dialog import Written


@pytest.mark.parametrize("what", [VISITS, DEMANDS])
@pytest.mark.parametrize("masked", [True, False])
def test_a_ledger_is_written_with_names_masked_or_not(
    qtbot: QtBot, desk: Desk, window: Window, tmp_path: Path, what: str, masked: bool
) -> None:
    firm = desk.firms.add("泉城铸造有限公司", {})
    assert firm is not None
    desk.visits.begin(firm, desk.today(), visitors=["张小三"], met=["王小五（厂长）"])
    desk.demands.add("水压不足", desk.today(), enterprise=firm, contact="王小五 13800001234")
    run = FieldLedgerRun(desk, window, what)
    path = tmp_path / "台账.xlsx"
    with qtbot.waitSignal(run.ended):
        run.write(path, masked=masked)
    for dialog in window.findChildren(Written):
        dialog.close()
    book = openpyxl.load_workbook(path)
    words = "\n".join(str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value)
    book.close()
    assert "泉城铸造有限公司" in words
    assert ("小五" in words or "小三" in words) is not masked or what == DEMANDS
    assert "13800001234" not in words or not masked


@pytest.mark.parametrize("label", ["遮盖", "照原样写出", "取消", ""])
def test_only_an_answer_leads_to_the_file(window: Window, qtbot: QtBot, label: str) -> None:
    dialog = FieldLedgerRun(window.desk, window, VISITS).ask()
    if label:
        (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == label]
        button.click()
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(window.findChildren(QFileDialog)) == (label in {"遮盖", "照原样写出"})
