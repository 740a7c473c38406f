"""The whole catalogue in memory, and the questions that people ask it; the search has a room of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from desktop.catalogue import details, stored, unit_names
from desktop.catalogue.lookups import Holding, Lookups, later
from desktop.catalogue.model import (
    UNASSIGNED,
    Category,
    Citation,
    Document,
    Figure,
    Measure,
    MeasureGroup,
    MeasureTag,
    Notice,
    Responsibility,
    Tag,
    Unit,
)
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.shelf import Shelf

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Catalogue(Holding):
    """The notices in use and what they hold, each tuple in printed order.

    Looking something up by its key finds it in any notice, also in one that is not in use. ``meta`` is the
    table of that name: data_version (e.g. 2023-3), source_sha256, annotations_sha256, content_sha256,
    schema_version, built_by, rows_*.
    """

    _everything: Catalogue | None = field(default=None, repr=False, compare=False)
    _used: Lookups = field(init=False, repr=False, compare=False)
    _all: Lookups = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        used = Lookups(self)
        object.__setattr__(self, "_used", used)
        object.__setattr__(self, "_all", self._everything._used if self._everything else used)

    @property
    def whole(self) -> Catalogue:
        """Return the catalogue of all notices, also of those not in use."""
        return self._everything or self

    @property
    def scope(self) -> tuple[str, ...]:
        """Return the keys of the documents in use where others are not, for a search; else none."""
        used = tuple(document.key for document in self.documents)
        return used if len(used) < len(self.whole.documents) else ()

    def of(self, notice_keys: Iterable[str]) -> Catalogue:
        """Return the catalogue in which these notices, and no others, are in use."""
        wanted = frozenset(notice_keys)
        whole = self.whole
        return whole.narrowed(one.key for one in whole.documents if one.notice_key in wanted)

    def narrowed(self, document_keys: Iterable[str]) -> Catalogue:
        """Return the catalogue as it is when of the documents in use only these are.

        What is looked up by its key is found as before, in whichever document.
        """
        wanted = frozenset(document_keys)
        if wanted.issuperset(document.key for document in self.documents):
            return self
        from desktop.catalogue.narrowing import SomeDocuments

        part = SomeDocuments(self, wanted)
        return Catalogue(
            notices=part.notices(),
            documents=part.documents,
            meta=self.meta,
            categories=later(part.categories),
            measures=later(part.measures),
            units=later(part.units),
            responsibilities=later(part.responsibilities),
            citations=later(part.citations),
            tags=later(part.tags),
            measure_tags=later(part.measure_tags),
            figures=later(part.figures),
            groups=later(part.groups),
            _everything=self.whole,
        )

    def measure(self, key: str) -> Measure:
        """Return the measure with this key; KeyError if there is none."""
        return self._all.measure(key)

    def has(self, key: str) -> bool:
        """Return whether a measure in use has this key."""
        return self._all.place(key) in self._used.documents

    @property
    def first(self) -> Measure | None:
        """Return the first measure in use, None where there is none."""
        held = map(self.measures_in_document, (document.key for document in self.documents))
        return next((measures[0] for measures in held if measures), None)

    @property
    def count(self) -> int:
        """Return how many measures are in use."""
        return sum(self.count_in(document.key) for document in self.documents)

    def count_in(self, document_key: str) -> int:
        """Return how many measures a document has."""
        return self._all.count(document_key)

    def unit_count(self, document_keys: Iterable[str]) -> int:
        """Return how many units these documents have."""
        return len(set[str]().union(*map(self._all.units_in, document_keys)))

    def category(self, key: str) -> Category:
        """Return the category with this key; KeyError if there is none."""
        return self._all.category(key)

    def group(self, key: str) -> MeasureGroup:
        """Return the group with this key; KeyError if there is none."""
        return self._all.group(key)

    def unit(self, key: str) -> Unit:
        """Return the unit with this key, also :data:`UNASSIGNED`; KeyError if there is none."""
        return self._all.units[key]

    def notice_with(self, key: str) -> Notice:
        """Return the notice with this key; KeyError if there is none."""
        return self._all.notices[key]

    def document_with(self, key: str) -> Document:
        """Return the document with this key; KeyError if there is none."""
        return self._all.documents[key]

    def in_use(self, measure: Measure) -> bool:
        """Return whether the measure's notice is in use."""
        return measure.document_key in self._used.documents

    def by_number(self, number: int, documents: Collection[str] = ()) -> Measure:
        """Return the measure with this number: in the documents with these keys, else in those in use.

        Raises :class:`KnownError` if there is none, and if more than one has it, which it then lists.
        """
        keys = [key for key in self._all.documents if key in documents] if documents else self._used.documents
        held = [self.measures_in_document(key) for key in keys]
        found = [measure for measures in held for measure in measures if measure.number == number]
        if len(found) == 1:
            return found[0]
        from desktop.catalogue import papers

        if found:
            raise papers.several(number, [(self.notice_of(one), one) for one in found])
        spans = [(self.notice_of(of[0]).called, of[0].number, of[-1].number) for of in held if of]
        raise KnownError(f"没有第{number}条措施。", papers.numbers(spans))

    def notice_of(self, measure: Measure) -> Notice:
        """Return the notice that issued the measure."""
        return self._all.notices[self._all.documents[measure.document_key].notice_key]

    def document_of(self, measure: Measure) -> Document:
        """Return the document that the measure stands in."""
        return self._all.documents[measure.document_key]

    def documents_in(self, notice_key: str) -> tuple[Document, ...]:
        """Return a notice's documents in the order in which it issues them."""
        return self._all.by_notice.get(notice_key, ())

    def measures_in_document(self, document_key: str) -> tuple[Measure, ...]:
        """Return a document's measures in printed order."""
        return self._all.in_document(document_key)

    def category_of(self, measure: Measure) -> Category:
        """Return the category under which the measure stands."""
        return self._all.category(measure.category_key)

    def group_of(self, measure: Measure) -> MeasureGroup | None:
        """Return the group in which the measure stands, None where it stands in none."""
        return self._all.group(measure.group_key) if measure.group_key else None

    def categories_in(self, document_key: str) -> tuple[Category, ...]:
        """Return a document's categories in printed order."""
        return self._all.categories_in(document_key)

    def measures_in(self, category_key: str) -> tuple[Measure, ...]:
        """Return a category's measures in printed order."""
        return self._all.in_category(category_key)

    def units_of(self, measure_key: str) -> tuple[Unit, ...]:
        """Return the units of a measure in printed order; none for an unassigned measure."""
        return tuple(self._all.units[duty.unit_key] for duty in self.duties_of(measure_key))

    def duties_of(self, measure_key: str) -> tuple[Responsibility, ...]:
        """Return the responsibilities of a measure in printed order."""
        return self._all.duties_of(measure_key)

    def duty(self, unit_key: str, measure_key: str) -> Responsibility | None:
        """Return a unit's responsibility for a measure, None if it has none."""
        return next((duty for duty in self.duties_of(measure_key) if duty.unit_key == unit_key), None)

    def carries(self, unit_key: str, measure_key: str) -> bool:
        """Return whether a unit carries a measure of any notice; :data:`UNASSIGNED` those that name none."""
        if not self._all.place(measure_key):
            return False
        units = [duty.unit_key for duty in self.duties_of(measure_key)]
        return unit_key in (units or [UNASSIGNED])

    def measures_of(self, unit_key: str) -> tuple[Measure, ...]:
        """Return a unit's measures in use; :data:`UNASSIGNED` gives those that name no unit."""
        return self._used.by_unit.get(unit_key, ())

    def documents_of(self, unit_key: str) -> tuple[Document, ...]:
        """Return the documents in use in which a unit has measures."""
        keys = {measure.document_key for measure in self.measures_of(unit_key)}
        return tuple(document for document in self.documents if document.key in keys)

    def position(self, unit_key: str, measure_key: str) -> int:
        """Return the 1-based place in which the measure prints the unit, 0 if it does not."""
        duty = self.duty(unit_key, measure_key)
        return duty.position if duty else 0

    def tags_of(self, measure_key: str, kind: str) -> tuple[Tag, ...]:
        """Return a measure's tags of a kind (``beneficiary``, ``support``) in the order of the vocabulary."""
        keys = {tag.tag_key for tag in self.measure_tags_of(measure_key)}
        return tuple(tag for tag in self.whole.tags if tag.kind == kind and tag.key in keys)

    def measure_tags_of(self, measure_key: str) -> tuple[MeasureTag, ...]:
        """Return a measure's tags of both kinds, with the words that justify them."""
        return self._all.tags_of(measure_key)

    def measures_tagged(self, tag_key: str) -> tuple[Measure, ...]:
        """Return the measures in use with a tag, in printed order."""
        return self._used.by_tag.get(tag_key, ())

    def figures_of(self, measure_key: str) -> tuple[Figure, ...]:
        """Return a measure's key figures, then its conditions."""
        return self._all.figures_of(measure_key)

    def citations_of(self, measure_key: str) -> tuple[Citation, ...]:
        """Return the papers that a measure names; an empty key gives those that preambles name."""
        return self._all.citations_of(measure_key)

    def checklist_units(self) -> tuple[Unit, ...]:
        """Return the units, most measures first, ties in printed order; 未明确责任单位 last, if needed."""
        printed = {key: at for at, key in enumerate(self._used.by_unit)}
        ranked = sorted(
            self.units,
            key=lambda unit: (-len(self.measures_of(unit.key)), printed.get(unit.key, len(printed))),
        )
        if self.measures_of(UNASSIGNED):
            ranked.append(self._all.units[UNASSIGNED])
        return tuple(ranked)

    def find_unit(self, text: str) -> Unit:
        """Return the unit called ``text``: name, key or alias; 未明确责任单位 counts as one.

        One of a notice in use comes first. Raises :class:`KnownError`, which lists the nearest names.
        """
        used = (*self.units, self._all.units[UNASSIGNED])
        found = unit_names.known(used, text) or unit_names.known(self.whole.units, text)
        return found or unit_names.find(used, text)

    def find_notice(self, text: str) -> Notice:
        """Return the notice called ``text``: 文号, key or title; one in use comes first.

        Raises :class:`KnownError`, which lists the notices.
        """
        from desktop.catalogue import papers

        used = {notice.key for notice in self.notices}
        first = sorted(self.whole.notices, key=lambda notice: notice.key not in used)
        return papers.find(first, self.whole.documents, text)

    def notice_numbered(self, number: str) -> Notice | None:
        """Return the notice with this 文号, width, brackets and spaces apart; None where there is none."""
        from desktop.catalogue import papers

        wanted = papers.numbered(number)
        for notice in self.whole.notices:
            if wanted and papers.numbered(notice.number) == wanted:
                return notice
        return None


def load(db: sqlite3.Connection, out_of_use: Collection[str] = ()) -> Catalogue:
    """Read the catalogue, in which the notices with the keys ``out_of_use`` are not in use.

    Raises :class:`KnownError` when the database turns out to be damaged.
    """
    try:
        whole = _load(db)
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise KnownError(
            "措施数据库已损坏，读不出措施。您录入的内容不在其中，没有受影响。",
            "请重新安装程序，或从安装包重新复制 resources 文件夹中的 measures.db。",
        ) from error
    if not out_of_use:
        return whole
    return whole.of(notice.key for notice in whole.notices if notice.key not in out_of_use)


def source(db: sqlite3.Connection, notice_key: str) -> str:
    """Return the text that a notice was read from, to the character; KeyError if there is no such notice."""
    row = db.execute("SELECT source FROM notices WHERE key = ?", (notice_key,)).fetchone()
    if row is None:
        raise KeyError(notice_key)
    return str(row[0])


def _load(db: sqlite3.Connection) -> Catalogue:
    shelf: Shelf | None = None
    if large := details.of(db):
        from desktop.catalogue.shelf import Shelf

        shelf = Shelf(large)

    def every(read: Callable[[stored.Ask], Iterator[_Thing]]) -> tuple[_Thing, ...]:
        return shelf.every(read) if shelf else tuple(read(db.execute))

    whole = Catalogue(
        notices=tuple(stored.notices(db)),
        documents=tuple(stored.documents(db)),
        meta=dict(db.execute("SELECT key, value FROM meta ORDER BY key")),
        categories=every(stored.categories),
        measures=every(partial(stored.measures, details=large)),
        units=tuple(stored.units(db)),
        responsibilities=stored.responsibilities(db, large),
        citations=every(stored.citations),
        tags=tuple(stored.tags(db)),
        measure_tags=stored.measure_tags(db, large),
        figures=stored.figures(db, large),
        groups=every(stored.groups),
    )
    if shelf:
        for name in ("_used", "_all"):
            object.__setattr__(whole, name, shelf.standing_for(whole))
    return whole
