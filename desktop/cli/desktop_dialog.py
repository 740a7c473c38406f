"""A message in a window of the desktop's own, for where Qt has none."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

from desktop import TITLE
from desktop.errors import KnownError

#: The programs that desktops bring for it: the first that works is taken.
_PROGRAMS = (
    ("zenity", "--error", "--no-markup", "--width=420", f"--title={TITLE}", "--text={}"),
    ("kdialog", "--title", TITLE, "--error", "{}"),
    ("notify-send", "--urgency=critical", TITLE, "{}"),
)
_BEGUN = 1.0  # seconds within which one fails that lacks the same libraries


def show(problem: KnownError) -> None:
    """Show what happened and what to do, and do not wait; where there is no such program, do nothing."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    for program in _PROGRAMS:
        with suppress(OSError):
            shown = subprocess.Popen(
                [part.replace("{}", str(problem)) for part in program],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                if shown.wait(_BEGUN) == 0:
                    return
            except subprocess.TimeoutExpired:  # it is there until it is closed
                return


def _environment() -> dict[str, str]:
    """Return what such a program needs: a locale that has Chinese, and the system's libraries.

    The packaged program has put its own libraries first, for itself.
    """
    environment = dict(os.environ)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "C")
    if "utf" not in locale.lower():
        environment["LC_ALL"] = "C.UTF-8"
    return environment
