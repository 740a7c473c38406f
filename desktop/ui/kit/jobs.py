"""One piece of work at a time, with its dialog, and a message about what was in its way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.errors import KnownError
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.fields import there

Report: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]
Work: TypeAlias = Callable[[Report, Cancelled], object]
Thing = TypeVar("Thing")


LONG_MS = 300


def one_by_one(
    things: Sequence[Thing], act: Callable[[Thing], object], report: Report, cancelled: Cancelled
) -> tuple[int, tuple[KnownError, ...]]:
    """Do ``act`` to each until cancelled; return to how many it was done, and what stood against others."""
    problems: list[KnownError] = []
    count = 0
    for done, thing in enumerate(things):
        if cancelled():
            break
        report(done, len(things))
        try:
            act(thing)
        except KnownError as problem:
            problems.append(problem)
        else:
            count += 1
    return count, tuple(problems)


class Job(QThread):
    """One piece of work in one thread.

    Signals (exactly one of the last three comes, always in the window's thread):
        progress(int, int): how many steps are done, of how many
        done(object): what the work returned
        failed(object): the exception that ended it, a ``KnownError`` when the user can act on it
        stopped(object): it was cancelled; the ``KnownError`` with which the work said what it left behind
    """

    progress = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._cancel = threading.Event()
        there(QCoreApplication.instance()).aboutToQuit.connect(self.end)

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next step."""
        self._cancel.set()

    def end(self) -> None:
        """Cancel and wait until the thread is gone: for a program that closes."""
        self.cancel()
        self.wait()

    def run(self) -> None:
        try:
            result = self._work(self.progress.emit, self._cancel.is_set)
        except Exception as problem:  # noqa: BLE001 - nobody stands above a thread: the window is told instead
            if self._cancel.is_set() and isinstance(problem, KnownError):
                self.stopped.emit(problem)
            else:
                self.failed.emit(problem)
        else:
            self.done.emit(result)


class JobDialog(Dialog):
    """Shows how far a job is, and lets the user cancel it. It closes itself when the job ends."""

    def __init__(self, job: Job, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._soon = QTimer(self, singleShot=True, interval=LONG_MS)
        self._build(title)
        self._connect()

    def open_if_long(self) -> None:
        """Open after a moment, unless the job has ended by then."""
        self._soon.start()

    def _build(self, title: str) -> None:
        box = widgets.column(spacing=12, margins=(20, 18, 20, 16))
        self.setLayout(box)
        self.setMinimumWidth(360)
        box.addWidget(widgets.label(f"正在{title}……"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        box.addWidget(self.bar)
        foot = QHBoxLayout()
        self._count = widgets.label("", "muted", "small")
        self.cancel_button = widgets.button("取消")
        foot.addWidget(self._count, 1)
        foot.addWidget(self.cancel_button)
        box.addLayout(foot)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.open)
        self.cancel_button.clicked.connect(self.reject)
        self._job.progress.connect(self._show_progress)
        for end in (self._job.done, self._job.failed, self._job.stopped):
            end.connect(self._soon.stop)
            end.connect(self.accept)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self._count.setText(f"{done} / {total}")

    def reject(self) -> None:
        self._job.cancel()
        self.cancel_button.setEnabled(False)
        self._count.setText("正在取消……")


class OneJob(QObject):
    """Has one job under way at a time. What comes of its end a kind of run says in the methods ``_on_…``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        """Return whether a job is under way."""
        return self._job is not None

    def _start(self, job: Job) -> None:
        self._job = job
        for ended, then in (
            (job.done, self._on_done),
            (job.failed, self._on_failed),
            (job.stopped, self._on_stopped),
        ):
            ended.connect(self._settle)
            ended.connect(then)
        job.start()

    def _on_done(self, result: object) -> None:
        """The work returned ``result``; its thread is gone."""

    def _on_failed(self, problem: Exception) -> None:
        """The work raised ``problem``; its thread is gone."""

    def _on_stopped(self, problem: KnownError) -> None:
        """The work was cancelled; its thread is gone."""

    def _settle(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.wait()
            job.deleteLater()


class JobRun(OneJob):
    """Runs jobs for a window, one after the other, each with its dialog.

    Signals (exactly one of them for each job, when its thread is gone):
        done(object): what the work returned
        missed(): it was cancelled or failed; the user was told
    """

    done = Signal(object)
    missed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def begin(self, work: Work, title: str, *, quick: bool = False) -> bool:
        """Start ``work``; return whether it was, which it is not while another job is under way.

        ``title`` says what it does, after 正在. The dialog of a ``quick`` one is shown only when it takes
        longer than a moment.
        """
        if self.running:
            return False
        job = Job(work)
        dialog = JobDialog(job, title, self._window)  # first, so that it is gone before the message comes
        job.finished.connect(dialog.deleteLater)
        if quick:
            dialog.open_if_long()
        else:
            dialog.open()
        self._start(job)
        return True

    def _on_done(self, result: object) -> None:
        self.done.emit(result)

    def _on_failed(self, problem: Exception) -> None:
        self.missed.emit()
        if not isinstance(problem, KnownError):
            raise problem
        messages.show_problem(self._window, problem)

    def _on_stopped(self, problem: KnownError) -> None:
        messages.show_message(self._window, problem.message, problem.hint)
        self.missed.emit()
