"""Planning a visit: who else goes there is shown first, and one may go along instead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.ui.visits.plan_dialog import PlanDialog
from desktop.ui.visits.visits_tab import VisitsTab
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import VisitState


@pytest.fixture
def dialog(qtbot, desk, firm):
    def opened() -> PlanDialog:
        made = PlanDialog(desk, firm, None)
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return opened


def test_a_visit_is_planned_where_nobody_goes(qtbot, desk, firm, dialog):
    plan = dialog()
    assert plan.near == ()
    assert plan.ok_button.text() == "安排走访"
    plan.unit.setText("区工信局")
    plan.visitors.setText("张某、李某")
    with qtbot.waitSignal(plan.planned):
        plan.ok_button.click()
    (one,) = visits.every(desk.workspace.db)
    assert (one.state, one.unit, one.visitors) == (VisitState.PLANNED, "区工信局", ("张某", "李某"))
    assert dialog().unit.text() == "区工信局"


def test_one_goes_along_on_a_visit_of_another_unit(qtbot, desk, firm, dialog):
    day = desk.today() + timedelta(days=20)
    theirs = desk.visits.begin(firm, day, VisitState.PLANNED, unit="区财政局", visitors=["王某"])
    plan = dialog()
    assert [one.key for one in plan.near] == [theirs]
    assert plan.ok_button.text() == "仍要另行安排"
    plan.days.setValue(10)
    assert plan.near == ()
    assert dialog().days.value() == 10
    plan.days.setValue(30)
    plan.unit.setText("区工信局")
    plan.visitors.setText("张某")
    [one for one in plan.findChildren(QPushButton) if one.text() == "一并走访"][-1].click()
    (one,) = visits.every(desk.workspace.db)
    assert [(each.unit, each.visitors) for each in one.joined] == [("区工信局", "张某")]


def test_the_tab_lists_visits_and_opens_one(qtbot, desk, firm, visit):
    tab = VisitsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(900, 400)
    tab.show()
    tab.show_enterprise(firm)
    measure = desk.catalogue.measures[15]
    desk.visits.edit(visit, {f"explained/{measure.key}": "想申请"})
    desk.demands.add("水压不足", date(2026, 1, 5), enterprise=firm, visit=visit)
    row = [tab.model.index(0, at).data() for at in range(tab.model.columnCount())]
    assert row[:3] == ["2026-01-05", "实地", "草稿"]
    assert row[4:6] == ["第16条", "1 件"]
    with qtbot.waitSignal(tab.visit_chosen) as opened:
        tab.view.activated.emit(tab.model.index(0, 0))
    assert opened.args == [visit]
