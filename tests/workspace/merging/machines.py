"""Machines that meet only by package: a workspace each, and what people do on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.catalogue.query import Catalogue
from desktop.workspace.evidence import attached
from desktop.workspace.file import store
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Stamp
from desktop.workspace.merging import arrivals, packing, taking
from desktop.workspace.merging.outcome import MergeOutcome
from tests.workspace import sample

FIRM = "enterprise"


@dataclass
class Machine:
    """One machine: its workspace, its clock, and whoever works there."""

    folder: Path
    workspace: store.Workspace
    by: str
    clock: datetime = sample.NOON
    catalogue: Catalogue = sample.catalogue()  # noqa: RUF009 - it is never changed

    @property
    def db(self) -> sqlite3.Connection:
        return self.workspace.db

    def write(self, key: str, noun: str = FIRM, /, **fields: Any) -> None:
        edits = [Edit(noun, key, name.replace("__", "/"), value) for name, value in fields.items()]
        writing.write(self.db, edits, Stamp(self.by, "录入", self.clock), grow=False)

    def enter(self, key: ItemKey, **values: str) -> None:
        checklist.edit(self.db, self.catalogue, key, values, by=self.by, source="录入", at=self.clock)

    def attach(self, key: ItemKey, name: str, data: bytes) -> str:
        path = self.folder.parent / name
        path.write_bytes(data)
        one = attached.add(self.db, self.folder, self.catalogue, key, path, by=self.by, at=self.clock)
        return one.stored.sha256

    def pack(self, name: str, **options: Any) -> Path:
        path = self.folder.parent / name
        packing.pack(self.db, self.folder, path, by=self.by, at=self.clock, **options)
        return path

    def take(self, path: Path, **options: Any) -> MergeOutcome:
        return taking.apply(self.db, self.folder, self.catalogue, path, by=self.by, at=self.clock, **options)

    def plan(self, path: Path, **options: Any) -> MergeOutcome:
        return taking.plan(self.db, self.folder, self.catalogue, path, by=self.by, at=self.clock, **options)

    def undo(self) -> arrivals.Arrival:
        return arrivals.undo(self.db, self.folder, self.catalogue, by=self.by, at=self.clock)

    def values(self, key: str, noun: str = FIRM) -> dict[str, Any]:
        found = state.record(self.db, noun, key)
        return dict(found.values) if found else {}

    def entry(self, key: ItemKey) -> dict[str, str]:
        return entries.values(self.db, key)

    def shown(self) -> object:
        """Return all that stands, whatever the order in which it came."""
        standing = "SELECT * FROM standing ORDER BY noun, record, field, machine, counter"
        writes = "SELECT machine, counter, noun, record, field, value, seen, blank FROM journal ORDER BY 1, 2"
        records = "SELECT * FROM records ORDER BY noun, key"
        return [self.db.execute(sql).fetchall() for sql in (records, standing, writes)]

    def whole(self) -> list[str]:
        """Return the whole content of the workspace's file."""
        return list(self.db.iterdump())

    def later(self, **span: float) -> None:
        self.clock += timedelta(**span)


@contextmanager
def machine(folder: Path, name: str) -> Iterator[Machine]:
    """Yield a machine whose workspace lies in a folder of its own."""
    place = folder / name / "工作库"
    with store.open_for_writing(place) as workspace:
        yield Machine(place, workspace, name)
