"""What was filled in, searched as the measures are: any text in, ranked hits with snippets out.

Looked through are the texts of entries, the names of what is attached, and the notes on measures. Texts and
terms are folded (NFKC, case, characters that only look like the usual ones); a term is found where its folded
form is a substring. Every term must be found in what was filled in for an item, in one field or in several.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.catalogue.lookalikes import usual
from desktop.catalogue.snippets import snippet
from desktop.catalogue.spans import Span
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import checklist, entries, notes
from desktop.workspace.items.model import EVIDENCE, ItemKey

if TYPE_CHECKING:
    from desktop.catalogue.matches import Filters
    from desktop.catalogue.query import Catalogue

TEXTS = ("owner", "progress", "problems", "next_step", "reason")
FIELDS = (*TEXTS, EVIDENCE, notes.FIELD)

_Folded = dict[str, str]  # by field


@dataclass(frozen=True, slots=True)
class FilledHit:
    """One field in which something was found.

    ``key`` has an empty unit for a note on a measure. ``field`` is a key of CHANGE_NAMES. ``spans`` are
    code-point ranges to highlight in ``snippet``.
    """

    key: ItemKey
    field: str
    snippet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FilledResults:
    """The first hits, and how many fields there are in all."""

    hits: tuple[FilledHit, ...] = ()
    total: int = 0


def fold(text: str) -> str:
    """Return ``text`` as what was filled in is compared."""
    return usual(text).casefold()


class Filled:
    """Searches a workspace again and again: folds again only what was changed in between."""

    def __init__(self) -> None:
        self._stamps: dict[ItemKey, tuple[object, ...]] = {}
        self._folded: dict[ItemKey, _Folded] = {}

    def search(
        self, db: sqlite3.Connection, catalogue: Catalogue, text: str, filters: Filters, limit: int = 0
    ) -> FilledResults:
        """Return the best ``limit`` hits (0: all) of ``text`` that pass the filters; none without a term.

        First the fields with most of the terms, then in the order of the checklists, notes at the end.
        """
        words = tuple(dict.fromkeys(fold(text).split()))
        if not words:
            return FilledResults()
        self._read(db)
        found = [
            (-sum(word in folded[field] for word in words), at, FIELDS.index(field), key, field)
            for at, key in enumerate(self._order(catalogue))
            if (folded := self._folded.get(key)) and _passes(catalogue, key, filters)
            if all(any(word in piece for piece in folded.values()) for word in words)
            for field in folded
            if any(word in folded[field] for word in words)
        ]
        found.sort(key=lambda each: each[:3])
        chosen = found[:limit] if limit > 0 else found
        hits = (_hit(db, key, field, words) for *_, key, field in chosen)
        return FilledResults(tuple(hits), len(found))

    def _order(self, catalogue: Catalogue) -> Iterator[ItemKey]:
        """Yield the keys of what was filled in: by unit and number, then what the library lacks, notes.

        What was filled in for a notice that is not in use is passed over.
        """
        left = dict.fromkeys(self._folded)
        units = {key.unit_key for key in left if key.unit_key}
        for unit in catalogue.checklist_units() if units else ():
            for measure in catalogue.measures_of(unit.key) if unit.key in units else ():
                key = ItemKey(unit.key, measure.key)
                if key in left:
                    del left[key]
                    yield key
        noted = [key for key in left if not key.unit_key and not notes.set_by(catalogue, key.measure_key)]
        lost = checklist.lacking(catalogue, (key for key in left if key.unit_key))
        yield from sorted([*lost, *noted], key=lambda key: (not key.unit_key, key.unit_key, key.measure_key))

    def _read(self, db: sqlite3.Connection) -> None:
        """Take in what is kept now."""
        stamps = _stamps(db)
        changed = [key for key, stamp in stamps.items() if self._stamps.get(key) != stamp]
        self._folded = {key: folded for key, folded in self._folded.items() if key in stamps}
        for key, pieces in _pieces(db, changed).items():
            self._folded[key] = {field: fold(piece) for field, piece in pieces.items() if piece}
        self._stamps = stamps


def _stamps(db: sqlite3.Connection) -> dict[ItemKey, tuple[object, ...]]:
    """Return something for each item with anything filled in that differs when that was changed."""
    with translated():
        kept = db.execute("SELECT unit_key, measure_key, revision, updated_at FROM entries").fetchall()
        noted = db.execute("SELECT measure_key, updated_at, text FROM notes").fetchall()
    stamps: dict[ItemKey, tuple[object, ...]] = {
        ItemKey(unit, measure): (revision, at) for unit, measure, revision, at in kept
    }
    stamps |= {ItemKey(notes.NO_UNIT, measure): (at, text) for measure, at, text in noted}
    for key, names in entries.evidence_names(db).items():
        stamps[key] = (*stamps.get(key, ()), names)
    return stamps


def _pieces(db: sqlite3.Connection, keys: Collection[ItemKey]) -> dict[ItemKey, dict[str, str]]:
    """Return the texts of these items, by field."""
    found: dict[ItemKey, dict[str, str]] = {key: {} for key in keys}
    if not found:
        return found
    with translated():
        for unit, measure, *texts in db.execute(
            f"SELECT unit_key, measure_key, {', '.join(TEXTS)} FROM entries"
        ):
            if (pieces := found.get(ItemKey(unit, measure))) is not None:
                pieces.update(zip(TEXTS, texts, strict=True))
        for measure, text in db.execute("SELECT measure_key, text FROM notes"):
            if (pieces := found.get(ItemKey(notes.NO_UNIT, measure))) is not None:
                pieces[notes.FIELD] = text
    for key, names in entries.evidence_names(db).items():
        if key in found:
            found[key][EVIDENCE] = "\n".join(names)
    return found


def _passes(catalogue: Catalogue, key: ItemKey, filters: Filters) -> bool:
    """Return whether an item is of the unit, category and kinds asked for."""
    if filters.unit and key.unit_key != filters.unit:
        return False
    if not (filters.category or filters.beneficiary or filters.support or filters.notice):
        return True
    try:
        measure = catalogue.measure(key.measure_key)
    except KeyError:
        return False
    tags = {tag.key for kind in ("beneficiary", "support") for tag in catalogue.tags_of(measure.key, kind)}
    return (
        filters.category in ("", measure.category_key)
        and filters.notice in ("", catalogue.notice_of(measure).key)
        and {*filter(None, (filters.beneficiary, filters.support))} <= tags
    )


def _hit(db: sqlite3.Connection, key: ItemKey, field: str, words: tuple[str, ...]) -> FilledHit:
    piece, spans = snippet(_text(db, key, field), words, folding=fold)
    return FilledHit(key, field, piece, spans)


def _text(db: sqlite3.Connection, key: ItemKey, field: str) -> str:
    if field == notes.FIELD:
        return notes.note(db, key.measure_key)
    if field == EVIDENCE:
        return "\n".join(entries.evidence_names(db, key.unit_key).get(key, ()))
    return entries.values(db, key)[field]
