"""走访台账 and 诉求台账 from the window; names of persons and phones are masked unless that is declined."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit import messages
from desktop.workspace.file import store

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work

VISITS, DEMANDS = "走访台账", "诉求台账"
MASKED = "人名只留姓氏，电话只留首尾；只在本单位内部使用时可以照原样写出。"


class FieldLedgerRun(WorkbookRun):
    """Asks how names are to be written and for a file, and writes a ledger to it."""

    def __init__(self, desk: Desk, window: QWidget, what: str) -> None:
        super().__init__(desk, window, f"导出{what}", quick=True)
        self._what = what

    def ask(self) -> QDialog:
        """Ask whether names and phones are masked; return the question."""
        words = f"{self._what}中的人名和电话要遮盖吗？"
        plain = partial(self._ask_file, masked=False)
        masked = partial(self._ask_file, masked=True)
        return messages.choose(self._window, words, MASKED, ("照原样写出", plain), ("遮盖", masked))

    def _ask_file(self, *, masked: bool) -> None:
        self.ask_for(self._what, lambda path: self.write(path, masked=masked))

    def write(self, path: Path, *, masked: bool) -> None:
        """Write the ledger to ``path``."""
        self.begin(_work(self._desk, self._what, path, masked=masked), path.parent)


def _work(desk: Desk, what: str, path: Path, *, masked: bool) -> Work:
    workspace, catalogue, today, at = desk.workspace, desk.catalogue, desk.today(), desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.demands import ledger as demands
        from desktop.exchange.visits import ledger as visits

        write = visits.write if what == VISITS else demands.write
        with store.read_again(workspace) as db:
            write(
                path,
                catalogue,
                db,
                today,
                with_contacts=not masked,
                at=at,
                report=report,
                cancelled=cancelled,
            )
        return Outcome((path,))

    return work
