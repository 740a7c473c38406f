"""The files attached to one item, as a table model."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.kit import plain
from desktop.ui.kit.row_table import TitledModel
from desktop.workspace import words
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.standing import NOTHING, Standing

Index = QModelIndex | QPersistentModelIndex
FILE_ROLE = Qt.ItemDataRole.UserRole
NAME, SIZE, BY, AT, STATE = range(5)
TITLES = ("文件名", "大小", "附上人", "附上时间", "状态")
MEANS = {
    State.OK: "与附上时逐字节一致",
    State.MISSING: "工作库的 evidence 文件夹中找不到这份文件",
    State.ALTERED: "文件内容与附上时不同（大小或校验值不符）",
}


class EvidenceModel(TitledModel):
    """Shows how the files of an item stand."""

    titles = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing = NOTHING

    def show(self, standing: Standing) -> None:
        """Show these files."""
        if standing == self._standing:
            return
        self.beginResetModel()
        self._standing = standing
        self.endResetModel()

    @property
    def standing(self) -> Standing:
        """Return what is shown."""
        return self._standing

    def file(self, row: int) -> Evidence:
        """Return the file in a row."""
        return self._standing.files[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._standing.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.file(index.row())
        if role == FILE_ROLE:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(one, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._tip(one, index.column()))
        return None

    def _words(self, one: Evidence, column: int) -> str:
        return (
            one.name,
            words.size(one.stored.size),
            one.by,
            words.moment(one.at),
            str(self._standing.state(one)),
        )[column]

    def _tip(self, one: Evidence, column: int) -> str:
        if column == NAME:
            return f"{one.name}\n{one.stored.size:,} 字节"
        return MEANS[self._standing.state(one)] if column == STATE else ""
