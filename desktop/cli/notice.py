"""A message in a window of the desktop's own, for where Qt has none."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

from desktop import TITLE
from desktop.errors import KnownError

#: The programs that desktops bring for it: the first that is there is taken.
_PROGRAMS = (
    ("zenity", "--error", "--no-markup", "--width=420", f"--title={TITLE}", "--text={}"),
    ("kdialog", "--title", TITLE, "--error", "{}"),
    ("notify-send", "--urgency=critical", TITLE, "{}"),
)


def show(problem: KnownError) -> None:
    """Show what happened and what to do, and do not wait; where there is no such program, do nothing."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    for program in _PROGRAMS:
        with suppress(OSError):
            subprocess.Popen(
                [part.replace("{}", str(problem)) for part in program],
                env=_without_our_libraries(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return


def _without_our_libraries() -> dict[str, str]:
    """Return the environment as it was before the packaged program put its own libraries first."""
    environment = dict(os.environ)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    return environment if before is None else {**environment, "LD_LIBRARY_PATH": before}
