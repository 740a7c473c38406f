"""The dialogs that ask for a file to write or for a folder, and the folder that they begin in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

BOOKS = "Excel 工作簿 (*.xlsx)"


def ask_file(window: QWidget, title: str, start: str, name: str, then: Callable[[Path], object]) -> None:
    """Ask where to write a workbook; ``name`` in ``start`` is offered, ``then`` is told what was chosen."""
    dialog = QFileDialog(window, title, start, BOOKS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def ask_folder(window: QWidget, title: str, start: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder, beginning in ``start``; ``then`` is told what was chosen."""
    dialog = QFileDialog(window, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def folder(kept: str) -> str:
    """Return ``kept``, the folder that was chosen last, or the user's documents when it is gone."""
    if kept and Path(kept).is_dir():
        return kept
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
