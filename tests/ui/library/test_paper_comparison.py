"""Two papers side by side: what corresponds is suggested, decided by hand, and kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.library import folders, links
from desktop.library.corresponding import PairState
from desktop.ui.library.pair_rows import OURS, STATE, THEIRS
from desktop.ui.library.paper_comparison import PaperComparison
from tests.two_notices import BUNDLED, KEY


@pytest.fixture
def dialog(qtbot, two_desk, two_window):
    folders.root(two_desk.workspace.folder).mkdir(parents=True)
    made = PaperComparison(two_desk, KEY, two_window)
    qtbot.addWidget(made)
    made.show()
    return made


def decided(desk):
    return links.links(folders.root(desk.workspace.folder))


def words(dialog, row):
    return [dialog.model.index(row, column).data() for column in (OURS, THEIRS, STATE)]


def test_the_papers_of_two_notices_stand_side_by_side(dialog):
    assert dialog.left.currentText() == "《支持餐饮服务业发展若干措施》（城区政发〔2026〕5号）"
    assert "城政办发〔2023〕3号" in dialog.right.currentText()
    rows = [words(dialog, row) for row in range(dialog.model.rowCount())]
    assert {row[0] for row in rows} >= {"1. 减免门店租金", "2. 发放消费券", "3. 推行首违不罚"}
    assert sum(row[1] != "—" for row in rows) == 32
    assert dialog.told.text().endswith("没有对应")


def test_a_pair_is_named_confirmed_refused_and_forgotten(qtbot, two_desk, dialog):
    one, other = f"{KEY}.1.m01", f"{BUNDLED}.1.m03"
    dialog.assign(one, other)
    assert decided(two_desk) == {frozenset((one, other)): PairState.CONFIRMED}
    row = dialog.model.row_of((one, other))
    dialog.view.selectRow(row)
    assert words(dialog, row) == ["1. 减免门店租金", "3. 发挥融资担保降费奖补资金作用", "已确认"]
    assert "减免2个月租金" in dialog.panes[0].text.toPlainText()
    assert "担保费率" in dialog.panes[1].text.toPlainText()
    assert not dialog.confirm_button.isEnabled()
    qtbot.mouseClick(dialog.reject_button, Qt.MouseButton.LeftButton)
    assert decided(two_desk) == {frozenset((one, other)): PairState.REJECTED}
    assert dialog.model.line(dialog.model.rowCount() - 1).keys == (one, other)
    dialog.view.selectRow(dialog.model.row_of((one, other)))
    qtbot.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    assert decided(two_desk) == {}


def test_the_menu_offers_the_other_side(two_desk, dialog):
    dialog.view.selectRow(dialog.model.row_of((f"{KEY}.1.m02", "")))
    lines = dialog.assign_menu().actions()
    assert len(lines) == 32
    lines[4].trigger()
    assert frozenset((f"{KEY}.1.m02", f"{BUNDLED}.1.m05")) in decided(two_desk)


def test_other_papers_can_be_chosen(dialog):
    dialog.right.setCurrentIndex(1)
    assert dialog.model.rowCount() <= 5
    assert all("补贴" not in words(dialog, row)[0] for row in range(dialog.model.rowCount()))
