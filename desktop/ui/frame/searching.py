"""The search bar and the page 查阅 brought together."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop.ui import verbs
from desktop.ui.frame.rail import BROWSE, VISITS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.catalogue.advice import Advice
    from desktop.catalogue.search import Filters, Results
    from desktop.ui.browse.page import BrowsePage
    from desktop.ui.frame.search_bar import SearchBar
    from desktop.ui.visits.page import VisitsPage
    from desktop.workspace.items.model import ItemKey


class VisitsFrame(Protocol):
    """What an enterprise that was found asks of the window."""

    @property
    def visits(self) -> VisitsPage:
        """Return the page 走访."""

    def show_page(self, number: int) -> None:
        """Show a page by its number."""


class Searching(QObject):
    """Passes on what is typed, how many were found, and what Enter and Esc mean in the field.

    Signals:
        browse_wanted(): what was found is to be seen
        item_wanted(object): the ``ItemKey`` whose row in 清单 is to be seen
        firm_wanted(str): an enterprise is to be seen in 走访
    """

    browse_wanted = Signal()
    item_wanted = Signal(object)
    firm_wanted = Signal(str)

    def __init__(self, bar: SearchBar, browse: BrowsePage, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._browse = bar, browse
        self._keeps = False
        bar.asked.connect(self._search)
        bar.moved.connect(browse.pass_hits)
        bar.entered.connect(self._enter)
        bar.left.connect(self._leave)
        browse.searched.connect(self._show_count)
        browse.advice_taken.connect(self._take)
        browse.item_chosen.connect(self._open_filled)
        browse.firm_chosen.connect(self.firm_wanted)
        browse.tag_chosen.connect(lambda kind, key: bar.ask_for(**{kind: key}))

    def _search(self, text: str, filters: Filters) -> None:
        if not self._bar.is_empty():
            self.browse_wanted.emit()
        self._browse.search(text, filters)
        if not self._keeps and self._browse.searching:
            self._keeps = True
            results = self._browse.results
            for chosen in (results.measure_chosen, results.item_chosen, results.firm_chosen):
                chosen.connect(lambda _key: self._bar.keep_recent())

    def _take(self, advice: Advice) -> None:
        """Search for what was advised, with the caret in the field to go on from there."""
        self._bar.ask_for(advice.query, **asdict(advice.filters))
        self._bar.field.setFocus()

    def _open_filled(self, key: ItemKey) -> None:
        """Go to where something was filled in: an item's row in 清单, a note under its measure."""
        if key.unit_key:
            self.item_wanted.emit(key)
        elif self._browse.measure_key == key.measure_key:  # which the row brought into the reader
            self._browse.open_shown()
            self._browse.reader.open_note()

    def leave_by(self, event: QKeyEvent, page: int) -> bool:
        """Leave the search by Esc wherever the focus is in 查阅; return whether that was meant."""
        is_meant = event.key() == Qt.Key.Key_Escape and page == BROWSE and self._browse.searching
        if is_meant:
            self._leave()
        return is_meant

    def _leave(self) -> None:
        """Empty the search and bring the tree back."""
        self._bar.ask_for()
        self._browse.focus_list()

    def _enter(self) -> None:
        self.browse_wanted.emit()
        if not self._browse.searching or self._browse.results.enter():
            return
        if self._browse.measure_key:
            self._bar.keep_recent()
        self._browse.open_shown()

    def _show_count(self, results: Results | None) -> None:
        if results is None:
            self._bar.field.set_hint(verbs.FOCUS_SEARCH.keys[0])
            return
        many = f"{results.total} 条" if results.total is not None else f"{len(results.hits)} 条以上"
        filled, firms = self._browse.results.filled, self._browse.results.firms.total
        beside = (f"企业 {firms} 家" if firms else "", f"填报 {filled} 处" if filled else "")
        told = [many, *filter(None, beside)] if any(beside) else [many, "Esc 返回目录"]
        self._bar.field.set_hint(" · ".join(told))


def open_firm(window: VisitsFrame, key: str) -> None:
    """Show an enterprise in 走访."""
    window.show_page(VISITS)
    window.visits.show_firm(key)
