"""Starting the program: the application object, the data, the window, and what to do when these fail."""

from __future__ import annotations

import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import TITLE, __version__, paths
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.library import opening
from desktop.ui.desk import Desk
from desktop.ui.frame import screen
from desktop.ui.frame.unexpected import Unexpected
from desktop.ui.frame.window import Window
from desktop.ui.kit import style_sheet
from desktop.ui.kit.look import LIGHT
from desktop.ui.safety import rescue
from desktop.ui.safety.rescue import LeaveError, ShownElsewhereError
from desktop.ui.typing import choosing
from desktop.workspace.file import store

ALREADY_OPEN = f"{TITLE}已经打开，已把它的窗口提到最前面。"
LARGE = 16_000_000  # bytes; reading as much takes some 30 ms, which nobody sees at the start
SEALING = 76  # within this room: the window closed for its passphrase to be set, changed or taken off
DAMAGED = 75  # the exit code with which the window gives way to what is done about a damaged workspace

if TYPE_CHECKING:
    from desktop.ui.safety.backup_on_start import StartBackup
    from desktop.ui.safety.examining import Examining


def application() -> QApplication:
    """Return the application object, made and named if there is none yet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    through_fcitx = choosing.prepare()
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
    if through_fcitx:
        choosing.begin(app)
    return app


def open_desk(folder: Path) -> tuple[Desk, str]:
    """Open the library and the workspace in ``folder``.

    Returns the desk and, when the workspace can only be read, the sentence that says why. Raises
    :class:`KnownError` when either cannot be opened.
    """
    with _library(folder) as (measures, catalogue, warning):
        workspace, why = store.open_as_possible(folder)
        return Desk(catalogue, measures, workspace, warning), why


def rescued_desk(
    folder: Path, *, put_off: int | None = None, elsewhere: Callable[[], bool] = lambda: False
) -> tuple[Desk, str, str]:
    """Open as :func:`open_desk` does; a damaged workspace is put right first, as the user chooses.

    A file of more than ``put_off`` bytes is still to be examined then. Also returns what was done, for the
    window to say. Raises :class:`LeaveError` when the user chooses to leave everything as it is.
    """
    with _library(folder) as (measures, catalogue, warning):
        workspace, why, told = rescue.opened(folder, catalogue, put_off=put_off, elsewhere=elsewhere)
        return Desk(catalogue, measures, workspace, warning), why, told


@contextmanager
def _library(folder: Path) -> Iterator[tuple[sqlite3.Connection, Catalogue, str]]:
    """Open the measures for a desk, which closes them; closed at once if the block fails.

    Also gives what is wrong with the library, if anything.
    """
    found = opening.opened(folder)
    try:
        yield found.db, found.catalogue, found.warning
    except BaseException:
        found.db.close()
        raise


def run(
    workspace: Path | None,
    tell: Callable[[str], None],
    *,
    file: Path | None = None,
    put_off: int = LARGE,
) -> int:
    """Open the window and return the exit code when it is closed.

    ``tell`` says on the console what the window says too, or what there is no window for. ``file``, a 数据包
    or a 发文包, is looked at when the window stands. Where the workspace is open in a window already, that
    one comes to the front instead, and looks at the file. A workspace of more than ``put_off``
    bytes is read whole when the window stands; if it turns out to be damaged, the window goes and all begins
    again, with what the user can choose then. Raises NoScreenError when no screen answers, KnownError where
    something else keeps every window of this program from opening.
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
    code, window = _shown(app, folder, tell, put_off, file)
    while code in (DAMAGED, SEALING):
        app.setQuitOnLastWindowClosed(False)  # there will be another one
        said = ""
        if code == SEALING:
            said, file = _seal(folder, window), None  # it was looked at in the window before
        app.setQuitOnLastWindowClosed(True)
        code, window = _shown(app, folder, tell, None, file, said)
    del window  # what it listens to lives as long as the program
    _close_log()
    return code


def _shown(
    app: QApplication,
    folder: Path,
    tell: Callable[[str], None],
    put_off: int | None,
    file: Path | None,
    said: str = "",
) -> tuple[int, Window | None]:
    """Show the window until it is closed; return the exit code, DAMAGED when the workspace is, and it.

    ``said`` is what was done before, for the window to say.
    """
    try:
        desk, why, told = rescued_desk(
            folder, put_off=put_off, elsewhere=lambda: _is_open_already(folder, file)
        )
    except ShownElsewhereError:
        tell(ALREADY_OPEN)
        return 0, None
    except LeaveError:
        return 1, None
    except KnownError as problem:
        import logging

        from desktop import logs
        from desktop.ui.kit import messages

        logs.start(paths.log_folder(folder))
        logging.getLogger(__name__).error("cannot start: %s", problem)
        tell(str(problem))
        messages.show_problem(None, problem).exec()
        return 1, None
    if desk.read_only and _is_open_already(folder, file):
        desk.close()
        tell(ALREADY_OPEN)
        return 0, None
    window = Window(desk)
    if why:
        tell(why)
        window.lines.say_locked(why)
    unexpected = Unexpected(window, folder)
    unexpected.watch()
    window.painted.connect(lambda: _settle(folder, window, told or said, file))
    window.show()
    code = app.exec()
    if code == DAMAGED:
        from desktop.ui.frame import leaving

        app.setQuitOnLastWindowClosed(False)  # there will be another one
        leaving.at_once(window)
        app.setQuitOnLastWindowClosed(True)
    desk.close()
    return SEALING if window.dialogs.sealing is not None else code, window


def _seal(folder: Path, window: Window | None) -> str:
    """Do what was asked about the passphrase in ``window``, which is closed; return what was done."""
    from desktop.ui.safety import rescue, sealing

    wanted = None if window is None else window.dialogs.sealing
    return "" if wanted is None else sealing.carry_out(folder, wanted, rescue.ask)


def _is_open_already(folder: Path, file: Path | None) -> bool:
    """Tell whether a window on the same workspace was asked to the front to look at ``file``, and came."""
    from desktop.workspace.file import bell

    return bell.ring(folder, bell.PATIENCE, file)


def _close_log() -> None:
    from desktop import logs

    logs.stop()


def _settle(folder: Path, window: Window, told: str, file: Path | None) -> None:
    """Do what can wait until the window is on the screen."""
    from desktop import logs
    from desktop.ui.frame import first_look, summons
    from desktop.ui.merging import reminder as merging_reminder
    from desktop.ui.overview import clock, demand_reminder, reminder

    gc.freeze()
    gc.enable()
    logs.start(paths.log_folder(folder))
    screen.tell_log()
    if not window.desk.read_only:
        summons.listen(folder, window, lambda named: _look(window, named))
    if told:
        window.announce(told)
    reminder.begin(window.desk, window, window.announce, window.open_item)
    demand_reminder.begin(window.desk, window, window.announce)
    merging_reminder.begin(window.desk, window, window.announce, lambda: window.dialogs.packages)
    clock.begin(window.desk, window.announce)
    examining(window).begin()
    if file is not None:
        _look(window, file)
    elif not told:
        first_look.begin_once(window)


def _look(window: Window, file: Path) -> None:
    from desktop.ui.frame import library_actions

    library_actions.take_named(file, window, window)


def examining(window: Window) -> Examining:
    """Return what reads a large workspace whole, not yet begun; the automatic backup comes after it."""
    from desktop.ui.safety.examining import Examining

    made = Examining(window.desk, window)
    made.passed.connect(start_backup(window).begin)
    made.damaged.connect(lambda _damage: QApplication.exit(DAMAGED))
    return made


def start_backup(window: Window) -> StartBackup:
    """Return the automatic backup of a window, not yet begun; it is told in the window how it went."""
    from desktop.ui.safety.backup_on_start import StartBackup

    made = StartBackup(window.desk, window)
    made.told.connect(window.status.flash)
    made.failed.connect(lambda why: window.announce(why, 备份与恢复=window.dialogs.show_backups).warn())
    return made
