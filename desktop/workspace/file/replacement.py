"""Putting a good file in the place of a damaged or missing one, which is kept untouched in ``damaged/``.

A damaged file cannot be written into, so it is moved away and the new one moved in. The new file first
waits as ``damaged/日期-时间/next.db``, whole and on disk: from then on the exchange is decided, and whoever
opens the workspace next finishes it. A journal goes with the file that it belongs to.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop import disk, paths
from desktop.workspace.file.backup import DATABASE

FOLDER = "damaged"
_NEXT = "next.db"
_PARTS = ("", "-journal", "-wal", "-shm")  # of a database file


def pending(folder: Path) -> Path | None:
    """Return the new file of an exchange that was decided and not finished, or None."""
    return min((folder / FOLDER).glob(f"*/{_NEXT}"), default=None)


def new_home(folder: Path) -> Path:
    """Make a folder in ``folder/damaged`` for what is to be kept there. Raises OSError."""
    damaged = folder / FOLDER
    damaged.mkdir(paths.OWN_FOLDER, exist_ok=True)
    disk.sync_folder(folder)
    home = disk.free_path(damaged, datetime.now().astimezone().strftime("%Y%m%d-%H%M%S"))
    home.mkdir(paths.OWN_FOLDER)
    disk.sync_folder(damaged)
    return home


def exchange(folder: Path, home: Path, draft: Path) -> None:
    """Let the whole file ``draft`` be the workspace in ``folder`` and keep the damaged one in ``home``.

    All must be on one disk, the lock be held and nobody have a file open. Raises OSError as it comes; the
    workspace is then either as before, or the exchange is finished by the next opening.
    """
    disk.place(draft, home / _NEXT)
    finish(folder)


def finish(folder: Path) -> None:
    """Finish what :func:`exchange` decided; nothing to do is the rule. The lock must be held."""
    new = pending(folder)
    if new is None:
        return
    for part in _PARTS:
        old = folder / f"{DATABASE}{part}"
        if old.exists():
            old.rename(new.with_name(old.name))
            disk.sync_folder(new.parent)
            disk.sync_folder(folder)
    new.rename(folder / DATABASE)
    disk.sync_folder(folder)
