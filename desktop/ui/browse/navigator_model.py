"""The tree of measures: one level of branches (categories, units, 适用对象 or favourites), measures below.

No SQL: branches are made from the catalogue in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.catalogue.model import Measure
from desktop.catalogue.query import Catalogue
from desktop.ui.kit import plain

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
KEY_ROLE = Qt.ItemDataRole.UserRole
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
STARRED_ROLE = Qt.ItemDataRole.UserRole + 3
NOTED_ROLE = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch and its measures in order; ``key`` is that of the category, unit or tag."""

    key: str
    title: str
    measures: tuple[Measure, ...]


def by_category(catalogue: Catalogue) -> list[Branch]:
    """Return a branch for each category."""
    return [Branch(each.key, each.heading, catalogue.measures_in(each.key)) for each in catalogue.categories]


def by_unit(catalogue: Catalogue) -> list[Branch]:
    """Return a branch for each unit, those with the most measures first, those without a unit last."""
    return [
        Branch(each.key, each.name, catalogue.measures_of(each.key)) for each in catalogue.checklist_units()
    ]


def by_beneficiary(catalogue: Catalogue) -> list[Branch]:
    """Return a branch for each value of 适用对象."""
    tags = [tag for tag in catalogue.tags if tag.kind == "beneficiary"]
    return [Branch(tag.key, tag.name, catalogue.measures_tagged(tag.key)) for tag in tags]


class NavigatorModel(QAbstractItemModel):
    """Branches and measures; a leaf's internal id is its branch's row plus one, a branch's is 0."""

    def __init__(
        self, marked: Callable[[], tuple[set[str], set[str]]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._branches: list[Branch] = []
        self._read_marks = marked
        self._starred: set[str] = set()
        self._noted: set[str] = set()

    def set_branches(self, branches: Iterable[Branch]) -> None:
        """Show these branches instead."""
        self.beginResetModel()
        self._branches = list(branches)
        self._starred, self._noted = self._read_marks()
        self.endResetModel()

    def refresh_marks(self) -> None:
        """Take favourites and notes again and repaint the rows."""
        self._starred, self._noted = self._read_marks()
        for row, branch in enumerate(self._branches):
            parent = self.index(row, 0)
            if branch.measures:
                last = self.index(len(branch.measures) - 1, 0, parent)
                self.dataChanged.emit(self.index(0, 0, parent), last, [STARRED_ROLE, NOTED_ROLE])

    def find(self, key: str, near: Index = ROOT) -> QModelIndex:
        """Return the index of a branch or measure key; a measure below ``near`` is preferred over others."""
        branch = near.parent() if near.parent().isValid() else near
        rows = list(range(len(self._branches)))
        if branch.isValid():
            rows.remove(branch.row())
            rows.insert(0, branch.row())
        for row in rows:
            if self._branches[row].key == key:
                return self.index(row, 0)
            for at, measure in enumerate(self._branches[row].measures):
                if measure.key == key:
                    return self.index(at, 0, self.index(row, 0))
        return QModelIndex()

    def measures_of(self, key: str) -> tuple[Measure, ...]:
        """Return the measures of the branch with this key; KeyError if there is none."""
        return {branch.key: branch.measures for branch in self._branches}[key]

    def measure(self, index: Index) -> Measure | None:
        """Return the measure at ``index``, or None for a branch."""
        if not index.isValid() or not index.internalId():
            return None
        return self._branches[index.internalId() - 1].measures[index.row()]

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]  # two in one, in Qt
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self._branches)
        return 0 if parent.internalId() else len(self._branches[parent.row()].measures)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        measure = self.measure(index)
        if measure is None:
            branch = self._branches[index.row()]
            values: dict[int, object] = {
                Qt.ItemDataRole.DisplayRole: branch.title,
                Qt.ItemDataRole.ToolTipRole: plain.tip(f"{branch.title}（{len(branch.measures)}条）"),
                Qt.ItemDataRole.AccessibleTextRole: f"{branch.title}，{len(branch.measures)}条",
                KEY_ROLE: branch.key,
                COUNT_ROLE: len(branch.measures),
            }
        else:
            values = {
                Qt.ItemDataRole.DisplayRole: measure.title,
                Qt.ItemDataRole.ToolTipRole: plain.tip(f"第{measure.number}条　{measure.title}"),
                Qt.ItemDataRole.AccessibleTextRole: self._sentence(measure),
                KEY_ROLE: measure.key,
                NUMBER_ROLE: measure.number,
                STARRED_ROLE: measure.key in self._starred,
                NOTED_ROLE: measure.key in self._noted,
            }
        return values.get(role)

    def _sentence(self, measure: Measure) -> str:
        """Return all that a row says, its marks too."""
        told = [f"第{measure.number}条 {measure.title}"]
        told += ["已收藏"] if measure.key in self._starred else []
        told += ["有批注"] if measure.key in self._noted else []
        return "，".join(told)
