"""发文包 in the real window: written, read, looked at, taken in; the pages follow."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from desktop.library import folders, packs, versions
from desktop.ui.checklist import columns
from desktop.ui.frame.rail import CHECKLIST, LIBRARY
from desktop.ui.library.pack_dialogs import PackExportDialog, PackImportDialog
from desktop.ui.library.pack_runs import PackRuns
from desktop.ui.library.version_dialog import VersionDialog
from tests.library import noticed
from tests.library.noticed import AMENDED, KEY, MEASURES

AT = datetime(2030, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def there(tmp_path):
    """Return another desk's workspace, which has an invented notice."""
    noticed.put(folders.root(tmp_path / "there") / KEY, MEASURES)
    return tmp_path / "there"


@pytest.fixture
def shown(own_window):
    own_window.show_page(LIBRARY)
    return own_window


def packed(there):
    packs.export(there, there.parent / "发文.fwb", by="张三", at=AT)
    return there.parent / "发文.fwb"


def amend(there):
    old = folders.root(there) / KEY
    new = noticed.put(there / "new" / KEY, AMENDED)
    versions.amend(old, new, KEY, date(2030, 9, 1))
    shutil.rmtree(old)
    new.rename(old)


def runs(window):
    return window.findChild(PackRuns)


def looked_at(qtbot, window, pack):
    """Return the dialog that shows what a pack would change."""
    runs(window).read(pack)
    qtbot.waitUntil(lambda: window.findChild(PackImportDialog) is not None)
    return window.findChild(PackImportDialog)


def said(window):
    """Return all that is said in dialogs of the window."""
    return "\n".join(
        label.text() for dialog in window.findChildren(QDialog) for label in dialog.findChildren(QLabel)
    )


def accept(qtbot, window, dialog):
    dialog.accept()
    qtbot.waitUntil(lambda: not runs(window).running)
    qtbot.waitUntil(lambda: window.findChild(PackImportDialog) is None)


def test_a_pack_is_shown_and_taken_in(qtbot, shown, there):
    dialog = looked_at(qtbot, shown, packed(there))
    assert dialog.told.text() == "新增 4 条"
    text = dialog.text.toPlainText()
    assert text.startswith(
        "某县政发〔2030〕2号　新增 4 条\n某县促进企业发展若干措施\n新增　第1条　缓缴社会保险费"
    )
    accept(qtbot, shown, dialog)
    page = shown.library
    assert page.model.row_of(KEY) >= 0
    assert "已导入发文包：新增 4 条。" in page.message.words.text()
    assert KEY in {notice.key for notice in shown.desk.catalogue.notices}


def test_an_amended_one_is_shown_word_by_word_and_what_would_be_lost_first(qtbot, shown, there):
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    desk = shown.desk
    unit = desk.catalogue.find_unit("县住建局")
    item = next(each for each in desk.items(unit.key) if each.key.measure_key.startswith(KEY))
    assert desk.edit(item.key, {"owner": "李四"})
    amend(there)
    dialog = looked_at(qtbot, shown, packed(there))
    assert dialog.told.text() == "新增 1 条，修改 1 条，废止 1 条"
    lines = dialog.text.toPlainText().split("\n")
    assert lines[0].startswith("1 项填报内容不再有对应的措施")
    assert lines[1] == "县住建局　第2条　减免房屋租金"
    assert any("缓缴社会保险费六十二个月" in line for line in lines)
    assert dialog.focusWidget().text() == "取消"  # where something would be lost, Enter loses nothing
    dialog.reject()
    qtbot.waitUntil(lambda: shown.findChild(PackImportDialog) is None)
    assert not (folders.root(desk.workspace.folder) / KEY / "versions").exists()
    again = looked_at(qtbot, shown, packed(there))
    accept(qtbot, shown, again)
    assert (folders.root(desk.workspace.folder) / KEY / "versions" / "2030-03").is_dir()


def test_nothing_new_is_said(qtbot, shown, there):
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    runs(shown).read(packed(there))
    qtbot.waitUntil(lambda: "没有需要改动的" in said(shown))


def test_a_broken_pack_is_refused_in_words(qtbot, shown, there):
    pack = packed(there)
    pack.write_bytes(pack.read_bytes()[:-30])
    runs(shown).read(pack)
    qtbot.waitUntil(lambda: "不完整或已损坏" in said(shown))
    assert shown.findChild(PackImportDialog) is None


def test_a_pack_is_written_of_the_ticked_notices(qtbot, shown, there, tmp_path):
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    page = shown.library
    page.choose(KEY)
    page.export_button.click()
    dialog = shown.findChild(PackExportDialog)
    assert dialog.keys == (KEY,)
    assert dialog.path.name.startswith("某县政发〔2030〕2号-")
    dialog.notices.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok_button.isEnabled()
    dialog.notices.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.go_to(tmp_path / "out.fwb")
    dialog.accept()
    qtbot.waitUntil(lambda: not runs(shown).running)
    assert packs.read_pack(tmp_path / "out.fwb").notices[0].key == KEY
    assert "已导出 1 份发文" in page.message.words.text()


def test_there_is_nothing_to_export(qtbot, shown):
    shown.library.export_button.click()
    assert shown.findChild(PackExportDialog) is None
    assert "没有可导出的内容" in said(shown)


def test_a_file_is_asked_for(qtbot, shown):
    shown.library.import_button.click()
    dialog = shown.findChild(QFileDialog)
    assert "*.fwb" in dialog.nameFilters()[0]
    dialog.reject()


def test_the_checklist_says_how_an_amended_measure_was_worded(qtbot, shown, there):
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    desk = shown.desk
    unit = desk.catalogue.find_unit("县人社局")
    item = next(each for each in desk.items(unit.key) if each.key.measure_key.startswith(KEY))
    assert desk.edit(item.key, {"owner": "李四"})
    amend(there)
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    shown.show_page(CHECKLIST)
    model = shown.checklist.model
    shown.checklist.show_unit(unit.key)
    tips = [
        str(model.index(row, columns.TITLE).data(Qt.ItemDataRole.ToolTipRole))
        for row in range(model.rowCount())
    ]
    assert sum("填写时的原文（2030-03 版）：1.缓缴社会保险费。" in tip for tip in tips) == 1


def test_the_older_version_can_be_read(qtbot, shown, there):
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    amend(there)
    accept(qtbot, shown, looked_at(qtbot, shown, packed(there)))
    page = shown.library
    page.choose(KEY)
    (button,) = [each for each in page.card.findChildren(QPushButton) if each.text() == "2030-03 版"]
    button.click()
    dialog = shown.findChild(VersionDialog)
    lines = dialog.text.toPlainText().split("\n")
    assert lines[0] == "一、加大支持"
    assert lines[1].startswith("现已修改　1.缓缴社会保险费。")
    assert lines[2].startswith("现已废止　2.减免房屋租金。")
    assert lines[3].startswith("3.支持首次贷款。")
    (version,) = versions.versions(folders.root(shown.desk.workspace.folder) / KEY)
    (version.folder / "structure.json").write_text("{}", "utf-8")
    assert page.card.show_version(version) is None
    assert "结构文件" in said(shown)


def test_a_pack_dropped_on_the_window_is_shown(qtbot, shown, there):
    shown.show_page(CHECKLIST)
    shown.drop_sheet.dropped.emit((packed(there),))
    qtbot.waitUntil(lambda: shown.findChild(PackImportDialog) is not None)
    assert shown.library.isVisible()
