"""Opening the workspace on start, also when it is damaged: the user says what is to be done about that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import DamagedError, KnownError, LockedError
from desktop.workspace.file import cipher, store
from desktop.workspace.file.store import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop.catalogue.query import Catalogue
    from desktop.workspace.safety.rescue import Offer

READING = "工作库已损坏，没有打开，文件原样保留。"


class LeaveError(Exception):
    """The user wants to leave the program as it is."""


class ShownElsewhereError(LeaveError):
    """Another window on the same workspace came to the front: nobody is to be asked for anything here."""


def ask(dialog: QDialog) -> None:
    """Show the dialog until something is chosen."""
    dialog.exec()


def opened(
    folder: Path,
    catalogue: Catalogue,
    ask: Callable[[QDialog], object] = ask,
    *,
    put_off: int | None = None,
    elsewhere: Callable[[], bool] = lambda: False,
) -> tuple[Workspace, str, str]:
    """Open the workspace in ``folder``, or what the user chooses instead of a damaged one.

    A file of more than ``put_off`` bytes is still to be examined then (:meth:`Workspace.examine`).

    Returns it, the sentence that says why it is read-only (empty when it is not), and what was done to open
    it (empty when nothing was). Raises LeaveError when the user chooses nothing, KnownError for what nobody
    can choose about. Before a passphrase is asked for where another program has the workspace open,
    ``elsewhere`` is asked whether that one came to the front; if so, raises ShownElsewhereError.
    """
    told = ""
    while True:
        try:
            return (*store.open_as_possible(folder, put_off=put_off), told)
        except cipher.PassphraseError as shut:
            if _is_held(folder) and elsewhere():
                raise ShownElsewhereError from shut
            told = _unlocked(shut, folder, ask) or told
            continue
        except DamagedError as damage:
            from desktop import logs, paths

            logs.start(paths.log_folder(folder))
            _log("damaged workspace: %s", damage)
            offer = _offer(folder, ask)
            if offer is None:  # whole by now: another program has restored it
                continue
        read, told = _rescue(folder, catalogue, offer, ask)
        if read is not None:
            return read, READING, ""


def _rescue(
    folder: Path, catalogue: Catalogue, offer: Offer, ask: Callable[[QDialog], object]
) -> tuple[Workspace | None, str]:
    """Do what the user chooses; return a workspace to be read instead, or None, and what was done."""
    from desktop.ui.safety.rescue_dialog import RescueDialog, Way
    from desktop.ui.safety.restored_words import words
    from desktop.workspace.safety import rescue, restore

    failed: KnownError | None = None
    while True:
        dialog = RescueDialog(offer, catalogue, failed)
        ask(dialog)
        way, file = dialog.way, dialog.file
        dialog.deleteLater()
        now = datetime.now().astimezone()
        try:
            if way is Way.OFFERED:
                return None, words(rescue.accept(offer, by=_account(), at=now))
            if way is Way.FILE:
                return None, words(restore.at_rest(folder, file, by=_account(), at=now))
            if way is Way.EMPTY:
                kept = restore.start_anew(folder)
                return None, f"已用空白工作库重新开始，损坏的文件原样保留在 {kept}。"
        except cipher.PassphraseError as shut:
            _unlocked(shut, folder, ask)
            continue
        except KnownError as problem:  # it is as it was; let the user choose again
            _log("not restored: %s", problem)
            failed = problem
            continue
        if way is Way.READ:
            return store.open_for_reading(folder / "没有打开"), ""
        raise LeaveError


def _is_held(folder: Path) -> bool:
    """Tell whether another program has the workspace open for writing."""
    from desktop.workspace.file import lock

    try:
        lock.acquire(folder).release()
    except LockedError:
        return True
    except KnownError:
        return False
    return False


def _offer(folder: Path, ask: Callable[[QDialog], object]) -> Offer | None:
    """Return what can be done about a damaged workspace; who knows no passphrase is offered what has none."""
    from desktop.workspace.safety import rescue

    try:
        return rescue.offer(folder)
    except cipher.PassphraseError as shut:
        try:
            _unlocked(shut, folder, ask)
        except LeaveError:
            return rescue.offer(folder, known_only=True)
        return rescue.offer(folder)


def _unlocked(shut: cipher.PassphraseError, folder: Path, ask: Callable[[QDialog], object]) -> str:
    """Ask for the passphrase; return what was done instead of entering it. Raises LeaveError."""
    from desktop.ui.safety import unlocking

    try:
        return unlocking.unlocked(shut, folder, ask)
    except unlocking.GivenUpError as given_up:
        raise LeaveError from given_up


def _log(words: str, problem: KnownError) -> None:
    import logging

    logging.getLogger(__name__).error(words, problem)


def _account() -> str:
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
