from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.catalogue.model import UNASSIGNED
from desktop.ui.browse import navigator_model
from desktop.ui.browse.navigator import Navigator

BRANCHES = [navigator_model.by_category, navigator_model.by_unit, navigator_model.by_beneficiary]


@pytest.mark.parametrize("branches", BRANCHES)
def test_the_model_keeps_qts_rules(desk, branches):
    tree = navigator_model.NavigatorModel(lambda: (set(), set()))
    tester = QAbstractItemModelTester(tree, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tree.set_branches(branches(desk.catalogue))
    tree.refresh_marks()
    assert tester.model() is tree


def test_every_measure_stands_under_its_category_once(desk):
    branches = navigator_model.by_category(desk.catalogue)
    numbers = [measure.number for branch in branches for measure in branch.measures]
    assert numbers == list(range(1, 33))
    assert len(branches) == 10


def test_units_hold_their_measures_and_the_rest_comes_last(desk):
    branches = navigator_model.by_unit(desk.catalogue)
    assert len(branches) == 21
    assert sum(len(branch.measures) for branch in branches) == 67
    assert branches[-1].key == UNASSIGNED
    assert [measure.number for measure in branches[-1].measures] == [29, 30, 31, 32]


def test_choosing_a_measure_tells(qtbot, desk):
    navigator = Navigator(desk)
    qtbot.addWidget(navigator)
    key = desk.catalogue.by_number(16).key
    index = navigator.tree.model().find(key)
    with qtbot.waitSignal(navigator.measure_chosen) as told:
        navigator.tree.setCurrentIndex(index)
    assert told.args == [key]


def test_a_new_order_keeps_the_selection(qtbot, desk):
    navigator = Navigator(desk)
    qtbot.addWidget(navigator)
    key = desk.catalogue.by_number(16).key
    navigator.select(key)
    navigator.set_order("unit")
    assert navigator.tree.currentIndex().data(navigator_model.KEY_ROLE) == key
    assert navigator.order == "unit"


def test_favourites_follow_the_workspace(qtbot, desk):
    navigator = Navigator(desk)
    qtbot.addWidget(navigator)
    navigator.set_order("favourite")
    tree = navigator.tree.model()
    assert tree.rowCount() == 0
    key = desk.catalogue.by_number(3).key
    assert desk.set_favourite(key, True)
    assert tree.rowCount(tree.index(0, 0)) == 1
    assert tree.find(key).data(navigator_model.STARRED_ROLE) is True
    assert desk.set_favourite(key, False)
    assert tree.rowCount() == 0


def test_a_note_marks_its_row(qtbot, desk):
    navigator = Navigator(desk)
    qtbot.addWidget(navigator)
    key = desk.catalogue.by_number(3).key
    assert desk.set_note(key, "问过财政局")
    assert navigator.tree.model().find(key).data(navigator_model.NOTED_ROLE) is True


def test_a_click_on_a_branch_folds_it(qtbot, desk):
    navigator = Navigator(desk)
    qtbot.addWidget(navigator)
    navigator.resize(320, 600)
    navigator.show()
    first = navigator.tree.model().index(0, 0)
    assert navigator.tree.isExpanded(first)
    place = navigator.tree.visualRect(first).center()
    qtbot.mouseClick(navigator.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not navigator.tree.isExpanded(first)
