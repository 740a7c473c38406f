"""A log file that never harms the program: what a full disk does not take is left out."""

from __future__ import annotations

import contextlib
import logging
import os
from logging.handlers import RotatingFileHandler
from typing import Any

from desktop import paths


class LogFile(RotatingFileHandler):
    """Writes as its kind does, but neither raises nor prints when the disk refuses, also not when closed."""

    def _open(self) -> Any:
        """Open the file for its owner alone."""
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_own)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Leave out a record that the disk did not take."""

    def close(self) -> None:
        """Close the file, whatever of it has not reached the disk."""
        with contextlib.suppress(OSError):
            super().close()


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, paths.OWN_FILE)
