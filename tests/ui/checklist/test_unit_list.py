from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.checklist.unit_list import BAR_ROLE, UnitFilter, UnitList, UnitListModel
from desktop.ui.kit.rows_model import VALUE
from desktop.workspace.items.model import ItemKey, Part


@pytest.fixture
def units(qtbot, desk):
    made = UnitList(desk)
    qtbot.addWidget(made)
    made.resize(268, 650)
    with qtbot.waitExposed(made):
        made.show()
    made.select(desk.catalogue.checklist_units()[0].key)

    def follow(keys: tuple[ItemKey, ...]) -> None:  # as the page does
        for key in keys:
            made.model.take(key.unit_key, desk.items(key.unit_key))

    desk.progress_changed.connect(follow)
    return made


def names(units):
    return [units.shown.index(row, 0).data() for row in range(units.shown.rowCount())]


def test_the_model_keeps_qts_rules(qtmodeltester, desk):
    model = UnitListModel(desk)
    qtmodeltester.check(model, force_py=False)
    shown = UnitFilter(model)
    qtmodeltester.check(shown, force_py=False)
    shown.narrow("局")


def test_all_units_are_listed_in_the_checklists_order(desk, units):
    assert names(units) == [unit.name for unit in desk.catalogue.checklist_units()]
    assert names(units)[-1] == "未明确责任单位"
    assert len(names(units)) == 21


@pytest.mark.parametrize(
    ("typed", "found"),
    [("税务局", "国家税务总局阳泉市城区税务局"), ("财政", "区财政局"), (" 未明确 ", "未明确责任单位")],
)
def test_names_and_aliases_are_found(units, typed, found):
    units.filter.setText(typed)
    assert found in names(units)
    assert len(names(units)) < 21


def test_a_filter_that_finds_nothing_says_so_and_can_be_cleared(qtbot, units):
    units.filter.setText("没有的局")
    assert names(units) == []
    assert not units.view.isVisible()
    QTest.keyClick(units.filter, Qt.Key.Key_Escape)
    assert len(names(units)) == 21
    assert units.view.isVisible()


def test_arrows_choose_units(qtbot, desk, units):
    units.focus_list()
    with qtbot.waitSignal(units.chosen) as told:
        QTest.keyClick(units.view, Qt.Key.Key_Down)
    assert told.args == [desk.catalogue.checklist_units()[1].key]


def test_the_filter_leads_to_the_list_by_keyboard(qtbot, desk, units):
    units.filter.setFocus()
    units.filter.setText("财政")
    with qtbot.waitSignal(units.chosen) as told:
        QTest.keyClick(units.filter, Qt.Key.Key_Return)
    assert told.args == [desk.catalogue.find_unit("区财政局").key]


def test_the_chosen_unit_stays_while_the_filter_hides_it(qtbot, desk, units):
    chosen = units.unit_key
    with qtbot.assertNotEmitted(units.chosen):
        units.filter.setText("财政")
        units.filter.clear()
    assert units.unit_key == chosen
    assert units.view.currentIndex().data(VALUE).key == chosen


def test_selecting_a_hidden_unit_clears_the_filter(desk, units):
    units.filter.setText("财政")
    wanted = desk.catalogue.find_unit("区工信局").key
    units.select(wanted)
    assert units.view.currentIndex().data(VALUE).key == wanted


def test_each_edit_is_counted_for_its_unit_alone(desk, units):
    unit = desk.catalogue.find_unit("区财政局")
    measures = desk.catalogue.measures_of(unit.key)
    desk.edit(ItemKey(unit.key, measures[0].key), {"status": "已完成"})
    desk.edit(ItemKey(unit.key, measures[1].key), {"status": "推进中", "deadline": "2020-01-01"})
    desk.edit(ItemKey(unit.key, measures[2].key), {"status": "推进中"})
    for row in range(units.model.rowCount()):
        bar = units.model.index(row).data(BAR_ROLE)
        counts = dict(bar.parts)
        if bar.key == unit.key:
            assert (counts[Part.FINISHED], counts[Part.LATE], counts[Part.UNDER_WAY]) == (1, 1, 1)
            assert (bar.finished, bar.total) == (1, 9)
        else:
            assert counts[Part.NOT_STARTED] == bar.total


def test_entries_of_a_unit_that_is_gone_stay_in_sight(qtbot, desk, units):
    unit = desk.catalogue.find_unit("区财政局")
    desk.edit(ItemKey(unit.key, desk.catalogue.measures_of(unit.key)[0].key), {"status": "已完成"})
    with desk.workspace.db as db:
        db.execute("UPDATE entries SET unit_key = 'former'")
    units.model.count()
    assert names(units)[-1] == "原有单位（former）"
    bar = units.model.index(21).data(BAR_ROLE)
    assert (bar.finished, bar.total) == (1, 1)
