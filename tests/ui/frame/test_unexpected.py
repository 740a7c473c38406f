"""A mistake in a slot, a paint, a thread: told once with a report, what was typed saved, and on it goes."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from desktop import logs, paths
from desktop.errors import KnownError
from desktop.ui.frame.bug_dialog import NOT_SAVED, SAVED, BugDialog
from desktop.ui.frame.unexpected import AGAIN, MOST, Unexpected
from desktop.ui.kit.jobs import Job, JobRun
from desktop.ui.kit.message_line import MessageLine
from desktop.workspace.items import checklist, notes

NAME, PHONE = "欧阳某某", "13912345678"


@pytest.fixture
def unexpected(window, folder, monkeypatch) -> Iterator[Unexpected]:
    """What nobody catches, taken as in the program itself; no dialog is left open."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.stop()  # of a test before, in the same process
    made = Unexpected(window, folder)
    made.watch()
    yield made
    logs.stop()
    for dialog in dialogs():
        dialog.close()


def dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def the_dialog(qtbot) -> BugDialog:
    qtbot.waitUntil(lambda: dialogs() != [])
    (dialog,) = dialogs()
    assert isinstance(dialog, BugDialog)
    return dialog


def lines(window) -> list[str]:
    return [line.words.text() for line in window.findChildren(MessageLine) if line.isVisible()]


def said(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def fail() -> None:
    raise KeyError(f"{NAME} {PHONE}")


def log_of(folder) -> str:
    return (paths.log_folder(folder) / "desk.log").read_text(encoding="utf-8")


def test_a_slot_that_fails_is_told_with_a_report_that_names_no_one(qtbot, window, folder, unexpected):
    button = QPushButton(window)
    button.clicked.connect(fail)
    button.click()
    dialog = the_dialog(qtbot)
    (copy,) = (each for each in dialog.findChildren(QPushButton) if each.text() == "复制报告")
    copy.click()
    report = QGuiApplication.clipboard().text()
    assert "惠企措施手册" in report
    assert f"数据 {window.desk.catalogue.meta['data_version']}" in report
    assert 'File "tests/ui/frame/test_unexpected.py"' in report
    assert report.endswith("\nKeyError")
    for told in (report, log_of(folder)):
        assert "in fail" in told
        assert NAME not in told
        assert PHONE not in told


def test_what_is_being_typed_is_saved(qtbot, window, unexpected):
    measure = window.browse.measure_key
    window.browse.reader.note.setPlainText("未写完的话")
    QTimer.singleShot(0, fail)
    assert SAVED in said(the_dialog(qtbot))
    assert notes.note(window.desk.workspace.db, measure) == "未写完的话"


def test_what_cannot_be_saved_is_said_so(qtbot, window, unexpected, monkeypatch):
    def refuse() -> None:
        window.desk.tell_problem(KnownError("磁盘空间不足。"))

    monkeypatch.setattr(window, "flush", refuse)
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: dialogs() != [])
    (first,) = dialogs()
    assert "磁盘空间不足。" in said(first)
    first.accept()
    assert NOT_SAVED in said(the_dialog(qtbot))


class Broken(QWidget):
    """Fails with every paint."""

    painted = 0

    def paintEvent(self, event):  # noqa: N802
        self.painted += 1
        raise ZeroDivisionError("in a paint")


def test_a_mistake_in_every_paint_is_one_dialog_then_one_line(qtbot, window, folder, unexpected):
    broken = Broken(window.centralWidget())
    broken.resize(400, 400)
    broken.show()
    dialog = the_dialog(qtbot)

    def paint(times: int) -> None:
        until = broken.painted + times
        qtbot.waitUntil(lambda: broken.update() or broken.painted >= until)

    paint(50)
    assert dialogs() == [dialog]
    dialog.accept()
    paint(50)
    assert dialogs() == []
    assert lines(window) == [AGAIN]
    assert log_of(folder).count("Traceback") == 1
    assert "the same error for the 10. time: ZeroDivisionError: in a paint" in log_of(folder)
    broken.hide()
    (line,) = (each for each in window.findChildren(MessageLine) if each.isVisible())
    line.button("查看报告").click()
    assert "ZeroDivisionError" in the_dialog(qtbot).report.toPlainText()


def test_other_mistakes_join_the_report_that_is_open(qtbot, window, unexpected):
    def other() -> None:
        raise ZeroDivisionError("the other")

    QTimer.singleShot(0, fail)
    dialog = the_dialog(qtbot)
    QTimer.singleShot(0, other)
    qtbot.waitUntil(lambda: "the other" in dialog.report.toPlainText())
    assert dialogs() == [dialog]
    for number in range(3 * MOST):
        sys.excepthook(NameError, NameError(f"x{number:02}"), None)  # each another mistake
    qtbot.wait(0)
    assert dialogs() == [dialog]
    assert dialog.report.toPlainText().count("NameError") < MOST


def test_a_mistake_in_a_job_and_in_a_plain_thread_reaches_the_window(qtbot, window, unexpected):
    def work(_report, _cancelled) -> object:
        return {}["nobody"]

    run = JobRun(window)
    with qtbot.waitSignal(run.missed):
        run.begin(work, "读取")
    dialog = the_dialog(qtbot)
    assert "in work" in dialog.report.toPlainText()
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "in fail" in dialog.report.toPlainText())


def test_a_mistake_in_the_running_of_a_thread_itself_is_told_in_the_window(qtbot, window, unexpected):
    class Harmed(Job):
        def run(self) -> None:
            fail()

    job = Harmed(lambda _report, _cancelled: None)
    job.start()
    dialog = the_dialog(qtbot)
    assert dialog.thread() is window.thread()
    job.wait()


def test_what_a_user_can_act_on_is_told_as_such_and_in_turn(qtbot, window, unexpected):
    for problem in ("甲", "乙", "甲"):
        sys.excepthook(KnownError, KnownError(f"{problem}处没有权限。", "请检查。"), None)
    for problem in ("甲", "乙"):
        qtbot.waitUntil(lambda problem=problem: [said(each) for each in dialogs()] != [])
        (dialog,) = dialogs()
        assert f"{problem}处没有权限。" in said(dialog)
        assert not isinstance(dialog, BugDialog)
        dialog.accept()
    assert dialogs() == []


def test_the_program_goes_on(qtbot, window, desk, unexpected):
    QTimer.singleShot(0, fail)
    the_dialog(qtbot).accept()
    window.show_page(1)
    key = desk.items(desk.catalogue.checklist_units()[0].key)[0].key
    assert desk.edit(key, {"owner": "经办"})
    assert checklist.item(desk.workspace.db, desk.catalogue, key, desk.today()).entry.owner == "经办"


def test_a_log_that_is_open_already_is_used(qtbot, window, folder, unexpected, tmp_path):
    logs.start(tmp_path / "别处")
    QTimer.singleShot(0, fail)
    the_dialog(qtbot)
    assert not paths.log_folder(folder).exists()
    logging.getLogger("desktop").handlers[0].flush()
    assert "KeyError" in (tmp_path / "别处" / "desk.log").read_text(encoding="utf-8")
