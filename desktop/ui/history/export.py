"""The history to Excel: all changes that are sought, not only those that were scrolled to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.exchange.sheets import names
from desktop.ui.desk import Desk
from desktop.ui.kit.asking import ask_file
from desktop.ui.kit.jobs import Cancelled, JobRun, Report, Work
from desktop.ui.kit.written_dialog import Written
from desktop.workspace.file import store
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope, Sought

TITLE = "导出修改记录"
WHAT = "修改记录"  # as the workbook calls itself


class HistoryExport(QObject):
    """Asks for a file and writes changes to it.

    Signals:
        ended(object): the path, or None when it was cancelled or failed
    """

    ended = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(lambda: self.ended.emit(None))

    def ask(self, scope: Scope, sought: Sought, whose: str) -> None:
        """Ask for a file and write the changes to it; ``whose`` they are is said in it and in its name."""
        name = names.file_name(self._desk.catalogue, f"{whose}-{WHAT}" if whose else WHAT, self._desk.today())
        ask_file(self._desk, self._window, TITLE, name, lambda path: self.write(scope, sought, path, whose))

    def write(self, scope: Scope, sought: Sought, path: Path, whose: str = "") -> None:
        """Write the changes to ``path``."""
        if self._run.begin(_work(self._desk, scope, sought, path, whose), TITLE, quick=True):
            self._desk.remember_place({"export_folder": str(path.parent)})

    def _on_done(self, path: Path) -> None:
        Written((path,), self._window, TITLE).open()
        self.ended.emit(path)


def _work(desk: Desk, scope: Scope, sought: Sought, path: Path, whose: str) -> Work:
    folder, catalogue, validity = desk.workspace.folder, desk.catalogue, desk.validity
    at = desk.now()

    def work(report: Report, cancelled: Cancelled) -> Path:
        from desktop.exchange.reports import history

        with store.open_for_reading(folder) as workspace:
            found = search.page(workspace.db, scope, sought)
        history.write(
            path,
            catalogue,
            found,
            validity,
            about=whose,
            at=at,
            report=report,
            cancelled=cancelled,
        )
        return path

    return work
