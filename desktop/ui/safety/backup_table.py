"""The automatic and other backups as a table: when, why, how large, what each holds, whether it is whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.kit import plain
from desktop.ui.kit.row_table import TitledModel
from desktop.workspace import words
from desktop.workspace.file.backup import BackupFile

Index = QModelIndex | QPersistentModelIndex
FILE_ROLE = Qt.ItemDataRole.UserRole
AT, REASON, SIZE, HOLDS, LAST, STATE = range(6)
TITLES = ("备份时间", "何时备份", "大小", "内容", "其中最近的改动", "核对")
WAITING = "……"
WHOLE, FAULTY = "完好", "损坏"


class BackupList(TitledModel):
    """Shows backups. What they hold, and how they are, is told later, file by file."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[BackupFile, ...] = ()
        self._holds: dict[Path, tuple[str, str]] = {}
        self._states: dict[Path, str] = {}

    def show(self, files: Sequence[BackupFile]) -> None:
        """Show these backups."""
        self.beginResetModel()
        self._files = tuple(files)
        self.endResetModel()

    def tell(self, holds: Mapping[Path, tuple[str, str]], states: Mapping[Path, str]) -> None:
        """Say what backups hold (what, newest change) and how they are."""
        self._holds.update(holds)
        self._states.update(states)
        if self._files:
            self.dataChanged.emit(self.index(0, HOLDS), self.index(len(self._files) - 1, STATE))

    @property
    def files(self) -> tuple[BackupFile, ...]:
        """Return the backups shown, newest first."""
        return self._files

    def state(self, file: BackupFile) -> str:
        """Return how a backup was when it was last looked at, "" when nobody has."""
        return self._states.get(file.path, "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        file = self._files[index.row()]
        if role == FILE_ROLE:
            return file
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            holds, last = self._holds.get(file.path, (WAITING, ""))
            return (
                words.moment(file.at),
                file.words,
                words.size(file.size),
                holds,
                last,
                self.state(file),
            )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(str(file.path) if index.column() == AT else str(self.data(index)))
        return None
