"""The whole catalogue in memory, and the questions that people ask it; the search has a room of its own."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from desktop.catalogue import unit_names
from desktop.catalogue.model import (
    UNASSIGNED,
    UNASSIGNED_NAME,
    Category,
    Citation,
    Document,
    Figure,
    Measure,
    MeasureTag,
    Notice,
    Responsibility,
    Tag,
    Unit,
)
from desktop.errors import KnownError

_Keyed = TypeVar("_Keyed", Notice, Document, Category, Measure, Unit, Tag)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All notices and what they hold, each tuple in printed order.

    ``meta`` is the table of that name: data_version (e.g. 2023-3), source_sha256, annotations_sha256,
    content_sha256, schema_version, built_by, rows_*.
    """

    notices: tuple[Notice, ...]
    documents: tuple[Document, ...]
    categories: tuple[Category, ...]
    measures: tuple[Measure, ...]
    units: tuple[Unit, ...]
    responsibilities: tuple[Responsibility, ...]
    citations: tuple[Citation, ...]
    tags: tuple[Tag, ...]
    measure_tags: tuple[MeasureTag, ...]
    figures: tuple[Figure, ...]
    meta: Mapping[str, str]
    _whole: Catalogue | None = field(default=None, repr=False, compare=False)
    _categories: Mapping[str, Category] = field(init=False, repr=False, compare=False)
    _measures: Mapping[str, Measure] = field(init=False, repr=False, compare=False)
    _units: Mapping[str, Unit] = field(init=False, repr=False, compare=False)
    _positions: Mapping[tuple[str, str], int] = field(init=False, repr=False, compare=False)
    _notices: Mapping[str, Notice] = field(init=False, repr=False, compare=False)
    _documents: Mapping[str, Document] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        unassigned = Unit(UNASSIGNED, len(self.units) + 1, UNASSIGNED_NAME, "", ())
        positions = {(duty.unit_key, duty.measure_key): duty.position for duty in self.responsibilities}
        object.__setattr__(self, "_categories", _by_key(self.categories))
        object.__setattr__(self, "_measures", _by_key(self.measures))
        object.__setattr__(self, "_units", _by_key((*self.units, unassigned)))
        object.__setattr__(self, "_positions", positions)
        object.__setattr__(self, "_notices", _by_key(self.notices))
        object.__setattr__(self, "_documents", _by_key(self.documents))

    @property
    def notice(self) -> Notice:
        """Return the first notice."""
        return self.notices[0]

    @property
    def document(self) -> Document:
        """Return the first document."""
        return self.documents[0]

    def measure(self, key: str) -> Measure:
        """Return the measure with this key; KeyError if there is none."""
        return self._measures[key]

    def category(self, key: str) -> Category:
        """Return the category with this key; KeyError if there is none."""
        return self._categories[key]

    def unit(self, key: str) -> Unit:
        """Return the unit with this key, also :data:`UNASSIGNED`; KeyError if there is none."""
        return self._units[key]

    def by_number(self, number: int) -> Measure:
        """Return the first document's measure with this number; :class:`KnownError` if there is none."""
        measures = [measure for measure in self.measures if measure.document_key == self.document.key]
        for measure in measures:
            if measure.number == number:
                return measure
        first, last = measures[0].number, measures[-1].number
        raise KnownError(f"没有第{number}条措施。", f"本文件的措施为第{first}条至第{last}条。")

    def notice_of(self, measure: Measure) -> Notice:
        """Return the notice that issued the measure."""
        return self._notices[self._documents[measure.document_key].notice_key]

    def document_of(self, measure: Measure) -> Document:
        """Return the document that the measure stands in."""
        return self._documents[measure.document_key]

    def notice_with(self, key: str) -> Notice:
        """Return the notice with this key; KeyError if there is none."""
        return self._notices[key]

    def document_with(self, key: str) -> Document:
        """Return the document with this key; KeyError if there is none."""
        return self._documents[key]

    def documents_in(self, notice_key: str) -> tuple[Document, ...]:
        """Return a notice's documents in the order in which it issues them."""
        return tuple(document for document in self.documents if document.notice_key == notice_key)

    def measures_in_document(self, document_key: str) -> tuple[Measure, ...]:
        """Return a document's measures in printed order."""
        return tuple(measure for measure in self.measures if measure.document_key == document_key)

    @property
    def whole(self) -> Catalogue:
        """Return the catalogue of all notices, also of those not in use."""
        return self._whole or self

    def narrowed(self, document_keys: Iterable[str]) -> Catalogue:
        """Return the catalogue as it is when of the documents in use only these are.

        What is looked up by its key is found as before, in whichever document.
        """
        wanted = frozenset(document_keys)
        if wanted.issuperset(document.key for document in self.documents):
            return self
        documents = tuple(each for each in self.documents if each.key in wanted)
        issued = {each.notice_key for each in documents}
        measures = tuple(each for each in self.measures if each.document_key in wanted)
        keys = {each.key for each in measures}
        duties = tuple(each for each in self.responsibilities if each.measure_key in keys)
        named = {each.unit_key for each in duties}
        made = replace(
            self,
            notices=tuple(each for each in self.notices if each.key in issued),
            documents=documents,
            categories=tuple(each for each in self.categories if each.document_key in wanted),
            measures=measures,
            units=tuple(each for each in self.units if each.key in named),
            responsibilities=duties,
            citations=tuple(each for each in self.citations if each.document_key in wanted),
            measure_tags=tuple(each for each in self.measure_tags if each.measure_key in keys),
            figures=tuple(each for each in self.figures if each.measure_key in keys),
            _whole=self.whole,
        )
        for name in ("_categories", "_measures", "_units", "_positions", "_notices", "_documents"):
            object.__setattr__(made, name, getattr(self, name))
        return made

    def category_of(self, measure: Measure) -> Category:
        """Return the category under which the measure stands."""
        return self._categories[measure.category_key]

    def measures_in(self, category_key: str) -> tuple[Measure, ...]:
        """Return a category's measures in the order of their numbers."""
        return tuple(measure for measure in self.measures if measure.category_key == category_key)

    def units_of(self, measure_key: str) -> tuple[Unit, ...]:
        """Return the units of a measure in printed order; none for an unassigned measure."""
        return tuple(
            self._units[duty.unit_key] for duty in self.responsibilities if duty.measure_key == measure_key
        )

    def measures_of(self, unit_key: str) -> tuple[Measure, ...]:
        """Return a unit's measures in number order; :data:`UNASSIGNED` gives those that name no unit."""
        if unit_key == UNASSIGNED:
            assigned = {measure_key for _, measure_key in self._positions}
            return tuple(measure for measure in self.measures if measure.key not in assigned)
        return tuple(measure for measure in self.measures if (unit_key, measure.key) in self._positions)

    def documents_of(self, unit_key: str) -> tuple[Document, ...]:
        """Return the documents in which a unit has measures."""
        keys = {measure.document_key for measure in self.measures_of(unit_key)}
        return tuple(document for document in self.documents if document.key in keys)

    def position(self, unit_key: str, measure_key: str) -> int:
        """Return the 1-based place in which the measure's brackets print the unit, 0 if they do not."""
        return self._positions.get((unit_key, measure_key), 0)

    def tags_of(self, measure_key: str, kind: str) -> tuple[Tag, ...]:
        """Return a measure's tags of a kind (``beneficiary``, ``support``) in the order of the vocabulary."""
        keys = {tag.tag_key for tag in self.measure_tags if tag.measure_key == measure_key}
        return tuple(tag for tag in self.tags if tag.kind == kind and tag.key in keys)

    def measures_tagged(self, tag_key: str) -> tuple[Measure, ...]:
        """Return the measures with a tag in the order of their numbers."""
        keys = {tag.measure_key for tag in self.measure_tags if tag.tag_key == tag_key}
        return tuple(measure for measure in self.measures if measure.key in keys)

    def figures_of(self, measure_key: str) -> tuple[Figure, ...]:
        """Return a measure's key figures, then its conditions."""
        return tuple(figure for figure in self.figures if figure.measure_key == measure_key)

    def citations_of(self, measure_key: str) -> tuple[Citation, ...]:
        """Return the papers that a measure names; an empty key gives those that the preamble names."""
        return tuple(citation for citation in self.citations if citation.measure_key == measure_key)

    def checklist_units(self) -> tuple[Unit, ...]:
        """Return the units, most measures first, ties in printed order; 未明确责任单位 last, if needed."""
        counts = Counter(duty.unit_key for duty in self.responsibilities)
        place = {measure.key: at for at, measure in enumerate(self.measures)}
        printed = sorted(self.responsibilities, key=lambda duty: (place[duty.measure_key], duty.position))
        first = {key: at for at, key in enumerate(dict.fromkeys(duty.unit_key for duty in printed))}
        last = len(first)
        ranked = sorted(
            self.units, key=lambda unit: (-counts[unit.key], first.get(unit.key, last), unit.ordinal)
        )
        if self.measures_of(UNASSIGNED):
            ranked.append(self._units[UNASSIGNED])
        return tuple(ranked)

    def find_unit(self, text: str) -> Unit:
        """Return the unit called ``text``: name, key or alias; 未明确责任单位 counts as one.

        Raises :class:`KnownError`, which lists the nearest names.
        """
        return unit_names.find(tuple(self._units.values()), text)


def load(db: sqlite3.Connection) -> Catalogue:
    """Read the catalogue; :class:`KnownError` when the database turns out to be damaged."""
    try:
        return _load(db)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise KnownError(
            "措施数据库已损坏，读不出措施。您录入的内容不在其中，没有受影响。",
            "请从安装包重新复制resources文件夹中的measures.db。",
        ) from error


def source(db: sqlite3.Connection, notice_key: str) -> str:
    """Return the text that a notice was read from, to the character; KeyError if there is no such notice."""
    row = db.execute("SELECT source FROM notices WHERE key = ?", (notice_key,)).fetchone()
    if row is None:
        raise KeyError(notice_key)
    return str(row[0])


def _load(db: sqlite3.Connection) -> Catalogue:
    order = "ORDER BY document_key"
    return Catalogue(
        notices=tuple(
            _notice(row)
            for row in db.execute(
                "SELECT key, number, title, issuer, addressees, published_on, issued_on, issued_printed,"
                " issued_reason, valid_until, validity_text FROM notices ORDER BY key"
            )
        ),
        documents=tuple(
            Document(*row)
            for row in db.execute(
                "SELECT key, notice_key, ordinal, title, ifnull(preamble, '') FROM documents"
                " ORDER BY notice_key, ordinal"
            )
        ),
        categories=tuple(
            Category(*row)
            for row in db.execute(
                f"SELECT key, document_key, ordinal, label, title FROM categories {order}, ordinal"
            )
        ),
        measures=tuple(
            Measure(*row)
            for row in db.execute(
                "SELECT key, document_key, category_key, number, title, text, source_start, source_end, line,"
                f" body_start, body_end, ifnull(units_start, -1), text_sha256 FROM measures {order}, number"
            )
        ),
        units=tuple(
            Unit(key, ordinal, name, kind, tuple(json.loads(aliases)))
            for key, ordinal, name, kind, aliases in db.execute(
                "SELECT key, ordinal, name, kind, aliases FROM units ORDER BY ordinal"
            )
        ),
        responsibilities=tuple(
            Responsibility(*row)
            for row in db.execute(
                "SELECT measure_key, unit_key, position FROM responsibilities ORDER BY measure_key, position"
            )
        ),
        citations=tuple(
            Citation(*row)
            for row in db.execute(
                "SELECT document_key, ifnull(measure_key, ''), title, ifnull(number, ''), source_start,"
                " source_end FROM citations ORDER BY key"
            )
        ),
        tags=tuple(
            Tag(*row)
            for row in db.execute("SELECT key, kind, ordinal, name FROM tags ORDER BY kind, ordinal")
        ),
        measure_tags=tuple(
            MeasureTag(*row)
            for row in db.execute(
                "SELECT measure_key, tag_key, quote, quote_start FROM measure_tags"
                " ORDER BY measure_key, tag_key"
            )
        ),
        figures=tuple(
            Figure(*row)
            for row in db.execute(
                "SELECT measure_key, kind, label, quote, quote_start FROM figures ORDER BY key"
            )
        ),
        meta=dict(db.execute("SELECT key, value FROM meta ORDER BY key")),
    )


def _notice(row: tuple[str, ...]) -> Notice:
    key, number, title, issuer, addressees, published, issued, printed, reason, until, clause = row
    return Notice(
        key,
        number,
        title,
        issuer,
        tuple(json.loads(addressees)),
        date.fromisoformat(published),
        date.fromisoformat(issued),
        printed,
        reason,
        date.fromisoformat(until),
        clause,
    )


def _by_key(things: Iterable[_Keyed]) -> dict[str, _Keyed]:
    return {thing.key: thing for thing in things}
