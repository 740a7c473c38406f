"""Asking for passphrases on the way to an open workspace, as often as it takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.errors import KnownError
from desktop.workspace.file import cipher

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.workspace.file.cipher import PassphraseError

Ask = Callable[["QDialog"], object]


def exec_dialog(dialog: QDialog) -> None:
    """Show the dialog until something is chosen."""
    dialog.exec()


class GivenUpError(Exception):
    """The user wants to enter no passphrase."""


def unlocked(
    shut: PassphraseError,
    folder: Path,
    ask: Ask = exec_dialog,
    *,
    may_forget: bool = True,
    parent: QWidget | None = None,
) -> str:
    """Ask until a passphrase opens the file that was ``shut``, or it is replaced as the user chooses.

    Returns what was done instead of opening it, "" otherwise. Raises GivenUpError.
    """
    from desktop.ui.safety.unlock_dialog import ForgottenDialog, Left, UnlockDialog

    wrong, own = False, shut.path.parent == folder
    what = "工作库" if own else f"备份“{shut.path.name}”"
    while True:
        dialog = UnlockDialog(what, wrong=wrong, may_forget=own and may_forget, parent=parent)
        ask(dialog)
        given, chosen, forgotten = dialog.secret.text(), dialog.result(), dialog.forgotten
        dialog.secret.clear()
        dialog.deleteLater()
        if forgotten:
            left = ForgottenDialog(folder, parent)
            ask(left)
            way, file = left.way, left.file
            left.deleteLater()
            if way is not Left.BACK and (told := _replaced(folder, way is Left.EMPTY, file, ask)):
                return told
            continue
        if not chosen:
            raise GivenUpError
        if _opens(shut, given):
            return ""
        wrong = True


def _opens(shut: PassphraseError, given: str) -> bool:
    """Try a passphrase, which takes a second; one that opens nothing is forgotten again."""
    from desktop.workspace.file import packed

    was_known = cipher.is_offered(given)
    cipher.offer(given)
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        packed.key_of(shut.path)
    except cipher.PassphraseError:
        if not was_known:
            cipher.withdraw(given)
        return False
    finally:
        QGuiApplication.restoreOverrideCursor()
    return True


def may_open(file: Path, folder: Path, parent: QWidget) -> bool:
    """Tell whether the backup ``file`` can be opened, after the user was asked for what it takes.

    What else is wrong with it is for others to say.
    """
    from desktop.workspace.file import packed

    try:
        packed.key_of(file)
    except cipher.PassphraseError as shut:
        try:
            unlocked(shut, folder, may_forget=False, parent=parent)
        except GivenUpError:
            return False
    except KnownError:
        return True
    return True


def _replaced(folder: Path, empty: bool, file: Path, ask: Ask) -> str:
    """Do what is left; return what was done, "" when nothing was and the user was told why."""
    from desktop.ui.kit import messages
    from desktop.ui.safety.restored_words import words
    from desktop.workspace.safety import restore

    while True:
        try:
            if empty:
                kept = restore.start_anew(folder, forgotten=True)
                return f"已用空白工作库重新开始，打不开的工作库原样保留在 {kept}。"
            done = restore.at_rest(
                folder, file, by=_account(), at=datetime.now().astimezone(), forgotten=True
            )
            return words(done)
        except cipher.PassphraseError as shut:
            try:
                unlocked(shut, folder, ask, may_forget=False)
            except GivenUpError:
                return ""
        except KnownError as problem:
            ask(messages.show_problem(None, problem))
            return ""


def _account() -> str:
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
