"""Demands in the overview, above a unit's list, and in the line on start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.ui.demands.demand_list import WHOSE
from desktop.ui.demands.figures import DemandSet
from desktop.ui.demands.unit_strip import UnitDemands
from desktop.ui.overview import demand_reminder
from desktop.ui.overview.demands import DemandsDialog, DemandTile
from desktop.workspace.demands.chain import DemandStep, FirmTold
from desktop.workspace.enterprises import recording as firms


@pytest.fixture
def several(desk) -> list[str]:
    """Return one that is late, one that is not, and one that was finished."""
    unit = desk.catalogue.find_unit("区财政局").key
    today = desk.today()
    desk.set_setting("user_name", "张某")
    late = desk.demands.add("贷款到期", date(2025, 1, 6), category="融资", unit=unit)
    new = desk.demands.add("水压不足", today, category="水电气", unit="某某水司")
    done = desk.demands.add("怎么申报", today, category="融资", unit=unit)
    told = FirmTold("当面", today, "王某")
    assert desk.demands.act(done, DemandStep("现场解决", today, "李某", text="已说明", told=told))
    return [late, new, done]


def test_the_tile_counts_what_is_open_and_late(qtbot, desk, several):
    tile = DemandTile(desk)
    qtbot.addWidget(tile)
    assert tile.accessibleName() == "企业诉求：未结束3件，逾期1件"


def test_the_list_says_whose_each_is(qtbot, desk, window):
    firm = firms.add(desk.workspace.db, "恒工公司", desk.visits.stamp())
    desk.demands.add("水压不足", desk.today(), enterprise=firm)
    dialog = DemandsDialog(desk, window)
    qtbot.addWidget(dialog)
    assert dialog.list.rows.index(0).data(WHOSE).startswith("恒工公司　SQ-")


def test_pictures_lead_to_the_list(qtbot, desk, window, several):
    dialog = DemandsDialog(desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    listed = dialog.list.rows

    def keys() -> list[str]:
        return [one.demand.key for one in listed.rows]

    assert keys()[0] == several[0]
    assert len(keys()) == 3
    dialog.tiles[DemandSet.LATE].click()
    assert keys() == several[:1]
    dialog.tiles[DemandSet.ANSWERED].click()
    assert keys() == several[2:]
    dialog.show_set(DemandSet.OPEN)
    assert [(bar.name, bar.total) for bar in dialog.units.bars.rows] == [("区财政局", 2), ("某某水司", 1)]
    dialog.narrow(unit="某某水司")
    assert keys() == several[1:2]
    dialog.narrow(unit="某某水司")
    assert len(keys()) == 3
    dialog.narrow(category="融资")
    assert sorted(keys()) == sorted([several[0], several[2]])


def test_a_unit_sees_its_demands_above_its_list(qtbot, desk, window, several):
    window.open_unit(desk.catalogue.find_unit("区财政局").key)
    strip = window.checklist.findChild(UnitDemands)
    assert "企业诉求 2 件，逾期 1 件" in strip.button.text()
    assert not strip.list.isVisible()
    strip.button.click()
    assert strip.list.isVisible()
    other = next(one for one in desk.catalogue.units if one.name != "区财政局")
    window.open_unit(other.key)
    assert strip.isHidden()


def test_the_line_on_start_says_what_turned_late_until_someone_looked(desk, window, several):
    line = demand_reminder.begin(desk, window, window.announce)
    assert line is not None
    assert "贷款到期" in demand_reminder.sentence(demand_reminder.turned_late(desk))
    line.close_button.click()
    assert demand_reminder.turned_late(desk) == ()
    desk.remember_place({demand_reminder.SEEN: (date(2025, 1, 6) + timedelta(days=1)).isoformat()})
    assert len(demand_reminder.turned_late(desk)) == 1


def test_nothing_is_said_where_nothing_is_late(desk, window):
    assert demand_reminder.begin(desk, window, window.announce) is None
