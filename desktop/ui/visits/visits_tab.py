"""走访记录 of one enterprise: the list, from which one is opened."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.visits import visit_rows
from desktop.ui.visits.visit_rows import VisitsModel
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import VisitState

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

NONE = "还没有走访记录。按“开始走访”记一次，或先“计划走访”。"
WIDTHS = {
    visit_rows.DAY: 100,
    visit_rows.KIND: 84,
    visit_rows.STATE: 56,
    visit_rows.DEMANDS: 56,
    visit_rows.NUMBER: 176,
}


class VisitsTab(QWidget):
    """Shows the visits to an enterprise.

    Signals:
        visit_chosen(str): one is to be opened, by its key
        counted(int): how many there are
    """

    visit_chosen = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._enterprise = ""
        self.model = VisitsModel(desk.catalogue, self)
        self.view = RowTable(
            desk.look,
            self.model,
            "走访记录",
            self._pieces,
            WIDTHS,
            (visit_rows.WHO, visit_rows.EXPLAINED),
        )
        box = widgets.column()
        self.setLayout(box)
        self._stack = widgets.rows_or_words(self.view, widgets.label(NONE, "muted"))
        box.addLayout(self._stack, 1)
        self.view.activated.connect(lambda index: self.visit_chosen.emit(self.model.visits[index.row()].key))
        for noun in (desk.visits, desk.demands):
            noun.changed.connect(lambda _key: self.refresh() if self.isVisible() else None)
        desk.catalogue_changed.connect(self._take_catalogue)

    def show_enterprise(self, key: str) -> None:
        """Show the visits to an enterprise, "" for none."""
        self._enterprise = key
        self.refresh()

    def refresh(self) -> None:
        """Take them from the workspace again."""
        db = self._desk.workspace.db
        keys = enterprises.keys_of(db, self._enterprise) if self._enterprise else ()
        found = visits.of_enterprises(db, *keys) if keys else ()
        asked = Counter(one.visit for one in demands.of_enterprises(db, *keys)) if found else Counter()
        self.model.show(found, asked)
        if found:
            self.view.selectRow(0)
        self._stack.setCurrentIndex(0 if found else 1)
        self.counted.emit(len(found))

    def _take_catalogue(self) -> None:
        self.model.catalogue = self._desk.catalogue
        self.refresh()

    def _pieces(self, index: Index) -> list[Piece]:
        look, words = self._desk.look.tokens, str(index.data())
        if index.column() == visit_rows.STATE:
            final = words == VisitState.FINAL
            return [Piece(words, look.muted if final else look.accent, bold=not final)]
        quiet = index.column() in (visit_rows.NUMBER, visit_rows.KIND)
        return [Piece(words, look.muted if quiet else look.text)]
