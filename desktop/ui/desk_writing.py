"""What a noun of the journal is written through: the desk's door, a stamp, and a signal of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.workspace.journal.model import Stamp

if TYPE_CHECKING:
    from desktop.workspace.file.store import Workspace

TYPED = "录入"
CHOSEN = ("status", "deadline")  # fields of an item that hold no text of one's own
Done = TypeVar("Done")


def keeping(values: Mapping[str, str], act: Callable[[], Done]) -> Callable[[], Done]:
    """Return ``act``; a KnownError that it raises carries the texts among ``values``, which someone typed."""

    def acted() -> Done:
        try:
            return act()
        except KnownError as problem:
            problem.typed = "\n".join(text for name, text in values.items() if name not in CHOSEN)
            raise

    return acted


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


class NounWrites(QObject):
    """Writes one noun for a window.

    Signals:
        changed(str): the key of what may differ, "" for any
    """

    changed = Signal(str)

    def __init__(self, desk: WritingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def stamp(self, session: str = "") -> Stamp:
        """Return who writes, and when; what is typed to a field in one ``session`` is one change."""
        return Stamp(self._desk.user_name, TYPED, self._desk.now(), session)

    def _made(self, act: Callable[[], str]) -> str | None:
        """Do what makes something; returns its key, None when it was not written."""
        return self._desk.write_and_tell(act, lambda key: self.changed.emit(key or ""))

    def _put(self, act: Callable[[], object], key: str = "") -> bool:
        """Do what changes something; tells whether that was kept."""

        def done() -> bool:
            act()
            return True

        return bool(self._desk.write_and_tell(done, lambda _done: self.changed.emit(key)))
