"""What 设置 says of the size of the text is what Ctrl+plus and Ctrl+minus change."""

from __future__ import annotations

import pytest

from desktop.ui import verbs
from desktop.ui.desk import Desk
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.frame.window import Window
from desktop.ui.kit.look import ZOOM_STEPS


@pytest.mark.parametrize("at", range(len(ZOOM_STEPS)))
def test_a_size_chosen_here_is_taken_and_kept(qtbot, desk: Desk, at: int) -> None:
    dialog = SettingsDialog(desk)
    qtbot.addWidget(dialog)
    dialog.size_choice.setCurrentIndex(at)
    assert desk.look.tokens.zoom == 1.0  # until 确定
    dialog.accept()
    assert desk.look.tokens.zoom == ZOOM_STEPS[at]
    assert float(desk.setting("ui.zoom", "1")) == ZOOM_STEPS[at]


def test_it_begins_with_the_size_there_is(desk: Desk, window: Window, qtbot) -> None:
    for _ in range(2):
        window.verbs.do(verbs.ZOOM_IN)
    dialog = SettingsDialog(desk, window)
    assert dialog.size_choice.currentText() == "大（125%）"
    dialog.accept()
    assert desk.look.tokens.zoom == 1.25
    window.verbs.do(verbs.ZOOM_OUT)
    assert SettingsDialog(desk, window).size_choice.currentText() == "110%"


def test_calling_off_changes_nothing(qtbot, desk: Desk) -> None:
    dialog = SettingsDialog(desk)
    qtbot.addWidget(dialog)
    dialog.size_choice.setCurrentIndex(len(ZOOM_STEPS) - 1)
    dialog.reject()
    assert desk.look.tokens.zoom == 1.0


def test_a_size_between_the_steps_stays_until_another_is_chosen(qtbot, desk: Desk) -> None:
    desk.look.set_zoom(1.3)  # as an older version kept it
    dialog = SettingsDialog(desk)
    qtbot.addWidget(dialog)
    assert dialog.size_choice.currentText() == "大（125%）"
    dialog.accept()
    assert desk.look.tokens.zoom == 1.3


def test_three_sizes_have_names(qtbot, desk: Desk) -> None:
    dialog = SettingsDialog(desk)
    qtbot.addWidget(dialog)
    offered = [dialog.size_choice.itemText(at) for at in range(dialog.size_choice.count())]
    assert [words for words in offered if "（" in words] == ["标准（100%）", "大（125%）", "特大（150%）"]
