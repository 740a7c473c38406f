"""A list model of plain values, one a row: what each row says is the only thing that a list has to tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.kit import plain

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

ROOT = QModelIndex()
VALUE = Qt.ItemDataRole.UserRole
"""The role that gives a row's value itself; roles of a list's own begin after it."""


class RowsModel(QAbstractListModel, Generic[Row]):
    """Shows values in their order. What a list says of one is for its subclass to tell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the values shown."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Show these values; the same rows with other contents keep the place of the caret."""
        fresh = tuple(rows)
        if fresh and list(map(self.key, fresh)) == list(map(self.key, self._rows)):
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_of(self, key: object) -> int:
        """Return the row with this key, or -1."""
        return next((at for at, row in enumerate(self._rows) if self.key(row) == key), -1)

    def key(self, row: Row) -> object:
        """Return by what a row is known again; by default it is the row itself."""
        return row

    def text(self, row: Row) -> str:
        """Return the words of a row."""
        raise NotImplementedError

    def sentence(self, row: Row) -> str:
        """Return all that a row says, for screen readers and its tip; by default its words."""
        return self.text(row)

    def more(self, row: Row, role: int) -> object:  # noqa: ARG002
        """Return what a row has for a role of the list's own."""
        return None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == VALUE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self.sentence(row))
        return self.more(row, role)
