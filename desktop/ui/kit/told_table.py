"""Lines of three texts in a table: what kind of thing, what it is about, and more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.ui.kit.cells import Piece
from desktop.ui.kit.row_table import ROOT, Index, RowTable, TitledModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.ui.kit.look import Look

KIND, WHAT, MORE = range(3)
WIDTHS = {KIND: 92, WHAT: 300}
TITLES = ("类别", "内容", "说明")


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One line: what kind of thing, what it is about, and more of it."""

    kind: str
    what: str
    more: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """Return its cells."""
        return self.kind, self.what, self.more


class ToldRows(TitledModel):
    """A table of such lines."""

    def __init__(self, titles: tuple[str, str, str] = TITLES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles = titles
        self.rows: tuple[ToldRow, ...] = ()

    def show(self, rows: Sequence[ToldRow]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or role != 0:
            return None
        return self.rows[index.row()].texts[index.column()]


class ToldTable(RowTable):
    """Shows such lines; the first column is ``kind_width`` pixels wide at zoom 1."""

    def __init__(
        self,
        look: Look,
        rows: Sequence[ToldRow],
        name: str,
        titles: tuple[str, str, str] = TITLES,
        kind_width: int = WIDTHS[KIND],
    ) -> None:
        self._told_look = look
        model = ToldRows(titles)
        super().__init__(look, model, name, self._pieces_of, {**WIDTHS, KIND: kind_width}, (WHAT, MORE))
        model.setParent(self)
        self.rows = model
        model.show(rows)

    def _pieces_of(self, index: Index) -> list[Piece]:
        look = self._told_look.tokens
        colour = look.muted if index.column() == KIND else look.text
        return [Piece(str(index.data() or ""), colour)]
