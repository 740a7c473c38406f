"""What the desk writes of demands: one transaction each, then ``changed`` says which may differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.ui.desk_writing import NounWrites
from desktop.workspace.demands import chosen, recording, taking
from desktop.workspace.demands.chain import DemandStep
from desktop.workspace.demands.returned import ReturnedDemands
from desktop.workspace.demands.taking import DemandReceipt
from desktop.workspace.items import changes


class DeskDemands(NounWrites):
    """Writes demands, their process and the holidays. Each of these tells whether it was kept."""

    def add(self, text: str, received: date, **fields: Any) -> str | None:
        """Register a demand; returns its key."""
        db = self._desk.workspace.db
        return self._made(lambda: recording.add(db, text, received, self.stamp(), **fields))

    def edit(self, key: str, fields: Mapping[str, Any], session: str = "", reason: str = "") -> bool:  # noqa: ARG002
        """Let fields of a demand be as given; it needs no ``reason``."""
        return self._put(
            lambda: recording.edit(self._desk.workspace.db, key, fields, self.stamp(session)), key
        )

    def act(self, key: str, step: DemandStep) -> bool:
        """Take a demand a step further."""
        return self._put(lambda: recording.act(self._desk.workspace.db, key, step, self.stamp()), key)

    def undo(self, key: str) -> bool:
        """Take the last step of a demand back."""
        return self._put(lambda: recording.undo(self._desk.workspace.db, key, self.stamp()), key)

    def take(self, book: ReturnedDemands, *, theirs: bool = False) -> DemandReceipt | None:
        """Take in what a unit sent back; returns what came of it, None when it was not written."""

        def act() -> DemandReceipt:
            return taking.take(
                self._desk.workspace.db, book, replace(self.stamp(), source=changes.IMPORT), theirs=theirs
            )

        return self._desk.write_and_tell(act, lambda _done: self.changed.emit(""))

    def untake(self, receipt: str) -> tuple[DemandReceipt, tuple[str, ...]] | None:
        """Take what a unit sent back out again; returns its receipt and what was kept, why."""

        def act() -> tuple[DemandReceipt, tuple[str, ...]]:
            return taking.undo(self._desk.workspace.db, receipt, replace(self.stamp(), source=changes.UNDO))

        return self._desk.write_and_tell(act, lambda _done: self.changed.emit(""))

    def choose_process(self, key: str) -> bool:
        """Let new demands be handled by a process."""
        return self._put(lambda: chosen.choose(self._desk.workspace.db, key))

    def keep_custom(self, content: Mapping[str, Any]) -> bool:
        """Keep the process of one's own, and let new demands be handled by it."""
        db = self._desk.workspace.db

        def act() -> None:
            chosen.keep_custom(db, content, self.stamp())
            chosen.choose(db, chosen.CUSTOM)

        return self._put(act)

    def keep_year(self, year: int, off: Iterable[date], on: Iterable[date]) -> bool:
        """Keep the holidays and make-up workdays of a year."""
        db = self._desk.workspace.db
        return self._put(lambda: chosen.keep_year(db, year, off, on, self.stamp()))

    def drop_year(self, year: int) -> bool:
        """Let a year be again as the program has it."""
        return self._put(lambda: chosen.drop_year(self._desk.workspace.db, year, self.stamp()))
