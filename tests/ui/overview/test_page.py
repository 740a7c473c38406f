"""The page 总览, driven as its users drive it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.demo import sample_entries
from desktop.ui.desk import Desk
from desktop.ui.kit import look as looks
from desktop.ui.kit import progress_bar
from desktop.ui.kit.choice_list import ChoiceList
from desktop.ui.overview.figures import Tile
from desktop.ui.overview.item_list import ItemsModel
from desktop.ui.overview.page import OverviewPage
from desktop.workspace.items.model import Part, Status
from desktop.workspace.items.progress import Bar


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[OverviewPage]:
    made = OverviewPage(desk)
    qtbot.addWidget(made)
    made.resize(1294, 650)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    sample_entries.fill(desk.workspace.db, desk.catalogue, datetime.now().astimezone())
    return desk


def click(qtbot: QtBot, view: ChoiceList, row: int) -> None:
    middle = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y()))


def numbers(page: OverviewPage) -> list[int]:
    return [item.number for item in page._rows.rows.rows]


def test_fresh_workspace_says_what_to_do_and_leads_there(
    qtbot: QtBot, page: OverviewPage, desk: Desk
) -> None:
    assert page._stack.currentWidget() is page._empty
    assert page._empty._heading.text() == "还没有填报"
    with qtbot.waitSignal(page.unit_chosen) as chosen:
        qtbot.mouseClick(page._empty._action, Qt.MouseButton.LeftButton)
    assert chosen.args == [desk.catalogue.checklist_units()[0].key]


def test_unit_bar_leads_to_its_checklist_by_mouse_and_by_keyboard(
    qtbot: QtBot, filled: Desk, page: OverviewPage
) -> None:
    units = filled.catalogue.checklist_units()
    with qtbot.waitSignal(page.unit_chosen) as chosen:
        click(qtbot, page._units, 3)
    assert chosen.args == [units[3].key]
    with qtbot.waitSignal(page.unit_chosen) as chosen:
        qtbot.keyClick(page._units, Qt.Key.Key_Down)
        qtbot.keyClick(page._units, Qt.Key.Key_Return)
    assert chosen.args == [units[4].key]


def test_all_units_are_seen_without_scrolling_at_1366_by_768(filled: Desk, page: OverviewPage) -> None:
    assert page._units.bars.rowCount() == 21
    assert page._units.verticalScrollBar().maximum() == 0
    assert page._categories.verticalScrollBar().maximum() == 0


def test_category_bar_shows_its_items_and_back_again(qtbot: QtBot, filled: Desk, page: OverviewPage) -> None:
    due = numbers(page)
    category = filled.catalogue.categories[1]
    click(qtbot, page._categories, 1)
    assert page._title.text() == category.heading
    assert set(numbers(page)) == {measure.number for measure in filled.catalogue.measures_in(category.key)}
    with qtbot.waitSignal(page.category_chosen) as chosen:
        qtbot.mouseClick(page._read, Qt.MouseButton.LeftButton)
    assert chosen.args == [category.key]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page._title.text() == "逾期与临期"
    assert numbers(page) == due
    click(qtbot, page._categories, 1)
    click(qtbot, page._categories, 1)
    assert page._title.text() == "逾期与临期"


@pytest.mark.parametrize("tile", list(Tile))
def test_tile_shows_as_many_rows_as_it_says(
    qtbot: QtBot, filled: Desk, page: OverviewPage, tile: Tile
) -> None:
    button = page._tiles[tile]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    assert page._rows.rows.rowCount() == button.figure > 0
    assert page._title.text() == tile
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isChecked()
    assert page._title.text() == "逾期与临期"


def test_tile_that_counts_nothing_says_so(qtbot: QtBot, page: OverviewPage) -> None:
    qtbot.mouseClick(page._tiles[Tile.LATE], Qt.MouseButton.LeftButton)
    assert page._stack.currentWidget() is page._empty
    assert "逾期" in page._empty._text.text()


def test_row_leads_to_its_item(qtbot: QtBot, filled: Desk, page: OverviewPage) -> None:
    key = page._rows.rows.rows[1].key
    with qtbot.waitSignal(page.item_chosen) as chosen:
        click(qtbot, page._rows, 1)
    assert chosen.args == [key.unit_key, key.measure_key]


def test_edit_is_seen_at_once(page: OverviewPage, desk: Desk) -> None:
    key = desk.every_item()[0].key
    late = (desk.today() - timedelta(days=4)).isoformat()
    assert desk.edit(key, {"deadline": late, "owner": "张××"})
    assert page._tiles[Tile.LATE].figure == 1
    assert page._rows.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("逾期 4 天")
    desk.edit(key, {"status": Status.DONE.value})
    assert page._tiles[Tile.LATE].figure == 0
    assert page._tiles[Tile.FINISHED].figure == 1
    assert page._empty._heading.text() == "没有逾期"
    assert "66 项未写完成时限" in page._empty._text.text()


def test_edit_while_hidden_is_seen_when_shown(page: OverviewPage, desk: Desk) -> None:
    page.hide()
    desk.edit(desk.every_item()[0].key, {"status": Status.UNDER_WAY.value})
    page.show()
    assert page._tiles[Tile.UNDER_WAY].figure == 1


def test_near_days_decide_what_is_near(page: OverviewPage, desk: Desk) -> None:
    soon = (desk.today() + timedelta(days=20)).isoformat()
    desk.edit(desk.every_item()[0].key, {"deadline": soon})
    assert page._tiles[Tile.NEAR].figure == 0
    desk.set_setting("near_days", "30")
    assert page._tiles[Tile.NEAR].figure == 1
    assert "30 天内到期" in page._tiles[Tile.NEAR].accessibleName()


def test_at_large_sizes_units_and_categories_take_turns(
    qtbot: QtBot, filled: Desk, page: OverviewPage
) -> None:
    assert page._units.isVisible()
    assert page._categories.isVisible()
    for _ in range(3):
        filled.look.step_zoom(1)
    assert page._units.isVisible()
    assert not page._categories.isVisible()
    qtbot.mouseClick(page._to_categories, Qt.MouseButton.LeftButton)
    assert not page._units.isVisible()
    assert page._categories.isVisible()
    filled.look.set_dark(True)
    assert page._categories.isVisible()


def test_figures_are_also_told_in_words(filled: Desk, page: OverviewPage) -> None:
    bar = page._units.bars.rows[0]
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert page._units.bars.index(0).data(role) == bar.sentence
    assert page._tiles[Tile.ALL].accessibleName().startswith("事项：67项")
    assert page._rows.accessibleName() == f"逾期与临期，{len(page._rows.rows.rows)}项"


def test_models_keep_the_rules(qtmodeltester: ModelTester, filled: Desk, page: OverviewPage) -> None:
    qtmodeltester.check(page._units.bars)
    qtmodeltester.check(page._rows.rows)
    other = ItemsModel(filled)
    other.show(filled.every_item())
    qtmodeltester.check(other)


def test_parts_of_a_bar_are_as_long_as_their_counts(desk: Desk) -> None:
    look = looks.tokens(False, 1.0)
    image = QImage(120, 12, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    counts = (3, 4, 2, 3, 0)
    progress_bar.paint_bar(
        painter, QRectF(0, 0, 120, 12), Bar("a", "甲", tuple(zip(Part, counts, strict=True))), look
    )
    painter.end()
    colours = [image.pixelColor(x, 6).name() for x in range(5, 120, 10)]
    assert colours == [look.green] * 3 + [look.blue] * 4 + [look.red] * 2 + [look.track] * 3
