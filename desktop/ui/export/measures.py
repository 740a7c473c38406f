"""Measures to Excel: those that a search found, or the favourites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.export.workbook_run import Outcome, WorkbookRun

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work

TITLE = "导出措施"
WHAT = "措施摘录"  # as the workbook calls itself


class MeasuresExport(WorkbookRun):
    """Asks for a file and writes measures to it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window, TITLE, quick=True)

    def ask(self, keys: Sequence[str], about: str) -> None:
        """Ask for a file and write the measures to it; ``about`` says in words which they are."""
        papers = {self._desk.catalogue.measure(key).document_key for key in keys}
        self.ask_for(f"{about}-{WHAT}", lambda path: self.write(keys, about, path), papers)

    def write(self, keys: Sequence[str], about: str, path: Path) -> None:
        """Write the measures to ``path``."""
        self.begin(_work(self._desk, keys, about, path), path.parent)


def _work(desk: Desk, keys: Sequence[str], about: str, path: Path) -> Work:
    catalogue, today, at = desk.catalogue, desk.today(), desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.reports import measures

        chosen = [catalogue.measure(key) for key in keys]
        measures.write(path, catalogue, chosen, today, about=about, at=at, report=report, cancelled=cancelled)
        return Outcome((path,))

    return work
