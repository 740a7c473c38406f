"""Where things are: one rule for the source tree and for the packaged program.

The program's home is the folder that holds ``resources/``: the repository when run from source, the program's
own folder when packaged; where pip installed it, the environment. Nothing here creates a folder.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

APP_NAME = "MeasuresDesk"
_IN_WHEEL = Path(__file__).resolve().parent / "resources"
OWN_FOLDER, OWN_FILE = 0o700, 0o600
"""Modes of what belongs to a workspace: for its owner alone. What people export follows their umask."""


def home() -> Path:
    """Return the folder beside which a portable ``workspace/`` may lie."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    if _IN_WHEEL.is_dir():
        return Path(sys.prefix)
    return Path(__file__).resolve().parent.parent


@cache
def resources() -> Path:
    """Return the folder of the bundled, read-only files.

    ``desktop/`` and ``resources/`` are laid side by side in the repository and in the package alike; in a
    wheel, whose folders are shared with others, one lies in the other.
    """
    beside = Path(__file__).resolve().parent.parent / "resources"
    return _IN_WHEEL if _IN_WHEEL.is_dir() else beside


def bundled_database() -> Path:
    """Return the path of the bundled ``measures.db``."""
    return resources() / "measures.db"


def user_folder() -> Path:
    """Return the user's own data folder for this program (not created)."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def runtime_folder() -> Path:
    """Return this machine's folder for what lasts as long as the user's programs run (not created).

    Raises OSError where somebody else's folder is in its place.
    """
    import warnings

    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it falls back to the folder for temporary files
        return Path(platformdirs.user_runtime_dir(APP_NAME, appauthor=False))


def workspace_folder(chosen: Path | None = None) -> Path:
    """Return the folder of the workspace.

    ``chosen`` (``--workspace``) wins; then ``workspace/`` beside the program when that folder exists (for use
    from a USB stick); then the user's data folder.
    """
    if chosen is not None:
        return chosen.expanduser().absolute()
    portable = home() / "workspace"
    return portable if portable.is_dir() else user_folder()


def log_folder(workspace: Path) -> Path:
    """Return the folder of the log files: beside the data that they are about."""
    return workspace / "logs"
