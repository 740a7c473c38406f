"""On start: a backup in a thread of its own when something changed since the last; a line if it fails."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.ui.kit.jobs import Cancelled, Job, OneJob, Report
from desktop.workspace.file import backup, store

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.file.backup import BackupFile

log = logging.getLogger(__name__)


class StartBackup(OneJob):
    """Makes the automatic backup.

    Signals:
        ended(object): the ``BackupFile``, None when nothing changed or it could not be made
        told(str), failed(str): that it was made, or why not, in a sentence
    """

    ended = Signal(object)
    told = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def begin(self) -> None:
        """Start, unless this window may not write."""
        workspace = self._desk.workspace
        if workspace.read_only:
            return

        def work(_report: Report, _cancelled: Cancelled) -> BackupFile | None:
            with closing(store.second_connection(workspace)) as db:
                return backup.automatic(db, workspace.folder)

        self._start(Job(work))

    def _on_done(self, made: object) -> None:
        if made is not None:
            self.told.emit("已自动备份工作库")
        self.ended.emit(made)

    def _on_failed(self, problem: Exception) -> None:
        self.ended.emit(None)
        if not isinstance(problem, KnownError):
            raise problem
        log.warning("no backup on start: %s", problem)
        self.failed.emit(f"这次打开时的自动备份没有完成：{problem.message}")
