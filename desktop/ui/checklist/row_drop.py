"""Files dropped on a row of the checklist, or on the panel of 佐证材料.

Workbooks and folders that are dropped on the table are left to the window, which takes them as 回填; on the
panel they are 佐证材料 like anything else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QToolTip

from desktop.exchange.sheets.names import WORKBOOKS
from desktop.ui.kit import plain
from desktop.ui.kit.file_drop import FileDrop, _answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTableView

    from desktop.ui.checklist.delegate import ChecklistDelegate
    from desktop.ui.checklist.model import ChecklistModel
    from desktop.workspace.items.model import Item


class RowDrop(FileDrop):
    """Takes files dropped on a row of the table; the row is marked while they are held over it.

    Signals:
        dropped_on(object, tuple): the ``ItemKey`` of the row, and the paths
    """

    dropped_on = Signal(object, tuple)

    def __init__(self, table: QTableView, model: ChecklistModel, delegate: ChecklistDelegate) -> None:
        super().__init__(table.viewport())
        self._table, self._model, self._delegate = table, model, delegate

    def hold(self, event: QDropEvent, paths: tuple[Path, ...]) -> bool:
        item = self._item(event, paths)
        self._mark(self._table.rowAt(round(event.position().y())) if item else -1)
        if isinstance(event, QDragEnterEvent):  # who takes them now gets the moves as well
            return _answer(event, taken=self._fit(paths))
        if item is not None:
            where = self._table.viewport().mapToGlobal(event.position().toPoint())
            QToolTip.showText(where, plain.tip(f"附为{_name(item)}的佐证材料"), self._table)
        return _answer(event, taken=item is not None)

    def let_go(self) -> None:
        self._mark(-1)
        QToolTip.hideText()

    def drop(self, event: QDropEvent, paths: tuple[Path, ...]) -> bool:
        item = self._item(event, paths)
        self.let_go()
        if item is not None:
            self.dropped_on.emit(item.key, paths)
        return _answer(event, taken=item is not None)

    def _item(self, event: QDropEvent, paths: tuple[Path, ...]) -> Item | None:
        """Return the item that would get ``paths``."""
        row = self._table.rowAt(round(event.position().y()))
        if row < 0 or not self._fit(paths):
            return None
        item = self._model.item(row)
        return None if item.orphaned else item

    def _fit(self, paths: tuple[Path, ...]) -> bool:
        return bool(paths) and not _are_returns(paths) and not self._model.read_only

    def _mark(self, row: int) -> None:
        if self._delegate.drop_row != row:
            self._delegate.drop_row = row
            self._table.viewport().update()


def _name(item: Item) -> str:
    return item.cited or "这一项"


def _are_returns(paths: Sequence[Path]) -> bool:
    """Tell whether these look like workbooks that came back: nothing but workbooks and folders."""
    return all(path.suffix.lower() in WORKBOOKS or path.is_dir() for path in paths)
