"""The enterprises that a search finds: by name, town, code and pinyin, as the list of 走访 does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.search import Filters
from desktop.workspace.enterprises import listing

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.enterprises.listing import FirmList, FirmRow

MOST_FIRMS = 20


class FoundFirms:
    """The list of enterprises, read at the first search and again when one has changed.

    Attributes:
        total: how many were found, which may be more than are shown
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._list: FirmList | None = None
        self.total = 0
        desk.firms.changed.connect(lambda _key: self.forget())

    @property
    def is_stale(self) -> bool:
        """Tell whether an enterprise has changed since the last search."""
        return self._list is None

    def forget(self) -> None:
        """Read the list again at the next search."""
        self._list = None

    def search(self, text: str, filters: Filters) -> tuple[FirmRow, ...]:
        """Return the first of the enterprises that fit; none where a filter of measures is on."""
        self.total = 0
        if not text.strip() or filters != Filters():
            return ()
        if self._list is None:
            self._list = listing.FirmList(listing.rows(self._desk.workspace.db, self._desk.today()))
        found = self._list.filtered(text)
        self.total = len(found)
        return found[:MOST_FIRMS]
