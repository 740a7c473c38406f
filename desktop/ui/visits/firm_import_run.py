"""A list of enterprises in the worker: read, planned, taken in as one edit that can be undone as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.exchange.enterprises import lists, plan
from desktop.ui.kit.jobs import Cancelled, JobRun, Report, Work
from desktop.workspace.enterprises import enterprises, intake
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.intake import FirmChoice, FirmPlan, FirmReceipt, LineAnswer
from desktop.workspace.file import backup, store
from desktop.workspace.journal.model import Stamp

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.exchange.enterprises.headings import Mapped
    from desktop.exchange.enterprises.lists import FirmSheet
    from desktop.ui.desk import Desk
    from desktop.workspace.file.store import Workspace

SOURCE = "导入名单"


@dataclass(frozen=True, slots=True)
class ReadList:
    """The sheets of a file that hold a list, and the enterprises that were here when it was read."""

    path: Path
    sheets: tuple[FirmSheet, ...]
    existing: KnownFirms


class FirmImportRun(QObject):
    """Does these one after the other.

    Signals:
        read(ReadList): a file was read
        planned(FirmPlan): what becomes of the rows, as it was asked for last
        taken(FirmReceipt): the rows were taken in
        missed(): something was not done; the user was told
    """

    read = Signal(object)
    planned = Signal(object)
    taken = Signal(object)
    missed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._wanted: Callable[[], FirmPlan] | None = None
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(self._on_missed)

    @property
    def running(self) -> bool:
        """Return whether something is under way."""
        return self._run.running

    def read_file(self, path: Path) -> None:
        """Read a file."""
        if self._desk.may_write():
            self._run.begin(_reading(self._desk.workspace, path), "读取企业名单", quick=True)

    def plan(
        self,
        sheet: FirmSheet,
        mapping: Mapped,
        existing: KnownFirms,
        answers: Mapping[int, LineAnswer],
    ) -> None:
        """Plan what becomes of the rows; of several plans asked for at once the last is told."""
        chosen, said = dict(mapping), dict(answers)
        self._wanted = lambda: plan.plan(sheet, chosen, existing, said)
        self._plan()

    def take_in(self, found: FirmPlan) -> None:
        """Take the rows in, all or none, after a backup."""
        if self._desk.may_write():
            stamp = Stamp(self._desk.user_name, SOURCE, self._desk.now())
            self._run.begin(_taking_in(self._desk.workspace, found, stamp), "导入企业名单", quick=True)

    def _plan(self) -> None:
        if self._wanted is None or self._run.running:
            return
        wanted, self._wanted = self._wanted, None
        self._run.begin(lambda _report, _cancelled: wanted(), "核对企业名单", quick=True)

    def _on_done(self, result: object) -> None:
        if isinstance(result, ReadList):
            self.read.emit(result)
        elif isinstance(result, FirmReceipt):
            self._desk.firms.last = result.batch or self._desk.firms.last
            self._desk.tell_saved()
            self._desk.firms.changed.emit("")
            self.taken.emit(result)
        elif self._wanted is None:
            self.planned.emit(result)
        self._plan()

    def _on_missed(self) -> None:
        self.missed.emit()
        self._plan()


def _reading(workspace: Workspace, path: Path) -> Work:
    def work(_report: Report, cancelled: Cancelled) -> Any:
        sheets = lists.read(path)
        if cancelled():
            raise KnownError("已取消，没有导入。", "需要时可重新选择文件。")
        with closing(store.second_connection(workspace)) as db:
            return ReadList(path, sheets, KnownFirms(enterprises.recorded(db)))

    return work


def _taking_in(workspace: Workspace, found: FirmPlan, stamp: Stamp) -> Work:
    def work(_report: Report, cancelled: Cancelled) -> Any:
        with closing(store.second_connection(workspace)) as db:
            if any(row.choice is not FirmChoice.SKIP for row in found.rows):
                backup.save(db, workspace.folder, backup.IMPORT)
                backup.prune(workspace.folder)
            if cancelled():
                raise KnownError("已取消，没有导入。", "需要时可再次导入。")
            return intake.apply(db, found, stamp)

    return work
