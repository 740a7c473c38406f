"""What arrived for items and notes, entered where checklists read it, each change with who made it and when.

The journal is the truth: what stands there is what the entry becomes, also where one who types would be told
of a rule. Only what a checklist cannot hold at all (a status that is unknown here) stays out of it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.catalogue.model import Measure
from desktop.errors import RuleError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.evidence.files import Stored
from desktop.workspace.file.store import FOLDER
from desktop.workspace.items import changes, entries, journalled, notes, rules
from desktop.workspace.items.changes import Origin
from desktop.workspace.items.model import FIELD_NAMES, Entry, ItemKey
from desktop.workspace.journal import state
from desktop.workspace.journal.model import Write
from desktop.workspace.merging import manifest

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

_UNTOUCHED = entries.values_of(Entry())
NO_TITLES: Mapping[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Follower:
    """What lets entries, notes and files follow the journal.

    ``titles`` says of measures that no notice here has what they are called and their text's SHA-256;
    ``origin`` is who takes this over, when and from where, where the journal does not say who and when.
    """

    db: sqlite3.Connection
    folder: Path
    catalogue: Catalogue
    origin: Origin
    titles: Mapping[str, tuple[str, str]]

    def follow(self, touched: Iterable[tuple[str, str]], *, as_written: bool = True) -> None:
        """Let what checklists show of the records ``touched`` (noun, key) be as it stands in the journal.

        With ``as_written`` the history names who wrote each value, and when; else ``origin``.
        """
        for noun, record in sorted(touched):
            if noun == journalled.NOTE:
                self._note(record, as_written)
            elif noun == journalled.ITEM and "/" in record:
                self._item(record, as_written)

    def _note(self, record: str, as_written: bool) -> None:
        text = self._values(journalled.NOTE, record).get(journalled.TEXT)
        key = ItemKey(notes.NO_UNIT, record)
        before = notes.note(self.db, record)
        wanted = rules.visible(text) if isinstance(text, str) else ""
        if wanted != before:
            origin = self._origin(journalled.NOTE, record, journalled.TEXT, as_written)
            measure = self._measure(key)
            notes.keep(self.db, measure, before, wanted, origin)

    def _item(self, record: str, as_written: bool) -> None:
        key = journalled.key_of(journalled.ITEM, record)
        values = self._values(journalled.ITEM, record)
        now = entries.values(self.db, key)
        wanted = {name: _kept(name, values.get(name), now[name]) for name in FIELD_NAMES}
        edits: dict[tuple[str, str], tuple[Origin, dict[str, str]]] = {}
        for name, value in wanted.items():
            if value != now[name]:
                origin = self._origin(journalled.ITEM, record, name, as_written)
                edits.setdefault((origin.by, origin.moment), (origin, {}))[1][name] = value
        for origin, some in edits.values():
            now = {**now, **some}
            entries.write(self.db, key, self._measure(key), now, origin)
        self._files(key, values, as_written)

    def _files(self, key: ItemKey, values: Mapping[str, Any], as_written: bool) -> None:
        start = f"{journalled.FILE}/"
        wanted = {
            name[len(start) :]: value
            for name, value in values.items()
            if name.startswith(start) and manifest.is_digest(name[len(start) :]) and isinstance(value, dict)
        }
        for digest, found in attached.standing_of(self.db, key).items():
            if found and digest not in wanted:
                origin = self._origin(journalled.ITEM, _record(key), start + digest, as_written)
                attached.follow(self.db, key, self._measure(key), digest, None, "", origin)
        there = attached.standing_of(self.db, key)
        for digest, value in wanted.items():
            if not there.get(digest):
                origin = self._origin(journalled.ITEM, _record(key), start + digest, as_written)
                name = evidence_files.shown_name(str(value.get("name", "")))
                stored = self._stored(digest, name, value.get("size"))
                attached.follow(self.db, key, self._measure(key), digest, stored, name, origin)

    def _stored(self, digest: str, name: str, told: object) -> Stored:
        place = place_of(self.db, self.folder, digest, name)
        path = self.folder / FOLDER / place
        with contextlib.suppress(OSError):
            return Stored(digest, path.stat().st_size, place, int(path.stat().st_mtime))
        size = told if isinstance(told, int) and 0 <= told <= evidence_files.LIMIT else 0
        return Stored(digest, size, place, 0)

    def _values(self, noun: str, record: str) -> Mapping[str, Any]:
        found = state.record(self.db, noun, record)
        return found.values if found else {}

    def _measure(self, key: ItemKey) -> Measure:
        """Return the measure of an item; of one that no notice here has, what is known of it."""
        with contextlib.suppress(KeyError):
            return self.catalogue.measure(key.measure_key)
        kept = entries.load_one(self.db, key)
        title, digest = self.titles.get(key.measure_key, ("", ""))
        if kept is not None:
            title, digest = kept.measure_title or title, kept.text_sha256 or digest
        return Measure(
            key=key.measure_key,
            document_key=key.document_key,
            category_key="",
            number=0,
            title=title or key.measure_key,
            text="",
            start=0,
            end=0,
            line=0,
            body_start=0,
            body_end=0,
            units_start=-1,
            text_sha256=digest,
        )

    def _origin(self, noun: str, record: str, field: str, as_written: bool) -> Origin:
        stands = state.standing(self.db, noun, record, field) if as_written else ()
        return _of(stands[0], self.origin) if stands else self.origin


def origin(by: str, at: datetime, source: str = changes.PACKAGE) -> Origin:
    """Return where a change comes from that the journal has already."""
    return Origin(by, source, at, arrived=True)


def place_of(db: sqlite3.Connection, folder: Path, digest: str, name: str) -> str:
    """Return where a content lies, or is to lie, relative to ``folder/evidence``."""
    if place := evidence_files.stored_place(folder, digest):
        return place
    rows = db.execute("SELECT place FROM evidence WHERE sha256 = ? ORDER BY id", (digest,)).fetchall()
    known = [place for (place,) in rows if evidence_files.is_place(place, digest)]
    return known[0] if known else f"{digest[:2]}/{digest}/{evidence_files.safe_name(name)}"


def _of(write: Write, origin: Origin) -> Origin:
    return replace(origin, by=write.by, at=datetime.fromisoformat(write.at))


def _record(key: ItemKey) -> str:
    return journalled.record_of(key)[1]


def _kept(name: str, value: Any, now: str) -> str:
    """Return ``value`` as an entry keeps it; what no entry can hold leaves it as it is ``now``."""
    if value is None:
        return _UNTOUCHED[name]
    try:
        return rules.clean(name, value) if isinstance(value, str) else now
    except RuleError:
        return now
