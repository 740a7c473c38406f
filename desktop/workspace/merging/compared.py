"""Records before a package and after it: how many are new or changed, and what the first of them say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop.workspace.journal import state
from desktop.workspace.journal.model import dumped
from desktop.workspace.journal.state import RecordName, WriteRow
from desktop.workspace.journal.union import Added
from desktop.workspace.merging import naming
from desktop.workspace.merging.outcome import BroughtChange

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

_AT_ONCE = 500
_KEPT = 2000  # records of which all that stood before is held
MOST = 1000
"""So many changes are told one by one."""


@dataclass(slots=True)
class SeenRecords:
    """The records that pass by, each as it was before anything of the package was added (None: not there).

    Of the first of them what stood is held, of all others only a mark by which a change is seen.
    """

    db: sqlite3.Connection
    before: dict[RecordName, int | None] = field(default_factory=dict)
    stood: dict[RecordName, str] = field(default_factory=dict)

    def passing(self, batches: Iterable[list[WriteRow]]) -> Iterator[list[WriteRow]]:
        """Yield the batches of writes, before each of which its records are looked up."""
        for some in batches:
            keys = dict.fromkeys([row[2:4] for row in some])
            fresh = [key for key in keys if key not in self.before]
            there = self._state_of(fresh)
            for key in fresh:
                stood = there.get(key)
                self.before[key] = None if stood is None else hash(stood)
                if stood is not None and len(self.stood) < _KEPT:
                    self.stood[key] = stood[0]
            yield some

    def compared(self, added: Added) -> tuple[int, int]:
        """Return how many records are new by what was ``added``, and how many are changed."""
        known = [key for key in added.touched if self.before[key] is not None]
        new = len(added.touched) - len(known) - sum(self.before[key] is None for key in added.purged)
        changed = 0
        for start in range(0, len(known), _AT_ONCE):
            some = known[start : start + _AT_ONCE]
            now = self._state_of(some)
            changed += sum(key not in now or self.before[key] != hash(now[key]) for key in some)
        return new, changed

    def told(self, catalogue: Catalogue, arrival: int) -> tuple[BroughtChange, ...]:
        """Return the first of what is new and changed, by package order, but for fields in conflict."""
        found: list[BroughtChange] = []
        for key in self.before:
            if len(found) >= MOST:
                break
            if self.before[key] is None:
                found += self._new(catalogue, key, arrival)
            elif key in self.stood:
                found += self._changed(catalogue, key)
        return tuple(found[:MOST])

    def _new(self, catalogue: Catalogue, key: RecordName, arrival: int) -> Iterator[BroughtChange]:
        row = self.db.execute(
            "SELECT person, at FROM journal WHERE noun = ? AND record = ? AND arrival = ?"
            " ORDER BY machine, counter LIMIT 1",
            (*key, arrival),
        ).fetchone()
        if row is not None and state.record(self.db, *key) is not None:
            yield BroughtChange(*key, naming.record(self.db, catalogue, *key), by=row[0], at=row[1])

    def _changed(self, catalogue: Catalogue, key: RecordName) -> Iterator[BroughtChange]:
        record = state.record(self.db, *key)
        if record is None:
            return
        before = json.loads(self.stood[key])
        called = naming.record(self.db, catalogue, *key)
        for name in dict.fromkeys([*record.values, *before]):
            was, now = before.get(name), record.values.get(name)
            stands = state.standing(self.db, *key, name) if was != now else ()
            if stands and name not in record.conflicts:
                one = stands[0]
                yield BroughtChange(
                    *key,
                    called,
                    naming.field(key[0], name),
                    naming.value(self.db, catalogue, replace(one, value=was)),
                    naming.value(self.db, catalogue, one),
                    one.by,
                    one.at,
                )

    def _state_of(self, keys: list[RecordName]) -> Mapping[RecordName, tuple[str, str]]:
        rows = self.db.execute(
            "SELECT noun, records.key, data, conflicts FROM json_each(?) AS wanted"
            " JOIN records ON noun = wanted.value ->> 0 AND records.key = wanted.value ->> 1",
            (dumped(keys),),
        )
        return {(noun, key): (data, doubts) for noun, key, data, doubts in rows}
