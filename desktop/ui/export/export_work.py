"""What an export does in its thread: checklists as workbooks, and the 佐证材料 beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.file import store
from desktop.workspace.items import checklist, settings

if TYPE_CHECKING:
    from desktop.catalogue.model import Unit
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.evidence.attached import Evidence
    from desktop.workspace.items.model import Item

EVIDENCE_FOLDER = "佐证材料"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written to ``target``: ``unit``'s checklist, or all of them.

    All go into one workbook, or with ``each`` into one workbook per unit in the folder ``target``.
    """

    target: Path
    unit: Unit | None = None
    each: bool = False

    @property
    def folder(self) -> Path:
        """Return the folder in which everything is written."""
        return self.target if self.each else self.target.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """The workbooks that were written, and what is to be said of the 佐证材料."""

    paths: tuple[Path, ...]
    words: str = ""


def work(desk: Desk, wanted: Wanted, *, with_evidence: bool) -> Work:
    """Return the work of an export, to be run in a thread of its own with a connection of its own."""
    place, catalogue, today = desk.workspace_folder, desk.catalogue, desk.today()

    def run(report: Report, cancelled: Cancelled) -> Outcome:
        unit = wanted.unit
        with store.open_for_reading(place) as workspace:
            db = workspace.db
            near = settings.near_days(db)
            if unit is None:
                items, files = checklist.every_item(db, catalogue, today), attached.every(db)
            else:
                items, files = checklist.items(db, catalogue, unit.key, today), attached.of_unit(db, unit.key)
        paths = _books(desk, wanted, items, near, report, cancelled)
        words = _take_along(desk, wanted.folder, files, report, cancelled) if with_evidence else ""
        return Outcome(paths, words)

    return run


def _books(
    desk: Desk, wanted: Wanted, items: list[Item], near: int, report: Report, cancelled: Cancelled
) -> tuple[Path, ...]:
    from desktop.exchange.checklists import book

    catalogue, validity, today = desk.catalogue, desk.validity, desk.today()
    if wanted.unit is not None:
        path = book.write_unit(
            wanted.target,
            catalogue,
            items,
            wanted.unit,
            validity,
            today,
            near_days=near,
            report=report,
            cancelled=cancelled,
        )
        return (path,)
    write = book.write_each if wanted.each else book.write_all
    written = write(
        wanted.target, catalogue, items, validity, today, near_days=near, report=report, cancelled=cancelled
    )
    return written if isinstance(written, tuple) else (written,)


def _take_along(
    desk: Desk, folder: Path, files: tuple[Evidence, ...], report: Report, cancelled: Cancelled
) -> str:
    """Copy ``files`` beside the workbooks, a folder per unit, and return what was copied and what not."""
    from desktop.workspace.evidence import export

    if not files:
        return "没有佐证材料可以附带。"
    target = folder / EVIDENCE_FOLDER
    try:
        done = export.export_to(desk.workspace_folder, target, desk.catalogue, files, report, cancelled)
    except KnownError as problem:  # the workbooks are there, and that must be said
        return f"佐证材料没有全部导出：{problem.message}{problem.hint}"
    left = len(files) - len(done.files) - len(done.missing) - len(done.altered)
    stopped = f"已取消，还有{left}份没有导出。" if left else ""
    return f"{done.words}{stopped}存放在“{EVIDENCE_FOLDER}”文件夹中，每单位一个文件夹。"
