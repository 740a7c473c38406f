"""The program's main job without a screen: pictures of the real window, and the checklists as workbooks.

What is shown comes from the workspace that the program would open, which is only read. Where there is none
yet, it comes from invented entries in one that is gone afterwards: each file, sheet and picture says 示例.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.disk import write_beside
from desktop.exchange.checklists import book
from desktop.exchange.sheets import names
from desktop.ui.demo import drawing
from desktop.ui.frame.rail import LIBRARY, OVERVIEW, PROOFREADING, VISITS
from desktop.workspace.file import backup, store

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.catalogue.model import Unit
    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk import Desk
    from desktop.ui.frame.window import Window
    from desktop.workspace.returns.rounds import Round

SIZE = (1366, 768)
SEARCHED, UNIT, MEASURE = "担保", "区财政局", 2
DEMONSTRATION = "演示"


def run(out: Path, workspace: Path | None) -> list[Path]:
    """Draw each page to ``out/*.png``, export the checklists to ``out/*.xlsx``, and return what was written.

    ``workspace`` is the folder chosen for the workspace, None for the usual one; it is not written to. Raises
    KnownError when ``out`` cannot be written, the workspace cannot be read, or the machine has no Chinese
    typeface.
    """
    from desktop.ui.frame import off_screen

    off_screen.prepare()
    folder = paths.workspace_folder(workspace)
    sample = not is_there(folder)
    with _desk(None if sample else folder) as desk:
        return [*_pictures(desk, out, sample=sample), *_workbooks(desk, out, sample=sample)]


def is_there(folder: Path) -> bool:
    """Tell whether a workspace was begun in ``folder``, be it a damaged one."""
    return os.path.lexists(folder / store.DATABASE) or (folder / backup.FOLDER).is_dir()


@contextmanager
def _desk(workspace: Path | None) -> Iterator[Desk]:
    """Yield a desk on the workspace, read-only, or on a demonstration that is removed afterwards."""
    from desktop.library import opening
    from desktop.ui.demo import sample_entries, sample_round, sample_visit
    from desktop.ui.desk import Desk

    with tempfile.TemporaryDirectory() as folder:
        place = workspace or Path(folder) / DEMONSTRATION
        library = opening.opened(place)
        catalogue = library.catalogue
        if workspace is not None:
            opened = store.open_for_reading(workspace)
        else:
            opened = store.open_for_writing(place)
            now = datetime.now().astimezone()
            sample_entries.fill(opened.db, catalogue, now)
            backup.automatic(opened.db, place)
            sample_round.fill(opened.db, catalogue, now)
            backup.automatic(opened.db, place)
            sample_visit.fill(opened.db, catalogue, now)
        desk = Desk(catalogue, library.db, opened, library.warning)
        try:
            yield desk
        finally:
            desk.close()


def _pictures(desk: Desk, out: Path, *, sample: bool) -> Iterator[Path]:
    """Draw the pages, light first; yield each picture's path."""
    from desktop.ui.frame.window import Window

    desk.look.step_zoom(0)
    desk.look.set_dark(False)
    window = Window(desk)
    try:
        window.resize(*SIZE)
        window.show()
        window.status.check_data()
        for dark in (False, True):
            desk.look.set_dark(dark)
            for name, shown in _pages(window):
                picture = drawing.now(shown)
                if sample:
                    name = f"{names.SAMPLE}-{name}"
                    drawing.mark(picture)
                yield _save(picture, out / f"{name}{'-dark' if dark else ''}.png")
        if sample:
            desk.look.set_dark(False)
            for name, picture in _tasks(window):
                yield _save(picture, out / f"{names.SAMPLE}-{name}.png")
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _tasks(window: Window) -> Iterator[tuple[str, QPixmap]]:
    from desktop.ui.demo import tasks

    catalogue = window.desk.catalogue
    unit = _unit(catalogue)
    if unit and len(catalogue.measures) >= MEASURE:
        yield from tasks.pictures(window, unit, catalogue.measures[MEASURE - 1])


def _pages(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring up one page after the other; yield a name for each, and what is to be drawn."""
    catalogue = window.desk.catalogue
    unit = _unit(catalogue)
    window.search.ask_for()
    if catalogue.measures:
        window.open_measure(catalogue.measures[min(MEASURE, len(catalogue.measures)) - 1].key)
    yield "browse", window
    window.search.ask_for(SEARCHED, unit=unit.key if unit else "")
    yield "search", window
    window.search.ask_for()
    if unit:
        window.open_unit(unit.key)
    yield "checklist", window
    from desktop.ui.visits.page import CARD, DEMANDS

    window.show_page(VISITS)
    visited = window.visits.show_visited()
    yield "visits", window
    if visited:
        window.visits.open_visit(visited)
        yield "visit", window
        window.visits.leave_record()
        window.visits.tabs.setCurrentIndex(DEMANDS)
        yield "demands", window
        window.visits.tabs.setCurrentIndex(CARD)
    window.show_page(OVERVIEW)
    window.overview.show_set("")
    yield "overview", window
    window.rounds.show_round()
    yield "round", window
    if (asked := window.overview.asked) is not None and not window.desk.read_only:
        yield from _import(window, asked)
    if not window.desk.read_only:
        yield from _over(window)
    window.show_page(LIBRARY)
    yield "library", window
    yield _checked(window)
    if not window.desk.read_only:
        yield from _wizard(window)


def _unit(catalogue: Catalogue) -> Unit | None:
    """Return the unit to show: a usual one where it is here, else the first; None where none is."""
    units = catalogue.checklist_units()
    return next((unit for unit in units if unit.name == UNIT), units[0] if units else None)


def _checked(window: Window) -> tuple[str, QWidget]:
    """Show an invented report with faults, checked."""
    from desktop.proofreading.checking import check
    from desktop.proofreading.corpus import Corpus
    from desktop.ui.demo import sample_report

    window.show_page(PROOFREADING)
    desk, text = window.desk, sample_report.TEXT
    window.proofreading.show_checked(text, check(text, Corpus(desk.measures, desk.catalogue)))
    return "proofreading", window


def _wizard(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Show an invented notice being taken in; it is not, and its draft is gone with the demonstration."""
    from desktop.ui.demo import sample_notice
    from desktop.ui.wizard.dialog import PIECES, WizardDialog

    dialog = WizardDialog(window.desk, lambda _draft, _original: None, window)
    dialog.source.field.setPlainText(sample_notice.TEXT)
    dialog.show()
    dialog.show_step(PIECES)
    dialog.next_question()
    yield "wizard", dialog
    dialog.close()


def _over(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Show dialogs that ask before they do something; nothing is done."""
    from desktop.ui.merging.package_dialogs import PackageExportDialog
    from desktop.ui.rounds.new_dialog import RoundDialog
    from desktop.ui.safety.backup_dialog import BackupDialog
    from desktop.workspace.merging import choosing

    desk = window.desk
    for name, page, make in (
        ("round-new", OVERVIEW, lambda: RoundDialog(desk, window)),
        ("backup", OVERVIEW, lambda: BackupDialog(desk, window)),
        ("package", VISITS, lambda: PackageExportDialog(desk, choosing.unsent(desk.workspace.db), window)),
    ):
        window.show_page(page)
        dialog = make()
        dialog.show()
        yield name, dialog
        dialog.close()


def _import(window: Window, asked: Round) -> Iterator[tuple[str, QWidget]]:
    """Show what taking in some workbooks of the demonstration would do; nothing is taken in."""
    from desktop.ui.demo import sample_round
    from desktop.ui.intake.dialog import IntakeDialog
    from desktop.workspace.returns import plans

    desk = window.desk
    files = sample_round.just_in(desk.workspace.db, desk.catalogue, asked)
    planned = plans.plan_all(desk.workspace.db, desk.catalogue, files, desk.today(), by=desk.user_name)
    dialog = IntakeDialog(desk, planned, window)
    dialog.preview.only_open.setChecked(False)
    dialog.show()
    yield "import", dialog
    dialog.close()


def _save(picture: QPixmap, path: Path) -> Path:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with write_beside(path) as new:
        new.write_bytes(bytes(buffer.data().data()))
    return path


def _workbooks(desk: Desk, out: Path, *, sample: bool) -> Iterator[Path]:
    """Export all units to one workbook and each to its own; yield their paths."""
    items, now = desk.every_item(), datetime.now().astimezone()
    sending = book.Sending(desk.catalogue, desk.today(), at=now, sample=sample)
    yield book.write_all(out / sending.name_of("全部责任单位"), sending, items)
    yield from book.write_each(out, sending, items)
