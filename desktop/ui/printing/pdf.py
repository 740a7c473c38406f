"""What can be printed, and how it gets on paper or into a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from desktop.disk_files import write_beside
from desktop.ui.printing import checklist, measures, print_words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper

PDF_DOTS = 600


def measure_document(desk: Desk, measure_key: str) -> Paper:
    """Return one measure, set as an excerpt of the notice."""
    return measures.measure(desk, measure_key)


def category_document(desk: Desk, category_key: str) -> Paper:
    """Return all measures of a category, set as an excerpt of the notice."""
    return measures.category(desk, category_key)


def unit_document(desk: Desk, unit_key: str) -> Paper:
    """Return a unit's checklist with what was entered, as a table."""
    return checklist.unit(desk, unit_key)


def save_pdf(paper: Paper, path: Path) -> None:
    """Write the paper as a PDF, beside ``path`` first and then moved into place.

    Raises KnownError when the file is open elsewhere, the disk is full or the folder forbidden; what was at
    ``path`` stays then.
    """
    made = pdf(paper)
    with write_beside(path) as new:
        new.write_bytes(made)


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS)
    writer.setPageLayout(paper.layout)
    writer.setTitle(paper.title)
    writer.setCreator("惠企措施手册")
    paper.draw(writer, PDF_DOTS)
    del writer  # the file's end is written when the writer goes
    return print_words.quotable(bytes(buffer.data().data()), paper.words(), paper.fonts())


def print_document(parent: QWidget | None, paper: Paper, title: str) -> None:
    """Show the pages as they will be printed; printing starts from there."""
    from desktop.ui.printing.preview import PrintPreview  # QtPrintSupport is not needed before

    preview = PrintPreview(parent, paper, title)
    preview.exec()
    preview.deleteLater()
