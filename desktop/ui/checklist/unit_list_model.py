"""The units that have a checklist, with how far each of them is.

A unit that this catalogue no longer has is listed last as long as the workspace holds entries for it.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.catalogue.model import Unit
from desktop.ui.desk import Desk
from desktop.ui.overview.figures import Bar, Part, part_of
from desktop.workspace.items.model import Item, ItemKey

Index = QModelIndex | QPersistentModelIndex
KEY_ROLE = Qt.ItemDataRole.UserRole
FORMER = "原有单位"
BAR_ROLE = Qt.ItemDataRole.UserRole + 1


class UnitListModel(QAbstractListModel):
    """The units whose name or alias holds the filter's text, in the order of ``checklist_units()``."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._every: tuple[Unit, ...] = ()
        self._units: tuple[Unit, ...] = ()
        self._wanted = ""
        self._bars: dict[str, Bar] = {}
        self.count()
        desk.progress_changed.connect(self._take_changes)

    def count(self) -> None:
        """Count all units' items again."""
        known = self._desk.catalogue.checklist_units()
        grouped: dict[str, list[Item]] = {unit.key: [] for unit in known}
        for item in self._desk.every_item():
            grouped.setdefault(item.key.unit_key, []).append(item)
        former = tuple(Unit(key, 0, f"{FORMER}（{key}）", "", ()) for key in list(grouped)[len(known) :])
        self._bars = {unit.key: _bar(unit, grouped[unit.key]) for unit in (*known, *former)}
        if self._every != (*known, *former):
            self._every = (*known, *former)
            self.narrow(self._wanted)
        elif self._units:
            self.dataChanged.emit(self.index(0), self.index(len(self._units) - 1))

    def narrow(self, text: str) -> None:
        """Show only the units whose name or alias holds ``text``."""
        self._wanted = wanted = text.strip().casefold()
        self.beginResetModel()
        self._units = tuple(
            unit
            for unit in self._every
            if any(wanted in name.casefold() for name in (unit.name, *unit.aliases))
        )
        self.endResetModel()

    def unit(self, unit_key: str) -> Unit | None:
        """Return a unit that has a checklist, shown or not."""
        return next((unit for unit in self._every if unit.key == unit_key), None)

    def row_of(self, unit_key: str) -> int:
        """Return a unit's row, or -1 when the filter hides it."""
        return next((row for row, unit in enumerate(self._units) if unit.key == unit_key), -1)

    def _take_changes(self, keys: tuple[ItemKey, ...]) -> None:
        changed = {key.unit_key for key in keys}
        for unit in self._every:
            if unit.key not in changed:
                continue
            self._bars[unit.key] = _bar(unit, self._desk.items(unit.key))
            if (row := self.row_of(unit.key)) >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        unit = self._units[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return unit.name
        if role == KEY_ROLE:
            return unit.key
        if role == BAR_ROLE:
            return self._bars[unit.key]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._bars[unit.key].sentence
        return None


def is_former(unit: Unit) -> bool:
    """Tell whether a unit is known from the workspace only."""
    return unit.ordinal == 0 and unit.name.startswith(FORMER)


def _bar(unit: Unit, items: list[Item]) -> Bar:
    counts = Counter(part_of(item) for item in items if not item.orphaned or is_former(unit))
    return Bar(unit.key, unit.name, tuple((part, counts[part]) for part in Part))
