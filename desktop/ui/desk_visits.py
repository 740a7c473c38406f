"""What the desk writes of visits: one transaction each, then a signal that says what may differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.workspace.journal.model import Stamp
from desktop.workspace.visits import files, recording
from desktop.workspace.visits.model import VisitState

if TYPE_CHECKING:
    from desktop.workspace.file.store import Workspace

TYPED = "录入"
Done = TypeVar("Done")


class WritingDesk(Protocol):
    """What is needed of the desk."""

    workspace: Workspace

    @property
    def user_name(self) -> str:
        """Return who is at this machine."""

    def now(self) -> datetime:
        """Return the machine's time."""

    def write_and_tell(self, act: Callable[[], Done], tell: Callable[[Done | None], None]) -> Done | None:
        """Do ``act``, which is one transaction, and then ``tell``."""


class DeskVisits(QObject):
    """Writes visits for a window.

    Signals:
        visits_changed(str): the key of the visit that may differ, "" for any
    """

    visits_changed = Signal(str)

    def __init__(self, desk: WritingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def stamp(self, session: str = "") -> Stamp:
        """Return who writes, and when; what is typed to a field in one ``session`` is one change."""
        return Stamp(self._desk.user_name, TYPED, self._desk.now(), session)

    def begin(
        self, enterprise: str, day: date, state: VisitState = VisitState.DRAFT, **fields: Any
    ) -> str | None:
        """Begin the record of a visit, or plan one; returns its key, None when it was not written."""
        desk = self._desk
        return desk.write_and_tell(
            lambda: recording.begin(desk.workspace.db, enterprise, day, self.stamp(), state=state, **fields),
            lambda key: self.visits_changed.emit(key or ""),
        )

    def edit(self, key: str, fields: Mapping[str, Any], session: str = "", reason: str = "") -> bool:
        """Let fields of a visit be as given, of a final one for a ``reason``; tells whether that was kept."""
        desk = self._desk

        def act() -> bool:
            recording.edit(desk.workspace.db, key, fields, self.stamp(session), reason=reason)
            return True

        return self._put(act, key)

    def start(self, key: str) -> bool:
        """Let a planned visit take place; tells whether that was kept."""
        desk = self._desk

        def act() -> bool:
            recording.start(desk.workspace.db, key, self.stamp())
            return True

        return self._put(act, key)

    def finish(self, key: str, card: Mapping[str, Any] | None) -> bool:
        """Let a visit be final, with what was shown then; tells whether it is."""
        desk = self._desk

        def act() -> bool:
            recording.finish(desk.workspace.db, key, self.stamp(), card)
            return True

        return self._put(act, key)

    def join(self, key: str, unit: str, people: str) -> bool:
        """Let a unit go along on a visit of another one; tells whether that was kept."""
        desk = self._desk

        def act() -> bool:
            recording.join(desk.workspace.db, key, unit, people, self.stamp())
            return True

        return self._put(act, key)

    def remove_file(self, key: str, sha256: str, reason: str = "") -> bool:
        """Take a photo or file off a visit; tells whether that was kept."""
        desk = self._desk

        def act() -> bool:
            files.remove(desk.workspace.db, key, sha256, self.stamp(), reason=reason)
            return True

        return self._put(act, key)

    def _put(self, act: Callable[[], bool], key: str) -> bool:
        return bool(self._desk.write_and_tell(act, lambda _done: self.visits_changed.emit(key)))
