"""The rows of an import as a table model; it holds what it was given and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop.ui.intake import rows
from desktop.ui.intake.rows import SPANNING, Row, Sort
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import Index, TitledModel

ROW = Qt.ItemDataRole.UserRole
CONTINUED = ROW + 1  # the measure is that of the row above
SURELY_WHOLE = 60  # characters that every cell shows
MOST_TIP = 800


class IntakeModel(TitledModel):
    """The rows of one workbook, or of several, under ``titles``."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles = tuple(titles)
        self._rows: list[Row] = []

    def show(self, shown: Sequence[Row]) -> None:
        """Show these rows; when they are the same ones, told anew, the view keeps its place."""
        fresh = list(shown)
        if [row.identity for row in fresh] == [row.identity for row in self._rows] and fresh:
            old, self._rows = self._rows, fresh
            for place, (before, after) in enumerate(zip(old, fresh, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place, 0), self.index(place, rows.VERDICT))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row(self, place: int) -> Row:
        """Return a row."""
        return self._rows[place]

    def place_of(self, identity: tuple[object, ...]) -> int:
        """Return where a row stands, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.identity == identity), -1)

    def next_open(self, after: int) -> int:
        """Return the next row on which someone must choose, round to the beginning; -1 when none is left."""
        places = [place for place, row in enumerate(self._rows) if row.sort is Sort.OPEN]
        return next((place for place in places if place > after), places[0] if places else -1)

    # ---- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == ROW:
            return row
        if role == CONTINUED:
            return self._continued(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        words = row.cells[column] if column < len(row.cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole and row.sort not in SPANNING:
            told = "\n".join(filter(None, (words, row.note))) if column == rows.VERDICT else words
            return plain.tip(_tip(told)) if len(told) > SURELY_WHOLE or "\n" in told else ""
        return None

    def _continued(self, place: int) -> bool:
        if not place:
            return False
        row, above = self._rows[place], self._rows[place - 1]
        same = row.key is not None and (row.file, row.key) == (above.file, above.key)
        return same and row.sort not in SPANNING and above.sort not in SPANNING


def _tip(text: str) -> str:
    """Return a long text as far as a tooltip can hold it."""
    return text if len(text) <= MOST_TIP else f"{text[:MOST_TIP]}……（共 {len(text)} 字，“另填”中可看全文）"
