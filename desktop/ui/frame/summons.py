"""The window comes to the front when the program is started a second time on the same workspace.

It also looks at the file with which that was started.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.workspace.file import bell


def listen(folder: Path, window: QWidget, look: Callable[[Path], object]) -> None:
    """Let ``window``, which writes to the workspace in ``folder``, come to the front when it is wanted.

    ``look`` is called with the file that is to be looked at then, if there is one.
    """
    hung = bell.hang(folder)
    if hung is not None:
        Summons(window, hung, look)


class Summons(QObject):
    """Listens to the bell of the workspace for as long as ``window`` lives."""

    def __init__(self, window: QWidget, hung: bell.Bell, look: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._window, self._bell, self._look = window, hung, look
        self._watcher = QFileSystemWatcher([str(hung.file)], self)
        self._watcher.fileChanged.connect(self._listen)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._end)
        self._listen()  # somebody may have rung already

    def _listen(self) -> None:
        file = self._bell.heard()
        if file is not None:
            come(self._window)
        if file:
            self._look(Path(file))

    def _end(self) -> None:
        self._bell.take_down()


def come(window: QWidget) -> None:
    """Bring the window, or the dialog that it waits for, before the user; one in the task bar is restored.

    Where a desktop lets no program come to the front by itself, its entry in the task bar asks for attention.
    """
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    QApplication.alert(window)
