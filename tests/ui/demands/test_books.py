"""诉求办理表 goes out, comes back filled in, is looked at, taken in and taken back, in the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from desktop.exchange.demands import columns
from desktop.ui.demands.books import DemandBooks, SendDemandsDialog
from desktop.ui.desk import Desk
from desktop.ui.frame.window import Window
from desktop.ui.kit.written_dialog import Written
from desktop.workspace.demands import demands
from desktop.workspace.demands.chain import DemandStep, FirmTold


@pytest.fixture
def assigned(desk: Desk) -> str:
    desk.set_setting("user_name", "张某")
    key = desk.demands.add("水压不足", desk.today())
    assert key is not None
    desk.demands.act(key, DemandStep("受理", desk.today(), "张某"))
    desk.demands.act(key, DemandStep("交办", desk.today(), "张某", lead="finance"))
    return key


@pytest.fixture
def books(window: Window) -> DemandBooks:
    return window.dialogs.demand_books


def sent(books: DemandBooks, window: Window, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(books.sending.ended):
        books.send("finance", path, with_contacts=True)
    for dialog in window.findChildren(Written):
        dialog.close()


def fill(path: Path, day: date, **values: str) -> None:
    """Fill the first demand in as a unit does."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if any(cell.value == columns.NUMBER for cell in row))
    places = {str(cell.value): cell.column for cell in heads if cell.value}
    row = heads[0].row + 1
    for name, value in ({columns.DAY: day, columns.TOLD_ON: day} | values).items():
        sheet.cell(row, places[name]).value = value
    book.save(path)
    book.close()


def test_it_comes_back_as_steps_and_is_taken_back(
    desk: Desk, window: Window, books: DemandBooks, assigned: str, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    sent(books, window, qtbot, path)
    answer = {columns.FINISHED: "是", columns.ANSWER: "已增压", columns.BY: "李某", columns.HOW: "电话"}
    fill(path, desk.today(), **answer)
    dialog = books.look(path)
    assert dialog is not None
    (row,) = dialog.table.rows.rows
    assert (row.kind, dialog.count.text()) == ("将采用", "将采用 1")  # nothing is written yet
    assert row.more.endswith("办结：已增压")
    assert demands.one(desk.workspace.db, assigned).state == "交办"
    dialog.accept()
    done = demands.one(desk.workspace.db, assigned)
    assert done.state == "办结"
    assert done.chain is not None
    assert done.chain.last.by == "李某"
    (receipt,) = [one for one in _receipts(desk) if not one.undone]
    books.undo(receipt.key)
    assert demands.one(desk.workspace.db, assigned).state == "交办"


def test_what_went_on_meanwhile_is_decided_on(
    desk: Desk, window: Window, books: DemandBooks, assigned: str, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    sent(books, window, qtbot, path)
    fill(path, desk.today(), **{columns.ANSWER: "正在增压", columns.BY: "李某", columns.HOW: "电话"})
    desk.demands.act(
        assigned, DemandStep("首次联系", desk.today(), "王某", told=FirmTold("电话", desk.today()))
    )
    dialog = books.look(path)
    assert dialog is not None
    assert [row.kind for row in dialog.table.rows.rows] == ["冲突"]
    assert not dialog.ok_button.isEnabled()
    dialog.theirs.setChecked(True)
    assert [row.kind for row in dialog.table.rows.rows] == ["将采用"]
    dialog.accept()
    assert demands.one(desk.workspace.db, assigned).state == "阶段答复"


def test_which_unit_is_asked_and_what_is_no_workbook_refused(
    desk: Desk, books: DemandBooks, assigned: str, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = books.ask_send()
    assert isinstance(dialog, SendDemandsDialog)
    assert [dialog.unit.itemData(at) for at in range(dialog.unit.count())] == ["finance"]
    dialog.close()
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no workbook")
    with qtbot.waitSignal(desk.write_failed):
        assert books.look(bad) is None
    assert demands.one(desk.workspace.db, assigned).state == "交办"


def _receipts(desk: Desk):  # type: ignore[no-untyped-def]
    from desktop.workspace.demands import taking

    return taking.receipts(desk.workspace.db)
