"""从 Excel 导入: columns proposed and changed, rows decided about, all taken in at one go and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from desktop.ui.visits.firm_import_dialog import FirmImportDialog
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.intake import FirmChoice
from desktop.workspace.enterprises.model import DatedFigure
from desktop.workspace.file import backup
from tests.exchange.enterprises.workbooks import made

HEADS = ["序号", "企业名称", "统一社会信用代码", "所属行业", "职工人数", "2025年营业收入（万元）", "别名"]
ROWS = (
    [1, "恒工精密铸造有限责任公司", "", "C33", 90, 3300, "甲"],
    [2, "宏达商贸有限公司", 911403001234567890, "批发业", 12, "约三千", "乙"],
    [3, "晋东耐火材料厂", "", "打铁的", 33, 500, "丙"],
    [4, "宏达商贸有限公司", "", "", 14, 600, "丁"],
    [5, "", "", "", 1, 1, ""],
)


@pytest.fixture
def opened(qtbot, desk, window, tmp_path):
    """Return what opens the dialog on a workbook with these rows, when it is planned."""

    def make(*rows, heads=HEADS) -> FirmImportDialog:
        dialog = FirmImportDialog(desk, window, made(tmp_path / "名单.xlsx", heads, *rows))
        with qtbot.waitExposed(dialog):
            dialog.show()
        settle(qtbot, dialog)
        return dialog

    return make


def settle(qtbot, dialog) -> None:
    qtbot.waitUntil(lambda: dialog.found is not None and not dialog.run.running)


def choices(dialog) -> list[FirmChoice]:
    return [row.choice for row in dialog.found.rows]


def names(desk) -> list[str]:
    return [one.name for one in enterprises.every(desk.workspace.db)]


NEW, FILL, SKIP = FirmChoice


def test_it_is_taken_in_and_taken_back(qtbot, desk, folder, firm, opened):
    before = enterprises.every(desk.workspace.db)
    dialog = opened(*ROWS)
    assert choices(dialog) == [NEW, NEW, NEW, FILL, SKIP]
    assert dialog.counts.text() == "新增 3 家，补充 1 家，跳过 1 行；2 行请核对"
    told: list[str] = []
    desk.firms.changed.connect(told.append)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.receipt is not None)
    assert told == [""]
    assert dialog.isVisible()
    assert dialog.message.words.text().startswith("已导入：新增 3 家")
    assert [file.reason for file in backup.every(folder)] == [backup.IMPORT]
    assert len(names(desk)) == 4
    shop = enterprises.find(desk.workspace.db, "宏达商贸有限公司")
    assert DatedFigure("revenue", date(2025, 12, 31), 600) in shop.figures
    assert shop.uscc == ""
    dialog.message.button("撤销").click()
    settle(qtbot, dialog)
    assert enterprises.every(desk.workspace.db) == before
    assert dialog.ok_button.isEnabled()


def test_a_row_may_be_filled_in_or_left_out(qtbot, desk, firm, opened):
    dialog = opened(*ROWS)
    dialog.table.choose_numbers({2})
    dialog.choice.row.buttons[FILL].click()
    settle(qtbot, dialog)
    qtbot.waitUntil(lambda: choices(dialog)[0] is FILL)
    assert [line.number for line in dialog.table.chosen_lines()] == [2]
    dialog.table.choose_numbers({4, 5})
    assert [line.number for line in dialog.table.chosen_lines()] == [4, 5]
    dialog.choice.row.buttons[SKIP].click()
    qtbot.waitUntil(lambda: choices(dialog) == [FILL, NEW, SKIP, SKIP, SKIP])
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.receipt is not None)
    assert names(desk) == sorted(["恒工精密铸造有限公司", "宏达商贸有限公司"])
    filled = enterprises.one(desk.workspace.db, firm)
    assert DatedFigure("revenue", date(2025, 12, 31), 3300) in filled.figures
    assert filled.name == "恒工精密铸造有限公司"


def test_a_code_that_was_lost_is_typed_in(qtbot, desk, opened):
    dialog = opened(*ROWS)
    dialog.table.choose_numbers({3})
    assert dialog.choice.code.isVisible()
    dialog.choice.code.setText("91140300MA0GYX1234")
    assert "校验" in dialog.choice.code_words.text()
    QTest.keyClick(dialog.choice.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.found.rows[1].fields.get("uscc") == "91140300MA0GYX1234")
    assert dialog.isVisible()
    assert dialog.receipt is None
    dialog.table.choose_numbers({4})
    assert not dialog.choice.code.isVisible()


def test_a_column_is_read_as_something_else(qtbot, desk, opened):
    dialog = opened(*ROWS)
    columns = dialog.columns
    assert columns.boxes[1].currentText() == "不读取"
    columns.choose(7, "name")  # 别名
    qtbot.waitUntil(lambda: dialog.found.rows[0].name == "甲")
    assert columns.boxes[2].currentText() == "不读取"
    columns.choose(7, "")
    qtbot.waitUntil(lambda: "哪一栏是企业名称" in dialog.asked.text())
    assert not dialog.ok_button.isEnabled()
    columns.choose(2, "name")
    qtbot.waitUntil(dialog.ok_button.isEnabled)
    assert dialog.found.rows[0].name == "恒工精密铸造有限责任公司"


def test_a_day_and_a_unit_are_given_for_what_says_none(qtbot, opened):
    dialog = opened(["甲厂", 5, 20_000], heads=["企业名称", "职工人数", "营业收入"])
    assert dict(dialog.found.rows[0].fields)["figure/revenue/"] == 20_000
    dialog.columns.choose(2, "assets")
    dialog.dated.click()
    dialog.day.setDate(QDate(2024, 6, 30))
    dialog.unit._menu.actions()[1].trigger()
    wanted = {"name": "甲厂", "figure/assets/2024-06-30": 0.0005, "figure/revenue/2024-06-30": 2}
    qtbot.waitUntil(lambda: dict(dialog.found.rows[0].fields) == wanted)


def test_only_some_rows_are_shown(opened, desk):
    dialog = opened(*ROWS, *([at, f"第{at}号厂"] for at in range(500)))
    assert dialog.model.rowCount() == 200
    dialog.model.fetchMore(dialog.model.index(-1, -1))
    assert dialog.model.rowCount() == 400
    dialog.shown._menu.actions()[1].trigger()
    assert dialog.model.rowCount() == 4
    dialog.shown._menu.actions()[-1].trigger()
    assert [row.number for row in dialog.model.rows] == [6]


def test_what_is_no_list_is_told(qtbot, desk, window, tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"nothing")
    dialog = FirmImportDialog(desk, window, path)
    with qtbot.waitSignal(dialog.run.missed):
        dialog.show()
    assert dialog.read is None
    assert not dialog.ok_button.isEnabled()
