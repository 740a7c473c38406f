"""A round the whole way: sent, extended, sent again, answered in both workbooks, ended, answered late."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.kit.dialog import Dialog
from desktop.ui.rounds.change_dialogs import ExtendDialog
from desktop.ui.rounds.figures import Group
from desktop.workspace.returns import round_changes, rounds
from tests.flows.answering import answer
from tests.flows.test_return_flow import LONG_MS, confirm, key, preview, send_round


def ask(window, words: str) -> Dialog:
    """Choose something in the round's menu; return the dialog that it opens."""
    window.rounds.show_round()
    before = set(window.findChildren(Dialog))
    menu = window.overview.round.change_menu()
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    (dialog,) = set(window.findChildren(Dialog)) - before
    return dialog


def said(dialog: Dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def send_again(qtbot, window, unit: str, folder: Path) -> Path:
    """Send a unit's workbook once more from its checklist."""
    window.open_unit(window.desk.catalogue.find_unit(unit).key)
    page: ChecklistPage = window.checklist
    page.head.sending.fill()
    again = next(line for line in page.head.sending.actions() if line.text() == f"再发给{unit}……")
    again.trigger()
    chooser = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.rounds.round_run.sent, timeout=LONG_MS) as told:
        chooser.fileSelected.emit(str(folder))
    chooser.close()
    (path,) = told.args[0].paths
    return path


def units(window, group: Group) -> list[str]:
    return [unit.name for unit in window.overview.round._found.of(group)]


def ledger(qtbot, window, path: Path) -> str:
    with qtbot.waitSignal(window.rounds.ledger_run.ended, timeout=LONG_MS):
        window.rounds.ledger_run.write(path)
    sheet = openpyxl.load_workbook(path)["未反馈"]
    return str([[cell.value for cell in row] for row in sheet.iter_rows()])


def test_a_round_from_beginning_to_end(qtbot, window, desk, tmp_path):
    books = send_round(qtbot, window, tmp_path / "发出")
    extend = ask(window, "改反馈时限")
    assert isinstance(extend, ExtendDialog)
    later = desk.today() + timedelta(days=400)
    extend.day.setDate(QDate(later.year, later.month, later.day))
    extend.accept()
    window.rounds.round_run.copy_reminder(window.overview.asked)
    assert "原定" in QApplication.clipboard().text()

    first = tmp_path / "先发的.xlsx"
    shutil.copy(books["区财政局"], first)
    desk.edit(key(desk, "区财政局", 2), {"problems": "发出以后本库改的"})
    second = send_again(qtbot, window, "区财政局", tmp_path / "再发")
    guide = openpyxl.load_workbook(second)["填写说明"]
    assert f"{later.year}年{later.month}月{later.day}日前" in str(
        [[c.value for c in r] for r in guide.iter_rows()]
    )
    answer(first, lambda sheet: sheet.put(1, "工作进展", "填在先发的那份里"))
    answer(second, lambda sheet: sheet.put(3, "工作进展", "填在再发的那份里"))
    dialog = preview(qtbot, window, first, second)
    assert dialog.preview._draft.open == 0
    confirm(qtbot, dialog)
    dialog.close()
    assert desk.item(key(desk, "区财政局", 1)).entry.progress == "填在先发的那份里"
    assert desk.item(key(desk, "区财政局", 3)).entry.progress == "填在再发的那份里"
    assert desk.item(key(desk, "区财政局", 2)).entry.problems == "发出以后本库改的"
    window.rounds.show_round()
    assert units(window, Group.REPEATED) == ["区财政局"]
    assert "不能撤回" in next(
        line.toolTip() for line in window.overview.round.change_menu().actions() if "撤回" in line.text()
    )

    close = ask(window, "结束本轮")
    assert "还有 19 家没有反馈" in said(close)
    close.accept()
    assert "已于" in ledger(qtbot, window, tmp_path / "台账.xlsx")
    answer(books["区工信局"], lambda sheet: sheet.put(16, "工作进展", "结束以后才交"))
    dialog = preview(qtbot, window, books["区工信局"])
    (plan,) = dialog.preview._draft.plans
    assert any("结束以后收到的" in note for note in plan.notes)
    receipt = confirm(qtbot, dialog)
    assert any("结束以后收到的" in note for note in receipt.files[0].notes)
    dialog.close()
    window.rounds.show_round()
    assert len(units(window, Group.RETURNED)) == 2
    assert "区工信局" not in ledger(qtbot, window, tmp_path / "台账2.xlsx").partition("从未填报：")[0]

    told = [
        round_changes.sentence(event, desk.catalogue)
        for event in round_changes.record(desk.workspace.db, rounds.find(desk.workspace.db))
    ]
    assert [words[:5] for words in told] == [
        "新建“第一",
        "发出工作簿",
        "反馈时限由",
        "发出工作簿",
        "结束本轮",
    ]
    assert told[1].endswith("等20家")
    assert told[3] == "发出工作簿：区财政局"
