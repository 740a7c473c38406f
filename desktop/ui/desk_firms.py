"""What the desk writes of enterprises: one transaction each, then ``changed`` says which may differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.ui.desk_writing import NounWrites
from desktop.workspace.enterprises import joining, recording
from desktop.workspace.journal.model import WriteId


class DeskFirms(NounWrites):
    """Writes enterprises for a window.

    Attributes:
        last: the batch of the newest edit that was kept, by which it is taken back; None before one
    """

    last: WriteId | None = None

    def add(self, name: str, fields: Mapping[str, Any]) -> str | None:
        """Add an enterprise; returns its key."""
        return self._made(lambda: recording.add(self._desk.workspace.db, name, self.stamp(), fields))

    def edit(self, key: str, fields: Mapping[str, Any], session: str = "") -> bool:
        """Let fields of an enterprise be as given."""
        db = self._desk.workspace.db
        return self._kept(lambda: recording.edit(db, key, fields, self.stamp(session)), key)

    def merge(self, key: str, other: str) -> bool:
        """Let the record ``other`` be the same firm as ``key``."""
        return self._kept(lambda: joining.merge(self._desk.workspace.db, key, other, self.stamp()))

    def undo(self, batch: WriteId) -> bool:
        """Take one edit back where nobody has written since."""
        return self._put(lambda: recording.undo(self._desk.workspace.db, batch, self.stamp()))

    def _kept(self, act: Callable[[], WriteId | None], key: str = "") -> bool:
        """Do what returns a batch, and remember it."""

        def done() -> None:
            self.last = act() or self.last

        return self._put(done, key)
