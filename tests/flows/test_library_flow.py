"""A notice comes in by the wizard, a unit is asked about both papers, one is switched off and on again."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.ui.frame import library_actions
from desktop.ui.frame.rail import LIBRARY
from desktop.workspace.items.model import ItemKey
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, NUMBER, SOURCE


def taken_in(qtbot, window):
    """Paste the notice into the wizard and go to its end; return its key."""
    page = window.library
    page.entry_asked.disconnect()
    dialog = library_actions.enter(page, window.desk, window)
    dialog.source.field.setPlainText(SOURCE)
    for step in range(1, 5):
        dialog.show_step(step)
    with qtbot.waitSignal(dialog.taken) as told:
        dialog.take_in()
    qtbot.waitUntil(lambda: not page.changes.running)
    return told.args[0]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_from_a_pasted_page_to_a_sent_checklist_and_back(qtbot, window, desk, tmp_path):
    window.show_page(LIBRARY)
    key = taken_in(qtbot, window)
    assert [row.key for row in window.library.model.rows] == [key, BUNDLED]
    assert window.library.chosen.key == key
    assert window.windowTitle().startswith("发文库：2 份在用")
    finance = desk.catalogue.find_unit("区财政局").key

    run = window.rounds.round_run
    with qtbot.waitSignal(run.sent, timeout=20000) as sent:
        run.begin("第一轮", date(2030, 1, 1), [finance], tmp_path, (f"{key}.1", f"{BUNDLED}.1"))
    (path,) = sent.args[0].paths
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:2]
    heads = ["".join(str(c.value or "") for row in s.iter_rows(max_row=3) for c in row) for s in sheets]
    assert FIRST in heads[0]
    assert NUMBER in heads[0]
    assert BUNDLED_NUMBER in heads[1]
    assert "已过有效期" in heads[1]

    item = ItemKey(finance, f"{key}.1.m01")
    window.open_item(item)
    assert window.checklist.model.index(0, 0).data(Qt.ItemDataRole.UserRole + 2).startswith(f"《{FIRST}》")
    assert desk.edit(item, {"progress": "已减免三户"})
    window.show_page(LIBRARY)
    window.library.choose(key)
    window.library.changes.use(window.library.chosen, on=False)
    qtbot.waitUntil(lambda: not window.library.changes.running)
    window.open_unit(finance)
    assert window.checklist.model.rowCount() == 9
    assert not any(each.orphaned for each in window.checklist.model.every)
    window.show_page(LIBRARY)
    window.library.choose(key)
    assert window.library.chosen.entered == 1
    window.library.changes.use(window.library.chosen, on=True)
    qtbot.waitUntil(lambda: not window.library.changes.running)
    assert desk.item(item).entry.progress == "已减免三户"
