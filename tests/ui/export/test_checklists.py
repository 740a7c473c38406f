"""Exports from the page, in their worker thread, to real workbooks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.exchange.sheets import names
from desktop.ui.kit.jobs import JobDialog
from desktop.ui.kit.written_dialog import Written

LONG_MS = 60_000


def words(path: Path) -> str:
    book = load_workbook(path)
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )


def test_one_unit_goes_to_one_workbook_with_what_was_just_typed(qtbot, desk, page, tmp_path):
    target = tmp_path / "清单.xlsx"
    desk.edit(page.model.item(0).key, {"progress": "刚刚填的进展"})
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS) as told:
        page.export_run.write_unit(page.unit, target)
    assert told.args == [(target,)]
    assert "刚刚填的进展" in words(target)
    assert desk.setting("ui.export_folder") == str(tmp_path)
    assert not page.export_run.running
    said = page.findChild(Written)
    assert said.isVisible()
    assert said.file_button.isEnabled()


def test_all_units_go_to_one_workbook(qtbot, desk, page, tmp_path):
    target = tmp_path / "全部.xlsx"
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS):
        page.export_run.write_all(target)
    assert load_workbook(target, read_only=True).sheetnames[0] == "汇总"


def test_cancelling_leaves_no_half_workbook(qtbot, page, tmp_path):
    target = tmp_path / "全部.xlsx"
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS) as told:
        page.export_run.write_all(target)
        page.findChild(JobDialog).cancel_button.click()
    assert told.args == [()]
    assert list(tmp_path.glob("*.xlsx")) == []
    assert page.findChild(Written) is None


def test_a_folder_in_the_way_is_told_and_nothing_is_written(qtbot, page, tmp_path):
    target = tmp_path / "清单.xlsx"
    target.mkdir()
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS) as told:
        page.export_run.write_unit(page.unit, target)
    assert told.args == [()]
    shown = [each for each in page.findChildren(QDialog) if each.isVisible()]
    assert len(shown) == 1
    assert list(target.iterdir()) == []


def test_the_file_dialog_offers_the_name_in_the_folder_used_last(qtbot, desk, page, tmp_path):
    desk.remember_place({"export_folder": str(tmp_path)})
    page.export()
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == tmp_path
    assert Path(dialog.selectedFiles()[0]).name == names.checklist_name(
        desk.catalogue, "区财政局", desk.today()
    )
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS) as told:
        dialog.accept()
    assert told.args[0][0].exists()


def test_a_second_export_waits_for_the_first(qtbot, page, tmp_path):
    with qtbot.waitSignal(page.export_run.ended, timeout=LONG_MS):
        page.export_run.write_unit(page.unit, tmp_path / "一.xlsx")
        page.export_run.write_unit(page.unit, tmp_path / "二.xlsx")
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["一.xlsx"]
