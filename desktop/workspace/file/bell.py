"""A second start rings, and the program that holds the workspace comes to the front.

The bell is a file of the user's own in this machine's folder for running programs, named after the file of
the lock and the screen. Who rings writes a token into it, and after that the file that is to be looked at, if
there is one; who heard it empties it. Nobody else can write there, and what is no such call does nothing. On
another machine, for another user and on another screen there is no bell, and nobody waits for one.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.workspace.file import lock

PATIENCE = 2.0  # seconds: who has not answered by then is hung, or not on this machine
_LOOK = 0.02  # seconds between two looks
_CALL = re.compile(rb"[0-9a-f]{32}(?:\n(.+)\0)?", re.DOTALL)
_LONGEST = 4096  # bytes of a call: one page, which is there all at once
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Bell:
    """The bell of the program that holds the workspace."""

    file: Path

    def heard(self) -> str | None:
        """Answer who rang, and return the file that is to be looked at, "" for none; None if nobody rang.

        Anything but a call is thrown away.
        """
        try:
            found = _read(self.file)
            if found:
                _write(self.file, b"")
        except OSError:
            return None
        call = _CALL.fullmatch(found)
        return os.fsdecode(call[1] or b"") if call else None

    def take_down(self) -> None:
        """Remove the file. Removing it twice does no harm."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def hang(folder: Path) -> Bell | None:
    """Put up the bell of the workspace in ``folder``, whose lock is held; None where none can be had."""
    with suppress(OSError):
        file = _place(folder)
        file.parent.mkdir(paths.OWN_FOLDER, parents=True, exist_ok=True)
        if not _is_own(os.lstat(file.parent)):
            return None
        file.unlink(missing_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _PLAIN, paths.OWN_FILE))
        return Bell(file)
    return None


def ring(folder: Path, patience: float, file: Path | None = None) -> bool:
    """Ask whoever holds the workspace in ``folder`` to come to the front; tell whether that was answered.

    ``file`` (absolute) is to be looked at there. A program that has just begun to start gets the same time to
    put up its bell. ``patience`` is in seconds.
    """
    if not lock.is_held_here(folder):
        return False
    until = time.monotonic() + patience
    try:
        bell = _place(folder)
        while not bell.exists():
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK)
        _let_come_forward()
        token = secrets.token_hex(16).encode()
        _write(bell, token if file is None else b"%s\n%s\0" % (token, os.fsencode(file)))
        while _read(bell):
            if time.monotonic() > until:
                _write(bell, b"")
                return False
            time.sleep(_LOOK)
    except OSError:
        return False
    return True


def _place(folder: Path) -> Path:
    """Return where the bell hangs: one for each lock, and for each screen on which a window can be seen."""
    import hashlib

    which = (folder / lock.LOCK).stat()
    screen = os.environ.get("DISPLAY", "").removesuffix(".0"), os.environ.get("WAYLAND_DISPLAY", "")
    name = hashlib.sha256(repr((which.st_dev, which.st_ino, screen)).encode()).hexdigest()[:32]
    return paths.runtime_folder() / f"{name}.bell"


def _is_own(found: os.stat_result) -> bool:
    """Tell whether nobody else can write there; Windows gives each user a folder of his own."""
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _open(file: Path, how: int) -> int:
    """Open the plain file that it is. Raises OSError when it is anything else, or somebody else's."""
    opened = os.open(file, how | _PLAIN)
    found = os.fstat(opened)
    if not stat.S_ISREG(found.st_mode) or not _is_own(found):
        os.close(opened)
        raise PermissionError(file)
    return opened


def _read(file: Path) -> bytes:
    """Return the first bytes, more than a call has if there are more."""
    opened = _open(file, os.O_RDONLY)
    try:
        return os.read(opened, _LONGEST + 1)
    finally:
        os.close(opened)


def _write(file: Path, content: bytes) -> None:
    opened = _open(file, os.O_WRONLY)
    try:
        os.ftruncate(opened, 0)
        os.write(opened, content)
    finally:
        os.close(opened)


def _let_come_forward() -> None:
    """On Windows only the program in which the user is at work may bring another one to the front."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
