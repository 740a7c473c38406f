"""What was just typed is on the disk before a window closes, or its user knows that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.errors import KnownError
    from desktop.ui.frame.window import Window

TOLD = "told_that_not_saved"


def saved(window: Window) -> bool:
    """Save what was just typed; tell whether it is saved. Raises what is a mistake of the program."""
    failed: list[KnownError] = []
    listening = window.desk.write_failed.connect(lambda problem: failed.append(problem))
    try:
        window.flush()
    finally:
        window.desk.write_failed.disconnect(listening)
    return not failed


def may_close(window: Window) -> bool:
    """Save what was just typed; tell whether the window may close.

    Where that is refused the window stays, with what says so; closed once more, it goes.
    """
    if not saved(window) and not window.property(TOLD):
        window.setProperty(TOLD, True)
        return False
    window.status.stop()
    window.search.stop()
    return True


def at_once(window: Window) -> None:
    """Close the window, whatever cannot be saved."""
    window.setProperty(TOLD, True)
    window.close()
