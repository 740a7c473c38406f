"""导入回填 from the window: which files, read in one worker thread, then the preview."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.intake import draft
from desktop.ui.intake.dialog import TITLE, IntakeDialog
from desktop.ui.kit.job_run import JobRun

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.returns.intake import Plan

READING = "读取回填的工作簿"
KINDS = "回填的工作簿 (*.xlsx);;全部文件 (*)"


class IntakeRun(QObject):
    """Reads workbooks and opens the preview; one import at a time.

    Signals:
        shown(object): the :class:`IntakeDialog` that was opened
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
    """

    shown = Signal(object)
    wanted = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._run = JobRun(window)
        self._run.done.connect(self._preview)

    def ask_files(self) -> None:
        """Ask for workbooks, then read them."""
        dialog = QFileDialog(self._window, TITLE, self._desk.setting("ui.import_folder"), KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda chosen: self.read(Path(path) for path in chosen))
        dialog.open()

    def ask_folder(self) -> None:
        """Ask for a folder, then read the workbooks in it."""
        dialog = QFileDialog(
            self._window, "选择存放回填工作簿的文件夹", self._desk.setting("ui.import_folder")
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.read((Path(chosen),)))
        dialog.open()

    def read(self, chosen: Iterable[Path]) -> None:
        """Read workbooks, and those in folders, and show what taking them in would do."""
        if self._run.running:
            return
        named = tuple(chosen)
        if not named:
            return
        place = named[0] if named[0].is_dir() else named[0].parent
        if self._run.begin(draft.reading(self._desk, named), READING, quick=True):
            self._desk.remember_place({"import_folder": str(place)})

    def _preview(self, plans: tuple[Plan, ...]) -> None:
        dialog = IntakeDialog(self._desk, plans, self._window)
        dialog.wanted.connect(self.wanted)
        dialog.open()
        self.shown.emit(dialog)
