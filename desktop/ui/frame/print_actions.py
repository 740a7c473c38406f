"""Printing and PDF from the window: which document is meant, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.errors import KnownError
from desktop.ui.frame.rail import BROWSE
from desktop.ui.kit import messages

if TYPE_CHECKING:
    from desktop.ui.frame.window import Window
    from desktop.ui.printing.paper import Paper


class Output:
    """Prints, or saves as a PDF, the measure, the category or the unit that the window shows."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def print_shown(self) -> None:
        """Print what the page shows."""
        self.print_one(self._shown())

    def save_shown(self) -> None:
        """Save what the page shows as a PDF."""
        self.save_one(self._shown())

    def print_one(self, what: str) -> None:
        """Print ``measure``, ``category`` or ``unit``."""
        from desktop.ui.printing import pdf

        document, title = self._document(what)
        pdf.print_document(self._window, document, title)

    def save_one(self, what: str) -> None:
        """Ask for a file and save ``measure``, ``category`` or ``unit`` as a PDF."""
        document, title = self._document(what)
        folder = Path(self._window.desk.setting("ui.export_folder") or Path.home())
        asked = str(folder / f"{title}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "存为 PDF", asked, "PDF 文件 (*.pdf)")
        if chosen:
            self.save(document, Path(chosen))

    def save(self, document: Paper, path: Path) -> None:
        """Write the PDF and say where it is, or what was in the way."""
        from desktop.ui.printing import pdf

        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            pdf.save_pdf(document, path)
        except KnownError as problem:
            messages.show_problem(self._window, problem)
            return
        self._window.desk.remember_place({"export_folder": str(path.parent)})
        self._window.status.flash(f"已存为 {path}")

    def _shown(self) -> str:
        return "measure" if self._window.page == BROWSE else "unit"

    def _document(self, what: str) -> tuple[Paper, str]:
        from desktop.ui.printing import pdf

        window, catalogue = self._window, self._window.desk.catalogue
        measure = catalogue.measure(window.browse.measure_key)
        if what == "measure":
            document = pdf.measure_document(window.desk, measure.key)
            return document, f"第{measure.number}条-{measure.title}"
        if what == "category":
            category = catalogue.category_of(measure)
            return pdf.category_document(window.desk, category.key), category.heading
        unit_key = window.unit_in_view()
        name = catalogue.unit(unit_key).name
        return pdf.unit_document(window.desk, unit_key), f"{name}-责任清单"
