from __future__ import annotations

from datetime import date, timedelta

from desktop.ui.desk import Desk
from desktop.ui.frame.window import Window
from desktop.ui.merging.retention_dialog import RetentionDialog
from desktop.workspace.visits import visits


def test_what_is_past_its_period_is_listed_and_deleted_for_good(desk: Desk, window: Window) -> None:
    firm = desk.firms.add("泉城铸造有限公司", {})
    assert firm is not None
    old, new = desk.today() - timedelta(days=366 * 6), desk.today()
    gone, kept = desk.visits.begin(firm, old), desk.visits.begin(firm, new)
    dialog = RetentionDialog(desk, window)
    assert [one.key for one in dialog.found] == [gone]
    dialog.years.setValue(8)
    assert dialog.found == ()
    assert not dialog.ok_button.isEnabled()
    dialog.years.setValue(6)
    dialog.delete()
    assert [one.key for one in visits.every(desk.workspace.db)] == [kept]
    assert RetentionDialog(desk, window).years.value() == 6
    assert date.today() == new
