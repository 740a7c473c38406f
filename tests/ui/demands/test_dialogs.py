"""Demands registered outside a visit, the process they are handled by, and holidays."""

from __future__ import annotations

from datetime import date

from desktop.ui.demands.holidays_dialog import HolidaysDialog, days, lines
from desktop.ui.demands.new_dialog import NewDemandDialog
from desktop.ui.demands.process_dialog import ProcessDialog
from desktop.ui.demands.tab import DemandsTab
from desktop.workspace.demands import chosen, demands, process, working_days
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.visits import visits


def test_a_call_is_registered(qtbot, desk):
    dialog = NewDemandDialog(desk, "企业", None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok_button.isEnabled()
    dialog.source.choose("12345转办")
    dialog.form.text.setPlainText("水压不足")
    dialog.form.lead.setEditText("某某水司")
    dialog.form.lead.typed.emit(dialog.form.lead.key)
    dialog.contact.setText("王某 0353-0000000")
    with qtbot.waitSignal(dialog.registered):
        dialog.ok_button.click()
    (one,) = demands.every(desk.workspace.db)
    assert (one.text, one.source, one.unit) == ("水压不足", "12345转办", "某某水司")
    assert (one.enterprise, one.contact, one.visit) == ("企业", "王某 0353-0000000", "")


def test_a_process_is_chosen_and_ones_own_is_made_by_a_form(qtbot, desk):
    dialog = ProcessDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choice.setCurrentIndex(list(process.bundled()).index("quanzhou"))
    assert "7个工作日" in dialog.about.text()
    dialog.ok_button.click()
    assert chosen.choice(desk.workspace.db).key == "quanzhou"
    own = ProcessDialog(desk, None)
    qtbot.addWidget(own)
    own.show()
    own.choice.setCurrentIndex(own.choice.count() - 1)
    own.title.setText("")
    own.ok_button.click()
    assert own.isVisible()
    assert own.problem.text()
    own.title.setText("本区流程")
    used, count, _working = own.days["办结"]
    used.setChecked(True)
    count.setValue(10)
    own.ok_button.click()
    made = chosen.choice(desk.workspace.db)
    assert (made.title, next(one.days for one in made.limits if one.name == "办结")) == ("本区流程", 10)
    again = ProcessDialog(desk, None)
    qtbot.addWidget(again)
    assert again.days["办结"][1].value() == 10


def test_a_year_of_holidays_is_typed_and_given_back(qtbot, desk):
    dialog = HolidaysDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.year.setCurrentIndex(dialog.year.findText("2027年"))
    dialog.off.setPlainText("2027-01-01至2027-01-03\n年底")
    dialog.ok_button.click()
    assert dialog.isVisible()
    assert "年底" in dialog.problem.text()
    dialog.off.setPlainText("2027-01-01至2027-01-03")
    dialog.on.setPlainText("2027-01-09")
    dialog.ok_button.click()
    here = chosen.calendar(desk.workspace.db)
    assert not here.works(date(2027, 1, 1))
    assert here.works(date(2027, 1, 9))
    again = HolidaysDialog(desk, None)
    qtbot.addWidget(again)
    again.year.setCurrentIndex(again.year.findText("2027年"))
    assert again.off.toPlainText() == "2027-01-01至2027-01-03"
    again.reset_button.click()
    assert 2027 not in chosen.calendar(desk.workspace.db).years


def test_each_bundled_year_is_typed_as_it_is_read():
    for year in working_days.bundled().years.values():
        assert frozenset(days(lines(year.off))) == year.off
        assert frozenset(days(lines(year.on))) == year.on


def test_the_tab_shows_the_demands_of_an_enterprise_the_latest_first(qtbot, desk):
    firm = firms.add(desk.workspace.db, "恒工公司", desk.visits.stamp())
    first = desk.demands.add("水压不足", date(2025, 1, 6), enterprise=firm)
    desk.demands.add("怎么申报", desk.today(), enterprise=firm)
    desk.demands.add("别家的", date(2026, 1, 5), enterprise="别家")
    tab = DemandsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    with qtbot.waitExposed(tab):
        tab.show()
    with qtbot.waitSignal(tab.counted) as counted:
        tab.show_enterprise(firm)
    assert counted.args == [2]
    assert tab.panel.key == first
    assert tab.panel.isVisible()
    tab.panel.buttons["受理"].click()
    assert visits.every(desk.workspace.db) == ()
