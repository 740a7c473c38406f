"""What a catalogue holds, and what is asked of it by key, each table made when it is first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from desktop.catalogue.details import StoredNotes
from desktop.catalogue.model import (
    UNASSIGNED,
    UNASSIGNED_NAME,
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

_Keyed = TypeVar("_Keyed", Notice, Document, Category, MeasureGroup, Measure, Unit, Tag)
_Thing = TypeVar("_Thing")


def later(give: Callable[[], _Thing]) -> _Thing:
    """Return what stands in a field of :class:`Holding` for what ``give`` gives, until it is read."""
    return cast("_Thing", _Later(give))


@dataclass(frozen=True, slots=True)
class _Later:
    """A value that is not known yet."""

    give: Callable[[], object]


class _Late:
    """A field whose value may come :func:`later`."""

    def __init__(self, *usual: object) -> None:
        self._usual = usual

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, held: object, owner: type | None = None) -> object:
        if held is None:  # asked for the value that the field has without being given
            if not self._usual:
                raise AttributeError(self._name)
            return self._usual[0]
        value = vars(held)[self._name]
        if isinstance(value, _Later):
            value = vars(held)[self._name] = value.give()
        return value

    def __set__(self, held: object, value: object) -> None:
        vars(held)[self._name] = value


def _late(*usual: object) -> Any:
    return _Late(*usual)


@dataclass(frozen=True)  # not slotted: what comes later has its place in the instance's own dictionary
class Holding:
    """What a catalogue holds, each tuple in printed order; ``meta`` is the table of that name.

    Of a large library nothing but the names of papers, units and tags is read before it is asked for.
    """

    notices: tuple[Notice, ...]
    documents: tuple[Document, ...]
    meta: Mapping[str, str]
    categories: tuple[Category, ...] = _late()
    measures: tuple[Measure, ...] = _late()
    units: tuple[Unit, ...] = _late()
    responsibilities: Sequence[Responsibility] = _late()
    citations: tuple[Citation, ...] = _late()
    tags: tuple[Tag, ...] = _late()
    measure_tags: Sequence[MeasureTag] = _late()
    figures: Sequence[Figure] = _late()
    groups: tuple[MeasureGroup, ...] = _late(())


class Lookups:
    """The tables of one catalogue.

    What does not need all measures is asked through a method: of a large library it is read then
    (:mod:`desktop.catalogue.shelf`).
    """

    def __init__(self, catalogue: Holding) -> None:
        self._of = catalogue

    def measure(self, key: str) -> Measure:
        """Return the measure with this key; KeyError if there is none."""
        return self.measures[key]

    def place(self, key: str) -> str:
        """Return the key of the document in which a measure stands, "" where there is no such measure."""
        return self.measures[key].document_key if key in self.measures else ""

    def category(self, key: str) -> Category:
        """Return the category with this key; KeyError if there is none."""
        return self.categories[key]

    def group(self, key: str) -> MeasureGroup:
        """Return the group with this key; KeyError if there is none."""
        return self.groups[key]

    def count(self, document_key: str) -> int:
        """Return how many measures a document has."""
        return len(self.in_document(document_key))

    def in_document(self, document_key: str) -> tuple[Measure, ...]:
        """Return the measures of a document."""
        return self.by_document.get(document_key, ())

    def in_category(self, category_key: str) -> tuple[Measure, ...]:
        """Return the measures of a category."""
        return self.by_category.get(category_key, ())

    def categories_in(self, document_key: str) -> tuple[Category, ...]:
        """Return the categories of a document."""
        return self.categories_by_document.get(document_key, ())

    def citations_of(self, measure_key: str) -> tuple[Citation, ...]:
        """Return what a measure cites; under "" what preambles do."""
        return self.citations.get(measure_key, ())

    @cached_property
    def notices(self) -> dict[str, Notice]:
        """Return the notices by key."""
        return _by_key(self._of.notices)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Return the documents by key."""
        return _by_key(self._of.documents)

    @cached_property
    def categories(self) -> dict[str, Category]:
        """Return the categories by key."""
        return _by_key(self._of.categories)

    @cached_property
    def groups(self) -> dict[str, MeasureGroup]:
        """Return the groups by key."""
        return _by_key(self._of.groups)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Return the measures by key."""
        return _by_key(self._of.measures)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return the units by key, :data:`UNASSIGNED` last."""
        unassigned = Unit(UNASSIGNED, len(self._of.units) + 1, UNASSIGNED_NAME, "", ())
        return _by_key((*self._of.units, unassigned))

    @cached_property
    def by_notice(self) -> dict[str, tuple[Document, ...]]:
        """Return the documents of each notice."""
        return _grouped(self._of.documents, lambda document: document.notice_key)

    @cached_property
    def categories_by_document(self) -> dict[str, tuple[Category, ...]]:
        """Return the categories of each document."""
        return _grouped(self._of.categories, lambda category: category.document_key)

    @cached_property
    def by_document(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each document."""
        return _grouped(self._of.measures, lambda measure: measure.document_key)

    @cached_property
    def by_category(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each category."""
        return _grouped(self._of.measures, lambda measure: measure.category_key)

    @cached_property
    def by_unit(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each unit in printed order, of :data:`UNASSIGNED` those that name none."""
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure in self._of.measures:
            for unit_key in self._carriers.get(measure.key, (UNASSIGNED,)):
                found[unit_key].append(measure)
        return {key: tuple(measures) for key, measures in found.items()}

    @cached_property
    def _carriers(self) -> dict[str, dict[str, None]]:
        """Return the keys of the units of each measure in printed order, each once."""
        duties = self._of.responsibilities
        if isinstance(duties, StoredNotes):
            pairs = duties.pairs()
        else:
            pairs = ((duty.measure_key, duty.unit_key) for duty in duties)
        found: dict[str, dict[str, None]] = {}
        for measure_key, unit_key in pairs:
            found.setdefault(measure_key, {})[unit_key] = None
        return found

    def units_in(self, document_key: str) -> set[str]:
        """Return the keys of the units of a document."""
        return {key for one in self.in_document(document_key) for key in self._carriers.get(one.key, ())}

    def duties_of(self, measure_key: str) -> tuple[Responsibility, ...]:
        """Return the responsibilities of a measure in printed order."""
        duties = self._of.responsibilities
        if isinstance(duties, StoredNotes) and "_duties" not in vars(self):
            return duties.of(measure_key)
        return self._duties.get(measure_key, ())

    @cached_property
    def _duties(self) -> dict[str, tuple[Responsibility, ...]]:
        return _grouped(self._of.responsibilities, lambda duty: duty.measure_key)

    def tags_of(self, measure_key: str) -> tuple[MeasureTag, ...]:
        """Return the tags of a measure."""
        tags = self._of.measure_tags
        return tags.of(measure_key) if isinstance(tags, StoredNotes) else self._tags.get(measure_key, ())

    def figures_of(self, measure_key: str) -> tuple[Figure, ...]:
        """Return the figures and conditions of a measure."""
        found = self._of.figures
        return found.of(measure_key) if isinstance(found, StoredNotes) else self._figures.get(measure_key, ())

    @cached_property
    def _tags(self) -> dict[str, tuple[MeasureTag, ...]]:
        return _grouped(self._of.measure_tags, lambda tag: tag.measure_key)

    @cached_property
    def by_tag(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures with each tag in printed order."""
        tagged: defaultdict[str, set[str]] = defaultdict(set)
        tags = self._of.measure_tags
        if isinstance(tags, StoredNotes):
            pairs = tags.pairs()
        else:
            pairs = ((tag.measure_key, tag.tag_key) for tag in tags)
        for measure_key, tag_key in pairs:
            tagged[tag_key].add(measure_key)
        return {
            key: tuple(measure for measure in self._of.measures if measure.key in measures)
            for key, measures in tagged.items()
        }

    @cached_property
    def _figures(self) -> dict[str, tuple[Figure, ...]]:
        return _grouped(self._of.figures, lambda figure: figure.measure_key)

    @cached_property
    def citations(self) -> dict[str, tuple[Citation, ...]]:
        """Return what each measure cites; under "" what preambles do."""
        return _grouped(self._of.citations, lambda citation: citation.measure_key)


def _by_key(things: Iterable[_Keyed]) -> dict[str, _Keyed]:
    return {thing.key: thing for thing in things}


def _grouped(things: Iterable[_Thing], key: Callable[[_Thing], str]) -> dict[str, tuple[_Thing, ...]]:
    found: defaultdict[str, list[_Thing]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return {name: tuple(held) for name, held in found.items()}
