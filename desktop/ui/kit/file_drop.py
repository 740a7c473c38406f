"""Files dropped on a widget: which they are, and whether they may be dropped there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Return the files of this machine that are dragged, none when something else is among them."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return ()
    return tuple(Path(url.toLocalFile()) for url in urls)


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


def _answer(event: QDropEvent, *, taken: bool) -> bool:
    """Accept a copy, or leave the event to the widgets below."""
    if taken:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()
    return True
