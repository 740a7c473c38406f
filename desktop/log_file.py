"""A log file that never harms the program: what a full disk does not take is left out."""

from __future__ import annotations

import contextlib
import logging
from logging.handlers import RotatingFileHandler


class LogFile(RotatingFileHandler):
    """Writes as its kind does, but neither raises nor prints when the disk refuses, also not when closed."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Leave out a record that the disk did not take."""

    def close(self) -> None:
        """Close the file, whatever of it has not reached the disk."""
        with contextlib.suppress(OSError):
            super().close()
