"""What opens beside the reader: the notice as it was published, another measure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.browse.source_dialog import SourceDialog
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.library.versions import Wording


class Beside(QObject):
    """Opens windows for a page: ``shown`` returns the measure in its reader, "" for none.

    ``before`` returns which one was read before a measure, "" where there is none.
    """

    def __init__(
        self, desk: Desk, page: QWidget, shown: Callable[[], str], before: Callable[[str], str]
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._shown, self._before = desk, page, shown, before

    @cached_property
    def source(self) -> SourceDialog:
        """Return the window of the notice, made when it is first shown; it stays at the right edge."""
        window = self._page.window()
        made = SourceDialog(self._desk, window)
        corner = window.geometry().topRight()
        made.move(max(0, corner.x() - made.width()), corner.y() + self._desk.look.tokens.px(60))
        return made

    def show_source(self) -> None:
        """Show where the measure in the reader stands in its notice."""
        if key := self._shown():
            self.source.show()
            self.source.show_measure(self._desk.catalogue.measure(key))
            self.source.raise_()
            self.source.activateWindow()

    def follow(self, key: str) -> None:
        """Show another measure in the notice, if that is open."""
        if key and "source" in vars(self) and self.source.isVisible():
            self.source.show_measure(self._desk.catalogue.measure(key))

    def compare(self, other: str = "") -> None:
        """Put another measure beside the one in the reader: the one read before it, else its neighbour."""
        if key := self._shown():
            ComparisonDialog(
                self._desk, key, other or self._before(key) or self._neighbour(key), self._page
            ).open()

    def show_wording(self, old: Wording) -> None:
        """Show how the measure in the reader was worded before, and what was changed."""
        from desktop.ui.history.wording_dialog import WordingDialog

        if key := self._shown():
            WordingDialog(self._desk, key, old, self._page).open()

    def _neighbour(self, key: str) -> str:
        catalogue = self._desk.catalogue
        own = catalogue.measures_in_document(catalogue.measure(key).document_key)
        keys = [measure.key for measure in (own if len(own) > 1 else catalogue.measures)]
        at = keys.index(key)
        return keys[at + 1 if at + 1 < len(keys) else at - 1]
