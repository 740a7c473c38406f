"""Changes as a table model, newest first, taken from the desk a page at a time."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.desk import Desk
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import TitledModel
from desktop.workspace import words
from desktop.workspace.history import search
from desktop.workspace.history.search import ANYTHING, Scope, Sought
from desktop.workspace.items.changes import UNADOPTED
from desktop.workspace.items.model import Change

Index = QModelIndex | QPersistentModelIndex
CHANGE_ROLE = Qt.ItemDataRole.UserRole
NUMBER, AT, BY, SOURCE, FIELD, BEFORE, AFTER = range(7)
TITLES = ("序号", "时间", "使用人", "来源", "栏目", "改前", "改后")
UNDONE = "已撤销"
NOT_TAKEN = "未采用"
PAGE = 50  # changes taken at once; the rest follows as one scrolls


class HistoryModel(TitledModel):
    """Shows the changes that are sought in a scope. ``found`` counts them all, read or not yet."""

    titles = TITLES

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scope, self._sought = Scope(), ANYTHING
        self._changes: list[Change] = []
        self._undone: set[int] = set()
        self.found = 0

    def show(self, scope: Scope, sought: Sought = ANYTHING) -> None:
        """Show the newest changes; nothing moves when they are those that are shown already."""
        found = search.count(self._desk.workspace.db, scope, sought)
        first = search.page(self._desk.workspace.db, scope, sought, limit=PAGE)
        undone = search.undone(self._desk.workspace.db, first)
        known = (self._scope, self._sought, self.found, self._changes[:PAGE])
        if known == (scope, sought, found, first) and undone <= self._undone:
            return
        self.beginResetModel()
        self._scope, self._sought, self.found = scope, sought, found
        self._changes, self._undone = first, undone
        self.endResetModel()

    def change(self, row: int) -> Change:
        """Return the change in a row."""
        return self._changes[row]

    def row_of(self, change_id: int) -> int:
        """Return the row of a change, or -1 when it is not among those read."""
        return next((row for row, change in enumerate(self._changes) if change.id == change_id), -1)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._changes) < self.found

    def fetchMore(self, _parent: Index) -> None:
        more = search.page(
            self._desk.workspace.db,
            self._scope,
            self._sought,
            limit=PAGE,
            before=self._changes[-1].id if self._changes else 0,
        )
        if not more:
            self.found = len(self._changes)
            return
        self.beginInsertRows(QModelIndex(), len(self._changes), len(self._changes) + len(more) - 1)
        self._changes += more
        self._undone |= search.undone(self._desk.workspace.db, more)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        change = self._changes[index.row()]
        if role == CHANGE_ROLE:
            return change
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(change, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._tip(change, index.column()))
        return None

    def _words(self, change: Change, column: int) -> str:
        if column == NUMBER:
            return self._number(change)
        if column == AT:
            return words.moment(change.at)
        if column == BY:
            return change.by
        if column == SOURCE:
            notes = [UNDONE] if change.id in self._undone else []
            notes += [] if change.adopted else [NOT_TAKEN]
            return f"{change.source}（{'，'.join(notes)}）" if notes else change.source
        if column == FIELD:
            return words.field(change.field)
        before, after = words.sides(change)
        return before if column == BEFORE else after

    def _number(self, change: Change) -> str:
        """Return the measure's number, and below it its paper where several are in use."""
        catalogue, key = self._desk.catalogue, change.key
        try:
            number = str(catalogue.measure(key.measure_key).number)
        except KeyError:
            number = "—"
        if not self._scope.unit_key:
            number = f"{words.unit(catalogue, key.unit_key) or '—'} {number}"
        return "\n".join(filter(None, (number, words.paper(catalogue, key.measure_key))))

    def _tip(self, change: Change, column: int) -> str:
        if column == AT:
            return change.at
        if column == SOURCE:
            told = [f"回填文件：{change.file_name}"] if change.file_name else []
            told += [] if change.adopted else [f"{UNADOPTED}：“改后”是回填文件中的内容，清单中没有采用"]
            return "\n".join(told)
        return self._words(change, column)
