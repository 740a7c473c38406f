"""What nobody caught, in whatever thread: logged, told once with a report, and the program goes on."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop import disk, paths
from desktop.errors import KnownError
from desktop.workspace.file import transaction

if TYPE_CHECKING:
    from types import TracebackType

    from desktop.ui.frame.bug_dialog import BugDialog
    from desktop.ui.frame.window import Window

MOST = 20  # different mistakes are told in one run; all are logged
AGAIN = "同样的意外错误又出现了，已记入日志。录入的内容不受影响，请在方便时关闭程序，重新打开。"


class Unexpected(QObject):
    """Takes what nobody caught.

    A mistake is told in a dialog once; while that stands, others are added to its report. One that comes
    again is told in a line above the pages while no such line stands, so that one that comes with every paint
    keeps nobody from working. What the user can put right is told likewise, in a dialog of its own.
    """

    _came = Signal(str, object)  # what is told, and the ``KnownError``, None for a mistake

    def __init__(self, window: Window, folder: Path) -> None:
        super().__init__()
        self._window, self._folder = window, folder
        self._logged: Counter[str] = Counter()
        self._told: set[str] = set()
        self._lines: set[str] = set()
        self._dialog: BugDialog | None = None
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # never within a paint

    def watch(self) -> None:
        """Take what nobody catches from now on."""
        sys.excepthook = self._take
        threading.excepthook = lambda told: self._take(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )

    def _take(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """Log ``error`` at once, in its own thread, and have it told in that of the window."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        known = self._known(error)
        self._came.emit(str(known) if known else self._log(error), known)

    def _known(self, error: BaseException) -> KnownError | None:
        """Return what to say of an error that is none of the program's; None for a mistake."""
        if isinstance(error, sqlite3.Error):  # a view that read from a disk that is gone
            known = transaction.explain(error)
        else:
            known = error if isinstance(error, KnownError) else disk.unforeseen(error)
        return known and transaction.as_it_is(known, self._folder)

    def _log(self, error: BaseException) -> str:
        """Log a mistake, one that comes again at powers of ten only; return where it was."""
        import logging

        from desktop import logs, traces

        where = traces.told(error)
        self._logged[_end(where)] += 1
        times = self._logged[_end(where)]
        log = logging.getLogger("desktop")
        if not log.handlers:  # it may come before the window stands
            logs.start(paths.log_folder(self._folder))
        if times == 1:
            log.critical("unexpected error", exc_info=error)
        elif str(times).strip("0") == "1":
            log.critical("the same error for the %d. time: %s", times, where.splitlines()[-1])
        return where

    def _tell(self, what: str, known: KnownError | None) -> None:
        if not self._window.isVisible():  # it was closed
            return
        again = _end(what) in self._told
        self._told.add(_end(what))
        if self._dialog is not None and known is None:
            if not again and len(self._told) <= MOST:
                self._dialog.add(what)
        elif again or len(self._told) > MOST:
            self._put_line(what, known)
        elif known is None:
            self._open(what)
        else:
            from desktop.ui.kit import messages

            messages.show_problem(self._window, known)

    def _open(self, where: str) -> None:
        """Tell of a mistake in the dialog, once what was just typed is saved."""
        from desktop.ui.frame.bug_dialog import BugDialog
        from desktop.ui.kit import messages

        saved = self._save()
        self._dialog = BugDialog(f"{self._versions()}\n\n{where}", saved, self._window)
        self._dialog.finished.connect(self._forget_dialog)
        messages.open_in_turn(self._dialog, where)

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _put_line(self, what: str, known: KnownError | None) -> None:
        """Tell again, in a line, unless there is one about it."""
        if _end(what) in self._lines:
            return
        self._lines.add(_end(what))
        if known is None:
            line = self._window.announce(AGAIN, 查看报告=lambda: self._open(what))
        else:
            line = self._window.announce(what)
        line.warn()
        line.close_button.clicked.connect(lambda: self._lines.discard(_end(what)))

    def _save(self) -> bool:
        """Save what was just typed; tell whether it is."""
        from desktop.ui.frame import leaving

        try:
            return leaving.saved(self._window.desk, self._window.flush)
        except Exception as error:  # noqa: BLE001 - whatever it is, the mistake before it is to be told
            self._log(error)
            return False

    def _versions(self) -> str:
        """Return what a maintainer wants to know first."""
        from desktop.ui.kit import messages

        data = self._window.desk.catalogue.meta.get("data_version", "")
        return f"{messages.versions()} · 数据 {data or '无'}"


def _end(what: str) -> str:
    """Return that by which a mistake is the same: its last place and kind, whatever led there."""
    return "\n".join(what.splitlines()[-2:])
