"""What was just typed is on the disk before a window closes, or its user knows that it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.errors import KnownError
    from desktop.ui.desk import Desk

TOLD = "told_that_not_saved"


def saved(desk: Desk, flush: Callable[[], None]) -> bool:
    """Let ``flush`` save what was just typed; tell whether it is. Raises what is a mistake of the program."""
    failed: list[KnownError] = []
    listening = desk.write_failed.connect(lambda problem: failed.append(problem))
    try:
        flush()
    finally:
        desk.write_failed.disconnect(listening)
    return not failed


def may_close(window: QWidget, desk: Desk, flush: Callable[[], None]) -> bool:
    """Save as :func:`saved` does; tell whether the window may close.

    Where that is refused the window stays, with what says so; closed once more, it goes.
    """
    if saved(desk, flush) or window.property(TOLD):
        return True
    window.setProperty(TOLD, True)
    return False


def at_once(window: QWidget) -> None:
    """Close the window, whatever cannot be saved."""
    window.setProperty(TOLD, True)
    window.close()
