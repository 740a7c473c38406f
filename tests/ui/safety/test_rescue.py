"""A damaged workspace on start: what is offered, what each way does, and that nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.catalogue import query
from desktop.catalogue.store import open_catalogue
from desktop.ui.frame import app
from desktop.ui.safety import rescue as rescuing
from desktop.ui.safety.rescue import LeaveError
from desktop.ui.safety.rescue_dialog import RescueDialog, Way, missing_words
from desktop.workspace.file import backup, store
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.safety import rescue


@pytest.fixture
def catalogue(qapp):
    db = open_catalogue()
    yield query.load(db)
    db.close()


@pytest.fixture
def key(catalogue) -> ItemKey:
    unit = catalogue.find_unit("区财政局").key
    return ItemKey(unit, catalogue.measures_of(unit)[0].key)


@pytest.fixture
def damaged(folder, key) -> Path:
    """Return a workspace with a good backup, one edit after it, and a file cut short."""
    desk, _ = app.open_desk(folder)
    desk.edit(key, {"owner": "张三", "progress": "进展" * 3000})
    backup.save(desk.workspace.db, folder, backup.START)
    desk.edit(key, {"owner": "李四"})
    desk.close()
    file = folder / store.DATABASE
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 4096 * 4096 - 3 * 4096])
    return folder


class Chooser:
    """Answers the dialogs one after the other and remembers what they said."""

    def __init__(self, *answers) -> None:
        self._answers = list(answers)
        self.said: list[str] = []

    def __call__(self, dialog: RescueDialog) -> None:
        self.said.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        self._answers.pop(0)(dialog)


def press(name):
    return lambda dialog: getattr(dialog, name).click()


def test_the_newest_good_backup_is_restored_and_the_damaged_file_kept(damaged, catalogue, key):
    bytes_before = (damaged / store.DATABASE).read_bytes()
    choose = Chooser(press("offered_button"))
    workspace, why, told = rescuing.opened(damaged, catalogue, choose)
    try:
        assert why == ""
        assert not workspace.read_only
        owner = workspace.db.execute("SELECT owner FROM entries").fetchone()
        assert owner == ("张三",)
    finally:
        workspace.close()
    assert "已恢复" in told
    (kept,) = (damaged / "damaged").glob("*/workspace.db")
    assert kept.read_bytes() == bytes_before
    assert "工作库文件已损坏" in choose.said[0]
    assert "最近的完好备份" in choose.said[0]


def test_leaving_changes_nothing(damaged, catalogue):
    before = {path: path.read_bytes() for path in damaged.rglob("*") if path.is_file()}
    with pytest.raises(LeaveError):
        rescuing.opened(damaged, catalogue, Chooser(press("leave_button")))
    after = {path: path.read_bytes() for path in damaged.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before} == before


def test_measures_can_be_read_without_a_workspace(damaged, catalogue):
    before = (damaged / store.DATABASE).read_bytes()
    workspace, why, told = rescuing.opened(damaged, catalogue, Chooser(press("read_button")))
    with workspace:
        assert workspace.read_only
        assert workspace.db.execute("SELECT count(*) FROM entries").fetchone() == (0,)
    assert "没有打开" in why
    assert told == ""
    assert (damaged / store.DATABASE).read_bytes() == before


def test_another_backup_is_restored(damaged, catalogue, tmp_path):
    (good,) = backup.every(damaged)
    elsewhere = tmp_path / "U盘备份.db"
    elsewhere.write_bytes(good.path.read_bytes())
    choose = Chooser(lambda dialog: dialog.choose_file(elsewhere))
    workspace, why, told = rescuing.opened(damaged, catalogue, choose)
    workspace.close()
    assert why == ""
    assert "U盘备份.db" in told


def test_a_file_that_cannot_be_restored_is_told_and_one_chooses_again(damaged, catalogue, tmp_path):
    nothing = tmp_path / "不是备份.db"
    nothing.write_bytes(b"something else")
    choose = Chooser(lambda dialog: dialog.choose_file(nothing), press("offered_button"))
    workspace, _why, told = rescuing.opened(damaged, catalogue, choose)
    workspace.close()
    assert "不是完整的工作库备份" in choose.said[1]
    assert "已恢复" in told


def test_without_any_backup_one_may_begin_anew(damaged, catalogue):
    for file in backup.every(damaged):
        file.path.unlink()
    choose = Chooser(press("empty_button"))
    workspace, why, told = rescuing.opened(damaged, catalogue, choose)
    with workspace:
        assert not workspace.read_only
        assert workspace.db.execute("SELECT count(*) FROM entries").fetchone() == (0,)
    assert why == ""
    assert "damaged" in told
    assert "没有找到完好的备份" in choose.said[0]


def test_a_whole_workspace_asks_nothing(folder, catalogue):
    workspace, why, told = rescuing.opened(folder, catalogue, Chooser())
    workspace.close()
    assert (why, told) == ("", "")


def test_a_workspace_that_another_program_holds_is_read_without_a_question(folder, catalogue):
    with store.open_for_writing(folder):
        workspace, why, _told = rescuing.opened(folder, catalogue, Chooser())
        with workspace:
            assert workspace.read_only
        assert "已在另一个程序中打开" in why


def test_what_would_be_missing_is_listed_newest_first(catalogue, key):
    changes = [
        Change(1, "2026-11-20T09:00:00+08:00", "张三", "录入", key, "owner", "", "李四"),
        Change(2, "2026-11-21T10:30:00+08:00", "王五", "录入", key, "deadline", "", "2026-01-01/2026-03-31"),
        Change(3, "2026-11-22T10:30:00+08:00", "王五", "录入", ItemKey("?", "?"), "deadline", "", "坏的值"),
    ]
    lines = missing_words(changes, catalogue).splitlines()
    assert lines[0].endswith("→ 坏的值")
    assert lines[1] == (
        f"2026-11-21 10:30  王五  区财政局第{catalogue.measure(key.measure_key).number}条"
        "  完成时限：（空） → 2026-01-01至2026-03-31"
    )
    assert lines[2].endswith("责任人：（空） → 李四")


def test_closing_the_dialog_is_leaving(qtbot, damaged, catalogue):
    dialog = RescueDialog(rescue.offer(damaged), catalogue)
    qtbot.addWidget(dialog)
    dialog.close()
    assert dialog.way is Way.LEAVE
