"""Files dropped on a row of the checklist, or on the panel of 佐证材料.

Workbooks and folders that are dropped on the table are left to the window, which takes them as 回填; on the
panel they are 佐证材料 like anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QToolTip, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop.ui.checklist.table import ChecklistTable
    from desktop.workspace.items.model import Item

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Return the files of this machine that are dragged, none when something else is among them."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return ()
    return tuple(Path(url.toLocalFile()) for url in urls)


def are_returns(paths: Sequence[Path]) -> bool:
    """Tell whether these look like workbooks that came back: nothing but workbooks and folders."""
    return all(path.suffix.lower() in WORKBOOKS or path.is_dir() for path in paths)


class FileDrop(QObject):
    """Takes files dropped on a widget.

    Signals:
        dropped(tuple): the paths
    """

    dropped = Signal(tuple)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._widget:
            return False
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent):
            return self.hold(event, local_files(event.mimeData()))
        if event.type() == QEvent.Type.DragLeave:
            self.let_go()
            return False
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self.drop(event, local_files(event.mimeData()))
        return False

    def hold(self, event: QDropEvent, paths: tuple[Path, ...]) -> bool:
        """Say whether ``paths`` may be dropped where they are held."""
        return _answer(event, taken=bool(paths))

    def let_go(self) -> None:
        """Forget where files were held."""

    def drop(self, event: QDropEvent, paths: tuple[Path, ...]) -> bool:
        """Take ``paths``."""
        if paths:
            self.dropped.emit(paths)
        return _answer(event, taken=bool(paths))


class RowDrop(FileDrop):
    """Takes files dropped on a row of the table; the row is marked while they are held over it.

    Signals:
        dropped_on(object, tuple): the ``ItemKey`` of the row, and the paths
    """

    dropped_on = Signal(object, tuple)

    def __init__(self, table: ChecklistTable) -> None:
        super().__init__(table.viewport())
        self._table = table

    def hold(self, event: QDropEvent, paths: tuple[Path, ...]) -> bool:
        item = self._item(event, paths)
        self._mark(self._table.rowAt(round(event.position().y())) if item else -1)
        if isinstance(event, QDragEnterEvent):  # who takes them now gets the moves as well
            return _answer(event, taken=self._fit(paths))
        if item is not None:
            where = self._table.viewport().mapToGlobal(event.position().toPoint())
            QToolTip.showText(where, f"附为{_name(item)}的佐证材料", self._table)
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
        item = self._table.item(row)
        return None if item.orphaned else item

    def _fit(self, paths: tuple[Path, ...]) -> bool:
        return bool(paths) and not are_returns(paths) and not self._table.read_only

    def _mark(self, row: int) -> None:
        if self._table.delegate.drop_row != row:
            self._table.delegate.drop_row = row
            self._table.viewport().update()


def _answer(event: QDropEvent, *, taken: bool) -> bool:
    """Accept a copy, or leave the event to the widgets below."""
    if taken:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()
    return True


def _name(item: Item) -> str:
    return f"第{item.number}条" if item.number else "这一项"
