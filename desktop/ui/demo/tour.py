"""The program's main job without a screen: pictures of the real window, and the checklists as workbooks.

What is shown comes from the workspace that is named, which is only read; without one, from invented entries
in a workspace that is gone afterwards.
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
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.disk import write_beside
from desktop.errors import KnownError
from desktop.exchange.checklists import book
from desktop.exchange.sheets import names
from desktop.ui.frame.rail import OVERVIEW

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.frame.window import Window
    from desktop.workspace.returns.rounds import Round

SIZE = (1366, 768)
SEARCHED, UNIT, MEASURE = "担保", "区财政局", 2
DEMONSTRATION = "演示"


def run(out: Path, workspace: Path | None) -> list[Path]:
    """Draw each page to ``out/*.png``, export the checklists to ``out/*.xlsx``, and return what was written.

    ``workspace`` is the folder of the workspace to show; it is not written to. Raises KnownError when ``out``
    cannot be written, the workspace cannot be read, or the machine has no Chinese typeface.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.ui.frame import app

    app.application()
    _ensure_legible()
    with _desk(workspace) as desk:
        return [*_pictures(desk, out), *_workbooks(desk, out)]


@contextmanager
def _desk(workspace: Path | None) -> Iterator[Desk]:
    """Yield a desk on the workspace, read-only, or on a demonstration that is removed afterwards."""
    from desktop.catalogue import query
    from desktop.catalogue.store import open_catalogue
    from desktop.ui.demo import sample_entries, sample_round
    from desktop.ui.desk import Desk
    from desktop.workspace.file import store

    with tempfile.TemporaryDirectory() as folder:
        measures = open_catalogue()
        catalogue = query.load(measures)
        if workspace is not None:
            opened = store.open_for_reading(workspace)
        else:
            opened = store.open_for_writing(Path(folder) / DEMONSTRATION)
            now = datetime.now().astimezone()
            sample_entries.fill(opened.db, catalogue, now)
            sample_round.fill(opened.db, catalogue, now)
        desk = Desk(catalogue, measures, opened)
        try:
            yield desk
        finally:
            desk.close()


def _pictures(desk: Desk, out: Path) -> Iterator[Path]:
    """Draw the pages, light first; yield each picture's path."""
    from desktop.ui.frame.window import Window

    desk.look.step_zoom(0)
    desk.look.set_dark(False)
    window = Window(desk)
    try:
        window.resize(*SIZE)
        window.show()
        window.check_data()
        for dark in (False, True):
            desk.look.set_dark(dark)
            for name, shown in _pages(window):
                yield _save(shown, out / f"{name}{'-dark' if dark else ''}.png")
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _pages(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring up one page after the other; yield a name for each, and what is to be drawn."""
    catalogue = window.desk.catalogue
    unit = catalogue.find_unit(UNIT)
    window.search.ask_for()
    window.open_measure(catalogue.by_number(MEASURE).key)
    yield "browse", window
    window.search.ask_for(SEARCHED, unit=unit.key)
    yield "search", window
    window.search.ask_for()
    window.open_unit(unit.key)
    yield "checklist", window
    window.show_page(OVERVIEW)
    window.overview.show_set("")
    yield "overview", window
    window.rounds.show_round()
    yield "round", window
    if (asked := window.overview.asked) is not None and not window.desk.read_only:
        yield from _import(window, asked)


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


def _save(shown: QWidget, path: Path) -> Path:
    """Draw the window, or what lies over it, as it is now."""
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    shown.grab().save(buffer, "PNG")
    with write_beside(path) as new:
        new.write_bytes(bytes(buffer.data().data()))
    return path


def _workbooks(desk: Desk, out: Path) -> Iterator[Path]:
    """Export all units to one workbook and each to its own; yield their paths."""
    catalogue, today = desk.catalogue, desk.today()
    items, now = desk.every_item(), datetime.now().astimezone()
    everything = out / names.checklist_name(catalogue, "全部责任单位", today)
    sending = book.Sending(catalogue, desk.validity, at=now)
    yield book.write_all(everything, sending, items)
    yield from book.write_each(out, sending, items)


def _ensure_legible() -> None:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        raise KnownError(
            "这台机器没有中文字体，画出的页面无法辨认，没有生成任何文件。",
            "请先安装中文字体，例如：apt-get install fonts-noto-cjk",
        )
