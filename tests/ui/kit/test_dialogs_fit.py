"""Every dialog of the checklist and of the workspace fits a screen of 1366 × 768 at any size of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.browse.source_dialog import SourceDialog
from desktop.ui.checklist.deadline_dialog import DeadlineDialog
from desktop.ui.checklist.handover import HandedOver, HandoverDialog
from desktop.ui.demands.new_dialog import NewDemandDialog
from desktop.ui.frame.rail import CHECKLIST
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.kit import look
from desktop.ui.overview.reminder import ReminderDialog
from desktop.ui.safety.backup_dialog import BackupDialog
from desktop.ui.safety.backup_work import Outlook
from desktop.ui.safety.restoring import RestoreDialog
from desktop.workspace.items.deadline import DeadlineKind
from desktop.workspace.safety import contents

ROOM = (1366, 768)


def made(desk, window):
    unit = desk.catalogue.find_unit("区中小企业发展中心")
    items = desk.items(unit.key)
    held = contents.of(desk.workspace.db)
    yield DeadlineDialog(desk, items, window)
    span = DeadlineDialog(desk, items, window)
    span.choice.choose(DeadlineKind.SPAN)
    yield span
    yield HandoverDialog(desk, unit, items, window)
    yield HandedOver(desk, unit, "李四", items, window)
    yield ReminderDialog(desk, items, window)
    yield BackupDialog(desk, window)
    outlook = Outlook(Path("/很长的文件夹名/备份.zip"), held, held, 12)
    yield RestoreDialog(desk, outlook, f"备份文件：{outlook.file}", window)
    yield SettingsDialog(desk, window)
    yield SourceDialog(desk, window)
    first, second = desk.catalogue.measures[:2]
    yield ComparisonDialog(desk, first.key, second.key, window)


@pytest.mark.parametrize("zoom", look.ZOOM_STEPS)
def test_it_fits(qtbot, desk, window, zoom):
    while desk.look.tokens.zoom != zoom:
        desk.look.step_zoom(1 if desk.look.tokens.zoom < zoom else -1)
    for dialog in made(desk, window):
        dialog.show()
        hint = dialog.minimumSizeHint()
        assert (hint.width() <= ROOM[0], hint.height() <= ROOM[1]) == (True, True), (dialog, hint)
        dialog.close()


def test_it_is_no_higher_than_what_stands_in_it(qtbot, desk, window):
    dialog = NewDemandDialog(desk, "企业", window)
    dialog.show()
    assert dialog.height() == dialog.layout().totalHeightForWidth(dialog.width())
    dialog.close()


@pytest.mark.parametrize("panel", ["evidence_button", "history_button"])
@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_an_open_panel_leaves_the_window_its_size(qtbot, desk, window, zoom, panel):
    while desk.look.tokens.zoom != zoom:
        desk.look.step_zoom(1 if desk.look.tokens.zoom < zoom else -1)
    window.show_page(CHECKLIST)
    getattr(window.checklist.head, panel).click()
    window.resize(*ROOM)
    qtbot.wait(20)
    assert window.minimumSizeHint().width() <= ROOM[0]
    assert window.checklist.panels.isVisible()
