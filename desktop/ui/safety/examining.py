"""A large workspace is read whole when the window already stands; damage then leads back to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import DamagedError, KnownError
from desktop.ui.kit.jobs import Cancelled, Job, OneJob, Report

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class Examining(OneJob):
    """Reads the file of a desk in a thread; the first write waits for it.

    Signals (one of them):
        passed(): all is as it was left, or nothing could be read just now and the first write will try again
        damaged(object): the ``DamagedError``
    """

    passed = Signal()
    damaged = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def begin(self) -> None:
        """Start; where the file was read at the opening, that is the end of it."""
        workspace = self._desk.workspace
        if workspace.examination is None or workspace.examination.passed:
            self.passed.emit()
            return

        def work(_report: Report, _cancelled: Cancelled) -> None:
            workspace.examine()

        self._start(Job(work))

    def _on_done(self, _result: object) -> None:
        self.passed.emit()

    def _on_failed(self, problem: Exception) -> None:
        if isinstance(problem, DamagedError):
            self.damaged.emit(problem)
        elif isinstance(problem, KnownError):
            self.passed.emit()
        else:
            raise problem
