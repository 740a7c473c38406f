"""A round about chosen papers: asked for in the dialog, kept, sent as sheets, told on its card."""

from __future__ import annotations

from datetime import date

import openpyxl

from desktop.ui.rounds import sending
from desktop.ui.rounds.new_dialog import KEY, RoundDialog
from desktop.workspace.returns import rounds
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, NUMBER
from tests.two_notices import KEY as OTHER


def shown_units(dialog):
    items = (dialog.units.item(row) for row in range(dialog.units.count()))
    return [item.data(KEY) for item in items if not item.isHidden()]


def test_papers_are_chosen_and_only_units_with_something_to_do_are_asked(qtbot, two_desk, two_window):
    dialog = RoundDialog(two_desk, two_window)
    qtbot.addWidget(dialog)
    assert dialog.papers.keys == (f"{OTHER}.1", f"{OTHER}.2", f"{BUNDLED}.1")
    assert "已过有效期" in dialog.papers.item(2).text()
    assert len(shown_units(dialog)) == 21
    dialog.papers.tick((f"{OTHER}.1",))
    assert shown_units(dialog) == ["finance", "market-regulation", "trade-pilot"]
    assert set(dialog.unit_keys) == {"finance", "market-regulation", "trade-pilot"}
    dialog.papers.tick(())
    assert not dialog.ok_button.isEnabled()
    assert dialog.count.text() == "请至少选择一份发文"
    dialog.papers.tick((f"{OTHER}.1", f"{BUNDLED}.1"))
    with qtbot.waitSignal(dialog.asked) as told:
        dialog.accept()
    assert told.args[4] == (f"{OTHER}.1", f"{BUNDLED}.1")


def test_with_one_notice_the_dialog_is_as_ever(qtbot, desk, window):
    dialog = RoundDialog(desk, window)
    qtbot.addWidget(dialog)
    assert not dialog.papers.is_choice
    assert dialog.papers.parentWidget() is None
    assert dialog.papers.keys == (f"{BUNDLED}.1",)


def test_each_unit_gets_a_sheet_for_each_paper_asked_about(qtbot, two_desk, two_window, tmp_path):
    keys = (f"{OTHER}.1", f"{BUNDLED}.1")
    asked = sending.begin(two_desk, "第一轮", date(2030, 1, 1), ["finance"], keys)
    assert tuple(asked.documents) == keys
    work = sending.sending(two_desk, asked, ["finance"], tmp_path)
    (path,) = work(lambda *_: None, lambda: False).paths
    assert "2件发文" in path.name
    book = openpyxl.load_workbook(path)
    told = [
        " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value)
        for sheet in book.worksheets[:2]
    ]
    assert FIRST in told[0]
    assert "有效期至2099年12月31日" in told[0]
    assert BUNDLED_NUMBER not in told[0]
    assert BUNDLED_NUMBER in told[1]
    assert "已过有效期" in told[1]
    two_window.rounds.show_round(asked.key)
    lines = [line.text() for line in two_window.overview.round.change_menu().actions()]
    assert lines[:3] == ["本轮填报的发文：", f"{NUMBER}《{FIRST}》", BUNDLED_NUMBER]
    assert rounds.every(two_desk.workspace.db)[0].documents == asked.documents


def test_papers_are_left_out_of_what_is_exported(qtbot, two_desk, two_window, tmp_path):
    two_window.open_unit("finance")
    page = two_window.checklist
    menu = page.head.export_menu
    assert menu.papers.menuAction().isVisible()
    for line in menu.papers.actions()[:2]:
        line.trigger()
    assert page.export_run.papers == (f"{BUNDLED}.1",)
    assert not menu.papers.actions()[2].isEnabled()
    with qtbot.waitSignal(page.export_run.ended, timeout=20000):
        page.export_run.write_unit(page.unit, tmp_path / "清单.xlsx")
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    whole = "".join(str(cell.value or "") for row in book.worksheets[0].iter_rows() for cell in row)
    assert BUNDLED_NUMBER in whole
    assert NUMBER not in whole


def test_a_ledger_of_one_paper_has_its_rows_alone(qtbot, two_desk, two_window, tmp_path):
    run = two_window.rounds.ledger_run
    dialog = run.ask()
    qtbot.addWidget(dialog)
    dialog.papers.tick((f"{OTHER}.1",))
    assert dialog.ok_button.isEnabled()
    dialog.reject()
    with qtbot.waitSignal(run.ended, timeout=20000):
        run.write(tmp_path / "台账.xlsx", None, (f"{OTHER}.1",))
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    whole = "".join(str(c.value or "") for sheet in book for row in sheet.iter_rows() for c in row)
    assert "减免门店租金" in whole
    assert "补贴参展费用" not in whole
    assert BUNDLED_NUMBER not in whole
