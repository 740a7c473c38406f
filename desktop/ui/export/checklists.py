"""Checklists to Excel from the window: where to, in one worker thread, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.catalogue.model import Unit
from desktop.errors import KnownError
from desktop.ui.desk import Desk
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit import asking
from desktop.ui.kit.written_dialog import TITLE
from desktop.workspace.evidence import attached
from desktop.workspace.file import store
from desktop.workspace.items import checklist, settings

if TYPE_CHECKING:
    from desktop.exchange.checklists.book import Sending
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.evidence.attached import Evidence
    from desktop.workspace.items.model import Item

ALL_UNITS = "全部责任单位"


class ExportRun(WorkbookRun):
    """Runs one export at a time.

    Attributes:
        with_evidence: whether 佐证材料 go along, as the user chose last
        papers: the keys of the papers whose items go out, () for all in use
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window, TITLE)
        self.papers: tuple[str, ...] = ()

    @property
    def with_evidence(self) -> bool:
        """Return whether 佐证材料 go along."""
        return self._desk.setting("ui.export_evidence") == "1"

    @with_evidence.setter
    def with_evidence(self, on: bool) -> None:
        self._desk.remember_place({"export_evidence": "1" if on else ""})

    # ---- where to

    def ask_unit(self, unit: Unit) -> None:
        """Ask for a file, then write one unit's checklist to it."""
        own = {document.key for document in self._desk.catalogue.documents_of(unit.key)}
        papers = own.intersection(self.papers or own)
        self.ask_for(f"{unit.name}-责任清单", lambda path: self.write_unit(unit, path), papers)

    def ask_all(self) -> None:
        """Ask for a file, then write all checklists to it."""
        self.ask_for(f"{ALL_UNITS}-责任清单", self.write_all, self.papers)

    def ask_each(self) -> None:
        """Ask for a folder, then write one workbook per unit into it."""
        asking.ask_folder(
            self._window,
            "选择存放各单位清单的文件夹",
            asking.folder(self._desk.setting("ui.export_folder")),
            lambda chosen: self.write_each(chosen),
        )

    # ---- the work

    def write_unit(self, unit: Unit, path: Path) -> None:
        """Write one unit's checklist to ``path``."""
        self._start(Wanted(path, self.papers, unit=unit), path.parent)

    def write_all(self, path: Path) -> None:
        """Write all checklists to one workbook."""
        self._start(Wanted(path, self.papers), path.parent)

    def write_each(self, folder: Path) -> None:
        """Write one workbook per unit into ``folder``."""
        self._start(Wanted(folder, self.papers, each=True), folder)

    def _start(self, wanted: Wanted, folder: Path) -> None:
        self.begin(work(self._desk, wanted, with_evidence=self.with_evidence), folder)


EVIDENCE_FOLDER = "佐证材料"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written to ``target``: ``unit``'s checklist, or all of them.

    All go into one workbook, or with ``each`` into one workbook per unit in the folder ``target``. ``papers``
    are the keys of those whose items go out, () for all in use.
    """

    target: Path
    papers: tuple[str, ...] = ()
    unit: Unit | None = None
    each: bool = False

    @property
    def folder(self) -> Path:
        """Return the folder in which everything is written."""
        return self.target if self.each else self.target.parent


def work(desk: Desk, wanted: Wanted, *, with_evidence: bool) -> Work:
    """Return the work of an export, to be run in a thread of its own with a connection of its own."""
    workspace, today = desk.workspace, desk.today()
    catalogue = desk.catalogue.narrowed(wanted.papers) if wanted.papers else desk.catalogue

    def run(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.checklists.book import Sending

        unit = wanted.unit
        with store.read_again(workspace) as db:
            near = settings.near_days(db)
            if unit is None:
                items, files = checklist.every_item(db, catalogue, today), attached.every(db)
            else:
                items, files = checklist.items(db, catalogue, unit.key, today), attached.of_unit(db, unit.key)
        if wanted.papers:
            files = tuple(one for one in files if one.key.document_key in wanted.papers)
        sending = Sending(catalogue, today, near, report=report, cancelled=cancelled)
        paths = _books(wanted, items, sending)
        words = _take_along(desk, wanted.folder, files, report, cancelled) if with_evidence else ""
        return Outcome(paths, words)

    return run


def _books(wanted: Wanted, items: list[Item], sending: Sending) -> tuple[Path, ...]:
    from desktop.exchange.checklists import book

    if wanted.unit is not None:
        return (book.write_unit(wanted.target, sending, items, wanted.unit),)
    if wanted.each:
        return book.write_each(wanted.target, sending, items)
    return (book.write_all(wanted.target, sending, items),)


def _take_along(
    desk: Desk, folder: Path, files: tuple[Evidence, ...], report: Report, cancelled: Cancelled
) -> str:
    """Copy ``files`` beside the workbooks, a folder per unit, and return what was copied and what not."""
    from desktop.workspace.evidence import export

    if not files:
        return "没有佐证材料可以附带。"
    target = folder / EVIDENCE_FOLDER
    try:
        done = export.export_to(desk.workspace.folder, target, desk.catalogue, files, report, cancelled)
    except KnownError as problem:  # the workbooks are there, and that must be said
        return f"佐证材料没有全部导出：{problem.message}{problem.hint}"
    left = len(files) - len(done.files) - len(done.missing) - len(done.altered)
    stopped = f"已取消，还有 {left} 份没有导出。" if left else ""
    return f"{done.words}{stopped}存放在“{EVIDENCE_FOLDER}”文件夹中，每单位一个文件夹。"
