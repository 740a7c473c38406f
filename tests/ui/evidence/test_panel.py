"""佐证材料 in the window: attached, seen, opened elsewhere, removed, missing, altered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.ui.checklist import columns
from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.evidence import file_table
from desktop.ui.evidence.file_table import EvidenceModel
from desktop.ui.frame import app
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.standing import by_item
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen


@pytest.fixture
def papers(tmp_path) -> dict[str, Path]:
    """Return files to attach, by name."""
    found = {}
    for name, content in (("凭证.pdf", b"%PDF-1.7 a"), ("照片.png", b"\x89PNG b"), ("台账.xlsx", b"PK c")):
        found[name] = tmp_path / name
        found[name].write_bytes(content)
    return found


def attach(qtbot, page, row, *paths):
    with qtbot.waitSignal(page.evidence.run.ended, timeout=20_000) as told:
        page.attach(page.model.item(row).key, paths)
    return told.args[0]


def cell(page, row):
    return page.model.index(row, columns.EVIDENCE).data()


def shown(page, column=file_table.NAME):
    model = page.evidence.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def told(page):
    """Return what the dialogs of the page say."""
    dialogs = page.findChildren(QDialog)
    return [label.text() for each in dialogs for label in each.findChildren(QLabel)]


def stored(page, desk, row, name):
    one = next(
        one for one in attached.of_item(desk.workspace.db, page.model.item(row).key) if one.name == name
    )
    path = one.path(desk.workspace.folder)
    path.chmod(0o644)
    return path


def test_attached_files_stand_in_the_cell_and_in_the_panel(qtbot, desk, page, papers):
    done = attach(qtbot, page, 1, papers["凭证.pdf"], papers["照片.png"])
    assert (done.count, done.problems) == (2, ())
    assert cell(page, 1) == "2 份：凭证.pdf、照片.png"
    assert page.evidence.isVisible()
    assert shown(page) == ["凭证.pdf", "照片.png"]
    assert shown(page, file_table.STATE) == ["完好", "完好"]
    assert shown(page, file_table.BY) == [desk.user_name] * 2
    assert shown(page, file_table.SIZE) == ["10 B", "6 B"]
    assert papers["凭证.pdf"].read_bytes() == stored(page, desk, 1, "凭证.pdf").read_bytes()


def test_what_cannot_be_attached_is_told_and_the_rest_is_attached(qtbot, page, papers, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.touch()
    done = attach(qtbot, page, 0, empty, papers["凭证.pdf"], tmp_path / "没有.pdf")
    assert (done.count, len(done.problems)) == (1, 2)
    assert cell(page, 0) == "1 份：凭证.pdf"
    words = [label.text() for each in page.findChildren(QDialog) for label in each.findChildren(QLabel)]
    assert any("空.pdf" in text and "没有.pdf" in text for text in words)


def test_many_files_are_named_as_far_as_the_cell_can_hold_them(qtbot, page, tmp_path):
    paths = []
    for number in range(5):
        paths.append(tmp_path / f"材料{number}.pdf")
        paths[-1].write_bytes(bytes([number + 1]))
    attach(qtbot, page, 0, *paths)
    assert cell(page, 0).startswith("5 份：材料0.pdf、材料1.pdf、材料2.pdf、……")


def test_a_file_is_taken_off_and_that_is_taken_back(qtbot, desk, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"], papers["照片.png"])
    page.evidence.view.selectRow(1)
    page.evidence.remove_button.click()
    assert shown(page) == ["凭证.pdf"]
    assert cell(page, 0) == "1 份：凭证.pdf"
    assert "已移除“照片.png”" in page.message.words.text()
    page.message.button("撤销").click()
    assert shown(page) == ["凭证.pdf", "照片.png"]
    sources = [change.source for change in search.page(desk.workspace.db, Scope.item(page.model.item(0).key))]
    assert sources == ["撤销", "录入", "录入", "录入"]


def test_attaching_is_taken_back_with_the_undo_of_the_page(qtbot, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    assert page.head.undo_button.isEnabled()
    page.head.undo_button.click()
    assert cell(page, 0) == ""
    assert not page.evidence.model.rowCount()


def test_the_history_names_the_files(qtbot, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    page.head.history_button.click()
    assert not page.evidence.isVisible()
    row = [page.history.model.index(0, column).data() for column in range(7)]
    assert row[4:] == ["佐证材料", "（未附）", "凭证.pdf"]


def test_a_missing_file_is_seen_in_the_table_without_opening_anything(qtbot, desk, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"], papers["照片.png"])
    stored(page, desk, 0, "凭证.pdf").unlink()
    page.model.refresh()
    assert cell(page, 0) == "2 份：凭证.pdf、照片.png（缺失 1 份）"
    page.evidence.refresh()
    assert shown(page, file_table.STATE) == ["缺失", "完好"]
    page.evidence.view.selectRow(0)
    assert not page.evidence.open_button.isEnabled()
    assert not page.evidence.save_button.isEnabled()
    assert page.evidence.remove_button.isEnabled()


def test_an_altered_file_is_seen_in_the_table(qtbot, desk, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    stored(page, desk, 0, "凭证.pdf").write_bytes(b"%PDF-1.7 quite another")
    page.model.refresh()
    assert "改动 1 份" in cell(page, 0)
    assert "内容已改动" in page.model.index(0, columns.EVIDENCE).data(Qt.ItemDataRole.ToolTipRole)


def test_what_only_reading_can_find_stays_marked_after_the_check(qtbot, desk, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    path = stored(page, desk, 0, "凭证.pdf")
    before = path.stat()
    path.write_bytes(b"%PDF-1.7 b")  # as long as before, and then as old
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    page.model.refresh()
    assert cell(page, 0) == "1 份：凭证.pdf"
    with qtbot.waitSignal(page.verbs.check_run.checked) as told:
        lines = {line.text(): line for line in page.head.more_menu.actions()}
        lines["核对全部佐证材料"].trigger()
    assert told.args == ["已逐字节核对 1 份佐证材料：1 份内容已改动：凭证.pdf。"]
    assert "改动 1 份" in cell(page, 0)
    page.model.refresh()
    assert "改动 1 份" in cell(page, 0)
    path.write_bytes(b"%PDF-1.7 a")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with qtbot.waitSignal(page.evidence.check_run.checked) as told:
        page.evidence.check_button.click()
    assert "全部完好" in told.args[0]
    assert cell(page, 0) == "1 份：凭证.pdf"


def test_a_file_is_saved_elsewhere_byte_by_byte(qtbot, page, papers, tmp_path):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    target = tmp_path / "别处" / "另存.pdf"
    page.evidence.save(page.evidence.model.file(0), target)
    assert target.read_bytes() == papers["凭证.pdf"].read_bytes()
    assert "另存.pdf" in page.message.words.text()


def test_saving_what_is_gone_says_so_and_leaves_the_target(qtbot, desk, page, papers, tmp_path):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    one = page.evidence.model.file(0)
    stored(page, desk, 0, "凭证.pdf").unlink()
    target = tmp_path / "原有.pdf"
    target.write_bytes(b"mine")
    page.evidence.save(one, target)
    assert target.read_bytes() == b"mine"
    assert any(each.isVisible() for each in page.evidence.findChildren(QDialog))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_panel_is_reached_from_the_cell_by_keyboard_and_left_with_escape(qtbot, page, papers, key):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    page.head.evidence_button.setChecked(False)
    assert not page.evidence.isVisible()
    page.table.setCurrentIndex(page.model.index(0, columns.EVIDENCE))
    QTest.keyClick(page.table, key)
    assert page.evidence.isVisible()
    assert (
        page.focusWidget() is page.evidence.view
    )  # also where no window manager makes the page active again
    QTest.keyClick(page.evidence.view, Qt.Key.Key_Delete)
    assert cell(page, 0) == ""
    QTest.keyClick(page.evidence, Qt.Key.Key_Escape)
    assert not page.evidence.isVisible()
    assert not page.head.evidence_button.isChecked()


def test_one_panel_is_open_at_a_time(page):
    QTest.keyClick(page.table, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert page.evidence.isVisible()
    assert page.head.evidence_button.isChecked()
    page.head.history_button.click()
    assert page.history.isVisible()
    assert not page.evidence.isVisible()
    assert not page.head.evidence_button.isChecked()
    page.head.history_button.click()
    assert not page.panels.isVisible()


def test_the_panel_follows_the_row(qtbot, page, papers):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    attach(qtbot, page, 1, papers["照片.png"])
    page.table.setCurrentIndex(page.model.index(0, columns.OWNER))
    assert shown(page) == ["凭证.pdf"]
    page.table.setCurrentIndex(page.model.index(1, columns.OWNER))
    assert shown(page) == ["照片.png"]


# ---- drag and drop


def mime(*paths):
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def drag(widget, kind, data, spot):
    event = kind(
        QPoint(spot) if kind is not QDropEvent else QPointF(spot),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def row_spot(page, row):
    return page.table.visualRect(page.model.index(row, columns.TITLE)).center()


def test_files_dropped_on_a_row_are_attached_to_it(qtbot, page, papers):
    data, spot = mime(papers["凭证.pdf"], papers["台账.xlsx"]), row_spot(page, 2)
    viewport = page.table.viewport()
    assert drag(viewport, QDragEnterEvent, data, spot)
    assert drag(viewport, QDragMoveEvent, data, spot)
    assert page.table.delegate.drop_row == 2
    with qtbot.waitSignal(page.evidence.run.ended, timeout=20_000):
        assert drag(viewport, QDropEvent, data, spot)
    assert page.table.delegate.drop_row == -1
    assert cell(page, 2) == "2 份：凭证.pdf、台账.xlsx"
    assert page.table.currentIndex().row() == 2


def test_workbooks_dropped_on_the_table_are_left_to_the_window(page, papers, tmp_path):
    for data in (mime(papers["台账.xlsx"]), mime(tmp_path)):
        assert not drag(page.table.viewport(), QDragEnterEvent, data, row_spot(page, 0))
        assert not drag(page.table.viewport(), QDropEvent, data, row_spot(page, 0))
    assert cell(page, 0) == ""


def test_a_drop_below_the_rows_attaches_nothing(page, papers):
    page.show_unit(page.units.model.rows[-1].key)
    spot = QPoint(30, page.table.viewport().height() - 3)
    if page.table.rowAt(spot.y()) >= 0:
        pytest.fail("the list is too long for this test")
    assert not drag(page.table.viewport(), QDragMoveEvent, mime(papers["凭证.pdf"]), spot)
    assert not drag(page.table.viewport(), QDropEvent, mime(papers["凭证.pdf"]), spot)


def test_anything_dropped_on_the_panel_is_evidence(qtbot, page, papers):
    page.head.evidence_button.click()
    data = mime(papers["台账.xlsx"])
    assert drag(page.evidence, QDragEnterEvent, data, QPoint(20, 60))
    with qtbot.waitSignal(page.evidence.run.ended, timeout=20_000):
        assert drag(page.evidence, QDropEvent, data, QPoint(20, 60))
    assert cell(page, 0) == "1 份：台账.xlsx"


def test_what_is_no_file_of_this_machine_is_not_taken(page):
    data = QMimeData()
    data.setText("凭证.pdf")
    assert not drag(page.table.viewport(), QDragEnterEvent, data, row_spot(page, 0))
    far = QMimeData()
    far.setUrls([QUrl("https://example.cn/凭证.pdf")])
    assert not drag(page.table.viewport(), QDragEnterEvent, far, row_spot(page, 0))


# ---- exported, read-only, small things


@pytest.mark.parametrize("each", [False, True])
def test_files_go_along_with_the_workbooks_when_that_is_chosen(qtbot, desk, page, papers, tmp_path, each):
    attach(qtbot, page, 1, papers["凭证.pdf"])
    number = page.model.item(1).number
    page.head.export_menu.with_evidence.trigger()
    target = tmp_path / "导出" if each else tmp_path / "导出" / "清单.xlsx"
    with qtbot.waitSignal(page.export_run.ended, timeout=60_000) as told:
        if each:
            page.export_run.write_each(target)
        else:
            page.export_run.write_unit(page.unit, target)
    assert told.args[0]
    copied = tmp_path / "导出" / "佐证材料" / "区财政局" / f"第{number}条-凭证.pdf"
    assert copied.read_bytes() == papers["凭证.pdf"].read_bytes()
    assert desk.setting("ui.export_evidence") == "1"


def test_files_stay_behind_unless_asked_for(qtbot, page, papers, tmp_path):
    attach(qtbot, page, 1, papers["凭证.pdf"])
    with qtbot.waitSignal(page.export_run.ended, timeout=60_000):
        page.export_run.write_unit(page.unit, tmp_path / "导出" / "清单.xlsx")
    assert [path.name for path in (tmp_path / "导出").iterdir()] == ["清单.xlsx"]


def test_missing_files_are_named_when_the_rest_is_exported(qtbot, desk, page, papers, tmp_path):
    attach(qtbot, page, 1, papers["凭证.pdf"], papers["照片.png"])
    stored(page, desk, 1, "照片.png").unlink()
    page.export_run.with_evidence = True
    with qtbot.waitSignal(page.export_run.ended, timeout=60_000):
        page.export_run.write_unit(page.unit, tmp_path / "清单.xlsx")
    labels = [label.text() for each in page.findChildren(QDialog) for label in each.findChildren(QLabel)]
    assert any("已导出佐证材料1份" in text and "照片.png" in text for text in labels)


def test_a_read_only_window_shows_files_and_attaches_none(qtbot, desk, page, papers, folder):
    attach(qtbot, page, 0, papers["凭证.pdf"])
    second, _why = app.open_desk(folder)
    try:
        other = ChecklistPage(second)
        qtbot.addWidget(other)
        other.resize(1294, 650)
        other.show()
        other.show_unit(page.unit_key)
        other.head.evidence_button.click()
        assert cell(other, 0) == "1 份：凭证.pdf"
        assert not other.evidence.add_button.isEnabled()
        assert not other.evidence.remove_button.isEnabled()
        assert other.evidence.open_button.isEnabled()
        assert not drag(other.table.viewport(), QDragEnterEvent, mime(papers["照片.png"]), row_spot(other, 0))
        other.evidence.attach(other.model.item(0).key, (papers["照片.png"],))
        assert cell(other, 0) == "1 份：凭证.pdf"
        other.close()
    finally:
        second.close()


def test_the_model_keeps_qts_rules(qtmodeltester, desk, page, papers):
    key = page.model.item(0).key
    for path in papers.values():
        attached.add(
            desk.workspace.db, desk.workspace.folder, desk.catalogue, key, path, by="张三", at=desk.now()
        )
    model = EvidenceModel()
    model.show(by_item(desk.workspace.folder, attached.of_item(desk.workspace.db, key))[key])
    assert model.rowCount() == 3
    assert model.standing.faulty(State.MISSING) == ()
    qtmodeltester.check(model, force_py=False)
