"""The rows of a list with what becomes of each, and what was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView

from desktop.ui.kit import plain
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.row_table import ROOT, Index, RowTable, TitledModel
from desktop.workspace.enterprises.intake import FirmChoice

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.enterprises.intake import PlannedLine

NUMBER, NAME, CHOICE, MARKS = range(4)
AT_ONCE = 200
NAMELESS = "（没有企业名称）"


class FirmImportModel(TitledModel):
    """Shows planned rows, some hundreds at once."""

    titles = ("行", "企业", "办法", "提示")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PlannedLine, ...] = ()
        self._shown = 0

    def show(self, rows: Sequence[PlannedLine]) -> None:
        """Show these, at least as many as were shown of the same ones."""
        same = [row.number for row in rows] == [row.number for row in self.rows]
        self.beginResetModel()
        self.rows = tuple(rows)
        self._shown = min(len(rows), max(AT_ONCE, self._shown) if same else AT_ONCE)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self.rows)

    def fetchMore(self, _parent: Index) -> None:
        last = min(len(self.rows), self._shown + AT_ONCE)
        self.beginInsertRows(QModelIndex(), self._shown, last - 1)
        self._shown = last
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        said = (str(row.number), row.name or NAMELESS, str(row.choice), "\n".join(row.marks))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(said)
        return said if role == Qt.ItemDataRole.DisplayRole else None


class FirmImportTable(RowTable):
    """The table of them, of which several can be chosen; those ``asked`` about are marked."""

    def __init__(self, desk: Desk, model: FirmImportModel) -> None:
        self._desk = desk
        self.asked: Collection[int] = frozenset()
        super().__init__(
            desk.look, model, "名单中的企业", self._cell, {NUMBER: 52, NAME: 210, CHOICE: 104}, (NAME, MARKS)
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_lines(self) -> list[PlannedLine]:
        """Return the rows that are selected."""
        return [self.rows_model.rows[at] for at in self.chosen_rows()]

    @property
    def rows_model(self) -> FirmImportModel:
        """Return the model."""
        model: QAbstractItemModel = self.model()
        assert isinstance(model, FirmImportModel)
        return model

    def choose_numbers(self, numbers: Collection[int]) -> None:
        """Select the rows of the sheet with these numbers, the first one where none is shown."""
        selection = self.selectionModel()
        flag = selection.SelectionFlag
        selection.clear()
        for at in range(self.model().rowCount()):
            if self.rows_model.rows[at].number in numbers:
                index = self.model().index(at, 0)
                selection.setCurrentIndex(index, flag.Select | flag.Rows)
        if not selection.hasSelection() and self.model().rowCount():
            self.selectRow(0)

    def _cell(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        row = self.rows_model.rows[index.row()]
        said = str(index.data())
        colours = {FirmChoice.NEW: look.green, FirmChoice.FILL: look.accent, FirmChoice.SKIP: look.muted}
        if index.column() == CHOICE:
            return [Piece(said, colours[row.choice])]
        if index.column() == MARKS:
            return [Piece(said, look.near if row.number in self.asked else look.muted, 0.92)]
        return [Piece(said, look.muted if index.column() == NUMBER or not row.name else look.text)]
