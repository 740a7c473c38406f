"""备份与恢复 in the window: made, listed, checked, taken along, gone back to."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.frame.window import Window
from desktop.ui.history import steps
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.safety import backup_table
from desktop.ui.safety.backup_dialog import BackupDialog
from desktop.ui.safety.backup_table import BackupList
from desktop.ui.safety.restoring import RestoreDialog
from desktop.workspace.file import backup, packed
from desktop.workspace.history.steps import Kind
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import round_changes, rounds

LONG_MS = 20_000


@pytest.fixture
def key(desk) -> ItemKey:
    unit = desk.catalogue.find_unit("区财政局").key
    return ItemKey(unit, desk.catalogue.measures_of(unit)[0].key)


def listed(qtbot, desk, parent):
    """Open the dialog and wait until it says what the backups hold."""
    dialog = BackupDialog(desk, parent)
    if backup.every(desk.workspace.folder):
        qtbot.waitSignal(dialog.listed, timeout=LONG_MS).wait()
    dialog.show()
    return dialog


def column(dialog, number):
    return [dialog.model.index(row, number).data() for row in range(dialog.model.rowCount())]


def asked(qtbot, dialog, file):
    """Ask for a file to be restored and return the question."""
    with qtbot.waitSignal(dialog.restore_run.considered, timeout=LONG_MS) as told:
        dialog.restore_run.ask(file)
    return told.args[0]


def restore(qtbot, dialog, file):
    question = asked(qtbot, dialog, file)
    with qtbot.waitSignal(dialog.restore_run.restored, timeout=LONG_MS) as told:
        question.ok_button.click()
    return told.args[0]


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_without_backups_a_card_says_so_and_makes_the_first(qtbot, desk, window):
    dialog = listed(qtbot, desk, window)
    assert "还没有备份" in words(dialog.empty)
    assert dialog.empty.isVisible()
    assert not dialog.view.isVisible()
    assert not dialog.restore_button.isEnabled()
    assert "没有填报内容" in words(dialog)
    (button,) = dialog.empty.findChildren(QPushButton)
    with qtbot.waitSignal(dialog.listed, timeout=LONG_MS):
        button.click()
    assert dialog.view.isVisible()
    assert len(backup.every(desk.workspace.folder)) == 1


def test_a_backup_is_made_listed_and_checked(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三", "progress": "一"})
    dialog = listed(qtbot, desk, window)
    with qtbot.waitSignal(dialog.listed, timeout=LONG_MS):
        dialog.save_button.click()
    (file,) = backup.every(desk.workspace.folder)
    assert column(dialog, backup_table.AT) == [f"{file.at:%Y-%m-%d %H:%M}"]
    assert column(dialog, backup_table.REASON) == ["手动"]
    assert column(dialog, backup_table.HOLDS) == ["1项有填报，2次改动"]
    assert column(dialog, backup_table.STATE) == [""]
    with qtbot.waitSignal(dialog.listed, timeout=LONG_MS):
        dialog.check_button.click()
    assert column(dialog, backup_table.STATE) == ["完好"]


def test_a_damaged_backup_is_marked_and_not_offered(qtbot, desk, window, key):
    desk.edit(key, {"progress": "很长" * 4000})
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.START)
    data = file.path.read_bytes()
    file.path.write_bytes(data[: len(data) // 2])
    dialog = listed(qtbot, desk, window)
    assert column(dialog, backup_table.HOLDS) == ["读不出来"]
    assert column(dialog, backup_table.STATE) == ["损坏"]
    assert not dialog.restore_button.isEnabled()


def test_a_package_is_written_where_it_was_asked_for(qtbot, desk, window, key, tmp_path):
    desk.edit(key, {"owner": "张三"})
    dialog = listed(qtbot, desk, window)
    target = tmp_path / "U盘" / "备份.zip"
    with qtbot.waitSignal(dialog._saving.done, timeout=LONG_MS):
        dialog.save_to(target)
    assert "workspace.db" in zipfile.ZipFile(target).namelist()
    assert str(target) in dialog.told.text()


def test_the_question_says_what_comes_and_what_goes(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    desk.edit(key, {"owner": "李四"})
    desk.edit(key, {"progress": "新"})
    question = asked(qtbot, listed(qtbot, desk, window), file.path)
    told = "\n".join(words(question))
    assert "1项有填报，1次改动" in told
    assert "1项有填报，3次改动" in told
    assert "有 2 次改动是备份中没有的" in question.loses.text()
    question.reject()
    assert desk.item(key).entry.owner == "李四"
    assert [one.reason for one in backup.every(desk.workspace.folder)] == [backup.BY_HAND]


def test_the_question_says_what_goes_of_the_rounds(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    made = rounds.new(desk.workspace.db, desk.catalogue, "一轮", desk.today(), by="张三", at=desk.now())
    round_changes.close(desk.workspace.db, made.key, by="张三", at=desk.now())
    question = asked(qtbot, listed(qtbot, desk, window), file.path)
    assert question.loses.text() == (
        "备份以后，填报轮次又有 2 次新建、发出或改动：恢复后不在工作库中，那时发出的工作簿交回来就认不出了。"
    )
    assert question.loses.property("warn")


def test_going_back_shows_the_former_state_on_every_page(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    desk.set_setting("near_days", "7")
    desk.set_setting("user_name", "旧人")
    desk.set_note(key.measure_key, "旧批注")
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    desk.edit(key, {"owner": "李四"})
    desk.set_setting("near_days", "30")
    desk.set_setting("user_name", "新人")
    desk.set_note(key.measure_key, "新批注")
    window.open_measure(key.measure_key)
    window.open_unit(key.unit_key, key.measure_key)
    page = window.checklist
    page.head.history_button.click()
    assert page.model.item(0).entry.owner == "李四"
    told = restore(qtbot, listed(qtbot, desk, window), file.path)
    assert page.model.item(0).entry.owner == "张三"
    assert page.history.model.rowCount() == 1
    assert "7 天内到期" in page.legend.text()
    assert window.browse.reader.note.toPlainText() == "旧批注"
    assert any("使用人：旧人" in text for text in words(window.status))
    assert not steps.can_undo(desk, Kind.ITEMS)
    assert "已恢复" in told
    reasons = [one.reason for one in backup.every(desk.workspace.folder)]
    assert reasons == [backup.RESTORED, backup.RESTORE, backup.BY_HAND]


def test_what_was_given_up_can_be_brought_back(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    desk.edit(key, {"owner": "李四"})
    dialog = listed(qtbot, desk, window)
    restore(qtbot, dialog, file.path)
    kept = next(one for one in backup.every(desk.workspace.folder) if one.reason == backup.RESTORE)
    restore(qtbot, dialog, kept.path)
    assert desk.item(key).entry.owner == "李四"


def test_after_going_back_one_can_go_on_writing_and_undo(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    file = backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    desk.edit(key, {"owner": "李四"})
    restore(qtbot, listed(qtbot, desk, window), file.path)
    assert desk.edit(key, {"owner": "王五"})
    assert steps.undo_last(desk, Kind.ITEMS)
    assert desk.item(key).entry.owner == "张三"


def test_a_file_that_is_no_backup_changes_nothing_and_says_so(qtbot, desk, window, key, tmp_path):
    desk.edit(key, {"owner": "张三"})
    other = tmp_path / "说明.zip"
    other.write_bytes(b"PK but no more")
    dialog = listed(qtbot, desk, window)
    with qtbot.waitSignal(dialog.restore_run._considering.missed, timeout=LONG_MS):
        dialog.restore_run.ask(other)
    assert dialog.findChild(RestoreDialog) is None
    assert any(
        "不是完整的工作库备份" in text for each in dialog.findChildren(QDialog) for text in words(each)
    )
    assert desk.item(key).entry.owner == "张三"


def test_a_read_only_window_lists_and_takes_along_but_does_not_restore(qtbot, desk, window, folder, key):
    desk.edit(key, {"owner": "张三"})
    backup.save(desk.workspace.db, folder, backup.BY_HAND)
    second, _why = app.open_desk(folder)
    try:
        other = Window(second)
        qtbot.addWidget(other)
        dialog = listed(qtbot, second, other)
        assert len(dialog.model.files) == 1
        assert not dialog.save_button.isEnabled()
        assert not dialog.restore_button.isEnabled()
        assert not dialog.restore_from_button.isEnabled()
        assert dialog.save_to_button.isEnabled()
        other.close()
    finally:
        second.close()


def test_the_settings_lead_there_and_keep_what_was_changed(qtbot, desk, window):
    window.dialogs.show_settings()
    settings = window.findChild(SettingsDialog)
    settings.user.setText("张三")
    settings.backups_button.click()
    assert desk.user_name == "张三"
    assert window.findChild(BackupDialog) is not None


def test_the_model_keeps_qts_rules(qtmodeltester, desk, key):
    desk.edit(key, {"owner": "张三"})
    files = [backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND) for _ in range(2)]
    model = BackupList()
    model.show(files)
    model.tell({files[0].path: ("1项", "")}, {files[0].path: "完好"})
    qtmodeltester.check(model, force_py=False)


# ---- on start


def started(qtbot, window):
    run = app.start_backup(window)
    with qtbot.waitSignal(run.ended, timeout=LONG_MS) as told:
        run.begin()
    return told.args[0]


def test_a_backup_is_made_on_start_when_something_changed(qtbot, desk, window, key):
    desk.edit(key, {"owner": "张三"})
    made = started(qtbot, window)
    assert made.reason == backup.START
    with packed.opened(made.path) as saved:
        assert saved.execute("SELECT owner FROM entries").fetchone() == ("张三",)
    assert started(qtbot, window) is None
    desk.remember_place({"page": "browse"})
    assert started(qtbot, window) is None
    desk.edit(key, {"owner": "李四"})
    assert started(qtbot, window) is not None


def test_a_backup_that_cannot_be_made_is_told_and_everything_goes_on(qtbot, desk: Desk, window, key):
    desk.edit(key, {"owner": "张三"})
    (desk.workspace.folder / backup.FOLDER).write_bytes(b"a file in the way")
    assert started(qtbot, window) is None
    strip = window.findChild(MessageLine)
    assert "自动备份没有完成" in strip.words.text()
    strip.button("备份与恢复").click()
    assert window.findChild(BackupDialog) is not None
    assert desk.edit(key, {"owner": "李四"})
    strip.close_button.click()
    assert not strip.isVisible()
