from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.catalogue.model import UNASSIGNED
from desktop.ui.browse.facts import Facts, UnitButton
from desktop.workspace.items.model import ItemKey


@pytest.fixture
def facts(qtbot, desk):
    made = Facts(desk)
    qtbot.addWidget(made)
    made.resize(276, 640)
    made.show()
    return made


def words(facts) -> str:
    QApplication.processEvents()
    shown = facts.widget().findChildren(QLabel)
    return "\n".join(label.text() for label in shown if not label.isHidden())


def units(facts) -> list[UnitButton]:
    QApplication.processEvents()
    return [button for button in facts.widget().findChildren(UnitButton) if not button.isHidden()]


def test_units_stand_in_printed_order(facts, desk):
    facts.show_measure(desk.catalogue.by_number(16))
    names = [button.accessibleName().split("，")[0] for button in units(facts)]
    assert names == ["区工信局", "区中小企业发展中心", "区财政局"]


def test_a_measure_without_units_says_so_and_still_leads_to_its_list(facts, desk, qtbot):
    measure = desk.catalogue.by_number(30)
    facts.show_measure(measure)
    assert "原文未明确责任单位" in words(facts)
    with qtbot.waitSignal(facts.unit_chosen) as told:
        units(facts)[0].click()
    assert told.args == [UNASSIGNED, measure.key]


def test_a_click_on_a_unit_names_unit_and_measure(facts, desk, qtbot):
    measure = desk.catalogue.by_number(3)
    facts.show_measure(measure)
    with qtbot.waitSignal(facts.unit_chosen) as told:
        units(facts)[0].click()
    assert told.args == [desk.catalogue.find_unit("区财政局").key, measure.key]


def test_tags_lead_to_their_measures(facts, desk, qtbot):
    measure = desk.catalogue.by_number(4)
    facts.show_measure(measure)
    tag = desk.catalogue.tags_of(measure.key, "beneficiary")[0]
    chip = next(each for each in facts.widget().findChildren(QPushButton) if each.text() == tag.name)
    with qtbot.waitSignal(facts.tag_chosen) as told:
        chip.click()
    assert told.args == ["beneficiary", tag.key]


def test_status_follows_the_workspace(facts, desk):
    measure = desk.catalogue.by_number(5)
    facts.show_measure(measure)
    unit = desk.catalogue.units_of(measure.key)[0]
    assert desk.edit(ItemKey(unit.key, measure.key), {"status": "推进中"})
    assert "推进中" in units(facts)[0].accessibleName()


def test_figures_sources_and_validity_are_named(facts, desk):
    facts.show_measure(desk.catalogue.by_number(3))
    shown = words(facts)
    assert "1%以下" in shown
    assert "晋政办发〔2022〕30号" in shown
    assert "2025年12月31日" in shown
