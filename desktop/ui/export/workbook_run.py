"""A workbook from the window: asked for, written in one worker thread, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.exchange.sheets import names
from desktop.ui.kit import asking
from desktop.ui.kit.jobs import JobRun
from desktop.ui.kit.written_dialog import Written

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Work


@dataclass(frozen=True, slots=True)
class Outcome:
    """The workbooks that were written, and what more is to be said of them."""

    paths: tuple[Path, ...]
    words: str = ""


class WorkbookRun(QObject):
    """Writes one workbook, or one folder of them, at a time.

    ``title`` says what it does, after 正在; the dialog of a ``quick`` one is shown only when it takes long.

    Signals:
        ended(object): the paths of the workbooks that were written, none when it was cancelled or failed
    """

    ended = Signal(object)

    def __init__(self, desk: Desk, window: QWidget, title: str, *, quick: bool = False) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._title, self._quick = title, quick
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(lambda: self.ended.emit(()))

    @property
    def running(self) -> bool:
        """Return whether one is being written."""
        return self._run.running

    def ask_for(self, what: str, write: Callable[[Path], object], papers: Collection[str] = ()) -> None:
        """Ask for a file, offering a name that says ``what`` it is, and call ``write`` with it.

        ``papers`` are the keys of those that it is about, () for all in use.
        """
        catalogue = self._desk.catalogue.narrowed(papers) if papers else self._desk.catalogue
        name = names.file_name(catalogue, what, self._desk.today())
        start = asking.folder(self._desk.setting("ui.export_folder"))
        asking.ask_file(self._window, self._title, start, name, write)

    def begin(self, work: Work, folder: Path) -> None:
        """Do ``work``, which writes into ``folder`` and returns an :class:`Outcome`."""
        if self._run.begin(work, self._title, quick=self._quick):
            self._desk.remember_place({"export_folder": str(folder)})

    def _on_done(self, outcome: Outcome) -> None:
        Written(outcome.paths, self._window, self._title, outcome.words).open()
        self.ended.emit(outcome.paths)
