"""Starting the program: the application object, the data, the window, and what to do when these fail."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import TITLE, __version__, disk, paths
from desktop.catalogue import query
from desktop.catalogue import store as catalogue_store
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.ui.desk import Desk
from desktop.ui.frame import screen
from desktop.ui.frame.window import Window
from desktop.ui.kit import style_sheet
from desktop.ui.kit.look import LIGHT
from desktop.ui.safety import rescue
from desktop.ui.safety.rescue import LeaveError
from desktop.workspace.file import store

if TYPE_CHECKING:
    from desktop.ui.safety.backup_on_start import StartBackup


def application() -> QApplication:
    """Return the application object, made and named if there is none yet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    _choose_input_method()
    screen.hear()
    app = QApplication([*sys.argv[:1], "-style", "Fusion", *screen.arguments()])
    app.setApplicationName("measures-desk")
    app.setApplicationDisplayName(TITLE)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("measures-desk")
    app.setWindowIcon(QIcon(str(paths.resources() / "icon" / "measures-desk.ico")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    style_sheet.apply(app, LIGHT)
    return app


def _choose_input_method() -> None:
    """Let Chinese be typed where the system asks for fcitx, for which PySide6 brings no plugin.

    UOS and Kylin set ``QT_IM_MODULE=fcitx``; fcitx also answers to Qt's own ibus plugin.
    """
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    wanted = os.environ.get("QT_IM_MODULE", "")
    if wanted.startswith("fcitx") and not any(plugins.glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"


def open_desk(folder: Path) -> tuple[Desk, str]:
    """Open the bundled database and the workspace in ``folder``.

    Returns the desk and, when the workspace can only be read, the sentence that says why. Raises
    :class:`KnownError` when either cannot be opened.
    """
    with _bundled() as (measures, catalogue):
        workspace, why = store.open_as_possible(folder)
        return Desk(catalogue, measures, workspace), why


def rescued_desk(folder: Path) -> tuple[Desk, str, str]:
    """Open as :func:`open_desk` does; a damaged workspace is put right first, as the user chooses.

    Also returns what was done, for the window to say. Raises :class:`LeaveError` when the user chooses to
    leave everything as it is.
    """
    with _bundled() as (measures, catalogue):
        workspace, why, told = rescue.opened(folder, catalogue)
        return Desk(catalogue, measures, workspace), why, told


@contextmanager
def _bundled() -> Iterator[tuple[sqlite3.Connection, Catalogue]]:
    """Open the bundled database for a desk, which closes it; closed at once if the block fails."""
    measures = catalogue_store.open_catalogue()
    try:
        yield measures, query.load(measures)
    except BaseException:
        measures.close()
        raise


def run(workspace: Path | None, tell: Callable[[str], None]) -> int:
    """Open the window and return the exit code when it is closed.

    ``tell`` says on the console what the window says too, or what there is no window for. Where the workspace
    is open in a window already, that one comes to the front instead. Raises NoScreenError when no screen
    answers, KnownError where something else keeps every window of this program from opening.
    """
    app = application()
    if not screen.is_there():
        from desktop.ui.frame import no_screen

        raise no_screen.reason()
    try:
        screen.ensure_legible()
    except KnownError as problem:
        from desktop.ui.frame import illegible

        tell(str(problem))
        illegible.show()
        return 1
    folder = paths.workspace_folder(workspace)
    try:
        desk, why, told = rescued_desk(folder)
    except LeaveError:
        return 1
    except KnownError as problem:
        import logging

        from desktop import logs
        from desktop.ui.kit import messages

        logs.start(paths.log_folder(folder))
        logging.getLogger(__name__).error("cannot start: %s", problem)
        tell(str(problem))
        messages.show_problem(None, problem).exec()
        return 1
    if desk.read_only and _is_open_already(folder):
        desk.close()
        tell(f"{TITLE}已经打开，已把它的窗口提到最前面。")
        return 0
    window = Window(desk)
    if why:
        tell(why)
        window.say_locked(why)
    sys.excepthook = _Hook(window, folder)
    window.painted.connect(lambda: _settle(folder, window, told))
    window.show()
    code = app.exec()
    desk.close()
    _close_log()
    return code


def _is_open_already(folder: Path) -> bool:
    """Tell whether a window on the same workspace was asked to the front, and came."""
    from desktop.workspace.file import bell

    return bell.ring(folder)


def _close_log() -> None:
    from desktop import logs

    logs.stop()


def _settle(folder: Path, window: Window, told: str) -> None:
    """Do what can wait until the window is on the screen."""
    from desktop import logs
    from desktop.ui.frame import summons
    from desktop.ui.overview import reminder

    gc.freeze()
    gc.enable()
    logs.start(paths.log_folder(folder))
    screen.tell_log()
    if not window.desk.read_only:
        summons.listen(folder, window)
    if told:
        window.announce(told)
    reminder.begin(window.desk, window, window.announce, window.open_item)
    start_backup(window).begin()


def start_backup(window: Window) -> StartBackup:
    """Return the automatic backup of a window, not yet begun; it is told in the window how it went."""
    from desktop.ui.safety.backup_on_start import StartBackup

    made = StartBackup(window.desk, window)
    made.told.connect(window.status.flash)
    made.failed.connect(lambda why: window.announce(why, 备份与恢复=window.dialogs.show_backups))
    return made


class _Hook:
    """Takes what nobody caught: logs it whole and shows a report."""

    def __init__(self, window: Window, folder: Path) -> None:
        self._window, self._folder = window, folder

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        import logging
        import traceback

        from desktop import logs
        from desktop.ui.kit import messages

        known = error if isinstance(error, KnownError) else disk.unforeseen(error)
        if known is not None:
            messages.show_problem(self._window, known)
            return
        logs.start(paths.log_folder(self._folder))  # it may come before the window stands
        logging.getLogger(__name__).critical("uncaught", exc_info=(kind, error, trace))
        messages.show_bug(self._window, "".join(traceback.format_exception(kind, error, trace)))
