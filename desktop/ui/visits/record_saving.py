"""Saving a record as one types: each field a moment after its last key, and none is lost on the way."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 400
Write = Callable[[str, dict[str, Any], str, str], bool]
"""What keeps fields of a record by its key, in a session, for a reason; tells whether they are kept."""


class RecordSaving(QObject):
    """Holds what was typed until it is on the disk.

    What is corrected in a final record is held until it is saved as one correction with its reason.

    Signals:
        changed(): something is held now, or nothing is any more
    """

    changed = Signal()

    def __init__(self, write: Write, parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        self._key, self._session = "", ""
        self.reason = ""
        self._held: dict[str, Any] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def held(self) -> frozenset[str]:
        """Return the names of the fields that are not on the disk yet."""
        return frozenset(self._held)

    def value(self, name: str) -> Any:
        """Return what is held of a field."""
        return self._held[name]

    def begin(self, key: str) -> None:
        """Go on with another record; nothing may be held any more."""
        self._held.clear()
        self._key, self._session, self.reason = key, secrets.token_hex(8), ""

    def correct(self, reason: str) -> None:
        """Hold what is typed from now on for one correction."""
        self.reason = reason

    def put(self, name: str, value: Any, *, now: bool = False) -> None:
        """Take what a field is to be; ``now`` where nothing more is typed to it."""
        self._held[name] = value
        if not self.reason:
            self._pause.start(0 if now else PAUSE_MS)
        self.changed.emit()

    def flush(self) -> bool:
        """Save what is held; what was refused stays held. Tells whether nothing is held any more."""
        self._pause.stop()
        if self.reason and self._held:
            if self._write(self._key, dict(self._held), "", self.reason):
                self._held.clear()
        else:
            for name, value in list(self._held.items()):
                if self._write(self._key, {name: value}, self._session, ""):
                    del self._held[name]
        self.changed.emit()
        return not self._held
