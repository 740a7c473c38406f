"""A paper saved as PDF from the window: where to, and what came of it."""

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
