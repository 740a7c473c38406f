"""What the desk writes of visits: one transaction each, then ``changed`` says which may differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.ui.desk_writing import NounWrites
from desktop.workspace.visits import files, recording
from desktop.workspace.visits.model import VisitState


class DeskVisits(NounWrites):
    """Writes visits for a window. Each of these tells whether it was kept."""

    def begin(
        self, enterprise: str, day: date, state: VisitState = VisitState.DRAFT, **fields: Any
    ) -> str | None:
        """Begin the record of a visit, or plan one; returns its key."""
        db = self._desk.workspace.db
        return self._made(lambda: recording.begin(db, enterprise, day, self.stamp(), state=state, **fields))

    def edit(self, key: str, fields: Mapping[str, Any], session: str = "", reason: str = "") -> bool:
        """Let fields of a visit be as given, of a final one for a ``reason``."""
        db = self._desk.workspace.db
        return self._put(lambda: recording.edit(db, key, fields, self.stamp(session), reason=reason), key)

    def start(self, key: str) -> bool:
        """Let a planned visit take place."""
        return self._put(lambda: recording.start(self._desk.workspace.db, key, self.stamp()), key)

    def finish(self, key: str, card: Mapping[str, Any] | None) -> bool:
        """Let a visit be final, with what was shown then."""
        return self._put(lambda: recording.finish(self._desk.workspace.db, key, self.stamp(), card), key)

    def join(self, key: str, unit: str, people: str) -> bool:
        """Let a unit go along on a visit of another one."""
        db = self._desk.workspace.db
        return self._put(lambda: recording.join(db, key, unit, people, self.stamp()), key)

    def remove_file(self, key: str, sha256: str, reason: str = "") -> bool:
        """Take a photo or file off a visit."""
        db = self._desk.workspace.db
        return self._put(lambda: files.remove(db, key, sha256, self.stamp(), reason=reason), key)
