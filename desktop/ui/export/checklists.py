"""Checklists to Excel from the window: where to, in one worker thread, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from desktop.catalogue.model import Unit
from desktop.ui.desk import Desk
from desktop.ui.export.export_work import Outcome, Wanted, work
from desktop.ui.kit import widgets
from desktop.ui.kit.job_run import JobRun

TITLE = "导出责任清单"
BOOKS = "Excel 工作簿 (*.xlsx)"
ALL_UNITS = "全部责任单位"


class ExportRun(QObject):
    """Runs one export at a time.

    Attributes:
        with_evidence: whether 佐证材料 go along, as the user chose last

    Signals:
        ended(object): the paths of the workbooks that were written, none when it was cancelled or failed
    """

    ended = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(lambda: self.ended.emit(()))

    @property
    def running(self) -> bool:
        """Return whether an export is under way."""
        return self._run.running

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
        self._ask_file(unit.name, lambda path: self.write_unit(unit, path))

    def ask_all(self) -> None:
        """Ask for a file, then write all checklists to it."""
        self._ask_file(ALL_UNITS, self.write_all)

    def ask_each(self) -> None:
        """Ask for a folder, then write one workbook per unit into it."""
        dialog = QFileDialog(self._window, "选择存放各单位清单的文件夹", folder(self._desk))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.write_each(Path(chosen)))
        dialog.open()

    def _ask_file(self, name: str, then: Callable[[Path], None]) -> None:
        ask_file(self._desk, self._window, TITLE, file_name(self._desk, name), then)

    # ---- the work

    def write_unit(self, unit: Unit, path: Path) -> None:
        """Write one unit's checklist to ``path``."""
        self._start(Wanted(path, unit=unit), path.parent)

    def write_all(self, path: Path) -> None:
        """Write all checklists to one workbook."""
        self._start(Wanted(path), path.parent)

    def write_each(self, folder: Path) -> None:
        """Write one workbook per unit into ``folder``."""
        self._start(Wanted(folder, each=True), folder)

    def _start(self, wanted: Wanted, folder: Path) -> None:
        if self._run.begin(work(self._desk, wanted, with_evidence=self.with_evidence), TITLE):
            self._desk.remember_place({"export_folder": str(folder)})

    def _on_done(self, outcome: Outcome) -> None:
        Written(outcome.paths, self._window, more=outcome.words).open()
        self.ended.emit(outcome.paths)


class Written(QDialog):
    """Says what was written and where, and opens it."""

    def __init__(self, paths: tuple[Path, ...], parent: QWidget, title: str = TITLE, more: str = "") -> None:
        super().__init__(parent)
        self._paths = paths
        self.setWindowTitle(title)
        box = widgets.column(spacing=10, margins=(22, 20, 22, 16))
        self.setLayout(box)
        one = paths[0] if len(paths) == 1 else None
        words = f"已导出：{one.name}" if one else f"已导出 {len(paths)} 个工作簿"
        told = ((words, ()), (more, ()), (f"存放在 {paths[0].parent}", ("muted", "small")))
        for text, looks in (line for line in told if line[0]):
            line = widgets.label(text, *looks, selectable=True)
            line.setWordWrap(True)
            line.setMinimumWidth(380)
            box.addWidget(line)
        row = QHBoxLayout()
        row.addStretch(1)
        self.folder_button = widgets.button("打开文件夹", does=lambda: self._open(paths[0].parent))
        row.addWidget(self.folder_button)
        if one:
            self.file_button = widgets.button("打开文件", does=lambda: self._open(one))
            row.addWidget(self.file_button)
        close = widgets.button("关闭", "primary", does=self.accept)
        close.setDefault(True)
        row.addWidget(close)
        box.addSpacing(6)
        box.addLayout(row)

    def _open(self, path: Path) -> None:
        self.accept()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ask_file(desk: Desk, window: QWidget, title: str, name: str, then: Callable[[Path], None]) -> None:
    """Ask where to write a workbook; ``name`` is offered, and ``then`` is told what was chosen."""
    dialog = QFileDialog(window, title, folder(desk), BOOKS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def folder(desk: Desk) -> str:
    """Return where workbooks were written last, else the user's documents."""
    kept = desk.setting("ui.export_folder")
    if kept and Path(kept).is_dir():
        return kept
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def file_name(desk: Desk, name: str) -> str:
    """Return the name that is offered for a checklist, without loading the room that writes workbooks.

    The rule is that of ``checklist_book.file_name``; a test holds the two together.
    """
    return book_name(desk, f"{name}-责任清单")


def book_name(desk: Desk, what: str) -> str:
    """Return the name that is offered for a workbook; ``what`` says what it is."""
    words = f"{what}-{desk.catalogue.notice.number}-{desk.today():%Y%m%d}.xlsx"
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", words)
