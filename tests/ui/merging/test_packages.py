"""A package goes from one workspace to another: looked at, taken in, decided on, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.kit.dialog import Dialog
from desktop.ui.merging.conflict_dialog import ConflictDialog
from desktop.ui.merging.package_dialogs import (
    ArrivalsDialog,
    PackageExportDialog,
    PackagePlanDialog,
    PassphraseDialog,
)
from desktop.ui.merging.package_runs import PackageRuns
from desktop.workspace.enterprises import enterprises
from desktop.workspace.merging import choosing, conflicts
from tests.ui.conftest import Window

NAME = "泉城精密铸造有限公司"


@pytest.fixture
def laptop(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    del qapp
    made, _why = app.open_desk(tmp_path / "笔记本")
    yield made
    made.close()


@pytest.fixture
def runs(window: Window) -> PackageRuns:
    return window.dialogs.packages


def shown(window: Window, kind: type[Dialog]) -> Dialog:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def packed(laptop: Desk, window: Window, qtbot: QtBot, path: Path, passphrase: str = "") -> None:
    """Write a package on the laptop, by the jobs of a window."""
    runs = PackageRuns(laptop, window)
    with qtbot.waitSignal(runs.told):
        runs.write(None, "", passphrase, path)
    for one in window.findChildren(Dialog):
        one.close()


def taken(runs: PackageRuns, window: Window, qtbot: QtBot, path: Path) -> None:
    runs.look(path)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PackagePlanDialog)))
    with qtbot.waitSignal(runs.told):
        shown(window, PackagePlanDialog).accept()


def test_a_package_comes_in_is_decided_on_and_taken_back(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "一.sjb", tmp_path / "二.sjb"
    key = laptop.firms.add(NAME, {"town": "义井镇"})
    assert key is not None
    packed(laptop, window, qtbot, first)
    assert choosing.unsent(laptop.workspace.db) == 0
    taken(runs, window, qtbot, first)
    assert enterprises.one(desk.workspace.db, key).name == NAME
    assert window.visits.firms.firm_key in ("", key)

    laptop.firms.edit(key, {"town": "荫营镇"})
    desk.firms.edit(key, {"town": "河底镇"})
    packed(laptop, window, qtbot, second)
    taken(runs, window, qtbot, second)
    dialog = shown(window, ConflictDialog)
    assert isinstance(dialog, ConflictDialog)
    (conflict,) = dialog.found
    assert set(conflict.choices) == {"荫营镇", "河底镇"}
    buttons = [one for one in dialog.findChildren(QPushButton) if one.text() == "采用"]
    assert len(buttons) == 2
    buttons[list(conflict.choices).index("荫营镇")].click()
    assert enterprises.one(desk.workspace.db, key).town == "荫营镇"
    assert dialog.found == ()
    assert conflicts.open_conflicts(desk.workspace.db, desk.catalogue) == ()
    dialog.close()

    receipts = runs.show_arrivals()
    assert isinstance(receipts, ArrivalsDialog)
    assert [row.what for row in receipts.table.rows.rows] == ["二.sjb", "一.sjb"]
    receipts.close()
    runs.undo()
    assert enterprises.one(desk.workspace.db, key).town == "荫营镇"  # decided here since
    runs.undo()
    assert enterprises.recorded(desk.workspace.db)[0].name == ""  # what was entered here stays


def test_a_passphrase_is_asked_for(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "包.sjb"
    laptop.firms.add(NAME, {})
    packed(laptop, window, qtbot, path, "开门")
    runs.look(path)
    asking = shown(window, PassphraseDialog)
    assert isinstance(asking, PassphraseDialog)
    asking.secret.setText("开门")
    asking.accept()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PackagePlanDialog)))
    assert enterprises.every(desk.workspace.db) == ()
    with qtbot.waitSignal(runs.told):
        shown(window, PackagePlanDialog).accept()
    assert [one.name for one in enterprises.every(desk.workspace.db)] == [NAME]


def test_a_file_that_is_none_is_refused_in_words(
    window: Window, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "照片.sjb"
    path.write_bytes(b"no package")
    with qtbot.waitSignal(runs._looking.missed):
        runs.look(path)
    assert not runs.running
    assert not window.findChildren(PackagePlanDialog)


def test_the_passphrase_is_typed_twice(window: Window, desk: Desk, runs: PackageRuns) -> None:
    desk.firms.add(NAME, {})
    dialog = runs.ask_export()
    assert isinstance(dialog, PackageExportDialog)
    dialog.secret.setText("开门")
    assert not dialog.ok_button.isEnabled()
    assert dialog.warning.isVisible()
    dialog.again.setText("开门")
    assert dialog.ok_button.isEnabled()
    dialog.close()
    assert window.isVisible()
