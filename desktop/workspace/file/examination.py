"""Reading a whole workspace file to see whether it is as it was left: at the opening, or a moment later.

Reading a large one takes a while, for which no window should wait. Whoever puts it off opens the file, shows
it, and lets :meth:`Examination.run` be done in a thread; nothing is written before that has passed.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from desktop.errors import DamagedError
from desktop.workspace.file import cipher, migrations, seal
from desktop.workspace.file.connection import connect_with
from desktop.workspace.file.inspection import inspect, readable
from desktop.workspace.file.transaction import rotten, translated


class Examination:
    """The examination of one file, made once.

    It holds the file open from before SQLite opens it until after SQLite has closed it, for on Linux closing
    a second handle drops all locks that the program has on a file. ``key`` is what opens a sealed one;
    without it the making raises PassphraseError.
    """

    def __init__(self, path: Path, steps: Sequence[migrations.Step]) -> None:
        self._path, self._steps = path, steps
        self._one_at_a_time = threading.Lock()
        self._file: IO[bytes] | None = None
        self._damage: DamagedError | None = None
        self.passed = False
        self.query = "mode=ro"
        self.key: cipher.FileKey | None = None
        with contextlib.suppress(OSError):  # SQLite will say why
            self._file = path.open("rb")
            try:
                self.key = cipher.key_in(self._file, path)
            except cipher.PassphraseError:
                self._file.close()
                raise

    @property
    def size(self) -> int:
        """Return the bytes that are to be read."""
        with contextlib.suppress(OSError):
            return self._path.stat().st_size
        return 0

    def run(self) -> None:
        """Examine the file unless that was done; may be called in any thread, and waits for another one's.

        Raises DamagedError when it changed since it was sealed or its pages do not hold together, KnownError
        when it cannot be read just now.
        """
        with self._one_at_a_time:
            if self._damage is not None:
                raise self._damage
            if not self.passed:
                try:
                    self._examine()
                except DamagedError as damage:
                    self._damage = damage
                    raise
                self.passed = True

    def close(self) -> None:
        """Let go of the file, once SQLite has closed it; waits for an examination that is under way."""
        with self._one_at_a_time:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _examine(self) -> None:
        with translated(), contextlib.closing(connect_with(self._path, self.key, self.query)) as db:
            db.execute("BEGIN")
            readable(db)  # from here on nobody writes
            if self._file is not None and seal.is_broken_in(self._file):
                raise rotten()
            inspect(db, self._steps)
