"""Where a workbook is to be written: the dialog that asks, and the folder that it begins in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.desk import Desk

BOOKS = "Excel 工作簿 (*.xlsx)"


def ask_file(desk: Desk, window: QWidget, title: str, name: str, then: Callable[[Path], object]) -> None:
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
