"""One rotating log file beside the workspace: where bugs were, and nothing that users entered."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from desktop import paths, traces

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Nameless(logging.Formatter):
    """Writes what was said without the names of users, files and values, an error as its traces."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and what follows it."""
        return traces.without_names(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return where the error was."""
        return traces.told(ei[1])


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
    handler.setFormatter(_Nameless(FORMAT))
    stop()
    root.addHandler(handler)
    return path


def stop() -> None:
    """Close the log file, if one is open."""
    root = logging.getLogger("desktop")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
