"""A package goes from one workspace to another: looked at, taken in, decided on, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.window import Window
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.written_dialog import Written
from desktop.ui.merging import reminder
from desktop.ui.merging.conflict_dialog import ConflictDialog
from desktop.ui.merging.package_dialogs import (
    ArrivalsDialog,
    PackageExportDialog,
    PackagePlanDialog,
    PassphraseDialog,
)
from desktop.ui.merging.package_runs import PackageRuns
from desktop.workspace.enterprises import enterprises
from desktop.workspace.file import store
from desktop.workspace.merging import choosing, conflicts

NAME = "泉城精密铸造有限公司"
PATIENCE = 60_000  # milliseconds: a passphrase is to cost time, on a busy machine much


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


def packed(
    laptop: Desk,
    window: Window,
    qtbot: QtBot,
    path: Path,
    passphrase: str = "",
    since: datetime | None = None,
) -> None:
    """Write a package on the laptop, by the jobs of a window."""
    runs = PackageRuns(laptop, window)
    with qtbot.waitSignal(runs.told, timeout=PATIENCE):
        runs.write(since, "", passphrase, path)
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
    buttons = [one for one in dialog.findChildren(QPushButton) if one.text() in ("保留本机", "采用对方")]
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
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in window.findChildren(PackagePlanDialog)), timeout=PATIENCE
    )
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


def test_a_plan_names_what_is_new_and_what_changes_and_writes_nothing(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "包.sjb"
    laptop.set_setting("user_name", "张某")
    key = laptop.firms.add(NAME, {"town": "义井镇"})
    assert key is not None
    packed(laptop, window, qtbot, path)
    taken(runs, window, qtbot, path)
    laptop.firms.edit(key, {"town": "荫营镇", "taxpayer": "general"})
    laptop.firms.add("山西乙二软件有限公司", {})
    packed(laptop, window, qtbot, path)
    runs.look(path)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PackagePlanDialog)))
    plan = shown(window, PackagePlanDialog)
    assert isinstance(plan, PackagePlanDialog)
    rows = [(row.kind, row.what, row.more.split("（张某，")[0]) for row in plan.table.rows.rows]
    assert [row[:2] for row in rows[:1]] == [("新增", "企业：山西乙二软件有限公司")]
    assert set(rows[1:]) == {
        ("改动", f"企业：{NAME}　镇街", "义井镇 → 荫营镇"),
        ("改动", f"企业：{NAME}　增值税纳税人身份", "（空） → 一般纳税人"),
    }
    plan.reject()
    assert enterprises.one(desk.workspace.db, key).town == "义井镇"
    assert len(enterprises.every(desk.workspace.db)) == 1


def test_only_what_takes_any_text_is_typed_when_deciding(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "包.sjb"
    key = laptop.firms.add(NAME, {})
    assert key is not None
    packed(laptop, window, qtbot, path)
    taken(runs, window, qtbot, path)
    laptop.firms.edit(key, {"taxpayer": "general"})
    desk.firms.edit(key, {"taxpayer": "small"})
    packed(laptop, window, qtbot, path)
    taken(runs, window, qtbot, path)
    dialog = shown(window, ConflictDialog)
    words = {one.text() for one in dialog.findChildren(QLabel)}
    assert {"一般纳税人", "小规模纳税人"} <= words
    assert not dialog.findChildren(QLineEdit)
    dialog.close()


def test_a_package_that_was_written_is_told_with_its_folder(
    window: Window, desk: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.firms.add(NAME, {})
    with qtbot.waitSignal(runs.told):
        runs.write(None, "", "", tmp_path / "包.sjb")
    dialog = shown(window, Written)
    assert isinstance(dialog, Written)
    assert dialog.folder_button.isVisible()
    assert not hasattr(dialog, "file_button")  # no program shows one
    dialog.close()


def test_a_line_stands_while_something_is_to_decide_or_has_not_come(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    first, lost, last = (tmp_path / name for name in ("一.sjb", "丢.sjb", "三.sjb"))
    made = reminder.begin(desk, window, window.announce, lambda: runs)
    assert made.line is None
    key = laptop.firms.add(NAME, {"town": "义井镇"})
    assert key is not None
    packed(laptop, window, qtbot, first)
    taken(runs, window, qtbot, first)
    assert made.line is None
    laptop.firms.edit(key, {"address": "厂前路"})
    packed(laptop, window, qtbot, lost)
    laptop.firms.edit(key, {"town": "荫营镇"})
    desk.firms.edit(key, {"town": "河底镇"})
    packed(laptop, window, qtbot, last, since=laptop.now() + timedelta(days=1))
    taken(runs, window, qtbot, last)
    assert made.line is not None
    assert made.line.words.text() == reminder.sentence(1, 1)
    shown(window, ConflictDialog).close()

    made.line.button(reminder.DECIDE).click()
    dialog = shown(window, ConflictDialog)
    assert isinstance(dialog, ConflictDialog)
    dialog.decided.emit(dialog.found[0], "河底镇")
    assert made.line.words.text() == reminder.sentence(0, 1)
    dialog.close()
    made.line.button(reminder.RECORD).click()
    record = shown(window, ArrivalsDialog)
    assert any("还没有收到" in one.text() for one in record.findChildren(QLabel))
    record.close()
    taken(runs, window, qtbot, lost)
    assert made.line is None


def test_a_line_goes_once_the_field_is_typed_anew(
    window: Window, desk: Desk, laptop: Desk, runs: PackageRuns, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "包.sjb"
    made = reminder.begin(desk, window, window.announce, lambda: runs)
    key = laptop.firms.add(NAME, {})
    assert key is not None
    packed(laptop, window, qtbot, path)
    taken(runs, window, qtbot, path)
    laptop.firms.edit(key, {"town": "荫营镇"})
    desk.firms.edit(key, {"town": "河底镇"})
    packed(laptop, window, qtbot, path)
    taken(runs, window, qtbot, path)
    shown(window, ConflictDialog).close()
    assert made.line is not None
    desk.firms.edit(key, {"town": "义井镇"})
    qtbot.waitUntil(lambda: made.line is None)


def test_that_an_older_file_was_put_back_is_said_until_something_is_written(
    window: Window, desk: Desk, runs: PackageRuns
) -> None:
    path = desk.workspace.folder / "workspace.db"
    key = desk.firms.add(NAME, {})
    assert key is not None
    older = path.read_bytes()
    desk.firms.edit(key, {"town": "义井镇"})
    desk.workspace.close()
    path.write_bytes(older)
    desk.workspace = store.open_for_writing(desk.workspace.folder)
    made = reminder.begin(desk, window, window.announce, lambda: runs)
    assert made.line is not None
    assert made.line.words.text() == reminder.sentence(0, 0, 1)
    desk.firms.edit(key, {"town": "荫营镇"})
    made.look_anew()
    assert made.line is None
