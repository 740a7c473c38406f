"""Printing and PDF from the window: which document is meant, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import disk
from desktop.errors import KnownError
from desktop.ui.kit import asking

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper


@dataclass(frozen=True, slots=True)
class InView:
    """What the window shows: the measure ("" for none), the unit, and which of them the page is about."""

    measure_key: str
    unit_key: str
    about: str  # "measure" or "unit"


class PrintActions(QObject):
    """Prints, or saves as a PDF, the measure, the category or the unit that the window shows.

    Signals:
        told(str): what was done, in a sentence
    """

    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, in_view: Callable[[], InView]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._in_view = in_view

    def print_shown(self) -> None:
        """Print what the page shows."""
        self.print_one(self._in_view().about)

    def save_shown(self) -> None:
        """Save what the page shows as a PDF."""
        self.save_one(self._in_view().about)

    def print_one(self, what: str) -> None:
        """Print ``measure``, ``category`` or ``unit``."""
        from desktop.ui.printing import pdf

        if self._lacks(what):
            return
        document, title = self._document(what)
        pdf.print_document(self._window, document, title)

    def save_one(self, what: str) -> None:
        """Ask for a file and save ``measure``, ``category`` or ``unit`` as a PDF."""
        if self._lacks(what):
            return
        document, title = self._document(what)
        start = asking.folder(self._desk.setting("ui.export_folder"))
        asking.ask_file(
            self._window,
            "存为 PDF",
            start,
            disk.allowed_name(f"{title}.pdf"),
            lambda path: self.save(document, path),
            (asking.PDF,),
        )

    def save(self, document: Paper, path: Path) -> None:
        """Write the PDF and say where it is, or what was in the way."""
        from desktop.ui.kit import messages
        from desktop.ui.printing import pdf

        try:
            pdf.save_pdf(document, path)
        except KnownError as problem:
            messages.show_problem(self._window, problem)
            return
        self._desk.remember_place({"export_folder": str(path.parent)})
        self.told.emit(f"已存为 {path}")

    def _lacks(self, what: str) -> bool:
        """Return whether no measure is shown that ``what`` is about, and say so."""
        lacking = what != "unit" and not self._in_view().measure_key
        if lacking:
            self.told.emit("没有正在看的措施，未打印")
        return lacking

    def _document(self, what: str) -> tuple[Paper, str]:
        from desktop.ui.printing import checklist, measures

        desk, shown = self._desk, self._in_view()
        if what == "unit":
            name = desk.catalogue.unit(shown.unit_key).name
            return checklist.unit(desk, shown.unit_key), f"{name}-责任清单"
        measure = desk.catalogue.measure(shown.measure_key)
        if what == "measure":
            return measures.measure(desk, measure.key), f"第{measure.number}条-{measure.title}"
        category = desk.catalogue.category_of(measure)
        return measures.category(desk, category.key), category.heading
