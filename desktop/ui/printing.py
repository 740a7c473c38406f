"""What can be printed, and how it gets on paper or into a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from desktop.errors import KnownError
from desktop.exchange.files import write_beside
from desktop.ui import print_checklist, print_measures, print_words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.print_paper import Paper

PDF_DOTS = 600
PREVIEW_SIZE = (1100, 760)


def measure_document(desk: Desk, measure_key: str) -> Paper:
    """Return one measure, set as an excerpt of the notice."""
    return print_measures.measure(desk, measure_key)


def category_document(desk: Desk, category_key: str) -> Paper:
    """Return all measures of a category, set as an excerpt of the notice."""
    return print_measures.category(desk, category_key)


def unit_document(desk: Desk, unit_key: str) -> Paper:
    """Return a unit's checklist with what was entered, as a table."""
    return print_checklist.unit(desk, unit_key)


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
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(paper.layout)
    printer.setDocName(title)
    preview = QPrintPreviewDialog(printer, parent)
    preview.setWindowTitle(f"打印预览 — {title}")
    preview.resize(*PREVIEW_SIZE)
    preview.paintRequested.connect(lambda asked: draw_on(paper, asked))
    preview.exec()
    preview.deleteLater()


def draw_on(paper: Paper, printer: QPrinter) -> None:
    """Draw the pages that were asked for. Raises KnownError when the printer does not take them.

    The paper keeps its own margins and its own orientation, whatever the dialog was set to.
    """
    printer.setFullPage(True)
    printer.setPageLayout(paper.layout)
    first, last = printer.fromPage() or 1, printer.toPage() or paper.pageCount()
    if not paper.draw(printer, printer.resolution(), range(first - 1, min(last, paper.pageCount()))):
        raise KnownError("打印机没有接受这份文件，没有打印。", "请检查打印机，或先存为 PDF 再打印。")
