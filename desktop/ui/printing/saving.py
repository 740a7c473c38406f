"""A paper shown before it is printed, or saved as PDF: where to, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk
from desktop.errors import KnownError
from desktop.ui.kit import asking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper
    from desktop.ui.printing.preview import PrintPreview

TITLE = "存为 PDF"


def ask(
    desk: Desk,
    window: QWidget,
    paper: Paper,
    name: str,
    saved: Callable[[Path], object],
    title: str = TITLE,
) -> None:
    """Ask for a file, offering ``name``, save the paper there and call ``saved`` with where it is."""
    asking.ask_file(
        window,
        title,
        asking.folder(desk.setting("ui.export_folder")),
        disk.allowed_name(f"{name}.pdf"),
        lambda path: save(desk, window, paper, path, saved),
        (asking.PDF,),
    )


def save(desk: Desk, window: QWidget, paper: Paper, path: Path, saved: Callable[[Path], object]) -> None:
    """Save the paper as a PDF and call ``saved``, or say what was in the way; say what it lacks."""
    from desktop.ui.kit import messages
    from desktop.ui.printing import glyphs, pdf

    path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    try:
        pdf.save_pdf(paper, path)
    except KnownError as problem:
        messages.show_problem(window, problem)
        return
    desk.remember_place({"export_folder": str(path.parent)})
    saved(path)
    if lacking := glyphs.lacking(paper):
        messages.show_problem(window, lacking)


def preview(desk: Desk, parent: QWidget | None, paper: Paper, title: str) -> PrintPreview:
    """Return the pages as they will be printed; printing and saving start from there."""
    from desktop.ui.printing.preview import PrintPreview  # QtPrintSupport is not needed before

    def save_it(window: QWidget, saved: Callable[[Path], None]) -> None:
        ask(desk, window, paper, title, saved)

    return PrintPreview(parent, paper, title, save_it)


def print_document(desk: Desk, parent: QWidget | None, paper: Paper, title: str) -> None:
    """Show the pages as they will be printed."""
    shown = preview(desk, parent, paper, title)
    shown.exec()
    shown.deleteLater()
