"""What was found in a report as a workbook from the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.export.workbook_run import Outcome, WorkbookRun

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.proofreading.model import Claim
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report

WHAT = "引文核查"


class ClaimsExport(WorkbookRun):
    """Asks for a file and writes the claims of a report to it; ``named`` is what the report is called."""

    def __init__(self, desk: Desk, window: QWidget, found: Sequence[Claim], text: str, named: str) -> None:
        super().__init__(desk, window, f"导出{WHAT}", quick=True)
        self._found, self._text, self._named = tuple(found), text, named

    def ask(self) -> None:
        """Ask for a file and write it."""
        self.ask_for(WHAT, self.write)

    def write(self, path: Path) -> None:
        """Write the workbook to ``path``."""
        desk = self._desk
        catalogue, today, at = desk.catalogue, desk.today(), desk.now()

        def work(report: Report, cancelled: Cancelled) -> Outcome:
            from desktop.exchange.proofreading import book

            book.write(
                path,
                catalogue,
                self._found,
                self._text,
                self._named,
                today,
                at=at,
                report=report,
                cancelled=cancelled,
            )
            return Outcome((path,))

        self.begin(work, path.parent)
