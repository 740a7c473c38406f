"""Whole, verified copies of the workspace in ``backups/`` beside it."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from desktop.workspace.transaction import damaged, translated

FOLDER = "backups"


def save(db: sqlite3.Connection, folder: Path, before: str) -> Path:
    """Copy ``db`` into ``folder/backups`` and return the copy's path.

    ``before`` names what is about to happen, as part of the file name. The copy is checked and on disk,
    under its final name, when this returns. Raises KnownError when it cannot be written.
    """
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    with translated():
        backups = folder / FOLDER
        backups.mkdir(exist_ok=True)
        draft = backups / "backup.part"
        draft.unlink(missing_ok=True)
        copy = sqlite3.connect(draft, isolation_level=None)
        try:
            copy.execute("PRAGMA journal_mode = OFF")  # a draft: checked and synced below, or thrown away
            db.backup(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
        if verdict != "ok":
            raise damaged()
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        target = _free(backups, f"workspace-{stamp}-before-{before}")
        draft.rename(target)
        sync_folder(backups)
    return target


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk; Windows does that by itself and offers no call for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free(folder: Path, stem: str) -> Path:
    target = folder / f"{stem}.db"
    number = 2
    while target.exists():
        target = folder / f"{stem}-{number}.db"
        number += 1
    return target
