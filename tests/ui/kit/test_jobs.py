from __future__ import annotations

import threading

import pytest

from desktop.errors import KnownError
from desktop.ui.kit.jobs import Job, JobDialog


@pytest.fixture
def run():
    """Return a function that makes a job; every job is over when the test is."""
    jobs = []

    def make(work):
        jobs.append(Job(work))
        return jobs[-1]

    yield make
    for job in jobs:
        job.end()


def test_work_runs_outside_the_window_and_its_result_comes_back(qtbot, run):
    job = run(lambda _report, _cancelled: threading.get_ident())
    with qtbot.waitSignal(job.done) as told:
        job.start()
    assert told.args[0] != threading.get_ident()


def test_progress_is_shown_while_it_runs(qtbot, run):
    def work(report, _cancelled):
        for step in range(4):
            report(step, 3)
        return ()

    job = run(work)
    dialog = JobDialog(job, "导出")
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(job.done):
        job.start()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert (dialog.bar.value(), dialog.bar.maximum()) == (3, 3)


def test_what_the_user_can_act_on_is_told(qtbot, run):
    def work(_report, _cancelled):
        raise KnownError("磁盘已满。", "请清理。")

    job = run(work)
    with qtbot.waitSignal(job.failed) as told:
        job.start()
    assert told.args[0].message == "磁盘已满。"


def test_a_bug_in_a_thread_does_not_pass_unseen(qtbot, run):
    def work(_report, _cancelled):
        return [][1]

    job = run(work)
    with qtbot.waitSignal(job.failed) as told:
        job.start()
    assert isinstance(told.args[0], IndexError)


def test_cancel_ends_the_work_at_its_next_step(qtbot, run):
    begun = threading.Event()

    def work(_report, cancelled):
        while not cancelled():
            begun.set()
        raise KnownError("已取消，没有写出任何文件。")

    job = run(work)
    dialog = JobDialog(job, "导出")
    qtbot.addWidget(dialog)
    dialog.open()
    job.start()
    assert begun.wait(10)
    with qtbot.waitSignal(job.stopped) as told:
        dialog.cancel_button.click()
    assert told.args[0].message == "已取消，没有写出任何文件。"
    qtbot.waitUntil(lambda: not dialog.isVisible())
    job.end()
    assert job.isFinished()


def test_work_that_is_done_before_it_hears_of_the_cancel_counts_as_done(qtbot, run):
    go = threading.Event()

    def work(_report, _cancelled):
        go.wait(10)
        return "写好了"

    job = run(work)
    job.start()
    job.cancel()
    with qtbot.waitSignal(job.done) as told:
        go.set()
    assert told.args == ["写好了"]
