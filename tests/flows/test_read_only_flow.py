"""A window that only reads: whatever can be pressed in it is pressed, and nothing fails or is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from desktop.ui.demo import sample_entries, sample_round
from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.rail import PAGES
from desktop.ui.frame.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen


@pytest.fixture
def reading(qtbot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """Return a window on a workspace in which another one writes; its dialogs close by themselves."""
    monkeypatch.chdir(tmp_path)
    sample_entries.fill(desk.workspace.db, desk.catalogue, desk.now())
    sample_round.fill(desk.workspace.db, desk.catalogue, desk.now())
    other, why = app.open_desk(desk.workspace.folder)
    assert other.read_only
    assert why
    made = Window(other)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    leaving = QTimer(made, interval=20)
    leaving.timeout.connect(leave)
    leaving.start()
    yield made
    leaving.stop()
    made.close()
    other.close()


def leave() -> None:
    """Close what stands before the window."""
    if front := QApplication.activePopupWidget() or QApplication.activeModalWidget():
        front.close()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.close()


def rows(desk: Desk) -> list[str]:
    return list(desk.workspace.db.iterdump())


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_whatever_is_pressed_nothing_fails_and_nothing_is_written(
    desk: Desk, reading: Window, page: int
) -> None:
    before, pressed = rows(desk), 0
    for verb, action in reading.verbs.items():
        reading.show_page(page)
        assert action.toolTip(), verb.words
        if action.isEnabled():
            action.trigger()
            QTest.qWait(25)
            leave()
            pressed += 1
    reading.show_page(page)
    QTest.qWait(25)
    for button in reading.stack.currentWidget().findChildren(QPushButton):
        if button.isVisible() and button.isEnabled() and button.menu() is None:
            button.click()
            QTest.qWait(25)
            leave()
            pressed += 1
        elif button.isVisible() and not button.isEnabled():
            assert button.toolTip(), button.text()
    assert pressed > 40
    assert rows(desk) == before
