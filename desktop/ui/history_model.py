"""The changes of one item, or of all items of a unit, as a table model, newest first."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.workspace.model import FIELD_NAMES, Change

Index = QModelIndex | QPersistentModelIndex
CHANGE_ROLE = Qt.ItemDataRole.UserRole
NUMBER, AT, BY, SOURCE, FIELD, BEFORE, AFTER = range(7)
TITLES = ("序号", "时间", "使用人", "来源", "栏目", "改动前", "改动后")
NOTHING = "空"
UNDONE = "已撤销"


class HistoryModel(QAbstractTableModel):
    """Shows changes; ``numbers`` gives the number of each measure, by its key."""

    def __init__(self, numbers: dict[str, int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._changes: list[Change] = []
        self._undone: set[int] = set()

    def show(self, changes: list[Change]) -> None:
        """Show these changes."""
        if changes == self._changes:
            return
        self.beginResetModel()
        self._changes = list(changes)
        self._undone = {change.undoes for change in changes if change.undoes}
        self.endResetModel()

    def change(self, row: int) -> Change:
        """Return the change in a row."""
        return self._changes[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(TITLES):
            if role == Qt.ItemDataRole.DisplayRole:
                return TITLES[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        change = self._changes[index.row()]
        if role == CHANGE_ROLE:
            return change
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(change, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return change.at if index.column() == AT else self._words(change, index.column())
        return None

    def _words(self, change: Change, column: int) -> str:
        if column == NUMBER:
            return str(self._numbers.get(change.key.measure_key) or "—")
        if column == AT:
            return change.at[:16].replace("T", " ")
        if column == BY:
            return change.by
        if column == SOURCE:
            return f"{change.source}（{UNDONE}）" if change.id in self._undone else change.source
        if column == FIELD:
            return FIELD_NAMES.get(change.field, change.field)
        return (change.before if column == BEFORE else change.after) or NOTHING
