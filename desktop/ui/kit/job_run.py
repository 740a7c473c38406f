"""One piece of work at a time, with its dialog, and a message about what was in its way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import KnownError
from desktop.ui.kit import messages
from desktop.ui.kit.jobs import Job, JobDialog, Work


class JobRun(QObject):
    """Runs jobs for a window, one after the other.

    Signals (exactly one of them for each job, when its thread is gone):
        done(object): what the work returned
        missed(): it was cancelled or failed; the user was told
    """

    done = Signal(object)
    missed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        """Return whether a job is under way."""
        return self._job is not None

    def begin(self, work: Work, title: str, *, quick: bool = False) -> bool:
        """Start ``work``; return whether it was, which it is not while another job is under way.

        ``title`` says what it does, after 正在. The dialog of a ``quick`` one is shown only when it takes
        longer than a moment.
        """
        if self.running:
            return False
        self._job = job = Job(work)
        dialog = JobDialog(job, title, self._window)  # first, so that it is gone before the message comes
        job.finished.connect(dialog.deleteLater)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.stopped.connect(self._on_stopped)
        if quick:
            dialog.open_if_long()
        else:
            dialog.open()
        job.start()
        return True

    def _on_done(self, result: object) -> None:
        self._settle()
        self.done.emit(result)

    def _on_failed(self, problem: Exception) -> None:
        self._settle()
        self.missed.emit()
        if not isinstance(problem, KnownError):
            raise problem
        messages.show_problem(self._window, problem)

    def _on_stopped(self, problem: KnownError) -> None:
        self._settle()
        messages.show_message(self._window, problem.message, problem.hint)
        self.missed.emit()

    def _settle(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.wait()
            job.deleteLater()
