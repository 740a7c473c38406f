"""台账 from the window: since when changes are told, where to, written in the worker."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from desktop.ui.export.paper_list import PaperList
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.evidence import attached
from desktop.workspace.file import store
from desktop.workspace.history import undo
from desktop.workspace.items import checklist, settings
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work

TITLE = "导出台账"
ABOUT = "列出每个责任单位的每条措施，附汇总和图、逾期、未反馈；合计是公式，改动某行后自动重算。"
USUAL_DAYS = 30


class LedgerDialog(Dialog):
    """Asks whether changes since a day are to be told.

    Signals:
        asked(object, object): the day, or None; the keys of the papers, as a tuple
    """

    asked = Signal(object, object)

    def __init__(self, desk: Desk, proposed: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px, today = desk.look.tokens.px, desk.today()
        box = widgets.column(spacing=px(14), margins=(px(24), px(20), px(24), px(16)))
        self.setLayout(box)
        about = widgets.label(ABOUT, "muted")
        about.setWordWrap(True)
        about.setMinimumWidth(px(440))
        box.addWidget(about)
        self.with_changes = TickBox("另附这一天以来的改动：", desk.look)
        self.day = QDateEdit(QDate(proposed.year, proposed.month, proposed.day))
        calendar.pop_up(self.day, desk.look.tokens)
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setEnabled(False)
        self.day.setAccessibleName("改动起始日期")
        self.with_changes.toggled.connect(self.day.setEnabled)
        row = QHBoxLayout()
        row.addWidget(self.with_changes)
        row.addWidget(self.day)
        row.addStretch(1)
        box.addLayout(row)
        self.papers = PaperList(desk)
        if self.papers.is_choice:
            box.addWidget(widgets.label("包括哪些发文"))
            box.addWidget(self.papers)
        foot = DialogFoot(self, "导出……")
        self.ok_button = foot.ok_button
        self.papers.changed.connect(lambda: self.ok_button.setEnabled(bool(self.papers.keys)))
        box.addLayout(foot)

    @property
    def since(self) -> date | None:
        """Return the day since which changes are told, None for none."""
        chosen = self.day.date()
        on = self.with_changes.isChecked()
        return date(chosen.year(), chosen.month(), chosen.day()) if on else None

    def accept(self) -> None:
        super().accept()
        self.asked.emit(self.since, self.papers.keys)


class LedgerRun(WorkbookRun):
    """Writes one ledger at a time."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window, TITLE)

    def ask(self) -> LedgerDialog:
        """Open the dialog; return it."""
        current = rounds.current(rounds.every(self._desk.workspace.db))
        month = self._desk.today() - timedelta(days=USUAL_DAYS)
        dialog = LedgerDialog(self._desk, current.sent_on if current else month, self._window)
        dialog.asked.connect(self.ask_file)
        dialog.open()
        return dialog

    def ask_file(self, since: date | None, papers: Collection[str] = ()) -> None:
        """Ask for a file, then write the ledger of these papers, all in use for (), to it."""
        self.ask_for("台账", lambda path: self.write(path, since, papers), papers)

    def write(self, path: Path, since: date | None = None, papers: Collection[str] = ()) -> None:
        """Write the ledger to ``path``, with what changed on the day ``since`` or later if one is given."""
        self.begin(_work(self._desk, path, since, papers), path.parent)


def _work(desk: Desk, path: Path, since: date | None, papers: Collection[str]) -> Work:
    workspace, today = desk.workspace, desk.today()
    catalogue = desk.catalogue.narrowed(papers) if papers else desk.catalogue
    now = desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.reports import ledger, ledger_lists

        with store.read_again(workspace) as db:
            files, changes = attached.every(db), undo.since(db, since) if since else ()
            if papers:
                files = tuple(one for one in files if one.key.document_key in papers)
            own = [one for one in changes if one.key.document_key in papers] if papers else changes
            ledger.write(
                path,
                catalogue,
                checklist.every_item(db, catalogue, today),
                undo.last_of_each(db),
                files,
                today,
                states=attached.check(workspace.folder, files),
                asked=ledger_lists.asked_round(db, today),
                since=since,
                changes=own,
                near_days=settings.near_days(db),
                at=now,
                report=report,
                cancelled=cancelled,
            )
        return Outcome((path,))

    return work
