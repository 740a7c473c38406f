"""The dialogs that ask for files and folders, and the folder that they begin in. None of them blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

BOOKS = "Excel 工作簿 (*.xlsx)"
PDF = "PDF 文件 (*.pdf)"
_ENDING = re.compile(r"\(\*\.(\w+)\)")


def ask_file(
    window: QWidget,
    title: str,
    start: str,
    name: str,
    then: Callable[[Path], object],
    kinds: Sequence[str] = (BOOKS,),
) -> QFileDialog:
    """Ask where to write a file; ``name`` in ``start`` is offered, ``then`` is told what was chosen.

    ``kinds`` are Qt's name filters, none for any file; the first one's ending is added to a name without one.
    """
    dialog = QFileDialog(window, title, start)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if kinds:
        dialog.setNameFilters(list(kinds))
        if ending := _ENDING.search(kinds[0]):
            dialog.setDefaultSuffix(ending[1])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
    return dialog


def ask_existing(
    window: QWidget,
    title: str,
    start: str,
    then: Callable[[Sequence[Path]], object],
    kind: str = "",
    *,
    many: bool = False,
) -> None:
    """Ask for a file that is there, or for ``many``; ``then`` is told which were chosen."""
    dialog = QFileDialog(window, title, start, kind)
    mode = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda chosen: then([Path(path) for path in chosen]))
    dialog.open()


def ask_folder(window: QWidget, title: str, start: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder, beginning in ``start``; ``then`` is told what was chosen."""
    dialog = QFileDialog(window, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def folder(kept: str) -> str:
    """Return ``kept``, the folder that was chosen last; the user's documents, or home, where there is none.

    Only one that is there: Qt takes the last part of any other for the name of a file.
    """
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((each for each in (kept, usual) if each and Path(each).is_dir()), QDir.homePath())
