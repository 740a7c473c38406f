"""The history to Excel: all changes that are sought, not only those that were scrolled to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit.jobs import Cancelled, Report, Work
from desktop.workspace.file import store
from desktop.workspace.history.search import Found, Scope, Sought, documents

TITLE = "导出修改记录"
WHAT = "修改记录"  # as the workbook calls itself


class HistoryExport(WorkbookRun):
    """Asks for a file and writes changes to it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window, TITLE, quick=True)

    def ask(self, scope: Scope, sought: Sought, whose: str) -> None:
        """Ask for a file and write the changes to it; ``whose`` they are is said in it and in its name."""
        what = f"{whose}-{WHAT}" if whose else WHAT
        self.ask_for(what, lambda path: self.write(scope, sought, path, whose))

    def write(self, scope: Scope, sought: Sought, path: Path, whose: str = "") -> None:
        """Write the changes to ``path``."""
        self.begin(_work(self._desk, scope, sought, path, whose), path.parent)


def _work(desk: Desk, scope: Scope, sought: Sought, path: Path, whose: str) -> Work:
    workspace, catalogue, today = desk.workspace, desk.catalogue, desk.today()
    at = desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.reports import history

        with store.read_again(workspace) as db:
            history.write(
                path,
                catalogue,
                Found(db, scope, sought),
                today,
                about=whose,
                documents=documents(db, scope, sought),
                at=at,
                report=report,
                cancelled=cancelled,
            )
        return Outcome((path,))

    return work
