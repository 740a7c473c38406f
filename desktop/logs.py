"""One rotating log file beside the workspace; the place where bugs are told whole."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop import paths

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(folder: Path) -> Path | None:
    """Log to ``folder/desk.log`` (1 MB, three old ones kept) and return that path.

    A folder that cannot be written to (a read-only stick) gives None: a program without a log is better than
    no program. Then nothing is logged anywhere.
    """
    from desktop.log_file import LogFile  # slow to import; the window starts without it

    root = logging.getLogger("desktop")
    root.setLevel(logging.INFO)
    path = folder / "desk.log"
    try:
        for each in (folder.parent, folder):  # the workspace may not be there yet
            each.mkdir(paths.OWN_FOLDER, parents=True, exist_ok=True)
        handler = LogFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        stop()
        root.addHandler(logging.NullHandler())  # without any, Python writes to stderr
        return None
    handler.setFormatter(logging.Formatter(FORMAT))
    stop()
    root.addHandler(handler)
    return path


def stop() -> None:
    """Close the log file, if one is open."""
    root = logging.getLogger("desktop")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
