"""Changes of an enterprise as rows: when, by whom, of what, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.ui.kit import plain
from desktop.ui.kit.row_table import ROOT, Index, TitledModel
from desktop.workspace import words

if TYPE_CHECKING:
    from desktop.workspace.enterprises.changes import FirmChange

AT, BY, FIELD, BEFORE, AFTER, SOURCE = range(6)


class FirmChangesModel(TitledModel):
    """Shows changes."""

    titles = ("时间", "使用人", "内容", "改前", "改后", "来源")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FirmChange, ...] = ()

    def show(self, found: Sequence[FirmChange]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.rows[index.row()]
        text = (words.moment(one.at), one.by, one.field, one.before, one.after, one.source)[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else plain.tip(text)
