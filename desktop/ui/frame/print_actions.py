"""Printing and PDF from the window: which document is meant, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.ui.browse.navigator_model import DOCUMENT
from desktop.ui.frame.rail import BROWSE, CHECKLIST

if TYPE_CHECKING:
    from desktop.ui.browse.listed import Listed
    from desktop.ui.browse.page import BrowsePage
    from desktop.ui.checklist.page import ChecklistPage
    from desktop.ui.desk import Desk
    from desktop.ui.export.measures import MeasuresExport
    from desktop.ui.printing.paper import Paper


@dataclass(frozen=True, slots=True)
class InView:
    """What the window shows: the measure ("" for none), the unit, and which of them the page is about.

    ``document_key`` is the paper of the measure, else of the one shown last, "" where nothing is in use.
    ``listed`` are the hits of a search or the favourites that stand beside it.
    """

    measure_key: str
    document_key: str
    unit_key: str
    about: str  # "measure" or "unit"
    listed: Listed


class Pages(Protocol):
    """What a window shows is asked of it and of its pages."""

    desk: Desk
    browse: BrowsePage

    @property
    def page(self) -> int:
        """Return the number of the page shown."""

    @property
    def checklist(self) -> ChecklistPage:
        """Return the page 清单."""


def in_view(frame: Pages) -> InView:
    """Return what a window shows."""
    about = "measure" if frame.page == BROWSE else "unit"
    measure_key = frame.browse.measure_key
    return InView(measure_key, _paper_in_view(frame), _unit_in_view(frame), about, frame.browse.listed)


def _paper_in_view(frame: Pages) -> str:
    catalogue, last = frame.desk.catalogue, frame.browse.last_measure_key
    order, key = frame.browse.branch
    if order == DOCUMENT:
        return key
    if last:
        return catalogue.measure(last).document_key
    return catalogue.documents[0].key if catalogue.documents else ""


def _unit_in_view(frame: Pages) -> str:
    """Return the unit that the page shows: the list's in 清单, else the first one of the measure."""
    if frame.page == CHECKLIST:
        return frame.checklist.unit_key
    order, key = frame.browse.branch
    units = frame.desk.catalogue.units_of(frame.browse.measure_key)
    return key if order == "unit" else (units[0].key if units else UNASSIGNED)


class PrintActions(QObject):
    """Prints, or saves as a PDF, what the window shows or lists, and exports the measures that are listed.

    What is meant is ``measure``, ``category``, ``notice``, ``listed`` or ``unit``.

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
        """Print what is meant."""
        from desktop.ui.printing import saving

        if self._lacks(what):
            return
        document, title = self._document(what)
        saving.print_document(self._desk, self._window, document, title)

    def save_one(self, what: str) -> None:
        """Ask for a file and save what is meant as a PDF."""
        from desktop.ui.printing import saving

        if self._lacks(what):
            return
        document, title = self._document(what)
        saving.ask(self._desk, self._window, document, title, lambda path: self.told.emit(f"已存为 {path}"))

    def export_listed(self) -> None:
        """Ask for a file and write the measures that are listed to it."""
        if not self._lacks("listed"):
            listed = self._in_view().listed
            self._export.ask(listed.keys, listed.about)

    @cached_property
    def _export(self) -> MeasuresExport:
        from desktop.ui.export.measures import MeasuresExport

        return MeasuresExport(self._desk, self._window)

    def _lacks(self, what: str) -> bool:
        """Return whether no measure is shown that ``what`` is about, and say so."""
        if what == "listed":
            if lacking := not self._in_view().listed.keys:
                self.told.emit("请先搜索，或在左侧选“收藏”，再打印或导出")
            return lacking
        shown = self._in_view()
        lacking = what in ("measure", "category") and not shown.measure_key
        lacking = lacking or (what == "notice" and not shown.document_key)
        if lacking:
            self.told.emit("没有正在看的措施，没有打印；请先打开一条")
        return lacking

    def _document(self, what: str) -> tuple[Paper, str]:
        from desktop.ui.printing import checklist, measures

        desk, shown = self._desk, self._in_view()
        if what == "unit":
            name = desk.catalogue.unit(shown.unit_key).name
            return checklist.unit(desk, shown.unit_key), f"{name}-责任清单"
        if what == "listed":
            listed = shown.listed
            return measures.chosen(desk, listed.keys, listed.about), f"{listed.about}-措施摘录"
        if what == "notice":
            title = desk.catalogue.document_with(shown.document_key).title
            return measures.document(desk, shown.document_key), typeset(title)
        measure = desk.catalogue.measure(shown.measure_key)
        if what == "measure":
            return measures.measure(desk, measure.key), f"{measure.cited}-{measure.called}"
        category = desk.catalogue.category_of(measure)
        if not category.printed:  # all of a paper without headings
            return measures.document(desk, measure.document_key), typeset(
                desk.catalogue.document_of(measure).title
            )
        return measures.category(desk, category.key), category.heading
